"""Folders for what a run needs only while it lasts; the next run takes away what a killed one left."""

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playbook.alone import holds_alone

_LOCK = ".lock"
_UNLOCKED_SECONDS = 3600  # a run locks its folder at once; one that has no lock for so long was killed before


@contextmanager
def scratch_folder(start: str, beside: Path | None = None) -> Iterator[Path]:
    """A private folder in `beside` (or where the system keeps such things) whose name begins with `start`.

    It is gone when the block ends, however it ends; those of runs that were killed go first.
    """
    place = beside or Path(tempfile.gettempdir())
    _clear_abandoned(place, start)
    while True:
        folder = Path(tempfile.mkdtemp(prefix=start, dir=place))
        with (folder / _LOCK).open("a") as lock:
            if not holds_alone(lock.fileno()):  # another run that clears up was quicker, and takes it away
                continue
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        return


def _clear_abandoned(place: Path, start: str) -> None:
    for folder in place.glob(f"{start}*"):
        try:
            if _is_own_folder(folder) and _is_abandoned(folder):
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:  # another's, or already gone
            continue


def _is_own_folder(folder: Path) -> bool:
    """Whether it is a folder of this user, and no link to one: anybody may write into the system's place."""
    about = folder.lstat()
    return stat.S_ISDIR(about.st_mode) and about.st_uid == (os.geteuid() if hasattr(os, "geteuid") else about.st_uid)


def _is_abandoned(folder: Path) -> bool:
    try:
        with (folder / _LOCK).open("r+") as lock:
            return holds_alone(lock.fileno())
    except FileNotFoundError:
        return time.time() - folder.lstat().st_mtime > _UNLOCKED_SECONDS
