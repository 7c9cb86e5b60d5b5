"""From a file's bytes to raw tables: what sort of file it is, where its headings stand, which rows are no data.

Titles above the headings, blank lines, totals, footers and repeated headings are dropped, each counted by reason.
"""

import codecs
import re
from collections.abc import Container, Iterable, Iterator
from collections.abc import Mapping as Dict
from dataclasses import replace
from pathlib import Path

import pandas as pd

from playbook.chapter_numbers import named
from playbook.crm.files import delimited, spreadsheets
from playbook.crm.files.code_pages import NO_HINTS, Pages, beside_of
from playbook.crm.files.export_bytes import ExportContent, contents
from playbook.crm.files.no_data_rows import BLANK, FOOTER, begins_outside_the_table, totals, without_no_data
from playbook.crm.files.raw_table import NoTable, RawTable
from playbook.crm.files.stacked_tables import beginnings
from playbook.crm.headings.alike import normal, unique
from playbook.errors import UnusableInput
from playbook.wording import count

CALENDAR = f"a calendar: laid into a manager's own workbook, {named('your_week')} reads it"
LOOK_BESIDE = 8 * 1024**2  # bytes of each other file in which words are looked for that tell a code page
LOOK_AT = 40  # records among which the headings are looked for
_NUL = "a NUL in a cell, a byte that no text has"
_EXCEL_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")


def raw_tables(
    paths: list[Path], known: Container[str], encodings: Dict[str, str] | None = None
) -> Iterator[RawTable | NoTable]:
    """Every table under `paths`, and every file that holds none.

    Parameters
    ----------
    paths : folders and files.
    known : the headings that some mapping knows.
    encodings : the code page of each file of which a person says it.

    Raises
    ------
    UnusableInput : if a file cannot be read.
    """
    pages = Pages(known, encodings or {}, lambda: beside_of(certain_or_bytes(contents(paths))))
    for content in contents(paths):
        if isinstance(content, NoTable):
            yield content
            continue
        try:
            tables = list(tables_of(content, known, pages))
        except MemoryError:
            raise UnusableInput(
                "does not fit into this computer's memory.",
                where=content.name,
                remedy="Close other programs, export fewer years, or use a larger computer.",
            ) from None
        yield from tables or [NoTable(content.name, "no table in it: no row of headings with data below was found")]


def certain_or_bytes(files: Iterable[ExportContent | NoTable]) -> Iterator[Iterable[str] | bytes]:
    """What each file holds as texts, where it is certain how they are written; its bytes where it is not."""
    for file in files:
        if isinstance(file, NoTable) or file.data[:4] in (b"PAR1", b"\xd0\xcf\x11\xe0"):
            continue
        if file.data[:4] == b"PK\x03\x04":
            if len(file.data) <= LOOK_BESIDE:
                sheets = spreadsheets.workbook_of(file.data, file.name).sheets
                yield (cell for _, rows in sheets for row in rows for cell in row if not cell.isascii())
            continue
        start = file.data[:LOOK_BESIDE]
        codec = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
        try:
            yield [codecs.getincrementaldecoder(codec)().decode(start)]
        except UnicodeDecodeError:
            yield start


def tables_of(content: ExportContent, known: Container[str], pages: Pages = NO_HINTS) -> Iterator[RawTable | NoTable]:
    """The tables of one file, and the sheets of it that are hidden.

    Raises
    ------
    UnusableInput : if it cannot be read.
    """
    data, name = content.data, content.name
    if data[:4] == b"PK\x03\x04" or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        yield from _tables_of_workbook(spreadsheets.workbook_of(data, name), name, known)
    elif data[:4] == b"PAR1":
        frame = spreadsheets.parquet_rows(data, name)
        frame.index = range(2, len(frame) + 2)
        frame.columns = unique(list(frame.columns))
        frame, broken = with_odd_rows(frame, [], {})
        yield RawTable(name, missing_where_empty(frame), broken=tuple(broken))
    elif data.strip():
        text = delimited.decoded(data, name, pages)
        if is_calendar(text.body):
            yield NoTable(name, CALENDAR)
        elif is_web_page(text.body):
            yield from _from_rows(spreadsheets.web_page_rows(text.body), name, known)
        else:
            yield from _from_text(text, name, known)


def is_calendar(body: str) -> bool:
    """Whether a text is a calendar (iCalendar, RFC 5545) and no table."""
    return body[:200].lstrip("\ufeff \t\r\n").upper().startswith("BEGIN:VCALENDAR")


