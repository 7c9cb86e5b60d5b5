"""What a workbook's cover says of the week: where the quarter stands, then at most three things by what they change."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from playbook.chapters.pages.first_weeks import FIRST_WEEKS
from playbook.chapters.pages.this_week import Step, standing_in_a_line, this_week
from playbook.team import Team
from tests.chapters import revenue_team
from tests.chapters.test_what_every_page_keeps import BLAMING, TEAMS
from tests.coaching.small_team import AS_OF, company, diagnosis, team, thin

ALL = {
    **TEAMS,
    "healthy": team(diagnosis(*((r, "win_rate", "no_evidence", 1) for r in ("r1", "r2", "r3", "r4", "r5")))),
    "silent": team(diagnosis(*((r, "win_rate", "too_little_data", 1) for r in ("r1", "r2", "r3", "r4", "r5")))),
}


def without_own_deals(of):
    deals = of.opportunities
    return of.with_tables(opportunities=deals[deals["rep_id"] != "m1"])


def step_of(of: Team, chapter: int) -> Step:
    """The step of the cover that leads to this chapter."""
    return next(step for step in this_week(of) if step.chapter == chapter)


@pytest.mark.parametrize("which", ALL)
def test_there_are_three_things_at_most_in_whole_sentences_that_a_person_would_say(which):
    steps = this_week(ALL[which])
    assert 1 <= len(steps) <= 3 and len({step.chapter for step in steps}) == len(steps)
    for step in steps:
        assert step.what.endswith(".") and step.why[-1] in ".?" and 1 <= step.chapter <= 9
        assert not re.search(r"\b(nan|None|NaT|unknown)\b|\{|\}|\*\*|  |\.\.|\b1 (reps|deals)\b", step.what + step.why)
        assert not BLAMING.search(step.what + step.why)


@pytest.mark.parametrize("which", ALL)
def test_the_line_on_the_quarter_is_whole_on_every_team(which):
    assert not re.search(r"\b(nan|None|NaT|unknown)\b|\{|\}|  |\.\.", standing_in_a_line(ALL[which]))


def test_the_line_on_the_quarter_says_what_is_won_of_the_quota_where_it_ends_and_what_is_open():
    line = standing_in_a_line(revenue_team.team(forecast=revenue_team.forecast()))
    assert "44 days left. $650 won, 32% of the quota of $2k. It ends at $900 to $1.4k in eight of ten cases." in line
    assert line.endswith("Open: $1.5k in 4 deals.")


def quarter(**ends: float) -> tuple[Step, ...]:
    return this_week(revenue_team.team(forecast=revenue_team.forecast(**ends)))


def test_a_quota_above_the_range_is_told_to_the_leader_before_anything_else():
    first = quarter(quota=2_000.0)[0]
    assert first.what == "Tell your leader now that the quarter will probably miss its quota." and first.chapter == 3
    assert "$900 to $1.4k in eight of ten cases, and the quota is $2k. The half page is ready" in first.why


def test_a_quota_below_the_range_is_told_as_well():
    assert "probably beat its quota" in quarter(quota=800.0)[0].what


def test_a_quota_within_the_range_or_reached_is_no_news():
    assert not [step for ends in (1_200.0, 600.0) for step in quarter(quota=ends) if step.chapter == 3]


def test_what_the_whole_team_shows_comes_before_any_one_rep():
    steps = this_week(team())
    assert steps[0].what == "Take deal size to your leader: it is the whole team's." and steps[0].chapter == 4
    assert "Coaching one rep will not mend it." in steps[0].why


def test_one_rep_and_one_thing_is_named_with_the_hours_and_what_to_look_at():
    watch = step_of(team(), 6)
    assert watch.what == "Spend 1¼ hours on Ana: conversion out of Discovery."
    assert "two live conversations" in watch.why


def test_of_several_the_one_with_most_at_stake_comes_first_and_the_others_wait():
    findings = diagnosis(("r3", "discounting", "coach", 1), ("r1", "win_rate", "coach", 1)).assign(
        value_at_stake=[9_000.0, 2_000.0]
    )
    watch = step_of(team(findings), 6)
    assert watch.what == "Spend 1¼ hours on Cara: discounting."
    assert "At stake: about $9k a quarter. Then Ana." in watch.why


def test_a_sign_is_called_a_sign():
    watch = step_of(team(diagnosis(("r2", "slippage", "watch", 1))), 6)
    assert watch.what == "Spend 1¼ hours on Ben: slippage." and "not yet evidence" in watch.why


def test_where_the_data_shows_nobody_to_coach_that_is_no_proof_that_all_is_well():
    assert "no proof that all is well" in step_of(ALL["healthy"], 6).why


def test_whoever_is_far_behind_the_quota_is_watched_before_those_of_whom_nothing_is_known():
    healthy = diagnosis(*((r, "win_rate", "no_evidence", 1) for r in ("r1", "r2", "r3", "r4", "r5")))
    whole = company()
    amounts = whole.quotas["amount"].where(whole.quotas["rep_id"] != "r4", 1e9)
    watch = step_of(team(healthy, of=whole.with_tables(quotas=whole.quotas.assign(amount=amounts))), 6)
    assert watch.what == "Spend an hour beside Dan." and "0% of the quota was won" in watch.why


def test_where_the_data_is_silent_eyes_are_asked_for():
    watch = step_of(ALL["silent"], 6)
    assert watch.what == "Spend an hour beside one of these: Ana, Ben, Cara, Dan or Eve." and "own eyes" in watch.why


def test_open_deals_of_the_managers_own_are_handed_over_before_hours_are_asked_for():
    met = company().coaching_log.assign(on=pd.Timestamp(AS_OF)).head(1)
    everybody = pd.concat([met.assign(rep_id=rep) for rep in ("r1", "r2", "r3", "r4", "r5")])
    healthy = ALL["healthy"].finding("diagnosis")
    with_own = team(healthy, of=company().with_tables(coaching_log=everybody))
    without = team(healthy, of=without_own_deals(company()).with_tables(coaching_log=everybody))
    assert step_of(with_own, 2).what == "Hand over your own open deal."
    room = step_of(without, 2)
    assert room.what == "Keep 1¼ hours free for coaching." and "5 reps takes about 6¼ hours" in room.why


def test_the_first_four_weeks_name_former_peers_first_one_to_ones_and_what_not_to_change():
    lines = " ".join(day.what for day in FIRST_WEEKS)
    assert "former peer" in lines and "First 1:1s" in lines and "Change no territory" in lines
    assert len(FIRST_WEEKS) <= 12


def test_whose_follow_up_is_due_stands_by_name():
    assert step_of(team(), 8).what == "Set a day for a 1:1 with Ben, Cara, Dan and Eve."


def _last_times(**days: str | None) -> str:
    """What the cover says of the reps with these names, whose last session was on these days."""
    reps = {f"r{i}": name for i, name in enumerate(days, start=1)}
    held = [(rep, day) for rep, day in zip(reps, days.values(), strict=True) if day]
    log = pd.DataFrame({"manager_id": "m1", "rep_id": [r for r, _ in held], "on": pd.to_datetime([d for _, d in held])})
    log = log.assign(kind="1:1", minutes=30.0, focus="price")
    earlier = log.head(1).assign(rep_id="r9") if log.empty else log
    return step_of(team(diagnosis(), of=company(reps).with_tables(coaching_log=earlier)), 8).why


def test_it_says_when_the_last_session_was_or_that_the_log_shows_none():
    assert _last_times(Ana="2026-03-01", Ben="2026-03-25").startswith("The last one in the log was on 1 Mar 2026.")
    assert _last_times(Ana=None, Ben="2026-03-25").startswith("The log shows no session with Ana yet.")
    assert _last_times(Ana="2026-03-01", Ben="2026-03-02").startswith("In the log, the last one with each was at least")
    both = _last_times(Ana="2026-03-01", Ben=None)
    assert both.startswith(
        "The log shows no session with Ben yet; with the others the last one was at least 14 days ago."
    )


def test_who_was_never_met_is_not_asked_for_what_was_agreed():
    assert _last_times(Ana="2026-03-01", Ben="2026-03-25").endswith("Begin it with what you agreed.")
    assert _last_times(Ana=None, Ben="2026-03-25").endswith("Begin it with a question: what gets in your way?")


def test_with_more_reps_than_can_be_read_it_counts():
    reps = {f"r{n}": f"Rep {n:02}" for n in range(1, 13)}
    due = step_of(team(diagnosis(), company(reps)), 8)
    assert due.what == "Set a day for a 1:1 with 11 of your 12 reps."


def test_where_everybody_was_met_and_nothing_is_left_to_hand_over_a_new_rep_comes_next():
    log = pd.DataFrame({"manager_id": "m1", "rep_id": ["r1", "r2", "r3", "r4", "r5"], "on": str(AS_OF), "kind": "1:1"})
    plan = step_of(team(diagnosis(), of=company().with_tables(coaching_log=log)), 7)
    assert plan.what == "Agree the next 30 days with Eve." and "1 Feb 2026" in plan.why


def test_without_a_log_one_thing_is_agreed_and_written_down():
    assert step_of(team(diagnosis(), thin({"r1": "Ana"})), 8).what == "Agree one thing with one rep, and write it down."


def test_names_stay_on_one_line_and_carry_no_hidden_marks():
    people = company().people
    named = people.assign(name=people["name"].replace("Ana", "Ana\n\u202e<b>"))
    steps = this_week(replace(team(), company=company().with_tables(people=named)))
    assert "Spend 1¼ hours on Ana <b>: conversion out of Discovery." in [step.what for step in steps]
