"""In which order the processes of the whole suite take its files."""

import pytest

from tests.long_files_first import LONG, next_file
from tests.scripts.requirements_files import ROOT

FILES = ["tests/test_house.py", "tests/crm/test_people.py", "tests/browser/test_forms.py", "tests/test_checks.py"]


def test_what_takes_long_is_taken_first_and_the_rest_in_the_order_in_which_it_stands():
    taken, left = [], FILES[:]
    while left:
        taken.append(next_file(left, browser_is_busy=False))
        left.remove(taken[-1])
    assert taken == [FILES[2], FILES[3], FILES[1], FILES[0]]
    assert next_file(["tests/test_b.py", "tests/test_a.py"], browser_is_busy=False) == "tests/test_b.py"


def test_while_one_process_is_at_the_browser_another_computes_as_long_as_there_is_something_to_compute():
    assert next_file(FILES, browser_is_busy=True) == "tests/test_checks.py"
    assert next_file(FILES[2:3], browser_is_busy=True) == FILES[2]


def test_the_suite_takes_its_files_in_this_order(pytestconfig):
    assert pytestconfig.pluginmanager.has_plugin("tests.long_files_first")


@pytest.mark.parametrize("start", LONG)
def test_whatever_is_said_to_take_long_is_there(start):
    assert (ROOT / start).exists()
