"""Attempts stand in the journal of the training: what was answered comes back, what is damaged is left out."""

from hypothesis import given
from hypothesis import strategies as st

from playbook.journal.answers import answers_in
from playbook.journal.events import ANSWER, new_event
from playbook.journal.sheet_registry import EXERCISE
from playbook.training.attempts import Attempt, attempts_in, events_of
from playbook.training.lesson_cells import open_lesson, promise, reflect

ANSWERS = st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=4)


@given(
    answer=ANSWERS,
    points=st.none() | st.floats(0, 1).map(lambda p: round(p, 4)),
    sure=st.none() | st.integers(50, 99).map(float),
    inside=st.none() | st.booleans(),
    hints=st.integers(0, 5),
)
def test_an_attempt_comes_back_as_it_was(answer, points, sure, inside, hints):
    attempt = Attempt("luck/two-quarters", 12, answer, points, sure, inside, hints, "is_it_luck")
    (back,) = attempts_in(answers_in(events_of(attempt, "ana")))
    expected = {**attempt.__dict__, "at": back.at}
    if all(_can_be_written(text) for pair in answer.items() for text in pair):
        assert back.__dict__ == expected


def _can_be_written(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def test_two_attempts_at_one_item_are_both_there():
    events = [e for seed in (1, 2) for e in events_of(Attempt("luck/a", seed, {"choice": "x"}, 1.0), "ana")]
    assert [attempt.seed for attempt in attempts_in(answers_in(events))] == [1, 2]


def test_an_attempt_whose_answer_cannot_be_read_is_left_out():
    events = events_of(Attempt("luck/a", 1, {"choice": "x"}, 1.0), "ana")
    broken = [e for e in events if not e.subject.endswith("/answer")]
    broken.append(new_event(ANSWER, EXERCISE.subject("luck/a", "0001", "answer"), "{", author="ana"))
    assert attempts_in(answers_in(broken)) == ()


def test_an_answer_with_a_hint_is_not_counted_as_right():
    assert not Attempt("a", 1, {}, points=1.0, hints=1).right and Attempt("a", 1, {}, points=1.0).right


def test_the_sheets_of_the_training_are_asked_with_the_questions_of_the_registry(tmp_path):
    lesson = open_lesson("is_it_luck", tmp_path)
    asked = {e.subject.rpartition("/")[2] for e in events_of(Attempt("a", 1, {}, 1.0, 80.0, True, 0, "x"), "ana")}
    assert asked == set(EXERCISE.questions)
    assert "Whom did I judge?" in reflect(lesson, "Whom did I judge?").text
    assert "By when" in promise(lesson, "When").text
