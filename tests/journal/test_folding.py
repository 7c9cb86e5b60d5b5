from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.journal.events import ERASED, UNDONE, Event
from playbook.journal.folding import counting, history, last_change, standing, unique
from tests.journal.writing import answer, undo

SAID = st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.integers(0, 5)), max_size=12)


def values(events):
    return {subject: stands.value for subject, stands in standing(events).items()}


def events_of(pairs):
    return [answer(subject, value, event_id=str(n)) for n, (subject, value) in enumerate(pairs)]


@settings(deadline=None, max_examples=60)
@given(SAID)
def test_the_last_word_on_each_subject_stands(pairs):
    assert values(events_of(pairs)) == {s: v for s, v in dict(pairs).items() if v is not None}


@settings(deadline=None, max_examples=60)
@given(SAID, st.data())
def test_an_undone_event_is_as_if_it_had_never_been_said(pairs, data):
    events = events_of(pairs)
    gone = data.draw(st.sets(st.sampled_from([e.id for e in events]))) if events else set()
    undone = [*events, *(undo(event_id) for event_id in sorted(gone))]
    assert values(undone) == values([e for e in events if e.id not in gone])


@settings(deadline=None, max_examples=60)
@given(SAID, st.integers(min_value=0))
def test_undoing_an_undo_brings_everything_back(pairs, which):
    events = events_of(pairs)
    if events:
        taken = undo(events[which % len(events)].id, own_id="u1")
        assert values([*events, taken, undo("u1", own_id="u2")]) == values(events)


@settings(deadline=None, max_examples=60)
@given(SAID)
def test_taking_back_change_after_change_ends_with_nothing(pairs):
    events = events_of(pairs)
    for n in range(len(pairs)):
        change = last_change(events, lambda subject: True)
        events = [*events, undo(change.id, own_id=f"undo-{n}")]
    assert values(events) == {} and last_change(events, lambda subject: True) is None


@settings(deadline=None, max_examples=60)
@given(SAID)
def test_the_history_keeps_everything(pairs):
    events = events_of(pairs)
    assert sum(len(history(events, subject)) for subject in "abc") == len(pairs)


def test_the_order_of_the_journal_counts_and_not_the_clock():
    before = answer("s", "first", at="2026-03-31T10:00:00.000Z")
    after = answer("s", "second", at="2020-01-01T00:00:00.000Z")  # the clock was set back
    assert values([before, after]) == {"s": "second"}


def test_only_the_asked_subjects_are_taken_back():
    events = [answer("01/a", 1), answer("02/b", 2)]
    assert last_change(events, lambda subject: subject.startswith("01/")).subject == "01/a"


def test_the_mark_of_an_erasure_is_no_answer():
    assert counting([Event("e", "2026-03-31T10:00:00.000Z", "ana", ERASED, "journal", {"events": 3})]) == []


def test_a_save_that_was_tried_twice_counts_once_where_it_first_stood():
    events = [answer("a", 1), answer("a", 2), answer("a", 1)]
    assert unique(events) == events[:2]


def test_an_undo_of_something_unknown_changes_nothing():
    assert values([answer("a", 1), Event("x", "2026-03-31T10:00:00.000Z", "b", UNDONE, "a", "no-such-id")]) == {"a": 1}
