"""Faults while somebody types: told in words, what was typed stays, and it is saved when the place is back."""

import os
import resource
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from playbook.forms import autosave
from playbook.journal.database_journal import DatabaseJournal, Key
from playbook.journal.file_journal import FileJournal
from playbook.journal.journals import NotReadable
from tests.forms.at_work import Desk
from tests.journal.writing import unprivileged


def type_and_wait(desk, subject, value):
    desk.type(subject, value)
    desk.later.comes()
    return desk.messages[-1]


def not_saved(message, *labels):
    """Whether the person was told that these answers are not saved, and that they are still on the page."""
    named = all(f"“The question {label}”" in message.text for label in labels)
    return message.trouble and message.text.startswith("Not saved: ") and named and "still on this page" in message.text


@contextmanager
def small_disk(folder: Path):
    """A disk of 64 kB of its own; where nobody may mount one, a limit on how large a file may grow does for it."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True)
    try:
        yield _fill_up if mounted.returncode == 0 else _forbid_to_grow
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, resource.getrlimit(resource.RLIMIT_FSIZE)[1:] * 2)
        if mounted.returncode == 0:
            subprocess.run(["umount", str(folder)], check=True)


def _fill_up(journal: FileJournal):
    filler = journal.file.with_name("filler")
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 512)
    return filler.unlink


def _forbid_to_grow(journal: FileJournal):
    most, before = resource.getrlimit(resource.RLIMIT_FSIZE)[1], os.stat(journal.file).st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (before + 100, most))
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


@pytest.mark.parametrize("fill", ["as the machine allows", "a limit"])
def test_on_a_full_disk_nothing_saved_is_lost_and_what_is_typed_is_saved_once_there_is_room(tmp_path, fill):
    with small_disk(tmp_path) as fill_up:
        fill_up = fill_up if fill == "as the machine allows" else _forbid_to_grow
        desk = Desk(FileJournal(tmp_path / "journal.jsonl"))
        assert not type_and_wait(desk, "a", "early").trouble
        before = desk.journal.file.read_bytes()
        make_room = fill_up(desk.journal)
        message = type_and_wait(desk, "a", "late " * 2000)
        assert not_saved(message, "a") and ("the disk is full" in message.text or "grow no further" in message.text)
        assert "Delete something that you no longer need." in message.text
        assert desk.journal.file.read_bytes() == before
        desk.type("b", "more")
        desk.later.comes()
        assert not_saved(desk.messages[-1], "a", "b") or desk.values == {"a": "late " * 2000, "b": "more"}
        make_room()
        desk.later.comes()
        assert desk.values == {"a": "late " * 2000, "b": "more"} and not desk.messages[-1].trouble


def test_a_folder_that_became_read_only_is_said_and_saved_once_it_may_be_written_to():
    with tempfile.TemporaryDirectory() as folder:  # not pytest's own, which only the administrator may enter
        Path(folder).chmod(0o777)
        with unprivileged():
            desk = Desk(FileJournal(Path(folder) / "journal.jsonl"))
            type_and_wait(desk, "a", "early")
            desk.journal.file.chmod(0o444)
            message = type_and_wait(desk, "b", "late")
            assert not_saved(message, "b") and "this folder can be read, but not written to." in message.text
            assert "Copy the workbook to a folder of your own" in message.text and desk.values == {"a": "early"}
            desk.journal.file.chmod(0o644)
            desk.later.comes()
            assert desk.values == {"a": "early", "b": "late"} and not desk.messages[-1].trouble


def test_a_folder_that_went_away_and_came_back_under_its_name_loses_nothing(tmp_path):
    (tmp_path / "book").mkdir()
    desk = Desk(FileJournal(tmp_path / "book" / "journal.jsonl"))
    type_and_wait(desk, "a", "early")
    (tmp_path / "book").rename(tmp_path / "elsewhere")  # a network drive that is gone for a while
    message = type_and_wait(desk, "b", "late")
    assert not_saved(message, "b") and "the folder of the workbook is not there any more" in message.text
    (tmp_path / "elsewhere").rename(tmp_path / "book")
    desk.later.comes()
    assert desk.values == {"a": "early", "b": "late"}


def test_with_the_clock_set_back_the_later_word_still_stands_and_the_earlier_is_kept(tmp_path, monkeypatch):
    class Clock(datetime):
        today = datetime(2026, 3, 31, 12, tzinfo=UTC)

        @classmethod
        def now(cls, zone=None):
            return cls.today

    from playbook.journal import events

    monkeypatch.setattr(autosave, "datetime", Clock)
    monkeypatch.setattr(events, "datetime", Clock)
    desk = Desk(FileJournal(tmp_path / "journal.jsonl"))
    type_and_wait(desk, "a", "first")
    Clock.today = datetime(2020, 1, 1, tzinfo=UTC)
    assert not type_and_wait(desk, "a", "second").trouble
    assert Desk(desk.journal).values == {"a": "second"}
    assert [event.value for event in desk.journal.read().events] == ["first", "second"]
    desk.auto_save.take_back(lambda subject: True)
    assert desk.values == {"a": "first"}


@pytest.mark.database
def test_a_database_that_stops_in_the_middle_of_the_work_is_said_and_gets_everything_once_it_is_back(server):
    desk = Desk(DatabaseJournal(server.url, Key("stops in the middle", "m1", "ana")))
    type_and_wait(desk, "a", "early")
    server.stop()
    try:
        message = type_and_wait(desk, "a", "while it was gone")
        assert not_saved(message, "a") and "the database does not answer." in message.text
        assert "It is saved by itself once" in message.text and "Run this page again" not in message.text
        desk.type("b", "more")
        desk.later.comes()
        assert not_saved(desk.messages[-1], "a", "b")
        with pytest.raises(NotReadable, match="Your answers are not lost"):
            desk.journal.read()
    finally:
        server.start()
    desk.later.comes()
    assert desk.values == {"a": "while it was gone", "b": "more"} and not desk.messages[-1].trouble
    assert [event.value for event in desk.journal.read().events] == ["early", "while it was gone", "more"]


def test_a_database_file_that_another_program_holds_is_said_and_gets_everything_later(tmp_path, monkeypatch):
    import sqlite3

    from playbook.journal import database_journal

    monkeypatch.setattr(database_journal, "_PATIENCE", 0.1)
    desk = Desk(DatabaseJournal(f"sqlite:///{tmp_path}/journal.db", Key("held", "m1", "ana")))
    type_and_wait(desk, "a", "early")
    holder = sqlite3.connect(tmp_path / "journal.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert not_saved(type_and_wait(desk, "b", "late"), "b")
    holder.execute("ROLLBACK")
    holder.close()
    desk.later.comes()
    assert desk.values == {"a": "early", "b": "late"}
