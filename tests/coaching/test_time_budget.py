import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.coaching.focus import GROUPS, OBSERVE, START, UNSURE
from playbook.coaching.time_budget import PARTS, hours_needed, proposed_split


def focus(*groups: str) -> pd.DataFrame:
    ids = [f"r{i}" for i in range(len(groups))]
    return pd.DataFrame({"rep_id": ids, "name": [i.upper() for i in ids], "group": groups})


def test_the_need_is_the_sum_of_the_parts_for_each_rep():
    assert hours_needed(8) == 8 * sum(part.hours for part in PARTS) == 10
    assert hours_needed(0) == 0


@settings(deadline=None)
@given(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=30), st.integers(min_value=0, max_value=160))
def test_a_split_uses_up_the_hours_in_quarters_and_keeps_the_order(groups, quarters):
    split = proposed_split(focus(*groups), quarters / 4)
    assert split["hours"].sum() == quarters / 4
    assert (split["hours"] * 4 % 1 == 0).all() and (split["hours"] >= 0).all()
    assert split["rep_id"].tolist() == focus(*groups)["rep_id"].tolist()


@settings(deadline=None)
@given(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=30))
def test_with_the_hours_needed_nobody_is_left_out(groups):
    assert (proposed_split(focus(*groups), hours_needed(len(groups)))["hours"] > 0).all()


def test_something_to_coach_gets_twice_the_share():
    assert proposed_split(focus(START, UNSURE), 3)["hours"].tolist() == [2, 1]


def test_a_new_rep_gets_as_much_as_one_with_something_to_coach_and_the_reason_says_so():
    split = proposed_split(focus(START, UNSURE), 4, new=frozenset({"r1"}))
    assert split["hours"].tolist() == [2, 2]
    assert split["reason"][1].startswith("New in the role")


def test_each_line_has_a_reason_and_reps_alike_get_the_same():
    split = proposed_split(focus(UNSURE, UNSURE, UNSURE), 3)
    assert split["hours"].tolist() == [1, 1, 1]
    assert split["reason"].str.endswith(".").all()


def test_nobody_needs_no_hours():
    assert proposed_split(focus(), 5).empty


@pytest.mark.parametrize("hours", [0, 0.25, 0.3])
def test_a_few_minutes_are_not_torn_into_crumbs(hours):
    assert proposed_split(focus(*GROUPS), hours)["hours"].isin([0, 0.25]).all()


def test_whoever_is_far_behind_the_quota_gets_time_to_be_watched_and_a_reason_that_says_so():
    split = proposed_split(focus(OBSERVE, UNSURE), 3, behind=frozenset({"r0"}))
    assert "Far behind the quota" in split["reason"][0] and "Far behind" not in split["reason"][1]
    assert split["hours"][0] > split["hours"][1]
