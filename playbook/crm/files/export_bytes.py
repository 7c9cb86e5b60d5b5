"""From what a person points at to the bytes of each file: folders, archives, and the limits that keep a bomb out.

In: paths.  Out: one `ExportContent` per file, in the order of their names. Nothing is written or unpacked to disk,
links that lead out of a given folder are not followed, and no archive is read beyond its limits.
"""

import gzip
import io
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from playbook.crm.files.raw_table import NoTable
from playbook.errors import UnusableInput
from playbook.escaping import file_label

LARGEST_UNPACKED = 4 * 1024**3  # bytes; ten times a million opportunities, and what a laptop can hold
LARGEST_RATIO = 400  # text of exports shrinks 5 to 40 times; a bomb a thousand times and more
_SMALL = 64 * 1024**2  # below this no ratio is suspicious
_STEP = 1024**2
_NO_TABLES = {
    ".yaml", ".yml", ".md", ".rst", ".json", ".jsonl", ".toml", ".ini", ".py", ".r", ".sql", ".ipynb", ".pdf", ".docx",
    ".pptx", ".png", ".jpg", ".jpeg", ".svg", ".gif", ".pbix", ".pbit", ".twbx", ".log", ".lock", ".css", ".js",
}  # fmt: skip
_NO_TABLE_NAMES = ("license", "licence", "readme", "copying", "notice", "changelog", "import-report")


class ByteStream(Protocol):
    """Bytes that are read step by step: an open file, or what an archive unpacks on the way."""

    def read(self, size: int = -1, /) -> bytes:
        """At most that many bytes more; all that are left where none are named, and none at the end."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to that place, counted as files count it; the place from the beginning."""


@dataclass(frozen=True)
class ExportContent:
    """The bytes of one file, and the name a person knows it by (inside an archive: archive/member)."""

    name: str
    data: bytes


def contents(paths: list[Path]) -> Iterator[ExportContent | NoTable]:
    """Every file under `paths`: its bytes, or why it is left aside.

    Raises
    ------
    UnusableInput : if a path does not exist, cannot be read, or an archive is damaged, locked or far too large.
    """
    for file_or_reason in files_at(paths):
        if isinstance(file_or_reason, NoTable):
            yield file_or_reason
        else:
            yield from _opened(*file_or_reason)


def files_at(paths: list[Path]) -> Iterator[tuple[Path, str] | NoTable]:
    """Every file under `paths` that may hold a table, with the name a person knows it by; of others, why not.

    Raises
    ------
    UnusableInput : if a path does not exist, or is no file and no folder.
    """
    seen: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise UnusableInput(
                "there is no such file or folder.", where=str(path), remedy="Check the name and run again."
            )
        if not (path.is_file() or path.is_dir()):
            raise UnusableInput(
                "is no file and no folder (a pipe or a device).", where=str(path), remedy="Give the export as a file."
            )
        for file, name in _files(path):
            if isinstance(file, NoTable):
                yield file
            elif (real := file.resolve()) not in seen:
                seen.add(real)
                unread = not path.is_file() and is_no_table(name)
                yield NoTable(name, "not a table; not read") if unread else (file, name)


def _files(path: Path) -> Iterator[tuple[Path | NoTable, str]]:
    if path.is_file():
        yield path, file_label(path.name)
        return
    root = path.resolve()
    for folder, below, names in os.walk(path, followlinks=False):
        below[:] = sorted(d for d in below if not d.startswith((".", "__")))
        for name in sorted(names):
            file = Path(folder) / name
            relative_name = file_label(file.relative_to(path).as_posix())
            if name.startswith((".", "~$")):
                continue
            if not file.resolve().is_relative_to(root):
                yield NoTable(relative_name, "a link that leads out of the folder; not followed"), relative_name
            elif file.is_file():
                yield file, relative_name


def _opened(file: Path, name: str) -> Iterator[ExportContent | NoTable]:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UnusableInput(f"cannot be read ({error.strerror}).", where=str(file), remedy="Check the file.") from None
    yield from _unpacked(name, data)


def is_no_table(name: str) -> bool:
    """Whether a file is by its name none that holds a table."""
    base = name.rsplit("/", 1)[-1].lower()
    return Path(base).suffix in _NO_TABLES or base.startswith(_NO_TABLE_NAMES)


def _unpacked(name: str, data: bytes) -> Iterator[ExportContent | NoTable]:
    if data[:2] == b"\x1f\x8b":
        yield ExportContent(name.removesuffix(".gz"), _gunzipped(name, data))
    elif data[:4] == b"PK\x03\x04":
        yield from _unzipped(name, data)
    else:
        yield ExportContent(name, data)


def _gunzipped(name: str, data: bytes) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
        return _read_within(packed, name, packed_size=len(data))