def is_web_page(body: str) -> bool:
    """Whether a text is a web page, as old 'Excel' exports are."""
    return bool(re.match(r"\s*<(!doctype|html|table|\?xml|head)", body[:200], re.IGNORECASE))


def _tables_of_workbook(
    workbook: spreadsheets.OpenedWorkbook, name: str, known: Container[str]
) -> Iterator[RawTable | NoTable]:
    """The tables of all sheets, and the hidden sheets."""
    warnings = _warning_of_formulas(workbook.unanswered)
    for sheet, rows in workbook.sheets:
        for table in _from_rows(rows, name, known, sheet=sheet if len(workbook.sheets) > 1 else ""):
            yield replace(table, warnings=warnings)
    for sheet in workbook.hidden if workbook.sheets else ():
        yield NoTable(f"{name}, sheet {sheet!r}", "it is hidden in the workbook, so it was not read")


def _warning_of_formulas(many: int) -> tuple[str, ...]:
    if not many:
        return ()
    cells = "1 cell holds a formula" if many == 1 else f"{many:,} cells hold formulas"
    return (
        f"{cells} that no program has worked out, so nothing could be read there: open the file in Excel or "
        "LibreOffice, save it, and import it again.",
    )


def _from_rows(rows: list[list[str]], name: str, known: Container[str], sheet: str = "") -> Iterator[RawTable]:
    """The tables of a sheet, each with its rows' numbers on it; the second and later ones are named by their place."""
    places = beginnings(rows)
    for number, (first, end) in enumerate(zip(places, [*places[1:], len(rows)], strict=True)):
        at = heading_row(rows[first:end][:LOOK_AT], known)
        if at is None:
            continue
        headings = rows[first + at]
        width = max((i for i, cell in enumerate(headings, start=1) if cell.strip()), default=0)
        below = [(row + [""] * width)[:width] for row in rows[first + at + 1 : end]]
        frame = pd.DataFrame(below, dtype="str", columns=range(width))
        frame.index = pd.RangeIndex(first + at + 2, first + at + 2 + len(frame))
        place = f"{sheet}, from row {first + at + 1}".removeprefix(", ") if number else sheet
        above = note_of_rows_above(rows[first : first + at])
        yield _finished(frame, headings[:width], name, place, [], above, ())


def _from_text(text: delimited.DecodedText, name: str, known: Container[str]) -> Iterator[RawTable]:
    records = delimited.first_records(text)
    at = heading_row([cells for cells, _ in records[:LOOK_AT]], known)
    if at is None:
        return
    headings, start = records[at]
    frame, others = delimited.records_below(text, start, len(headings), name)
    frame.index = frame.index + at + 1
    others = [(number + at + 1, cells) for number, cells in others]
    notes = (f"read as {text.encoding}, cells parted by {separator_in_words(text.separator)}",)
    yield _finished(
        frame, headings, name, "", others, note_of_rows_above([c for c, _ in records[:at]]), notes, text.doubt
    )


def separator_in_words(separator: str) -> str:
    """The separator in words."""
    return {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}.get(separator, repr(separator))


def note_of_rows_above(rows: list[list[str]]) -> tuple[str, ...]:
    """What a report says of the rows above the headings."""
    filled_rows = sum(1 for row in rows if any(cell.strip() for cell in row))
    return (f"{count(filled_rows, 'line')} above the headings left out",) if filled_rows else ()


_MONTH = re.compile(r"(?:19|20)\d{2}[-/.]\d{1,2}|\d{1,2}[-/.](?:19|20)\d{2}")  # beside names a heading: 2026-01


def heading_row(rows: list[list[str]], known: Container[str]) -> int | None:
    """The row that holds the most known headings; where none holds two, the first that looks like headings."""
    best, most = None, 1
    for at, row in enumerate(rows):
        hits = len({normal(c) for c in row if c.strip() and c in known})
        if hits > most and hits >= 0.2 * sum(1 for c in row if c.strip()):
            best, most = at, hits
    if best is not None:
        return best
    for at, row in enumerate(rows[:-1]):
        filled = [cell.strip() for cell in row if cell.strip()]
        as_names = [c for c in filled if not re.fullmatch(r"[\W\d]+", c) and len(c) < 80]
        months = [c for c in filled if _MONTH.fullmatch(c)] if as_names else []
        if len(filled) > 1 and len(as_names) + len(months) == len(filled) and len(set(filled)) > 0.9 * len(filled):
            return at
    return None


