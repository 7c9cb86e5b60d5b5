from datetime import date

from playbook.coaching.plays import play_of
from playbook.forms import commitment_sheet, conversation_notes, improvement_plan
from playbook.journal.coaching_starts import PLAN, PROMISE, TALK, WATCHED, Start, starts_in
from playbook.journal.commitments import field_subject
from tests.journal.writing import answer, undo

PLAN_FOCUS = next(a.subject for a in improvement_plan.plan("", "r1", "slippage").placed() if "focus" in a.subject)
FIRST, LATER = "2026-01-05T23:30:00.000Z", "2026-02-10T08:00:00.000Z"


def test_a_plan_that_names_its_focus_begins_on_the_day_on_which_it_was_first_written():
    events = [answer(PLAN_FOCUS, "Ask for the date.", "1", FIRST), answer(PLAN_FOCUS, "Ask twice.", "2", LATER)]
    assert starts_in(events) == [Start("r1", "slippage", date(2026, 1, 5), PLAN)]


def test_what_was_taken_back_or_emptied_began_nothing():
    written = answer(PLAN_FOCUS, "Ask.", "1", FIRST)
    assert starts_in([written, undo("1", PLAN_FOCUS)]) == []
    assert starts_in([written, answer(PLAN_FOCUS, None, "2", LATER)]) == []


def test_a_plan_for_anybody_is_about_nobody():
    blank = improvement_plan.plan("", "", "").placed()
    assert starts_in([answer(placed.subject, "words") for placed in blank]) == []


def test_what_was_seen_in_a_watched_conversation_counts_and_not_seen_does_not():
    lines = [a.subject for a in conversation_notes.rubric("r1", "Ana", "slippage", play_of("slippage")).placed()]
    events = [answer(lines[0], "not-seen", "1", FIRST), answer(lines[1], "missing", "2", LATER)]
    assert starts_in(events) == [Start("r1", "slippage", date(2026, 2, 10), WATCHED)]


def test_a_hypothesis_is_no_coaching_and_what_is_practised_is():
    notes = {
        a.subject.rpartition("/")[2]: a.subject for a in conversation_notes.notes("", "", "r1", "slippage").placed()
    }
    assert starts_in([answer(notes["hypothesis"], "Perhaps the customers.")]) == []
    assert [s.by for s in starts_in([answer(notes["practise"], "Asking for the date.")])] == [TALK]


def test_a_commitment_counts_once_it_says_whose_it_is_and_what_it_works_on_from_the_day_of_its_words():
    questions = commitment_sheet.commitments([("r1", "Ana")], {}, [("slippage", "Slippage")]).placed_of("c1")
    at = {a.question.key: a.subject for a in questions}
    words = answer(at["what"], "When … I will …", "1", FIRST)
    whose, about = answer(at["whose"], "r1", "2", LATER), answer(at["about"], "slippage", "3", LATER)
    assert starts_in([words, whose]) == [] and starts_in([words, about]) == []
    assert starts_in([words, whose, about]) == [Start("r1", "slippage", date(2026, 1, 5), PROMISE)]
    let_go = answer(field_subject("c1", "state"), "dropped", "4", LATER)
    assert starts_in([words, whose, about, let_go]) == []


def test_an_id_with_a_slash_and_a_stage_with_a_colon_come_back_whole():
    (placed, *_) = improvement_plan.plan("", "r/1", "stage:Needs / fit").placed()
    assert [(s.rep_id, s.driver) for s in starts_in([answer(placed.subject, "x")])] == [("r/1", "stage:Needs / fit")]