def _unzipped(name: str, data: bytes) -> Iterator[ExportContent | NoTable]:
    with opened_archive(io.BytesIO(data), name) as archive:
        members, workbook = members_of(archive, name)
        if workbook:
            left = LARGEST_UNPACKED
            for member in members:  # a workbook: its reader unpacks it by itself, so it is measured first
                left -= _measure(archive, member, f"{name}", len(data), left)
            yield ExportContent(name, data)
            return
        left = largest_unpacked(len(data))
        for member in members:
            member_name = f"{name}/{member_label(member)}"
            if why := why_unread(member):
                yield NoTable(member_name, why)
            else:
                with _member(archive, member, member_name) as packed:
                    inner = _read_within(packed, member_name, packed_size=member.compress_size, limit=left)
                left -= len(inner)
                yield ExportContent(member_name, inner)


def opened_archive(file: Path | io.BytesIO, name: str) -> zipfile.ZipFile:
    """The archive in `file`, known as `name`.

    Raises
    ------
    UnusableInput : if it is damaged, or says that its names are UTF-8 and they are not.
    """
    try:
        return zipfile.ZipFile(file)
    except UnicodeDecodeError:
        raise UnusableInput(
            "names its files in letters that cannot be read.", where=name, remedy="Unpack it, and give the files in it."
        ) from None
    except Exception as error:  # the directory of a damaged archive breaks zipfile in many ways
        raise damaged(name, error) from None


def member_label(member: zipfile.ZipInfo) -> str:
    """The name of a file in an archive as a person reads it.

    An archive that does not say in which letters its names are written is by its standard in those of the first PCs,
    as which `zipfile` reads them; many programs write UTF-8 without saying so.
    """
    said_to_be_utf8 = bool(member.flag_bits & 0x800)
    try:
        name = member.filename if said_to_be_utf8 else member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        name = member.filename
    return file_label(name)


def members_of(archive: zipfile.ZipFile, name: str) -> tuple[list[zipfile.ZipInfo], bool]:
    """The files in an archive, by name and without hidden ones; and whether it is a workbook.

    Raises
    ------
    UnusableInput : if it is locked.
    """
    members = [m for m in archive.infolist() if not m.is_dir()]
    if any(m.flag_bits & 1 for m in members):
        raise UnusableInput("is locked with a password.", where=name, remedy="Save it without one and run again.")
    if any(m.filename.startswith("xl/") or m.filename == "content.xml" for m in members):
        return members, True
    visible = [m for m in members if not m.filename.rsplit("/", 1)[-1].startswith(".")]
    return sorted((m for m in visible if not m.filename.startswith("__MACOSX")), key=lambda m: m.filename), False


def why_unread(member: zipfile.ZipInfo) -> str:
    """Why a file in an archive is not read; empty if it is."""
    base = member.filename.rsplit("/", 1)[-1]
    if is_no_table(base):
        return "not a table; not read"
    archive = base.lower().endswith((".zip", ".gz", ".7z", ".rar"))
    return "an archive inside an archive; not opened" if archive else ""


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> IO[bytes]:
    try:
        return archive.open(member)
    except Exception as error:  # as above
        raise damaged(name, error) from None


def _measure(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, packed_size: int, left: int) -> int:
    size = 0
    with _member(archive, member, name) as packed:
        for step in _steps(packed, name):
            size += len(step)
            hold_limit(name, size, packed_size, left)
    return size


def _read_within(packed: ByteStream, name: str, packed_size: int, limit: int = LARGEST_UNPACKED) -> bytes:
    steps, size = [], 0
    for step in _steps(packed, name):
        steps.append(step)
        size += len(step)
        hold_limit(name, size, packed_size, limit)
    return b"".join(steps)


def _steps(packed: ByteStream, name: str) -> Iterator[bytes]:
    try:
        while step := packed.read(_STEP):
            yield step
    except Exception as error:  # zlib, lzma, bz2 and zipfile each raise their own
        raise damaged(name, error) from None


def largest_unpacked(packed_size: int) -> int:
    """How many bytes something of that size may unpack to."""
    return min(LARGEST_UNPACKED, max(_SMALL, LARGEST_RATIO * packed_size))


def hold_limit(name: str, size: int, packed_size: int, limit: int) -> None:
    """Refuse what unpacks to more than `limit`, or to more than an export of that size does."""
    if size > limit or size > largest_unpacked(packed_size):
        raise UnusableInput(
            f"unpacks to more than {size // 1024**2:,} MB, which no export of its size does.",
            where=name,
            remedy="Unpack it yourself, look at it, and give the files in it.",
        )


def damaged(name: str, error: object) -> UnusableInput:
    """What is said of a file that breaks off or breaks its reader."""
    return UnusableInput(f"is damaged ({error}).", where=name, remedy="Download or export it again.")
