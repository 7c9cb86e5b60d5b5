"""A journal is data from a stranger: only an ordinary file is opened, within limits, and no link is followed."""

import json
import os
import socket
import stat
import subprocess
import sys

import pytest

from playbook.journal import file_journal
from playbook.journal.events import Unreadable, as_line, from_line
from playbook.journal.file_journal import FileJournal
from playbook.journal.journals import NotReadable, NotSaved
from playbook.journal.place import carry_over, ensure_journal, has_entries
from tests.journal.writing import answer
from tests.scripts.requirements_files import ROOT

EVENT = answer("agreement/hours", "Mondays", "e1")


def a_link(place, folder):
    (folder / "theirs.txt").write_bytes(as_line(answer("agreement/again", "somebody else's")))
    place.symlink_to(folder / "theirs.txt")


def a_socket(place, folder):
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))


NO_FILES = {
    "a link": a_link,
    "a link to nothing": lambda place, folder: place.symlink_to(folder / "new.txt"),
    "a link to a device": lambda place, folder: place.symlink_to("/dev/zero"),
    "a folder": lambda place, folder: place.mkdir(),
    "a pipe": lambda place, folder: os.mkfifo(place),
    "a socket": a_socket,
}


@pytest.fixture(params=NO_FILES)
def odd(request, tmp_path):
    """A folder in which something else has the journal's name."""
    book = tmp_path / "book"
    book.mkdir()
    NO_FILES[request.param](book / "journal.jsonl", tmp_path)
    return book


def everything_in(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.is_symlink()}


def test_what_is_no_ordinary_file_is_neither_read_nor_written_nor_erased(odd, tmp_path):
    journal, before = FileJournal(odd / "journal.jsonl"), everything_in(tmp_path)
    mode = journal.file.lstat().st_mode
    refusal = "which the kit neither reads nor writes through.\nPut the journal itself in its place"
    for use in (journal.read, lambda: list(journal.pieces())):
        with pytest.raises(NotReadable, match=refusal):
            use()
    for use in (lambda: journal.append([EVENT]), lambda: journal.rewrite(lambda events: [])):
        with pytest.raises(NotSaved, match=refusal):
            use()
    assert everything_in(tmp_path) == before and journal.file.lstat().st_mode == mode
    assert not (tmp_path / "new.txt").exists()


def test_what_is_no_ordinary_file_is_neither_carried_over_nor_written_over(odd, tmp_path):
    good = tmp_path / "good"
    good.mkdir()
    FileJournal(good / "journal.jsonl").append([EVENT])
    assert not has_entries(odd)
    mode = (odd / "journal.jsonl").lstat().st_mode
    for old, new in ((odd, tmp_path / "another"), (good, odd)):
        with pytest.raises(NotReadable):
            carry_over(old, new)
    ensure_journal(odd)
    assert (odd / "journal.jsonl").lstat().st_mode == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only the administrator may make a device")
def test_a_device_is_not_even_opened(tmp_path, monkeypatch):
    place = tmp_path / "journal.jsonl"
    os.mknod(place, stat.S_IFCHR | 0o600, os.makedev(1, 5))  # the one that gives zeros without an end
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(NotReadable, match="a device"):
        FileJournal(place).read()


def test_a_link_put_in_its_place_at_the_last_moment_is_not_followed(tmp_path, monkeypatch):
    place = tmp_path / "journal.jsonl"
    a_link(place, tmp_path)
    monkeypatch.setattr("playbook.journal.regular_file._check_name", lambda file: None)
    with pytest.raises(NotReadable):
        FileJournal(place).read()
    with pytest.raises(NotSaved):
        FileJournal(place).append([EVENT])
    assert b"somebody" in (tmp_path / "theirs.txt").read_bytes()


