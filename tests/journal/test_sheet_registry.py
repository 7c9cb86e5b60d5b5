"""The registry of sheets: subjects without a chapter's number, and the names that older journals know them by."""

import re

import pytest

from playbook.journal.sheet_registry import (
    ANYBODY,
    LEADER,
    MANAGER,
    NO_DRIVER,
    REP,
    SHEETS,
    TEAM,
    current_subject,
    place_of,
)

# Every shape of subject that journals held while they named chapters; what stands right is read in its place.
EARLIER = {
    "01/self-assessment/14/how-often": "self-assessment/14/how-often",
    "01/leaders-view/3/how-often": "leaders-view/3/how-often",
    "01/teams-view/3/never": "teams-view/3/never",
    "01/first-steps/two-skills": "first-steps/two-skills",
    "02/hours/1-1s-and-coaching/from-now-on": "hours/1-1s-and-coaching/from-now-on",
    "02/settled/stop": "week-settled/stop",
    "03/forecast-call/2026-03-31/likely": "forecast-call/2026-03-31/likely",
    "04/settled/for-others": "lost-deals-settled/for-others",
    "05/line-up/2026-03-31/chart": "line-up/2026-03-31/chart",
    "05/focus/r%2F2": "focus/r%2F2/choice",
    "05/decision/whom": "first-rep/whom",
    "06/rubric/r1/stage%3ANeeds%20%2F%20fit/1a2b3c4d/seen": "rubric/r1/stage:Needs %2F fit/1a2b3c4d/seen",
    "06/conversation/r%2F1/slippage/saw": "conversation/r%2F1/slippage/saw",
    "06/conversation/anybody/open/whom": "conversation/anybody/open/whom",
    "07/plan/r%2F1/slippage/focus": "plan/r%2F1/slippage/focus",
    "07/ramp/r2/60/example": "ramp/r2/60/example",
    "08/commitment/c1/due": "commitment/c1/due",
    "08/settled/when": "commitments-settled/when",
    "09/agreement/hours": "agreement/hours",
}


@pytest.mark.parametrize(("before", "today"), EARLIER.items())
def test_a_subject_of_an_older_journal_is_read_under_todays_name(before, today):
    assert current_subject(before) == today and place_of(today) is not None


def test_every_sheet_that_an_older_journal_may_hold_is_among_them():
    assert {place_of(today).sheet.name for today in EARLIER.values()} == {
        sheet.name for sheet in SHEETS.values() if sheet.earlier
    }


@pytest.mark.parametrize("today", EARLIER.values())
def test_todays_subject_stays_as_it_is(today):
    assert current_subject(today) == today


def test_no_sheet_is_named_by_a_chapter():
    assert not [name for name in SHEETS if re.search(r"\d", name)]


def test_a_sheet_says_whose_answers_it_holds():
    assert {sheet.answered_by for sheet in SHEETS.values()} == {MANAGER, REP, LEADER, TEAM}


def test_a_place_says_whom_an_answer_is_about():
    place = place_of("conversation/r%2F1/slippage/saw")
    assert place.about == {"rep": "r/1", "driver": "slippage"} and place.question == "saw"
    assert place_of(f"plan/{ANYBODY}/{NO_DRIVER}/focus").about == {"rep": ANYBODY, "driver": NO_DRIVER}


@pytest.mark.parametrize(
    "subject", ["", "/", "01/a", "hours", "hours/x", "hours/x/colour", "focus/r1", "plan/r1/focus"]
)
def test_what_no_sheet_asks_for_has_no_place_and_keeps_its_name(subject):
    assert place_of(subject) is None and current_subject(subject) == subject


def test_an_id_of_a_megabyte_is_none():
    assert place_of(f"focus/{'r' * 1_000_000}/choice") is None
