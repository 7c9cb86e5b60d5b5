"""Each kind of exercise: what is missing is said, what is right counts, accusing costs more than leaving out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.training.answer_fields import YES, quantity_in
from playbook.training.kinds.choose_one import ChooseOne, Option
from playbook.training.kinds.choose_several import Belonging, ChooseSeveral
from playbook.training.kinds.estimate import Estimate
from playbook.training.kinds.mark_in_picture import NOBODY, MarkInPicture
from playbook.training.kinds.mistake_in_lines import MistakeInLines, TalkLine
from playbook.training.kinds.put_in_order import PutInOrder
from playbook.training.kinds.sort_statements import SortStatements, Statement
from playbook.training.kinds.write_and_mark import WriteAndMark

RIGHT, WRONG = Option("r", "Right", 1.0, "Yes."), Option("w", "Wrong", 0.0, "No, because.")


def test_a_right_choice_for_a_wrong_reason_is_half_of_one():
    response = ChooseOne((RIGHT, WRONG), (RIGHT, WRONG))
    assert response.mark({"choice": "r", "reason": "w"}).points == 0.5
    assert response.mark({"choice": "w", "reason": "r"}).points == 0
    assert response.missing({"choice": "r"}) == "Choose your reason as well."


def test_ticking_what_does_not_belong_costs_more_than_leaving_out():
    boxes = tuple(Belonging(key, key, key in "ab", f"About {key}.") for key in "abcd")
    response = ChooseSeveral(boxes, "All of it.")
    one_left_out = response.mark({"a": YES}).points
    one_too_many = response.mark({"a": YES, "b": YES, "c": YES}).points
    assert one_too_many < one_left_out < 1
    assert response.mark({"a": YES, "b": YES}).feedback == ("All of it.",)


def test_where_nothing_belongs_none_of_these_is_right_and_a_tick_is_not():
    response = ChooseSeveral((Belonging("a", "a", False, "Not a."),), "None did.")
    assert response.mark({"none": YES}).right and response.mark({"a": YES}).points == 0
    assert "take one of them back" in response.missing({"none": YES, "a": YES}).lower()


@given(st.permutations(["a", "b", "c", "d"]))
def test_an_order_has_every_point_only_where_it_is_the_order(order):
    response = PutInOrder(tuple((key, key.upper()) for key in "abcd"), ("c", "a", "d", "b"), "That is why.")
    marked = response.mark({str(i): key for i, key in enumerate(order)})
    assert marked.right == (order == ["a", "b", "c", "d"]) and 0 <= marked.points <= 1


def test_one_thing_in_two_places_is_no_order():
    response = PutInOrder((("a", "A"), ("b", "B")), ("b", "a"), "That is why.")
    assert response.missing({"0": "a", "1": "a"}) == "One of them stands in two places."


def test_an_honest_range_loses_nothing_and_a_wider_one_a_little():
    response = Estimate(10, 4, ("Because.",), "deals")
    points = [
        response.mark({"against": "x", "low": low, "high": high}).points
        for low, high in (("8", "12"), ("5", "15"), ("11", "13"))
    ]
    assert points[0] == 1 > points[1] > points[2]


def test_a_range_that_holds_the_truth_says_so_and_one_that_misses_as_well():
    response = Estimate(10, 4, ())
    assert response.mark({"against": "x", "low": "10", "high": "10"}).inside is True
    missed = response.mark({"against": "x", "low": "1", "high": "2"})
    assert missed.inside is False and "misses it" in missed.feedback[1]


@given(st.floats(0, 100), st.floats(0, 50))
def test_over_many_truths_no_range_beats_the_honest_one_by_much(middle, half):
    """The interval score is proper: for a truth that is even from 40 to 60, the best 80% range is 42 to 58."""
    truths = [40 + i / 5 for i in range(101)]

    def lost(low: float, high: float) -> float:
        return sum(high - low + 10 * max(low - t, t - high, 0) for t in truths)

    assert lost(42, 58) <= lost(middle - half, middle + half) + 1e-6


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        ("", "3", "Give both ends"),
        ("a few", "3", "Give both ends"),
        ("3 to 5", "9", "Give both ends"),
        ("5", "3", "above"),
    ],
)
def test_what_is_no_range_is_asked_for_again(low, high, says):
    assert says in Estimate(4, 2, ()).missing({"against": "x", "low": low, "high": high})


def test_an_estimate_asks_what_speaks_against_it_first():
    assert "could make your first thought wrong" in Estimate(4, 2, ()).missing({"low": "3", "high": "5"})


def test_a_mark_in_a_picture_is_right_or_not():
    response = MarkInPicture((("A", "Ana"), ("B", "Ben")), NOBODY, {"A": "No.", "B": "No.", NOBODY: "Yes."})
    assert response.mark({"point": NOBODY}).right and response.mark({"point": "A"}).points == 0
    assert response.missing({"point": "C"})


def test_statements_sorted_by_luck_are_worth_nothing():
    statements = tuple(Statement(str(i), f"S{i}", "x" if i % 2 else "y", "goes elsewhere.") for i in range(4))
    response = SortStatements(statements, (("x", "X"), ("y", "Y")), "All sorted.")
    assert response.mark(dict.fromkeys("0123", "x")).points == 0
    assert response.mark({"0": "y", "1": "x", "2": "y", "3": "x"}).right


def test_the_line_and_what_is_better_are_half_each():
    lines = (TalkLine("Ana", "Hello.", "Nothing wrong."), TalkLine("Ben", "You must.", "Here."))
    response = MistakeInLines(lines, 1, (RIGHT, WRONG))
    assert response.mark({"line": "1", "better": "w"}).points == 0.5
    assert "It was: “You must.”" in response.mark({"line": "0", "better": "r"}).feedback


def test_what_is_written_gets_no_points_but_two_examples_and_own_marks():
    response = WriteAndMark("Good one.", "It asks.", "Bad one.", "It tells.", (("asks", "asks first"),))
    assert response.missing({"words": "short"})
    marked = response.mark({"words": "What did you notice in that call?"})
    assert marked.points is None and "Good one." in marked.feedback[0] and "Bad one." in marked.feedback[1]
    assert marked.then.mark({"none": YES}).points == 0 and marked.then.mark({"asks": YES}).right


@pytest.mark.parametrize(
    ("typed", "number"),
    [("9", 9), (" 9% ", 9), ("1,200", 1200), ("$40", 40), ("−3.5", -3.5), ("", None), ("3 to 4", None), ("many", None)],
)
def test_a_number_is_read_as_people_write_it(typed, number):
    assert quantity_in(typed) == number
