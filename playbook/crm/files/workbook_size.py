"""How large a workbook unpacks, before its reader is let near it: a few hundred bytes can name a sheet of 17 thousand
million cells.

A reader lays a sheet out from its first to its last filled cell. So the last row and column that hold anything are
looked up in the XML itself, step by step, and a workbook whose sheets would not fit is refused.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from playbook.crm.files.export_bytes import ByteStream
from playbook.crm.files.workbook_texts import Occurrences, hold_texts_within, local_name
from playbook.errors import UnusableInput

LARGEST_SHEETS = 40_000_000  # cells of all sheets together; a million rows of forty columns
_ALWAYS_READ, _CELLS_PER_BYTE = 4_000_000, 3  # a small file with a stray cell far down is read, a bomb is not
_FAR_DOWN = re.compile(rb"""\sr\s*=\s*["'][A-Z]{0,3}(\d{5,7})["']""")  # a cell or a row from row 10,000 on
_NO_RESULT = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^<>]*)?/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_BEYOND_Z = re.compile(rb"""\sr\s*=\s*["']([A-Z]{2,3})\d""")
_OVERLAP = 100  # bytes of the step before that are looked at again, so that no place falls between two steps
_STEP = 1024**2
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


def unanswered_formulas_within(data: bytes, name: str) -> int:
    """How many formulas of an XLSX file no program has worked out: their cells are read as empty.

    Raises
    ------
    UnusableInput : if the sheets of an XLSX or ODS file would be laid out on too many cells.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        cells, unanswered = 0, Occurrences(_NO_RESULT)
        for member in archive.infolist():
            if member.filename == "content.xml":
                with archive.open(member) as packed:
                    cells += _cells_of_ods(packed, name)
            elif member.filename.lower().startswith("xl/worksheets/"):
                with archive.open(member) as packed:
                    cells += _cells_of_xlsx(packed, unanswered)
            hold_cells_within(cells, len(data), name)
        hold_texts_within(archive, len(data), name)
    return unanswered.many


def hold_cells_within(cells: int, packed_size: int, name: str) -> None:
    """Raise `UnusableInput` if `cells` are more than a workbook of that size in bytes may have."""
    most = min(LARGEST_SHEETS, _ALWAYS_READ + _CELLS_PER_BYTE * packed_size)
    if cells > most:
        raise UnusableInput(
            f"its sheets claim {cells:,} cells, more than the {most:,} that are read of a file of its size.",
            where=name,
            remedy="Delete what stands far outside the table, or export it as CSV.",
        )


def _cells_of_xlsx(packed: ByteStream, unanswered: Occurrences) -> int:
    unanswered.begin_anew()
    rows, columns, filled, before = 9_999, 26, 0, b""
    for step in _steps(packed):
        filled += step.count(b"<c ") + step.count(b"<c>")  # also where none of them says its place
        seen = before + step
        rows = max(rows, max(map(int, _FAR_DOWN.findall(seen)), default=0))
        columns = max(columns, max(map(_column, set(_BEYOND_Z.findall(seen))), default=0))
        before = seen[-_OVERLAP:]
        unanswered.add(step)
    return max(rows * columns, filled)


def _steps(packed: ByteStream) -> Iterator[bytes]:
    while step := packed.read(_STEP):
        yield step


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


class _FilledCells:
    """The last row and column of each table that hold something, as an ODS file repeats rows and cells."""

    def __init__(self) -> None:
        self.cells = self._row = self._column = self._last_row = self._last_column = 0
        self._rows = self._columns = 1

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{_TABLE} table":
            self._row = self._last_row = self._last_column = 0
        elif tag == f"{_TABLE} table-row":
            self._rows = _times(attributes.get(f"{_TABLE} number-rows-repeated"))
            self._column = 0
        elif tag in (f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell"):
            self._column += _times(attributes.get(f"{_TABLE} number-columns-repeated"))
            if f"{_OFFICE} value-type" in attributes:
                self._filled()
        elif local_name(tag) == "p":
            self._filled()

    def end(self, tag: str) -> None:
        if tag == f"{_TABLE} table-row":
            self._row += self._rows
        elif tag == f"{_TABLE} table":
            self.cells += self._last_row * self._last_column

    def _filled(self) -> None:
        self._last_row = max(self._last_row, self._row + self._rows)
        self._last_column = max(self._last_column, self._column)


def _times(repeated: str | None) -> int:
    return int(repeated) if repeated and repeated.isascii() and repeated.isdigit() and len(repeated) < 12 else 1


def _cells_of_ods(packed: ByteStream, name: str) -> int:
    filled_cells = _FilledCells()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = filled_cells.start, filled_cells.end
    try:
        for step in _steps(packed):
            parser.Parse(step)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnusableInput(
            f"cannot be read as a spreadsheet ({error}).", where=name, remedy="Save it again, or as CSV."
        ) from None
    return filled_cells.cells
