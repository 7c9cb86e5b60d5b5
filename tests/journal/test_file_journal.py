import errno
import os
import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.journal import file_journal
from playbook.journal.events import as_line, new_event
from playbook.journal.file_journal import FileJournal
from playbook.journal.journals import NotReadable, NotSaved
from tests.journal.writing import answer, unprivileged


@pytest.fixture
def journal(tmp_path):
    return FileJournal(tmp_path / "journal.jsonl")


def test_what_was_appended_is_read_in_order(journal):
    events = [answer("a", n) for n in range(3)]
    journal.append(events[:2])
    journal.append(events[2:])
    assert journal.read().events == events and not journal.read().remarks


def test_a_journal_that_is_not_there_is_empty_and_is_not_made_by_reading(journal):
    assert journal.read().events == [] and not journal.file.exists()


def test_the_file_is_private_to_its_owner(journal):
    journal.append([answer("a", 1)])
    assert stat.S_IMODE(journal.file.stat().st_mode) == 0o600


def test_an_event_offered_again_counts_once(journal):
    journal.append([answer("a", 1)])
    journal.append([answer("a", 1), answer("a", 2)])
    assert [event.value for event in journal.read().events] == [1, 2]


@settings(max_examples=30, deadline=None)
@given(st.integers(min_value=1))
def test_a_torn_last_line_is_left_out_and_told_and_the_next_one_is_kept(tmp_path_factory, cut):
    journal = FileJournal(tmp_path_factory.mktemp("torn") / "journal.jsonl")
    journal.append([answer("a", 1)])
    torn = as_line(answer("b", 2))[:-1]
    with journal.file.open("ab") as file:
        file.write(torn[: 1 + cut % (len(torn) - 1)])
    reading = journal.read()
    assert [event.value for event in reading.events] == [1] and "cut off" in reading.remarks
    journal.append([answer("c", 3)])
    assert [event.value for event in journal.read().events] == [1, 3]
    assert journal.read().broken == (2,)


def test_a_last_line_that_lacks_only_its_end_counts(journal):
    journal.file.write_bytes(as_line(answer("a", 1))[:-1])
    journal.append([answer("b", 2)])
    assert [event.value for event in journal.read().events] == [1, 2]


def test_a_damaged_line_in_the_middle_is_told_by_its_number_and_the_rest_is_kept(journal):
    lines = [as_line(answer("a", 1)), b"\0" * 40 + b"\n", as_line(answer("b", 2))]
    journal.file.write_bytes(b"".join(lines))
    reading = journal.read()
    assert [event.value for event in reading.events] == [1, 2] and "left out: 2" in reading.remarks


@pytest.mark.parametrize("after", [0, 1, 30])
def test_a_full_disk_is_said_in_words_and_leaves_the_file_as_it_was(journal, monkeypatch, after):
    journal.append([answer("a", 1)])
    before, real = journal.file.read_bytes(), os.write

    def full(handle, data):
        written = real(handle, data[:after]) if after and len(data) > after else 0
        if not written or journal.file.stat().st_size > len(before) + after:
            raise OSError(errno.ENOSPC, "No space left on device")
        return written

    monkeypatch.setattr(file_journal.os, "write", full)
    with pytest.raises(NotSaved, match="the disk is full"):
        journal.append([answer("b", "x" * 500)])
    monkeypatch.undo()
    assert journal.file.read_bytes() == before


def test_a_disk_that_does_not_confirm_the_write_has_saved_nothing(journal, monkeypatch):
    def fault(handle):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(file_journal.os, "fsync", fault)
    with pytest.raises(NotSaved, match="the disk reports a fault"):
        journal.append([answer("a", 1)])
    monkeypatch.undo()
    assert journal.read().events == []


def test_a_folder_that_may_only_be_read_is_read_and_says_in_words_that_it_saves_nothing():
    with tempfile.TemporaryDirectory() as folder:  # not pytest's own, which only the administrator may enter
        journal = FileJournal(Path(folder) / "journal.jsonl")
        journal.append([answer("a", 1)])
        journal.file.chmod(0o444)
        Path(folder).chmod(0o555)
        with unprivileged():
            assert len(journal.read().events) == 1
            with pytest.raises(NotSaved, match="can be read, but not written to") as refused:
                journal.append([answer("b", 2)])
        Path(folder).chmod(0o755)
    assert "Copy the workbook to a folder of your own" in str(refused.value)


def test_a_folder_that_is_gone_is_said_in_words(tmp_path):
    with pytest.raises(NotSaved, match="is not there any more"):
        FileJournal(tmp_path / "gone" / "journal.jsonl").append([answer("a", 1)])


def test_a_journal_that_cannot_be_read_is_not_taken_for_an_empty_one(tmp_path):
    (tmp_path / "journal.jsonl").mkdir()
    with pytest.raises(NotReadable, match="cannot be read now"):
        FileJournal(tmp_path / "journal.jsonl").read()


def test_another_program_that_holds_the_journal_is_named(journal, monkeypatch):
    import fcntl

    journal.append([answer("a", 1)])
    monkeypatch.setattr(file_journal, "_PATIENCE", 0.0)
    with journal.file.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(NotSaved, match="another program holds the journal"):
            journal.append([answer("b", 2)])


def test_a_rewrite_replaces_everything_at_once_and_stays_private(journal):
    journal.append([answer("a", 1), answer("b", 2)])
    journal.rewrite(lambda events: events[1:])
    assert [event.value for event in journal.read().events] == [2]
    assert stat.S_IMODE(journal.file.stat().st_mode) == 0o600
    assert os.listdir(journal.file.parent) == ["journal.jsonl"]


def test_a_rewrite_that_fails_leaves_the_file_as_it_was(journal):
    journal.append([answer("a", 1)])

    def fails(events):
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(NotSaved, match="the disk is full"):
        journal.rewrite(fails)
    assert [event.value for event in journal.read().events] == [1]


def test_a_clock_that_was_set_back_loses_nothing(journal):
    from datetime import UTC, datetime

    late = new_event("answer", "s", "first", author="a", now=datetime(2026, 3, 31, tzinfo=UTC))
    early = new_event("answer", "s", "second", author="a", now=datetime(2020, 1, 1, tzinfo=UTC))
    journal.append([late])
    journal.append([early])
    assert [event.value for event in journal.read().events] == ["first", "second"]
