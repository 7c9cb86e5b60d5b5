"""Files of any size as raw tables: small ones as ever, large ones put down on disk as text, piece by piece.

In: paths.  Out: `RawTable` for what is small, `Staged` for what is not; of it only the rows that tell what it is are
in memory. Blank lines, totals, footers and repeated headings are dropped on the way, each counted by reason.
"""

from collections.abc import Callable, Container, Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from playbook.crm.files import delimited, spreadsheets
from playbook.crm.files import raw_tables as tables
from playbook.crm.files.code_pages import Pages, beside_of
from playbook.crm.files.export_bytes import ByteStream, ExportContent
from playbook.crm.files.no_data_rows import without_no_data
from playbook.crm.files.raw_table import NoTable, RawTable
from playbook.crm.headings.alike import unique
from playbook.crm.headings.meaning import LOOKED_THROUGH
from playbook.crm.larger.on_disk import TableWriter, frames, text_schema
from playbook.crm.larger.sources import StreamedFile, sources
from playbook.crm.larger.text import (
    TextBroken,
    encoding_of,
    frames_below,
    head_of,
    patient_frames_below,
)
from playbook.errors import UnusableInput

_WORKBOOK_GROWS = 15  # times its size on disk, once its cells are Python's


@dataclass(frozen=True)
class Staged(RawTable):
    """A raw table on disk. `cells` holds the rows by which its columns are known; `place` all `many`, as c0, c1, …."""

    place: Path = Path()
    many: int = 0

    @property
    def rows_read(self) -> int:
        """Every row under the headings, whatever became of it."""
        return self.many + sum(self.dropped.values()) + len(self.broken)

    def pieces(self, rows: int) -> Iterator[pd.DataFrame]:
        """All its cells, some rows at a time, as `cells` has them."""
        for frame in frames(self.place, rows):
            yield frame.set_index("_row").rename_axis(None).set_axis(self.headings, axis=1)

    def columns(self, headings: list[str]) -> pd.DataFrame:
        """All rows of those columns."""
        named = {f"c{i}": h for i, h in enumerate(self.headings) if h in headings}
        table = pq.read_table(self.place, columns=[*named, "_row"]).to_pandas()
        return table.set_index("_row").rename_axis(None).rename(columns=named)

    def column(self, heading: str) -> str:
        """The name of a column on disk."""
        return f"c{self.headings.index(heading)}"


@dataclass(frozen=True)
class Sizes:
    """How much is in memory at once: bytes of a file, rows of a table, bytes for the engine and in all."""

    memory: int
    bytes: int
    rows: int
    engine: int


