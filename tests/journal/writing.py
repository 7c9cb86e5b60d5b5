"""What tests of the journal share: events made by hand, and writers that are real processes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playbook.journal.events import ANSWER, UNDONE, Event
from tests.scripts.requirements_files import ROOT

# Writes events one after another, each until it is kept; its id is printed once that was acknowledged, never before.
WRITER = """
import os, sys
from pathlib import Path
from playbook.journal.database_journal import DatabaseJournal, Key
from playbook.journal.events import new_event
from playbook.journal.file_journal import FileJournal
from playbook.journal.journals import NotSaved
place, who, count, size = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
in_database = "://" in place
journal = DatabaseJournal(place, Key("acme", "m1", "ana")) if in_database else FileJournal(Path(place))
journal.read()
os.write(1, b"ready\\n")
for n in range(count):
    event = new_event("answer", f"01/form/{who}-{n % 7}", f"{n} " + "ä" * size, author=who)
    while True:
        try:
            journal.append([event])
            break
        except NotSaved as refused:
            os.write(2, f"{refused}\\n".encode())
    os.write(1, f"{event.id}\\n".encode())
"""
NOBODY = 65534


def answer(subject: str, value: object, event_id: str = "", at: str = "2026-03-31T10:00:00.000Z") -> Event:
    """An answer; its id is made of subject and value unless given."""
    return Event(event_id or f"{subject}={value}", at, "ana", ANSWER, subject, value)


def undo(event_id: str, subject: str = "s", own_id: str = "", at: str = "2026-03-31T10:00:00.000Z") -> Event:
    """The undo of an event."""
    return Event(own_id or f"undo {event_id}", at, "ana", UNDONE, subject, event_id)


def writer(journal: Path | str, who: str = "w", count: int = 1_000_000, size: int = 300, **options) -> subprocess.Popen:
    """A process that writes `count` events into `journal`, a file or a database's URL; it prints what was kept."""
    argv = [sys.executable, "-c", WRITER, str(journal), who, str(count), str(size)]
    return subprocess.Popen(argv, stdout=subprocess.PIPE, cwd=ROOT, **options)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Act as nobody where the tests are run as the administrator, whom no permission holds off."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
