"""An error tells where, what, and what to do about it."""

import pytest

from playbook import errors
from playbook.errors import NotATeam, PlaybookError, UnusableInput


def test_the_place_comes_first_and_the_remedy_on_a_line_of_its_own():
    error = PlaybookError('"13/14/2026" is no date.', where="deals.csv, row 212", remedy="Correct the cell.")
    assert str(error) == 'deals.csv, row 212: "13/14/2026" is no date.\nCorrect the cell.'


def test_without_a_place_or_a_remedy_nothing_stands_in_their_stead():
    assert str(PlaybookError("the disk is full.")) == "the disk is full."


def test_the_parts_can_be_had_one_by_one():
    error = UnusableInput("what", where="where", remedy="remedy")
    assert (error.what, error.where, error.remedy) == ("what", "where", "remedy")


@pytest.mark.parametrize("kind", [UnusableInput, NotATeam])
def test_input_that_cannot_be_used_ends_with_status_2(kind):
    assert kind("x").exit_status == 2


def test_any_other_trouble_ends_with_status_1():
    assert PlaybookError("x").exit_status == 1


def test_one_class_catches_them_all():
    kinds = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, Exception)]
    assert len(kinds) >= 3 and all(issubclass(kind, PlaybookError) for kind in kinds)
