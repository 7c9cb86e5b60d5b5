"""Gaps between three views of the same tasks, and the two skills that come first."""

import pytest

from playbook.coaching.self_view import HABIT, NEVER, ONCE, gaps, middle, two_to_build
from playbook.coaching.tasks import TASKS


def gap(number, own=None, leader=None, team=()):
    seen = gaps({number: own} if own else {}, {number: leader} if leader else {}, {number: team})
    return seen[number - 1]


@pytest.mark.parametrize(
    ("counts", "step"),
    [((3, 0, 0), 0), ((1, 1, 1), 1), ((2, 2, 0), 0.5), ((0, 2, 2), 1.5), ((1, 0, 4), 2), ((0, 0, 2), None), ((), None)],
)
def test_the_middle_is_the_median_and_of_fewer_than_three_answers_there_is_none(counts, step):
    assert middle(counts) == step


def test_a_gap_is_the_own_view_minus_the_others():
    seen = gap(9, HABIT, NEVER, (0, 3, 0))
    assert (seen.from_leader, seen.from_team, seen.differs) == (2, 1, True)


def test_half_a_step_is_no_gap_and_neither_is_what_nobody_said():
    assert not gap(9, HABIT, HABIT, (0, 2, 2)).differs
    assert not gap(9, HABIT).differs and not gap(9, None, NEVER).differs
    assert gap(9, HABIT, "unknown").from_leader is None


def test_others_may_see_more_of_it_as_well():
    assert gap(2, NEVER, ONCE).differs and gap(2, NEVER, ONCE).from_leader == -1


def test_all_tasks_stand_in_their_order_whatever_the_gaps():
    assert [seen.task for seen in gaps({3: NEVER}, {14: HABIT}, {})] == list(TASKS)


def test_without_boxes_watching_and_following_up_come_first():
    assert [task.number for task in two_to_build(gaps({}, {}, {}))] == [9, 7]


def test_what_is_never_done_comes_first_whoever_saw_it_so():
    own = {task.number: HABIT for task in TASKS} | {4: NEVER}
    assert [task.number for task in two_to_build(gaps(own, {}, {}))] == [4, 9]
    assert [task.number for task in two_to_build(gaps(own, {13: NEVER}, {}))] == [4, 13]
    assert [task.number for task in two_to_build(gaps(own, {}, {1: (3, 0, 0)}))] == [1, 4]
