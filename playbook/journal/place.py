"""Where a workbook's journal is: the file `journal.jsonl` beside the chapters, private to its owner.

A build makes the place once and never touches it again: what is written there is the manager's.
"""

import os
from contextlib import suppress
from pathlib import Path

from playbook.atomic import write_beside

JOURNAL = "journal.jsonl"


def ensure_journal(workbook: Path) -> Path:
    """The journal of `workbook`; an empty one is made (mode 600) if there is none."""
    place = workbook / JOURNAL
    with suppress(FileExistsError):
        os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return place


def has_entries(workbook: Path) -> bool:
    """Whether `workbook` has a journal file that something is written in."""
    place = workbook / JOURNAL
    return place.is_file() and place.stat().st_size > 0


def carry_over(old: Path, workbook: Path) -> bool:
    """Bring the journal of an older workbook along; True if `workbook` holds it afterwards.

    A journal that already has entries is never replaced: then nothing happens, unless both are the same.
    """
    before, place = old / JOURNAL, workbook / JOURNAL
    entries = before.read_bytes() if before.is_file() else b""
    if has_entries(workbook):
        return place.read_bytes() == entries
    if entries:
        with write_beside(place) as beside:
            beside.write_bytes(entries)
    return True
