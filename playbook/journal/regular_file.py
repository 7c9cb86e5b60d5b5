"""A journal's file opened as what it must be: an ordinary file, reached through no link.

A pipe would make a build wait for ever, a device has no end, and through a link somebody else's file would be read,
written or erased. What the name stands for is looked at before it is opened, and again once it is open.
"""

import os
import stat
from pathlib import Path

_NO_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_BYTES = getattr(os, "O_BINARY", 0)
_KINDS = (
    (stat.S_ISLNK, "a link"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
)


class NoRegularFile(OSError):
    """Something else has the file's name; `kind` says what, as "a link"."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"{kind}, not a file")
        self.kind = kind


def open_regular(file: Path, flags: int) -> int:
    """A descriptor of `file`, made with mode 600 if `flags` ask for it.

    Raises
    ------
    NoRegularFile : if a link, a folder, a pipe or a device has this name.
    OSError : as `os.open` does.
    """
    _check_name(file)
    try:
        handle = os.open(file, flags | _NO_LINKS | _BYTES, 0o600)
    except OSError:
        _check_name(file)  # it may have been changed in between
        raise
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        raise NoRegularFile(_kind(mode))
    return handle


def is_regular(file: Path) -> bool:
    """Whether there is an ordinary file of this name; a link to one is none."""
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except OSError:
        return False


def _check_name(file: Path) -> None:
    try:
        mode = file.lstat().st_mode
    except OSError:
        return  # opening it says why
    if not stat.S_ISREG(mode):
        raise NoRegularFile(_kind(mode))


def _kind(mode: int) -> str:
    return next((kind for is_one, kind in _KINDS if is_one(mode)), "a device")