def test_a_line_that_is_too_long_is_told_by_its_number_and_its_neighbours_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(file_journal, "LONGEST_LINE", 2000)
    monkeypatch.setattr(file_journal, "_PIECE", 700)
    lines = [as_line(EVENT), as_line(answer("agreement/again", "x" * 5000)), as_line(answer("agreement/again", "y"))]
    (tmp_path / "journal.jsonl").write_bytes(b"".join(lines))
    reading = FileJournal(tmp_path / "journal.jsonl").read()
    assert [event.value for event in reading.events] == ["Mondays", "y"] and reading.broken == (2,)


@pytest.mark.parametrize("piece", [1, 7, 64, 4096])
def test_it_is_the_same_journal_in_pieces_of_any_size(tmp_path, monkeypatch, piece):
    raw = as_line(EVENT) + b"broken\n\n" + as_line(answer("a", "ä")) + b'{"torn'
    (tmp_path / "journal.jsonl").write_bytes(raw)
    monkeypatch.setattr(file_journal, "_PIECE", piece)
    reading = FileJournal(tmp_path / "journal.jsonl").read()
    assert [event.value for event in reading.events] == ["Mondays", "ä"]
    assert reading.torn and reading.broken == (2,)


def test_a_journal_that_nobody_can_have_typed_is_refused_before_it_is_read(tmp_path):
    place = tmp_path / "journal.jsonl"
    with place.open("wb") as file:
        file.truncate(200 << 20)
    for use in (FileJournal(place).read, lambda: FileJournal(place).append([EVENT])):
        with pytest.raises((NotReadable, NotSaved), match="beyond 64 MB, which nobody types.\nPut the right file back"):
            use()


def test_another_file_under_its_name_is_said_to_be_one(tmp_path):
    (tmp_path / "journal.jsonl").write_bytes(b"a;b\n" * 20_000)
    with pytest.raises(NotReadable, match="another file was saved under its name"):
        FileJournal(tmp_path / "journal.jsonl").read()


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on memory is Linux's")
def test_the_largest_journal_needs_no_more_than_a_few_times_its_size(tmp_path):
    place = tmp_path / "journal.jsonl"
    line = as_line(answer("plan/r1/slippage/focus", "word " * 40, "e"))
    with place.open("wb") as file:
        for n in range((60 << 20) // (len(line) + 6)):
            file.write(line.replace(b'"e"', b'"%d"' % n, 1))
    run = (
        "import resource, sys; from pathlib import Path; from playbook.journal.file_journal import FileJournal\n"
        "from playbook.journal.answers import answers_in\n"
        "resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20))\n"
        "print(len(answers_in(FileJournal(Path(sys.argv[1])).read().events).values))"
    )
    done = subprocess.run([sys.executable, "-c", run, str(place)], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "1\n", done.stderr


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", "0001-01-01T00:00:00.000Z"),
        ("at", "9999-12-31T23:59:59.999Z"),
        ("at", "9999-12-31T23:59:59-23:59"),
        ("subject", "a \ud83d"),
        ("id", "x" * 6000),
        ("kind", None),
        ("value", json.loads("[" * 60 + "]" * 60)),
    ],
)
def test_a_line_that_no_keyboard_makes_is_no_event(field, value):
    fields = json.loads(as_line(EVENT)) | {field: value}
    with pytest.raises(Unreadable):
        from_line(json.dumps(fields).encode())


def test_a_moment_without_a_time_zone_is_taken_for_universal_time():
    fields = json.loads(as_line(EVENT)) | {"at": "2026-03-31T10:00:00"}
    assert from_line(json.dumps(fields).encode()).moment == EVENT.moment


def test_what_was_read_is_written_again_as_it_was(tmp_path):
    journal = FileJournal(tmp_path / "journal.jsonl")
    odd_ones = ["half \ud83d", float("inf"), 10**400, {"a": [None, "\ud800"]}]
    lines = [json.dumps(json.loads(as_line(EVENT)) | {"id": str(n), "value": v}) for n, v in enumerate(odd_ones)]
    journal.file.write_text("\n".join(lines) + "\n")
    before = journal.read().events
    journal.rewrite(lambda events: events)
    assert journal.read().events == before and len(before) == len(odd_ones)
