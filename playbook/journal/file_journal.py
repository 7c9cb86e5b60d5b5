"""A journal in a file: one event a line, added under a lock and forced to the disk before anybody is told "saved".

A writer that is killed leaves a torn last line at worst, and nobody was told that it is saved. Readers leave it out;
the next writer closes it off and goes on below it. Where a file system knows no locks, one write of one line has to do.
Windows replaces no file that is open, so there the lock is a small hidden file beside the journal.
A file may be anybody's work: only an ordinary one is opened, and it is read piece by piece within two limits.
"""

import errno
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from playbook.atomic import write_beside
from playbook.journal.events import Event, Unreadable, as_line, from_line
from playbook.journal.journals import LARGEST, Change, NotReadable, NotSaved, Reading
from playbook.journal.regular_file import NoRegularFile, open_regular

_WINDOWS = os.name == "nt"
_PATIENCE = 10.0  # seconds for another writer, who needs milliseconds
LONGEST_LINE = 1 << 20  # bytes: the longest answer, each letter written as \uXXXX, is an eighth of it
_MOST_BROKEN = 10_000  # lines: beyond that it is another file
_PIECE = 1 << 20
_NO_FILE = "Put the journal itself in its place, an ordinary file; if you have none, delete what has its name."
_ANOTHER = "Put the right file back from a copy of this workbook, or move this one elsewhere and begin a new journal."
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
_CAUSES = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EFBIG: "this computer lets the file grow no further",
    errno.EROFS: "this folder can be read, but not written to",
    errno.EACCES: "this folder can be read, but not written to",
    errno.EPERM: "this folder can be read, but not written to",
    errno.ENOENT: "the folder of the workbook is not there any more",
    errno.EIO: "the disk reports a fault",
    errno.EOVERFLOW: f"it has grown beyond {LARGEST >> 20} MB, which nobody types",
    errno.EILSEQ: "it is damaged, or another file was saved under its name",
    errno.ETIMEDOUT: "another program holds the journal and does not let go",
}
_REMEDY = {
    errno.ENOSPC: "Delete something that you no longer need. It is then saved by itself while this page is open.",
    errno.EOVERFLOW: _ANOTHER,
    errno.EILSEQ: _ANOTHER,
    errno.ETIMEDOUT: "Close other windows on this workbook. It is then saved by itself while this page is open.",
}
_REMEDY[errno.EDQUOT] = _REMEDY[errno.EFBIG] = _REMEDY[errno.ENOSPC]
_COPY = "Copy the workbook to a folder of your own, and open it there; or copy what you typed to another place."


class FileJournal:
    """The journal in one file, by default `journal.jsonl` beside the chapters; private to its owner (mode 600)."""

    lasting = True

    def __init__(self, file: Path) -> None:
        self.file = file
        self.place = file.name

    def read(self) -> Reading:
        """Everything in the file; nothing if there is none. Raises NotReadable."""
        try:
            with self._held(os.O_RDONLY, shared=True) as handle:
                return _reading(handle)
        except FileNotFoundError:
            return Reading([])
        except OSError as error:
            raise _not_readable(error, self.file) from error

    def pieces(self) -> Iterator[bytes]:
        """The bytes of the file as they are, one piece after another; none if there is no file. Raises NotReadable."""
        try:
            with self._held(os.O_RDONLY, shared=True) as handle:
                yield from _pieces(handle)
        except FileNotFoundError:
            return
        except OSError as error:
            raise _not_readable(error, self.file) from error

    def append(self, events: Sequence[Event]) -> None:
        """Add the events and wait until the disk has them. Raises NotSaved; then none of them is in the file."""
        lines = b"".join(map(as_line, events))
        try:
            with self._held(os.O_RDWR | os.O_APPEND | os.O_CREAT) as handle:
                _check_size(os.fstat(handle).st_size + len(lines))
                _add(handle, lines)
        except OSError as error:
            raise self._not_saved(error) from error

    def rewrite(self, change: Change) -> None:
        """Replace the whole file at once. Raises NotSaved; then the file is as it was."""
        try:
            if _WINDOWS:
                with self._alone(time.monotonic() + _PATIENCE):
                    self._replace(change, self._reading_alone())
            else:
                with self._held(os.O_RDWR | os.O_CREAT) as handle:
                    self._replace(change, _reading(handle))
        except OSError as error:
            raise self._not_saved(error) from error

    def _reading_alone(self) -> Reading:
        """Windows: what is in the file, which is closed again so that it can be replaced."""
        if not self.file.exists():
            return Reading([])
        handle = open_regular(self.file, os.O_RDONLY)
        try:
            return _reading(handle)
        finally:
            os.close(handle)

    def _replace(self, change: Change, reading: Reading) -> None:
        lines = [as_line(event) for event in change(reading.events)]
        _check_size(sum(map(len, lines)))
        with write_beside(self.file) as beside, beside.open("wb") as written:
            written.writelines(lines)
        _sync_folder(self.file.parent)

    def _not_saved(self, error: OSError) -> NotSaved:
        return NotSaved(f"{_words(error)}.", where=self.file.name, remedy=_remedy(error, _COPY))

    @contextmanager
    def _held(self, flags: int, *, shared: bool = False) -> Iterator[int]:
        """The open file, locked; the very file that has the name now, as a rewrite puts another in its place."""
        until = time.monotonic() + _PATIENCE
        if _WINDOWS:
            with self._alone(until, may_fail=shared):
                handle = open_regular(self.file, flags)
                try:
                    yield handle
                finally:
                    os.close(handle)
            return
        while True:
            new = bool(flags & os.O_CREAT) and not self.file.exists()
            handle = open_regular(self.file, flags)
            try:
                self._wait_for(handle, until, shared=shared)
                if _still_named(handle, self.file):
                    if new:
                        _sync_folder(self.file.parent)
                    yield handle
                    return
            finally:
                os.close(handle)  # and so lets go of the lock
            if time.monotonic() > until:
                raise OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT), str(self.file))

    @contextmanager
    def _alone(self, until: float, *, may_fail: bool = False) -> Iterator[None]:
        """Windows: the lock of the hidden file. Who only reads does without where no such file can be made."""
        try:
            handle = open_regular(self.file.with_name(f".{self.file.name}.lock"), os.O_RDWR | os.O_CREAT)
        except PermissionError:
            if not may_fail:
                raise
            yield
            return
        try:
            self._wait_for(handle, until, shared=False)
            try:
                yield
            finally:
                _unlock(handle)
        finally:
            os.close(handle)

    def _wait_for(self, handle: int, until: float, *, shared: bool) -> None:
        while not _lock(handle, shared=shared):
            if time.monotonic() > until:
                raise OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT), str(self.file))
            time.sleep(0.005)


