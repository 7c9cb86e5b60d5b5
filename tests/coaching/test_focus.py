import pandas as pd
import pytest

from playbook.coaching.focus import OBSERVE, START, UNSURE, focus_of_each, strengths, watched_for_quota
from tests.coaching.small_team import diagnosis

ANA = pd.DataFrame({"person_id": ["r1"], "name": ["Ana"]})


def of_ana(*verdicts: tuple[str, str, int]) -> pd.Series:
    findings = diagnosis(*(("r1", driver, verdict, priority) for driver, verdict, priority in verdicts))
    return focus_of_each(ANA, findings).iloc[0]


def test_a_rep_gets_one_focus_the_one_with_the_first_priority():
    row = of_ana(("discounting", "coach", 2), ("slippage", "coach", 1), ("activity", "watch", 3))
    assert (row["driver"], row["group"]) == ("slippage", START)


def test_what_to_act_on_comes_before_a_sign_whatever_its_priority():
    row = of_ana(("activity", "watch", 1), ("discounting", "coach", 2))
    assert (row["driver"], row["verdict"]) == ("discounting", "coach")


def test_a_sign_means_observe_first():
    row = of_ana(("activity", "watch", 1), ("discounting", "strength", 2))
    assert (row["driver"], row["group"]) == ("activity", OBSERVE)


@pytest.mark.parametrize("verdict", ["too_little_data", "not_comparable", "team_wide"])
def test_where_the_data_says_nothing_of_the_rep_one_observes(verdict):
    row = of_ana(("win_rate", verdict, 1))
    assert row["group"] == OBSERVE and pd.isna(row["driver"])


def test_a_disputed_verdict_is_no_focus_and_asks_to_look_again():
    row = of_ana(("win_rate", "disputed", 1), ("activity", "no_evidence", 2))
    assert row["group"] == OBSERVE and pd.isna(row["driver"])


@pytest.mark.parametrize("verdict", ["no_evidence", "strength"])
def test_a_rep_without_a_sign_is_left_alone(verdict):
    assert of_ana(("win_rate", verdict, 1))["group"] == UNSURE


def test_without_any_diagnosis_everybody_is_observed():
    assert focus_of_each(ANA, pd.DataFrame())["group"].tolist() == [OBSERVE]


def test_people_stand_in_the_order_given_never_by_verdict():
    reps = pd.DataFrame({"person_id": ["r1", "r2", "r3"], "name": ["Ana", "Ben", None]})
    findings = diagnosis(("r3", "activity", "coach", 1), ("r1", "activity", "no_evidence", 1))
    assert focus_of_each(reps, findings)["name"].tolist() == ["Ana", "Ben", "r3"]


def test_strengths_are_those_of_the_rep_alone():
    findings = diagnosis(
        ("r1", "win_rate", "strength", 1), ("r1", "activity", "strength", 2), ("r2", "deal_size", "strength", 1)
    )
    assert strengths(findings, "r1")["driver"].tolist() == ["activity", "win_rate"]


def test_the_diagnosis_is_not_changed():
    findings = diagnosis(("r1", "activity", "watch", 2), ("r1", "slippage", "coach", 1))
    before = findings.copy()
    focus_of_each(ANA, findings)
    pd.testing.assert_frame_equal(findings, before)


def test_whoever_is_far_behind_the_quota_is_observed_where_the_comparison_shows_nothing_sure():
    unsure = focus_of_each(ANA, diagnosis(("r1", "win_rate", "no_evidence", 1)))
    assert watched_for_quota(unsure, {"r1"})["group"].tolist() == [OBSERVE]
    assert watched_for_quota(unsure, {"r2"})["group"].tolist() == [UNSURE]


def test_being_far_behind_the_quota_takes_nobody_out_of_the_group_that_the_data_gave():
    coached = focus_of_each(ANA, diagnosis(("r1", "win_rate", "coach", 1)))
    assert watched_for_quota(coached, {"r1"}).equals(coached)
