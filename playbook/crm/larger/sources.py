"""The files under what a person points at, as streams: none is read whole, archives are unpacked as they are read."""

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playbook.crm.files.export_bytes import (
    LARGEST_UNPACKED,
    ByteStream,
    damaged,
    files_at,
    hold_limit,
    largest_unpacked,
    member_label,
    members_of,
    opened_archive,
    why_unread,
)
from playbook.crm.files.raw_table import NoTable
from playbook.errors import UnusableInput

_STEP = 1024**2


@dataclass(frozen=True)
class StreamedFile:
    """A file as a stream that can be opened again and again, and the name a person knows it by."""

    name: str
    opened: Callable[[], AbstractContextManager[ByteStream]]


def sources(paths: list[Path]) -> Iterator[StreamedFile | NoTable]:
    """Every file under `paths` (a workbook is one, an archive several), or why it is left aside.

    Raises
    ------
    UnusableInput : if a path does not exist, cannot be read, or an archive is damaged or locked.
    """
    for file_or_reason in files_at(paths):
        if isinstance(file_or_reason, NoTable):
            yield file_or_reason
            continue
        file, name = file_or_reason
        try:
            with file.open("rb") as opened:
                start = opened.read(4)
            if start[:2] == b"\x1f\x8b":
                yield StreamedFile(name.removesuffix(".gz"), partial(_gunzipped, file, name))
            elif start == b"PK\x03\x04":
                yield from _in_archive(file, name)
            else:
                yield StreamedFile(name, partial(_opened, file))
        except OSError as error:
            raise UnusableInput(
                f"cannot be read ({error.strerror}).", where=str(file), remedy="Check the file."
            ) from None


def unpacked_size(paths: list[Path], enough: int) -> int:
    """How many bytes the files under `paths` unpack to; counted no further than `enough`.

    An archive says so itself, and is not unpacked beyond that. Of a gzip file nothing that it says can be relied on, so
    it is unpacked, a step at a time. Parquet unpacks to about six times its size, within limits of its own.

    Raises
    ------
    UnusableInput : if an archive or a gzip file is damaged, or unpacks to far more than an export of its size does.
    """
    size = 0
    for file_or_reason in files_at(paths):
        if isinstance(file_or_reason, NoTable):
            continue
        (file, name), packed = file_or_reason, file_or_reason[0].stat().st_size
        with file.open("rb") as opened:
            start = opened.read(4)
        if start[:2] == b"\x1f\x8b":
            size += _length(file, name, enough - size)
        elif start[:4] == b"PK\x03\x04" and zipfile.is_zipfile(file):
            with opened_archive(file, name) as archive:
                size += sum(member.file_size for member in archive.infolist())
        else:
            size += packed * (6 if start == b"PAR1" else 1)
    return size


def _length(file: Path, name: str, enough: int) -> int:
    """How many bytes a gzip file unpacks to; counted no further than `enough`."""
    size = 0
    with _gunzipped(file, name) as unpacked:
        while size <= enough and (step := unpacked.read(_STEP)):
            size += len(step)
    return size


def _in_archive(file: Path, name: str) -> Iterator[StreamedFile | NoTable]:
    with opened_archive(file, name) as archive:
        members, workbook = members_of(archive, name)
    if workbook:
        yield StreamedFile(name, partial(_opened, file))
        return
    for member in members:
        member_name = f"{name}/{member_label(member)}"
        if why := why_unread(member):
            yield NoTable(member_name, why)
        else:
            yield StreamedFile(member_name, partial(_unzipped, file, member, member_name))


def _opened(file: Path) -> AbstractContextManager[ByteStream]:
    return file.open("rb")


@contextmanager
def _gunzipped(file: Path, name: str) -> Iterator[ByteStream]:
    with gzip.open(file) as packed:
        yield _Within(packed, name, file.stat().st_size)


@contextmanager
def _unzipped(file: Path, member: zipfile.ZipInfo, name: str) -> Iterator[ByteStream]:
    with opened_archive(file, name) as archive:
        try:
            packed = archive.open(member)
        except Exception as error:  # what a damaged archive raises
            raise damaged(name, error) from None
        with packed:
            yield _Within(packed, name, member.compress_size, largest_unpacked(file.stat().st_size))


class _Within(io.RawIOBase):
    """What is unpacked from a stream, within the limits of a file of that size."""

    def __init__(self, packed: ByteStream, name: str, packed_size: int, limit: int = LARGEST_UNPACKED) -> None:
        self._packed, self._name, self._packed_size, self._limit = packed, name, packed_size, limit
        self._size = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            step = self._packed.read(size)
        except Exception as error:  # zlib, lzma, bz2 and zipfile each raise their own
            raise damaged(self._name, error) from None
        self._size += len(step)
        hold_limit(self._name, self._size, self._packed_size, self._limit)
        return step
