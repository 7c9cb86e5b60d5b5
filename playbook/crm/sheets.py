"""Spreadsheets, Parquet files and web-page tables in, rows of text out.

A number from a spreadsheet is written so that it can be read in one way only: with a decimal point, and never with
exactly three digits after it, which could be thousands. A date is written as 2026-03-31.
"""

import datetime as dt
import io
from html.parser import HTMLParser

import pandas as pd
import pyarrow.parquet as pq
import python_calamine as calamine

from playbook.errors import UnusableInput

LARGEST_SHEET = 40_000_000  # cells; an XLSX sheet can name 17 thousand million


def sheets_of(data: bytes, name: str) -> list[tuple[str, list[list[str]]]]:
    """The sheets of an XLSX, XLS or ODS file: name and rows, every cell as text ('' where empty).

    Raises
    ------
    UnusableInput : if it is locked, damaged or absurdly large.
    """
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = []
        for sheet in book.sheet_names:
            page = book.get_sheet_by_name(sheet)
            if page.total_height * max(page.total_width, 1) > LARGEST_SHEET:
                raise UnusableInput(
                    f"the sheet {sheet!r} claims {page.total_height:,} rows.", where=name, remedy="Export it as CSV."
                )
            rows = page.to_python(skip_empty_area=False)
            found.append((sheet, [[as_text(cell) for cell in row] for row in rows]))
        return found
    except calamine.PasswordError:
        raise UnusableInput(
            "is locked with a password.", where=name, remedy="Save it without one and run again."
        ) from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise UnusableInput(
            f"cannot be read as a spreadsheet ({error}).", where=name, remedy="Save it again, or as CSV."
        ) from None
    except BaseException as error:  # a panic of the reader is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise UnusableInput(
            "cannot be read as a spreadsheet.", where=name, remedy="Save it again, or as CSV."
        ) from None


def as_text(cell: object) -> str:
    """One cell as text that admits a single reading."""
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _number_as_text(cell)
    if isinstance(cell, dt.datetime):
        return (
            cell.strftime("%Y-%m-%d") if cell.time() == dt.time() and cell.tzinfo is None else cell.isoformat(sep=" ")
        )
    if isinstance(cell, (dt.date, dt.time)):
        return cell.isoformat()
    return str(cell).strip()


def _number_as_text(number: float) -> str:
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    shown = f"{number:.10f}".rstrip("0") if abs(number) < 1e15 else repr(number)
    whole, _, decimals = shown.partition(".")
    return f"{shown}0" if len(decimals) == 3 else shown


def parquet_rows(data: bytes, name: str) -> pd.DataFrame:
    """A Parquet file as text, its columns as headings."""
    try:
        frame = pq.read_table(io.BytesIO(data)).to_pandas()
    except (OSError, ValueError) as error:
        raise UnusableInput(f"cannot be read as Parquet ({error}).", where=name, remedy="Export it again.") from None
    return pd.DataFrame({str(column): _column_as_text(frame[column]) for column in frame.columns}, index=frame.index)


def _column_as_text(values: pd.Series) -> pd.Series:
    if isinstance(values.dtype, pd.StringDtype) or values.dtype == "object":
        shown = values.map(as_text, na_action="ignore") if values.dtype == "object" else values
        return shown.astype("str").fillna("")
    if pd.api.types.is_datetime64_any_dtype(values):
        whole_days = values.dt.tz is None and (values.dropna() == values.dropna().dt.normalize()).all()
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
