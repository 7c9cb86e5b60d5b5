"""Workbooks as old Excel writes them (XLS: BIFF 8 records in a compound file), by hand: honest, or meaning harm.

old_workbook({"Deals": text_cell(0, 0, 0) + number_cell(0, 1, 3.5)}, ["Won"])
"""

import struct
from collections.abc import Iterable, Mapping, Sequence

_SECTOR = 512
_FREE, _END, _IS_FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NOTHING_SPECIAL = b"\0" * 16
_LONGEST_RECORD = 8224
GLOBALS, SHEET = 0x0005, 0x0010


def record(kind: int, content: bytes) -> bytes:
    """One BIFF record."""
    return struct.pack("<HH", kind, len(content)) + content


def begin(kind: int) -> bytes:
    """The record with which the part for the whole book, or that of a sheet, begins."""
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


END = record(0x000A, b"")


def shared_texts(texts: Sequence[str]) -> bytes:
    """The texts that cells share, each once; what exceeds a record goes on in the next."""
    records = [struct.pack("<II", len(texts), len(texts))]
    for text in texts:
        letters = text.encode("utf-16-le")
        if len(records[-1]) + 3 + min(len(letters), 8000) > _LONGEST_RECORD:
            records.append(b"")
        records[-1] += struct.pack("<HB", len(text), 1) + letters[:8000]
        # Each further part says anew that its letters have two bytes.
        records += [b"\x01" + letters[i : i + 8000] for i in range(8000, len(letters), 8000)]
    return record(0x00FC, records[0]) + b"".join(record(0x003C, more) for more in records[1:])


def text_cell(row: int, column: int, text: int) -> bytes:
    """A cell that points to one of the shared texts."""
    return record(0x00FD, struct.pack("<HHHI", row, column, 0, text))


def number_cell(row: int, column: int, number: float, style: int = 0) -> bytes:
    """A cell with a number; in style 1 it is a day."""
    return record(0x0203, struct.pack("<HHHd", row, column, style, number))


def yes_cell(row: int, column: int) -> bytes:
    """A cell that holds TRUE."""
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, 1, 0))


def old_workbook(
    sheets: Mapping[str, bytes], texts: Sequence[str], *, hidden: Iterable[str] = (), same_place: int = 1
) -> bytes:
    """The bytes of an XLS file with these sheets; each is named `same_place` times, and stands in the file once."""
    day = record(0x00E0, struct.pack("<HH", 0, 0) + _NOTHING_SPECIAL) + record(
        0x00E0, struct.pack("<HH", 0, 14) + _NOTHING_SPECIAL
    )
    names = [(name, f"{name}{i or ''}") for name in sheets for i in range(same_place)]
    length = len(begin(GLOBALS) + day + shared_texts(texts) + END)
    length += sum(len(_sheet_named(called, 0, False)) for _, called in names)
    places, bodies = {}, b""
    for name, cells in sheets.items():
        places[name] = length + len(bodies)
        bodies += begin(SHEET) + cells + END
    named = b"".join(_sheet_named(called, places[name], name in hidden) for name, called in names)
    return _in_compound_file(begin(GLOBALS) + day + named + shared_texts(texts) + END + bodies)


def _sheet_named(name: str, place: int, hidden: bool) -> bytes:
    return record(0x0085, struct.pack("<IBBBB", place, hidden, 0, len(name), 0) + name.encode("latin-1"))


def _in_compound_file(stream: bytes) -> bytes:
    """A compound file with one stream, `Workbook`."""
    stream = stream.ljust(4096, b"\0")  # shorter ones would lie elsewhere
    stream += b"\0" * (-len(stream) % _SECTOR)
    many = len(stream) // _SECTOR
    fats = next(n for n in range(1, 2**16) if n * (_SECTOR // 4) >= n + 1 + many)
    assert fats <= 109, "more are listed elsewhere"
    chain = [_IS_FAT] * fats + [_END] + [fats + 2 + i for i in range(many - 1)] + [_END]
    chain += [_FREE] * (fats * _SECTOR // 4 - len(chain))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + _NOTHING_SPECIAL
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fats, fats, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(fats), *[_FREE] * (109 - fats))
    root, book = _entry("Root Entry", 5, _END, 0, child=1), _entry("Workbook", 2, fats + 1, len(stream))
    directory = (root + book).ljust(_SECTOR, b"\0")
    return header + struct.pack(f"<{len(chain)}I", *chain) + directory + stream


def _entry(name: str, kind: int, first: int, size: int, child: int = _FREE) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    return (
        letters.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(letters), kind, 1, _FREE, _FREE, child)
        + (b"\0" * 36 + struct.pack("<IQ", first, size))
    )
