import pytest

from playbook.sentences.diary_sentences import FEWEST, diary


def test_without_a_result_it_says_how_to_begin():
    assert diary(0, 0, 0).startswith("You have not said yet")


@pytest.mark.parametrize("n", [1, FEWEST - 1])
def test_a_few_results_are_counted_and_give_no_share(n):
    text = diary(n, 0, 0)
    assert f"{n} confirmed, 0 explained by something else, 0 not seen at all." in text
    assert "too few for a share" in text and "%" not in text


def test_from_enough_results_on_the_share_has_a_range():
    assert "between 44% and 87% hold, as far as 10 can tell" in diary(7, 2, 1)


def test_a_perfect_record_is_not_told_as_certain():
    assert "between 75% and 100% hold" in diary(8, 0, 0)
