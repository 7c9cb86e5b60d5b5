"""Subjects name a question for good: no two alike, and none changes by accident."""

from datetime import date

import pytest

from playbook.coaching.plays import play_of
from playbook.coaching.time_budget import KINDS_OF_HOURS
from playbook.forms import (
    agreement,
    circumstance_sheet,
    commitment_sheet,
    conversation_notes,
    deal_review,
    decision,
    forecast_call,
    hours,
    improvement_plan,
    joint_call,
    lost_deals_notes,
    self_assessment,
    skills_sheet,
)
from playbook.forms.sheets import Choice, Text
from playbook.journal import sheet_registry
from playbook.journal.answer_types import OneOf, Words
from playbook.journal.commitments import FIELDS, field_subject

DAY = date(2026, 3, 31)
PLAY = play_of("slippage")
REPS = (("r/1", "Ana"), ("r2", "Ben"))
DRIVERS = (("slippage", "Slippage"),)
SHEETS = (
    self_assessment.assessment(),
    self_assessment.first_steps(),
    self_assessment.leaders_view(),
    self_assessment.teams_view(),
    hours.hours(),
    hours.settled(),
    forecast_call.call(DAY, "USD"),
    lost_deals_notes.settled(),
    decision.which_chart(DAY, 9),
    decision.one_thing_each([("r/1", "Ana", [("slippage", "slippage")]), ("r2", "Ben", [])]),
    decision.first_rep(),
    conversation_notes.hypothesis_result("r/1", "Ana", "slippage", DAY),
    circumstance_sheet.circumstances(REPS, {"circumstance/k1/note": "x"}),
    conversation_notes.rubric("r/1", "Ana", "slippage", PLAY),
    conversation_notes.rubric("r2", "Ben", "slippage", PLAY),
    conversation_notes.notes("A page", "When …", "r/1", "slippage"),
    conversation_notes.notes("A page", "When …", "r/1"),
    conversation_notes.notes("A page", "When …"),
    skills_sheet.skills("r/1", "Ana"),
    skills_sheet.skills("r2", "Ben"),
    skills_sheet.skills(),
    joint_call.joint_call(),
    deal_review.evidence(),
    deal_review.review(),
    improvement_plan.plan("A plan", "r/1", "slippage"),
    improvement_plan.plan("A plan"),
    improvement_plan.ramp("r2", "90 days", ["a", "b", "c"]),
    commitment_sheet.commitments(REPS, {field_subject("c1", "what"): "x"}),
    commitment_sheet.settled(),
    agreement.agreement(),
)


def test_no_two_questions_are_kept_under_the_same_subject():
    subjects = [placed.subject for sheet in SHEETS for placed in sheet.placed()]
    assert len(set(subjects)) == len(subjects) > 60


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: "/".join((sheet.sheet.name, *getattr(sheet, "about", ()))))
def test_within_a_sheet_no_two_questions_are_called_alike(sheet):
    labels = [placed.label for placed in sheet.placed()]
    assert len(set(labels)) == len(labels) and all(labels)


@pytest.mark.parametrize(
    "subject",
    [
        "self-assessment/14/how-often",
        "first-steps/two-skills",
        "hours/1-1s-and-coaching/from-now-on",
        "week-settled/stop",
        "lost-deals-settled/for-others",
        "line-up/2026-03-31/chart",
        "focus/r2/choice",
        "first-rep/whom",
        "forecast-call/2026-03-31/likely",
        "conversation/r%2F1/slippage/saw",
        "conversation/anybody/open/whom",
        "plan/r%2F1/slippage/focus",
        "ramp/r2/60/example",
        "commitment/c1/due",
        "circumstance/k1/what",
        "hypothesis/r%2F1/slippage/2026Q1/result",
        "first-steps/way",
        "skills/r%2F1/problem/rep",
        "skills/anybody/next-step/words",
        "joint-call/anybody/watch",
        "deal-evidence/anybody/money/mark",
        "deal-review/anybody/leave",
        "commitments-settled/when",
        "agreement/hours",
    ],
)
def test_a_subject_that_journals_hold_stays(subject):
    assert subject in {placed.subject for sheet in SHEETS for placed in sheet.placed()}


def test_the_hours_for_coaching_are_those_that_were_written():
    assert hours.coaching_hours({"hours/1-1s-and-coaching/from-now-on": 7.5}) == 7.5
    assert hours.coaching_hours({}) == 0 and hours.coaching_hours({"hours/1-1s-and-coaching/from-now-on": "x"}) == 0


def test_every_kind_of_hours_has_a_line_of_its_own():
    assert len({line.key for line in hours.hours().lines}) == len(KINDS_OF_HOURS)


def test_open_commitments_stand_before_those_that_were_looked_at():
    answers = {field_subject("c1", "state"): "kept", field_subject("c2", "what"): "x"}
    assert commitment_sheet.commitments(REPS, answers).keys == ("c2", "c1")


def test_the_sheet_of_commitments_asks_for_every_field_that_the_journal_knows():
    assert tuple(q.key for q in commitment_sheet.commitments(REPS, {}, DRIVERS).questions) == FIELDS


def test_a_sheet_about_one_rep_stands_alone_on_its_paper_and_one_for_anybody_does_not():
    notes = conversation_notes.notes
    assert notes("A page", "When …", "r1").alone and not notes("A page", "When …").alone
    assert improvement_plan.plan("A plan", "r1").alone and not improvement_plan.plan("A plan").alone


@pytest.mark.parametrize(
    "placed", [placed for sheet in SHEETS for placed in sheet.placed()], ids=lambda placed: placed.subject
)
def test_what_can_be_chosen_or_typed_on_the_page_fits_the_question_in_the_registry(placed):
    answer = placed.question.answer
    if isinstance(answer, Choice):
        assert all(placed.takes.fits(key) for key, _ in answer.options)
        assert not isinstance(placed.takes, OneOf) or set(dict(answer.options)) == set(placed.takes.options)
    elif isinstance(answer, Text):
        assert isinstance(placed.takes, Words)
    else:
        assert answer == placed.takes


def test_every_sheet_and_every_question_of_the_registry_is_asked_and_no_other():
    on_pages = {(sheet.sheet.name, q.key) for sheet in SHEETS for q in sheet.questions}
    on_pages |= {("commitment", q.key) for q in commitment_sheet.commitments(REPS, {}, DRIVERS).questions}
    assert on_pages == {
        (sheet.name, question)
        for sheet in sheet_registry.SHEETS.values()
        if sheet not in sheet_registry.OF_THE_TRAINING  # tests/training holds those
        for question in sheet.questions
    }