def tables_in_pieces(
    paths: list[Path],
    known: Container[str],
    room: Path,
    sizes: Sizes,
    say: Callable[[str], None],
    encodings: Dict[str, str] | None = None,
) -> Iterator[RawTable | NoTable]:
    """Every table under `paths`, and every file that holds none.

    Raises
    ------
    UnusableInput : if a file cannot be read, or is of a form that is read whole and too large for that.
    """
    pages = Pages(known, encodings or {}, lambda: beside_of(tables.certain_or_bytes(_starts(paths))))
    for number, source in enumerate(sources(paths)):
        if isinstance(source, NoTable):
            yield source
            continue
        with source.opened() as stream:
            start = _start(stream, sizes.bytes + 1)
        if len(start) <= sizes.bytes:
            raw_tables = list(tables.tables_of(ExportContent(source.name, start), known, pages))
        elif start[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
            raw_tables = list(tables.tables_of(ExportContent(source.name, _whole(source, sizes)), known))
        else:
            say(f"Reading {source.name}")
            place = room / f"raw-{number}.parquet"
            parquet = start[:4] == b"PAR1"
            raw_tables = list(
                _from_parquet(source, place, sizes) if parquet else _from_text(source, pages, place, sizes)
            )
        if not raw_tables:
            yield NoTable(source.name, "no table in it: no row of headings with data below was found")
        yield from raw_tables


def _starts(paths: list[Path]) -> Iterator[ExportContent | NoTable]:
    for source in sources(paths):
        if isinstance(source, NoTable):
            yield source
            continue
        with source.opened() as stream:
            yield ExportContent(source.name, _start(stream, tables.LOOK_BESIDE + 1))


def _start(stream: ByteStream, size: int) -> bytes:
    read = b""
    while len(read) < size and (step := stream.read(size - len(read))):
        read += step
    return read


def _whole(source: StreamedFile, sizes: Sizes) -> bytes:
    most = sizes.memory // _WORKBOOK_GROWS
    with source.opened() as stream:
        data = _start(stream, most + 1)
    if len(data) > most:
        raise UnusableInput(
            f"is a workbook of more than {most // 1024**2:,} MB, which is read whole and does not fit into "
            f"{sizes.memory // 1024**2:,} MB of memory.",
            where=source.name,
            remedy="Save its sheets as CSV, which is read in pieces, or allow more with --memory.",
        )
    return data


def _from_text(source: StreamedFile, pages: Pages, place: Path, sizes: Sizes) -> Iterator[RawTable | NoTable]:
    encoded = encoding_of(source, pages)
    head = head_of(source, encoded)
    if tables.is_web_page(head.body):
        raise UnusableInput(
            "is a web page, which is read whole and is too large for that.",
            where=source.name,
            remedy="Export it as CSV, which is read in pieces, or allow more with --memory.",
        )
    if tables.is_calendar(head.body):
        yield NoTable(source.name, tables.CALENDAR)
        return
    records = delimited.first_records(head)
    at = tables.heading_row([cells for cells, _ in records[: tables.LOOK_AT]], pages.known)
    if at is None:
        return
    headings, start = records[at]
    notes: tuple[str, ...] = (f"read as {encoded.label}, cells parted by {tables.separator_in_words(head.separator)}",)
    notes += tables.note_of_rows_above([cells for cells, _ in records[:at]])
    how_written = (source, encoded, head.separator, start, len(headings))
    try:
        yield _put_down(
            frames_below(*how_written, sizes.bytes), tables.headings_of(headings), at, notes, source.name, place,
            encoded.doubt,
        )  # fmt: skip
    except TextBroken:
        pieces = patient_frames_below(*how_written, sizes.rows)
        yield _put_down(pieces, tables.headings_of(headings), at, notes, source.name, place, encoded.doubt)


def _put_down(
    pieces: Iterator[tuple[pd.DataFrame, list[tuple[int, list[str]]]]],
    headings: list[str],
    at: int,
    notes: tuple[str, ...],
    name: str,
    place: Path,
    doubt: str,
) -> Staged:
    """The rows of those pieces that are data, on disk."""
    odd: dict[str, int] = {}
    dropped: dict[str, int] = {}
    broken: list[tuple[int, str]] = []
    subtotals, sample = tables.Subtotals(), FirstValues(headings)
    with TableWriter(place, _schema(headings)) as writer:
        for read, others in pieces:
            frame = read.set_axis(headings, axis=1)
            frame.index = frame.index + at + 1
            frame, unread = tables.with_odd_rows(frame, [(n + at + 1, cells) for n, cells in others], odd)
            broken += unread
            frame = tables.missing_where_empty(frame)
            subtotals.add(frame)
            frame = without_no_data(frame, dropped)
            sample.add(frame)
            writer.add(_with_row(frame))
    if groups := subtotals.groups():
        raise UnusableInput(
            f"is a report with subtotals that names each group ({', '.join(groups)}) once, which is read whole and is "
            "too large for that.",
            where=name,
            remedy="Export the details only, without subtotals, or allow more with --memory.",
        )
    for reason, rows in dropped.items():
        odd[reason] = odd.get(reason, 0) + rows
    return Staged(name, sample.cells(), "", odd, tuple(broken), notes, doubt, place=place, many=writer.rows)


def _from_parquet(source: StreamedFile, place: Path, sizes: Sizes) -> Iterator[RawTable]:
    try:
        with source.opened() as stream, pq.ParquetFile(stream) as file:
            whole_days = _whole_days(file, sizes.rows)
            headings = unique(list(file.schema_arrow.names))
            sample, row, unpacked = FirstValues(headings), 2, 0
            broken: list[tuple[int, str]] = []
            packed = stream.seek(0, 2)
            with TableWriter(place, _schema(headings)) as writer:
                for batch in file.iter_batches(batch_size=sizes.rows):
                    read = spreadsheets.batch_as_text(batch, whole_days)
                    unpacked += batch.nbytes
                    spreadsheets.hold_parquet(unpacked, packed, source.name)
                    read.index = pd.RangeIndex(row, row + len(read))
                    row += len(read)
                    frame, unread = tables.with_odd_rows(read.set_axis(headings, axis=1), [], {})
                    broken += unread
                    frame = tables.missing_where_empty(frame)
                    sample.add(frame)
                    writer.add(_with_row(frame))
    except (UnusableInput, MemoryError):
        raise
    except Exception as error:  # Arrow's own, and what a damaged file raises in it
        raise UnusableInput(
            f"cannot be read as Parquet ({error}).", where=source.name, remedy="Export it again."
        ) from None
    yield Staged(source.name, sample.cells(), broken=tuple(broken), place=place, many=writer.rows)


def _whole_days(file: pq.ParquetFile, rows: int) -> frozenset[str]:
    """The columns of moments that hold midnights only."""
    names = [f.name for f in file.schema_arrow if pa.types.is_timestamp(f.type) and f.type.tz is None]
    left = set(names)
    for batch in file.iter_batches(batch_size=rows, columns=names) if names else ():
        frame = pa.Table.from_batches([batch]).to_pandas()
        left -= {n for n in left if not spreadsheets.only_days(frame[n])}
    return frozenset(left)


def _schema(headings: list[str]) -> pa.Schema:
    return text_schema([*(f"c{i}" for i in range(len(headings))), "_row"])


def _with_row(frame: pd.DataFrame) -> pd.DataFrame:
    named = frame.set_axis([f"c{i}" for i in range(frame.shape[1])], axis=1)
    return named.assign(_row=frame.index)


class FirstValues:
    """The rows that hold the first values of each column: what a column means is told by these."""

    def __init__(self, headings: list[str], many: int = LOOKED_THROUGH) -> None:
        self._left = dict.fromkeys(headings, many)
        self._parts: list[pd.DataFrame] = []
        self._empty = pd.DataFrame({h: pd.Series(dtype="str") for h in headings})

    def add(self, frame: pd.DataFrame) -> None:
        """Take what is wanted of these rows."""
        wanted = np.zeros(len(frame), dtype=bool)
        if not self._parts:
            wanted[:2] = True  # a table of one row is told from one of many
        for heading, many in self._left.items():
            if many:
                places = np.flatnonzero(frame[heading].notna().to_numpy())[:many]
                wanted[places] = True
                self._left[heading] = many - len(places)
        if wanted.any():
            self._parts.append(frame[wanted])

    def cells(self) -> pd.DataFrame:
        """The rows that were taken, in their order."""
        return pd.concat(self._parts) if self._parts else self._empty
