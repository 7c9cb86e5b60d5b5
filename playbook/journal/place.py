"""Where a workbook's journal is: the file `journal.jsonl` beside the chapters, private to its owner.

A build makes the place once and never touches it again: what is written there is the manager's.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from playbook.atomic import write_beside
from playbook.journal.file_journal import FileJournal
from playbook.journal.regular_file import is_regular
from playbook.workbook import Workbook


def ensure_journal(workbook: Path) -> Path:
    """The journal of `workbook`; an empty one is made (mode 600) if there is none."""
    place = Workbook(workbook).journal
    with suppress(FileExistsError):
        os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return place


def has_entries(workbook: Path) -> bool:
    """Whether `workbook` has a journal file that something is written in."""
    place = Workbook(workbook).journal
    return is_regular(place) and place.lstat().st_size > 0


def carry_over(old: Path, workbook: Path) -> bool:
    """Bring the journal of an older workbook along; True if `workbook` holds it afterwards.

    A journal that already has entries is never replaced: then nothing happens, unless both are the same.

    Raises
    ------
    NotReadable : if something else than an ordinary file has the name of either.
    """
    before, here = FileJournal(Workbook(old).journal), FileJournal(Workbook(workbook).journal)
    if has_entries(workbook):
        return fingerprint(here) == fingerprint(before)
    here.read()
    if has_entries(old):
        with write_beside(here.file) as beside, beside.open("wb") as copy:
            copy.writelines(before.pieces())
    else:
        before.read()
    return True


def fingerprint(journal: FileJournal) -> str:
    """The SHA-256 of a journal's bytes; of nothing, if there is no file. Raises NotReadable."""
    digest = hashlib.sha256()
    for piece in journal.pieces():
        digest.update(piece)
    return digest.hexdigest()
