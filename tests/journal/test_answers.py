"""What a stranger wrote in a journal: what fits its question is an answer, the rest is said and counts for nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.journal.answers import answers_in
from playbook.journal.sheet_registry import COMMITMENT, FOCUS, HOURS, SHEETS, TEAMS_VIEW, WEEK_SETTLED
from tests.journal.writing import answer, undo

NEVER = TEAMS_VIEW.subject("1", "never")
STOP = WEEK_SETTLED.subject("stop")
EVERY_QUESTION = [
    (sheet.subject(*(f"{part} 1" for part in sheet.about), question), kind)
    for sheet in SHEETS.values()
    for question, kind in sheet.questions.items()
]
ANY_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=5,
)


@pytest.mark.parametrize(
    ("subject", "value"),
    [
        (NEVER, 3_000_000_000),
        (NEVER, -1),
        (NEVER, 2.5),
        (NEVER, True),
        (NEVER, "3"),
        (NEVER, float("nan")),
        (HOURS.subject("my-own-deals", "last-week"), float("inf")),
        (HOURS.subject("my-own-deals", "last-week"), 10**400),
        (STOP, "x" * 20_001),
        (STOP, 5),
        (STOP, ["a"]),
        (STOP, {"a": "b"}),
        (FOCUS.subject("r1", "choice"), "x" * 501),
        (COMMITMENT.subject("c1", "due"), "soon"),
        (COMMITMENT.subject("c1", "due"), "0026-04-10"),
        (COMMITMENT.subject("c1", "due"), 20260410),
        (COMMITMENT.subject("c1", "state"), "done"),
    ],
)
def test_what_does_not_fit_is_no_answer_and_is_said(subject, value):
    answers = answers_in([answer(subject, value, "e1")])
    assert answers.values == {} and list(answers.unreadable) == [subject]


def test_an_earlier_answer_does_not_come_back_where_a_later_one_cannot_be_read():
    events = [answer(NEVER, 3, "e1"), answer(NEVER, 3_000_000_000, "e2")]
    assert answers_in(events).values == {} and answers_in([*events, undo("e2")]).values == {NEVER: 3}


def test_half_a_character_pair_is_shown_as_a_mark_and_the_rest_of_the_words_stay():
    assert answers_in([answer(STOP, "call \ud83d half", "e1")]).values == {STOP: "call \ufffd half"}


def test_an_answer_before_and_after_the_subjects_lost_their_chapters_is_one():
    events = [answer("02/settled/stop", "before", "e1"), answer(STOP, "after", "e2")]
    assert answers_in(events).values == {STOP: "after"} and answers_in(events[:1]).values == {STOP: "before"}


def test_what_no_sheet_asks_for_is_told_apart():
    assert answers_in([answer("99/of-tomorrow/x", 1)]).unknown == ("99/of-tomorrow/x",)


@given(st.sampled_from(EVERY_QUESTION), ANY_VALUE)
def test_whatever_a_question_is_answered_with_it_fits_or_is_said(question, value):
    subject, kind = question
    answers = answers_in([answer(subject, value, "e1")])
    if value is None:
        assert not answers.values and not answers.unreadable
    elif kind.fits(value):
        assert list(answers.values) == [subject]
    else:
        assert answers.unreadable == {subject: kind.rule} or isinstance(value, str)