def _add(handle: int, lines: bytes) -> None:
    """Write `lines` at the end, below a torn line if there is one; on failure the file is as long as before."""
    before = os.fstat(handle).st_size
    if before and _last_byte(handle, before) != b"\n":
        lines = b"\n" + lines
    try:
        written = 0
        while written < len(lines):
            written += os.write(handle, lines[written:])
        os.fsync(handle)
    except OSError:
        with suppress(OSError):  # what cannot be taken back was never acknowledged, and has an id of its own
            os.ftruncate(handle, before)
        raise


def _last_byte(handle: int, size: int) -> bytes:
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1)


def _pieces(handle: int) -> Iterator[bytes]:
    os.lseek(handle, 0, os.SEEK_SET)
    while piece := os.read(handle, _PIECE):
        yield piece


def _lines(handle: int) -> Iterator[tuple[bytes, bool]]:
    """Each line without its end, and whether it has one. Of a line that is too long only the beginning is kept."""
    rest = b""
    for piece in _pieces(handle):
        first, *others = piece.split(b"\n")
        rest = (rest + first)[: LONGEST_LINE + 1]
        for other in others:
            yield rest, True
            rest = other
    if rest:
        yield rest, False


def _reading(handle: int) -> Reading:
    _check_size(os.fstat(handle).st_size)
    events: dict[str, Event] = {}
    broken, torn = [], False
    for number, (line, ended) in enumerate(_lines(handle), start=1):
        try:
            if len(line) > LONGEST_LINE:
                raise Unreadable("the line is too long for an event")
            event = from_line(line)
            events.setdefault(event.id, event)
        except Unreadable:
            # A last line that is whole but for its end counts: the writer was stopped at the last byte.
            torn = not ended
            broken += [number] if ended and line.strip() else []
            if len(broken) > _MOST_BROKEN:
                raise OSError(errno.EILSEQ, os.strerror(errno.EILSEQ)) from None
    return Reading(list(events.values()), torn, tuple(broken))


def _check_size(size: int) -> None:
    if size > LARGEST:
        raise OSError(errno.EOVERFLOW, os.strerror(errno.EOVERFLOW))


def _not_readable(error: OSError, file: Path) -> NotReadable:
    again = "Your answers are not lost. Run this page again when it can be read."
    what = f"the journal cannot be read now: {_words(error)}."
    return NotReadable(what, where=file.name, remedy=_remedy(error, again))


def _remedy(error: OSError, otherwise: str) -> str:
    if isinstance(error, NoRegularFile):
        return _NO_FILE
    return _REMEDY.get(error.errno or 0, otherwise)


def _words(error: OSError) -> str:
    if isinstance(error, NoRegularFile):
        return f"its name belongs to {error.kind}, which the kit neither reads nor writes through"
    return _CAUSES.get(error.errno or 0, (error.strerror or "the file cannot be used").lower())


def _still_named(handle: int, file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.lstat(file))
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    """Make a new name in `folder` outlive a power cut, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _lock(handle: int, *, shared: bool) -> bool:
    """Take the lock if it is free. A file system that knows no locks counts as free."""
    try:
        if _WINDOWS:
            msvcrt = _windows_locks()
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in _NO_LOCKS
    return True


def _unlock(handle: int) -> None:
    """Let go on Windows, which asks for it before the file is closed."""
    msvcrt = _windows_locks()
    with suppress(OSError):
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)


def _windows_locks() -> Any:
    """The module `msvcrt`, which only Windows has."""
    return import_module("msvcrt")
