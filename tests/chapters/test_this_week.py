"""The three things on a workbook's cover: room first, then one conversation, then what was agreed."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from playbook.chapters.pages.this_week import three_things
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


@pytest.mark.parametrize("which", ALL)
def test_there_are_three_whole_sentences_that_a_person_would_say(which):
    steps = three_things(ALL[which])
    assert len(steps) == 3 and len({step.chapter for step in steps}) == 3
    for step in steps:
        assert step.what.endswith(".") and step.why[-1] in ".?" and 1 <= step.chapter <= 9
        assert not re.search(r"\b(nan|None|NaT|unknown)\b|\{|\}|\*\*|  |\.\.|\b1 (reps|deals)\b", step.what + step.why)
        assert not BLAMING.search(step.what + step.why)


@pytest.mark.parametrize("which", ALL)
def test_the_first_one_makes_room_before_anything_is_added(which):
    assert three_things(ALL[which])[0].chapter == 2


def test_open_deals_of_the_managers_own_are_handed_over_first():
    assert three_things(team())[0].what == "Hand over your own open deal."


def test_who_has_handed_over_keeps_hours_and_hears_how_many():
    room = three_things(team(of=without_own_deals(company())))[0]
    assert room.what == "Keep 1¼ hours free for coaching." and "5 reps takes about 6¼ hours" in room.why


def test_one_rep_to_coach_is_named_with_what_to_look_at():
    watch = three_things(team())[1]
    assert watch.what == "Spend an hour beside Ana."
    assert "conversion out of Discovery" in watch.why and "two live conversations" in watch.why


def test_several_to_coach_stand_by_name_and_the_choice_stays_the_managers():
    findings = diagnosis(
        ("r3", "discounting", "coach", 1), ("r1", "win_rate", "coach", 1), ("r2", "slippage", "watch", 1)
    )
    watch = three_things(team(findings))[1]
    assert watch.what == "Spend an hour beside one of these: Ana or Cara."
    assert "Ana, win rate; Cara, discounting" in watch.why and "Ben" not in watch.why


def test_a_sign_is_called_a_sign():
    watch = three_things(team(diagnosis(("r2", "slippage", "watch", 1))))[1]
    assert watch.what == "Spend an hour beside Ben." and "not yet evidence" in watch.why


def test_where_the_data_shows_nobody_to_coach_it_says_so():
    assert "nobody to coach" in three_things(ALL["healthy"])[1].why


def test_where_the_data_is_silent_eyes_are_asked_for():
    watch = three_things(ALL["silent"])[1]
    assert watch.what == "Spend an hour beside one of these: Ana, Ben, Cara, Dan or Eve." and "own eyes" in watch.why


def test_whose_follow_up_is_due_stands_by_name():
    assert three_things(team())[2].what == "Set a day for a 1:1 with Ben, Cara, Dan and Eve."


def _last_times(**days: str | None) -> str:
    """What the cover says of the reps with these names, whose last session was on these days."""
    reps = {f"r{i}": name for i, name in enumerate(days, start=1)}
    held = [(rep, day) for rep, day in zip(reps, days.values(), strict=True) if day]
    log = pd.DataFrame({"manager_id": "m1", "rep_id": [r for r, _ in held], "on": pd.to_datetime([d for _, d in held])})
    log = log.assign(kind="1:1", minutes=30.0, focus="price")
    earlier = log.head(1).assign(rep_id="r9") if log.empty else log
    return three_things(team(of=company(reps).with_tables(coaching_log=earlier)))[2].why


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
    due = three_things(team(diagnosis(), company(reps)))[2]
    assert due.what == "Set a day for a 1:1 with 11 of your 12 reps."


def test_where_everybody_was_met_a_new_rep_comes_next():
    log = pd.DataFrame({"manager_id": "m1", "rep_id": ["r1", "r2", "r3", "r4", "r5"], "on": str(AS_OF), "kind": "1:1"})
    plan = three_things(team(of=company().with_tables(coaching_log=log)))[2]
    assert plan.what == "Agree the next 30 days with Eve." and "1 Feb 2026" in plan.why and plan.chapter == 7


def test_without_a_log_one_thing_is_agreed_and_written_down():
    bare = thin({"r1": "Ana"})
    assert three_things(team(diagnosis(), bare))[2].chapter == 8


def test_names_stay_on_one_line_and_carry_no_hidden_marks():
    people = company().people
    named = people.assign(name=people["name"].replace("Ana", "Ana\n\u202e<b>"))
    steps = three_things(replace(team(), company=company().with_tables(people=named)))
    assert steps[1].what == "Spend an hour beside Ana <b>."
