"""Spreadsheets, Parquet files and web-page tables in, rows of text out."""

import io
from dataclasses import dataclass
from html.parser import HTMLParser

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from playbook.crm.files.cell_texts import as_text
from playbook.crm.files.sheet_pieces import SheetBegins, sheet_pieces
from playbook.crm.files.workbook_child import is_measured, pieces_from_child
from playbook.crm.files.workbook_size import hold_cells_within, unanswered_formulas_within
from playbook.errors import UnusableInput

_BATCH = 65_536  # rows
_PARQUET_RATIO = 50  # Parquet of exports unpacks 3 to 20 times
_PARQUET_SMALL = 256 * 1024**2  # bytes


@dataclass(frozen=True)
class OpenedWorkbook:
    """A workbook's sheets (name and rows, every cell as text, '' where empty), and what was not read.

    `hidden` are the names of hidden sheets, which often hold an older copy of the rows; `unanswered` counts formulas
    that no program has worked out.
    """

    sheets: list[tuple[str, list[list[str]]]]
    hidden: list[str]
    unanswered: int = 0


def workbook_of(data: bytes, name: str) -> OpenedWorkbook:
    """An XLSX, XLSB, XLS or ODS file, read.

    Raises
    ------
    UnusableInput : if it is locked, damaged or absurdly large.
    """
    unanswered = unanswered_formulas_within(data, name) if data[:2] == b"PK" else 0
    sheets: list[tuple[str, list[list[str]]]] = []
    hidden: list[str] = []
    cells = 0
    for piece in sheet_pieces(data, name) if is_measured(data) else pieces_from_child(data, name):
        if isinstance(piece, list):
            sheets[-1][1].extend(piece)
        elif isinstance(piece, SheetBegins):
            cells += piece.cells
            hold_cells_within(cells, len(data), name)
            sheets.append((piece.sheet, []))
        else:
            hidden = piece.names
    return OpenedWorkbook(sheets, hidden, unanswered)


def parquet_rows(data: bytes, name: str) -> pd.DataFrame:
    """A Parquet file as text, its columns as headings.

    Raises
    ------
    UnusableInput : if it is damaged, or unpacks to far more than an export of its size does.
    """
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        parts, size = [], 0
        for packed in file.iter_batches(batch_size=_BATCH):
            batch = _spelled_out(packed)
            size += batch.nbytes
            hold_parquet(size, len(data), name)
            parts.append(batch)
        empty = _spelled_out(pa.RecordBatch.from_pylist([], schema=file.schema_arrow))
        frame = pa.Table.from_batches(parts, schema=empty.schema).to_pandas()
    except (UnusableInput, MemoryError):
        raise
    except Exception as error:  # Arrow's own, and what a damaged file raises in it
        raise UnusableInput(f"cannot be read as Parquet ({error}).", where=name, remedy="Export it again.") from None
    return pd.DataFrame({str(column): _column_as_text(frame[column]) for column in frame.columns}, index=frame.index)


def hold_parquet(size: int, packed_size: int, name: str) -> None:
    """Refuse a Parquet file that unpacks to far more than an export of its size does."""
    largest = max(_PARQUET_SMALL, _PARQUET_RATIO * packed_size)
    if size > largest:
        raise UnusableInput(
            f"unpacks to more than {largest // 1024**2:,} MB.", where=name, remedy="Export it in parts."
        )


def batch_as_text(batch: pa.RecordBatch, whole_days: frozenset[str]) -> pd.DataFrame:
    """A piece of a Parquet file as text; the columns `whole_days` hold moments that are all midnights."""
    frame = pa.Table.from_batches([_spelled_out(batch)]).to_pandas()
    return pd.DataFrame({str(c): _column_as_text(frame[c], c in whole_days) for c in frame.columns}, index=frame.index)


def only_days(values: pd.Series) -> bool:
    """Whether moments are all midnights, without a time zone."""
    return values.dt.tz is None and bool((values.dropna() == values.dropna().dt.normalize()).all())


def _spelled_out(batch: pa.RecordBatch) -> pa.RecordBatch:
    """`batch` with every value written out, where a column only points into a list of values."""
    columns = [c.dictionary_decode() if pa.types.is_dictionary(c.type) else c for c in batch.columns]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _column_as_text(values: pd.Series, whole_days: bool | None = None) -> pd.Series:
    if isinstance(values.dtype, pd.StringDtype) or values.dtype == "object":
        texts = values.map(as_text, na_action="ignore") if values.dtype == "object" else values
        return texts.astype("str").fillna("")
    if pd.api.types.is_datetime64_any_dtype(values):
        whole_days = only_days(values) if whole_days is None else whole_days
        return values.dt.strftime("%Y-%m-%d" if whole_days else "%Y-%m-%d %H:%M:%S%z").astype("str").fillna("")
    return values.map(as_text, na_action="ignore").astype("str").fillna("")


class _Tables(HTMLParser):
    """The rows of every table in a web page, as old 'Excel' exports are written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None and self.rows:
            self.rows[-1].append("".join(self._cell).strip())
            self._cell = None


def web_page_rows(text: str) -> list[list[str]]:
    """The rows of the tables in an HTML text."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    return [row for row in parser.rows if row]