def _finished(
    frame: pd.DataFrame,
    headings: list[str],
    name: str,
    sheet: str,
    others: list[tuple[int, list[str]]],
    above: tuple[str, ...],
    notes: tuple[str, ...],
    doubt: str = "",
) -> RawTable:
    frame.columns = headings_of(headings)
    dropped: dict[str, int] = {}
    frame, broken = with_odd_rows(frame, others, dropped)
    frame = missing_where_empty(frame)
    frame, filled = _groups_filled_down(frame)
    notes += (f"the names of groups in {', '.join(filled)} were filled down",) if filled else ()
    frame = without_no_data(frame, dropped)
    return RawTable(name, frame, sheet, dropped, tuple(broken), (*notes, *above), doubt)


def headings_of(cells: list[str]) -> list[str]:
    """The headings in a row, each with a name of its own."""
    return unique([h.strip().lstrip("\ufeff") for h in cells])


def with_odd_rows(
    frame: pd.DataFrame, others: list[tuple[int, list[str]]], dropped: dict[str, int]
) -> tuple[pd.DataFrame, list[tuple[int, str]]]:
    """Rows that are too short are filled up, too long ones cut where nothing is lost; the rest is broken.

    So is a row with a NUL in a cell: what a program means by it is not known, and others end the text there.
    """
    width, mended = frame.shape[1], {}
    with_nul = frame.index[_with_nul(frame)]
    frame, broken = frame.drop(index=with_nul), [(int(number), _NUL) for number in with_nul]
    for number, cells in others:
        filled = [c for c in cells if c.strip()]
        if any("\0" in c for c in filled):
            broken.append((number, _NUL))
        elif not filled:
            dropped[BLANK] = dropped.get(BLANK, 0) + 1
        elif len(filled) == 1 and width > 2 and (len(cells) == 1 or begins_outside_the_table(filled[0])):
            dropped[FOOTER] = dropped.get(FOOTER, 0) + 1
        elif len(cells) < width and "\n" in cells[-1]:
            broken.append((number, "a quotation mark that is never closed"))
        elif len(cells) < width:
            mended[number] = cells + [""] * (width - len(cells))
        elif not any(c.strip() for c in cells[width:]):
            mended[number] = cells[:width]
        else:
            broken.append((number, f"{len(cells)} cells where there are {width} headings"))
    if mended:
        extra = pd.DataFrame.from_dict(mended, orient="index", columns=frame.columns, dtype="str")
        frame = pd.concat([frame, extra]).sort_index(kind="stable")
    return frame, sorted(broken)


def _with_nul(frame: pd.DataFrame) -> pd.Series:
    has_nul = pd.Series(False, index=frame.index)
    for column in frame.columns:
        has_nul |= frame[column].str.contains("\0", regex=False).fillna(False).astype(bool)
    return has_nul


def missing_where_empty(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with bare texts; cells that are empty or hold a spreadsheet's error are missing."""
    columns = {}
    for heading in frame.columns:
        values = frame[heading].str.strip()
        columns[heading] = values.mask((values == "") | values.isin(_EXCEL_ERRORS))
    return pd.DataFrame(columns, index=frame.index)


def _groups_filled_down(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """A report with subtotals names each group once, in the leftmost columns: every row below gets that name."""
    subtotals = Subtotals()
    subtotals.add(frame)
    groups = subtotals.groups()
    if not groups:
        return frame, []
    is_total = totals(frame)
    filled = {h: frame[h].mask(is_total).ffill().where(~is_total & frame.notna().any(axis=1), frame[h]) for h in groups}
    return frame.assign(**filled), groups


class Subtotals:
    """Counts over a table (or its pieces) by which a report with subtotals is known."""

    def __init__(self) -> None:
        self._totals, self._place, self._rows = 0, 0, 0
        self._named: pd.Series | None = None

    def add(self, frame: pd.DataFrame) -> None:
        """Count these rows."""
        if frame.shape[1] < 3:
            return
        is_total = totals(frame)
        self._totals += int(is_total.sum())
        if is_total.any():
            self._place = max(self._place, int(frame[is_total].notna().to_numpy().argmax(axis=1).max()))
        rows = frame[~is_total & frame.notna().any(axis=1)]
        self._rows += len(rows)
        named = rows.notna().sum()
        self._named = named if self._named is None else self._named + named

    def groups(self) -> list[str]:
        """The columns in which a group is named once for the rows below."""
        if self._totals < 2 or not self._rows or self._named is None:
            return []
        share = self._named / self._rows
        return [h for h in share.index[: self._place + 1] if 0 < share[h] < 0.9]
