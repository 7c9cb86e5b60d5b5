from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.journal.events import Event
from playbook.journal.folding import standing
from playbook.journal.merging import merged

MOMENTS = st.integers(0, 30)


def events(where: str, moments: list[int]) -> list[Event]:
    return [
        Event(f"{where}{n}", f"2026-03-31T10:{m:02}:00.000Z", "ana", "answer", "s", f"{where}{n}")
        for n, m in enumerate(moments)
    ]


COPIES = st.tuples(st.lists(MOMENTS, max_size=5), st.lists(MOMENTS, max_size=5), st.lists(MOMENTS, max_size=5))


@settings(deadline=None)
@given(COPIES)
def test_every_event_is_there_once_in_each_copy_s_own_order(moments):
    before, left, right = (events(where, own) for where, own in zip("blr", moments, strict=True))
    both = merged(before + left, before + right)
    assert sorted(e.id for e in both) == sorted(e.id for e in before + left + right)
    for copy in (before + left, before + right):
        assert [e for e in both if e in copy] == copy


@settings(deadline=None)
@given(COPIES)
def test_it_does_not_matter_which_copy_is_named_first(moments):
    before, left, right = (events(where, own) for where, own in zip("blr", moments, strict=True))
    assert merged(before + left, before + right) == merged(before + right, before + left)


@settings(deadline=None)
@given(COPIES)
def test_merging_again_changes_nothing(moments):
    before, left, right = (events(where, own) for where, own in zip("blr", moments, strict=True))
    both = merged(before + left, before + right)
    assert merged(both, before + right) == both and merged(both, both) == both


def test_the_later_answer_to_the_same_question_stands():
    both = merged(events("home", [10]), events("work", [20]))
    assert standing(both)["s"].value == "work0"
