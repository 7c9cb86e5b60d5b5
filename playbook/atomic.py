"""A file appears whole or not at all: it is written beside its place and then renamed. What is made is private."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


def make_private(folder: Path) -> None:
    """Make `folder`, and what is missing above it, for its owner alone (mode 700); one that is there stays as it is."""
    if not folder.is_dir():
        make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def write_beside(file: Path) -> Iterator[Path]:
    """A path to write to; when the block ends well it takes the place of `file`, else it is gone.

    The file is private to its owner (mode 600), as it may speak of people.
    """
    make_private(file.parent)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name[:40]}.", suffix=f".part{file.suffix}")
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        with beside.open("rb+") as written:
            os.fsync(written.fileno())
        os.replace(beside, file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def append_privately(file: Path) -> TextIO:
    """Open `file` to add lines to it; one that is made by this is private to its owner (mode 600)."""
    return open(file, "a", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600))


def write_unless_there(text: str, file: Path) -> None:
    """Write `text` to `file`, but leave a file that holds it already as it is."""
    if not file.is_file() or file.read_bytes() != text.encode():
        with write_beside(file) as beside:
            beside.write_text(text, encoding="utf-8", newline="\n")
