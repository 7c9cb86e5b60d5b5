"""What Windows asks for, played here: locks by msvcrt, and no file replaced while anybody has it open."""

import errno
import fcntl
import os
import threading
import types
from pathlib import Path

import pytest

from playbook.journal import file_journal
from playbook.journal.file_journal import FileJournal
from playbook.journal.journals import NotSaved
from tests.journal.writing import answer, unprivileged

LOCK, UNLOCK = 2, 0


@pytest.fixture
def windows(monkeypatch):
    """File journals behave as on Windows; the calls to msvcrt are listed."""
    calls = []

    def locking(handle, mode, size):
        calls.append(mode)
        if mode == UNLOCK:
            return fcntl.flock(handle, fcntl.LOCK_UN)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PermissionError(errno.EACCES, "Permission denied") from error  # as msvcrt says it

    def replace(beside, file, real=os.replace):
        open_files = {os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd") if _is_open(fd)}
        if str(Path(file).resolve()) in open_files:
            raise PermissionError(errno.EACCES, "Access is denied")
        real(beside, file)

    fake = types.SimpleNamespace(locking=locking, LK_NBLCK=LOCK, LK_UNLCK=UNLOCK)
    monkeypatch.setitem(__import__("sys").modules, "msvcrt", fake)
    monkeypatch.setattr(file_journal, "_WINDOWS", True)
    monkeypatch.setattr(os, "replace", replace)
    return calls


def _is_open(fd):
    return os.path.islink(f"/proc/self/fd/{fd}")


@pytest.fixture
def journal(tmp_path):
    return FileJournal(tmp_path / "journal.jsonl")


def test_what_was_appended_is_read_and_every_lock_is_let_go(journal, windows):
    journal.append([answer("a", 1)])
    journal.append([answer("a", 2)])
    assert [event.value for event in journal.read().events] == [1, 2]
    assert windows == [LOCK, UNLOCK] * 3


def test_a_rewrite_replaces_the_file_which_nobody_may_have_open_then(journal, windows):
    journal.append([answer("a", 1), answer("b", 2)])
    journal.rewrite(lambda events: events[1:])
    assert [event.value for event in journal.read().events] == [2]


def test_the_played_windows_refuses_to_replace_an_open_file(journal, windows):
    journal.append([answer("a", 1)])
    with journal.file.open("rb"), pytest.raises(NotSaved, match="not written to"):
        journal.rewrite(lambda events: [])
    assert [event.value for event in journal.read().events] == [1]


def test_writers_and_a_rewriter_lose_nothing(journal, windows):
    def write(who):
        for n in range(20):
            FileJournal(journal.file).append([answer(who, n)])

    def rewrite():
        for _ in range(20):
            FileJournal(journal.file).rewrite(lambda events: events)

    threads = [threading.Thread(target=write, args=(who,)) for who in "ab"] + [threading.Thread(target=rewrite)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events = journal.read().events
    for who in "ab":
        assert [event.value for event in events if event.subject == who] == list(range(20))


def test_another_program_that_holds_the_lock_is_named(journal, windows, monkeypatch):
    journal.append([answer("a", 1)])
    monkeypatch.setattr(file_journal, "_PATIENCE", 0.0)
    with journal.file.with_name(".journal.jsonl.lock").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(NotSaved, match="another program holds the journal"):
            journal.append([answer("b", 2)])


def test_a_folder_that_may_only_be_read_is_read_without_a_lock(windows, tmp_path_factory):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:  # not pytest's own, which only the administrator may enter
        Path(folder, "journal.jsonl").write_bytes(b"")
        Path(folder).chmod(0o555)
        Path(folder, "journal.jsonl").chmod(0o444)
        with unprivileged():
            assert FileJournal(Path(folder) / "journal.jsonl").read().events == []
            with pytest.raises(NotSaved, match="can be read, but not written to"):
                FileJournal(Path(folder) / "journal.jsonl").append([answer("a", 1)])
        Path(folder).chmod(0o755)


def test_elsewhere_no_lock_file_lies_beside_the_journal(journal):
    journal.append([answer("a", 1)])
    journal.rewrite(lambda events: events)
    assert os.listdir(journal.file.parent) == ["journal.jsonl"]
