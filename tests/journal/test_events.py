import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.journal.events import Unreadable, as_line, from_line, new_event, parts_of, subject_of

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=5,
)


@settings(deadline=None, max_examples=60)
@given(st.text(), st.lists(st.text(min_size=1), min_size=1, max_size=4), JSON)
def test_whatever_is_typed_comes_back_from_its_one_line(author, parts, value):
    event = new_event("answer", subject_of(*parts), value, author=author)
    line = as_line(event)
    assert line.endswith(b"\n") and line.count(b"\n") == 1
    assert from_line(line) == event and parts_of(event.subject) == parts


@settings(deadline=None, max_examples=60)
@given(st.integers(min_value=0))
def test_a_line_cut_anywhere_is_no_event(cut):
    line = as_line(new_event("answer", "01/form/x", {"a": [1, "ü"]}, author="ana")).rstrip(b"\n")
    with pytest.raises(Unreadable):
        from_line(line[: cut % len(line)])


@pytest.mark.parametrize("line", [b"[]", b"{}", b"\0\0\0", b"nul", b'{"id": 1}', b"\xff\xfe"])
def test_a_damaged_line_is_no_event(line):
    with pytest.raises(Unreadable):
        from_line(line)


def test_a_time_that_is_none_is_no_event():
    fields = json.loads(as_line(new_event("answer", "s", 1, author="ana"))) | {"at": "yesterday"}
    with pytest.raises(Unreadable):
        from_line(json.dumps(fields).encode())


def test_two_events_of_the_same_words_are_told_apart():
    assert new_event("answer", "s", 1, author="a").id != new_event("answer", "s", 1, author="a").id


def test_the_line_reads_as_a_person_wrote_it():
    assert "Zoë asked why" in as_line(new_event("answer", "06/notes/r1", "Zoë asked why", author="ana")).decode()
