"""Delimited text (CSV and its relatives) in, rows of text out: encoding, separator, ragged rows.

The encoding is that of the byte order mark, else UTF-8 if the bytes are, else what `code_pages` tells from them.
The separator is the one that cuts the first records most evenly.
"""

import csv
import io
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from playbook.crm.files.code_pages import NO_HINTS, HighCells, Pages, page_of
from playbook.errors import UnusableInput

SEPARATORS = (",", ";", "\t", "|")
LOOK_AT = 256 * 1024  # characters from which separator and headings are judged
MOST_ODD = 2_000_000  # rows of another width (blank lines are such) after which a file is no table
_STRAY_NULS = 16  # among the first 4,096 bytes; files that are no text have hundreds
_CONTROLS = frozenset({*range(1, 9), *range(14, 27), *range(28, 32)})  # 27 begins the codes of old Japanese encodings
_BLOCK = 256 * 1024**2
csv.field_size_limit(64 * 1024**2)


@dataclass(frozen=True)
class DecodedText:
    """A file's text, where its records were judged from, and how it was written."""

    body: str
    encoding: str
    separator: str
    doubt: str = ""  # what is not certain about the encoding


def decoded(data: bytes, name: str, pages: Pages = NO_HINTS) -> DecodedText:
    """The text of `data` and how it is written.

    Raises
    ------
    UnusableInput : if the bytes are no text, or hardly anything but empty lines.
    """
    lines = data.count(b"\n")
    if lines > MOST_ODD and len(data) < 3 * lines:
        raise UnusableInput("holds hardly anything but empty lines.", where=name, remedy="Export it again.")
    body, encoding, doubt = _decode(data, name, pages)
    return DecodedText(body, encoding, separator_of(body), doubt)


def _decode(data: bytes, name: str, pages: Pages) -> tuple[str, str, str]:
    if data.startswith(b"\xef\xbb\xbf"):
        return data.decode("utf-8-sig", errors="replace"), "UTF-8 with a byte order mark", ""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), "UTF-16", ""
    head = data[:4096]
    if head and head.count(0) > len(head) // 4:
        order = "le" if head[1::2].count(0) >= head[::2].count(0) else "be"
        try:
            return data.decode(f"utf-16-{order}"), "UTF-16", ""
        except UnicodeDecodeError:
            pass
    if is_no_text(head):
        raise UnusableInput("is no table that can be read.", where=name, remedy="Export it again as CSV or XLSX.")
    if not pages.given_for(name) and (text := _text_in(data, "utf-8")) is not None:
        return text, "UTF-8", ""
    cells = HighCells()
    cells.add(data)
    page = page_of(cells.all(), name, pages, lambda codec: _text_in(data, codec) is not None)
    return data.decode(page.codec, errors=page.errors), page.label, page.doubt


def _text_in(data: bytes, codec: str) -> str | None:
    """The text, if every byte of it is one in that encoding."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def is_no_text(head: bytes) -> bool:
    """Whether the beginning of a file has bytes that no text has; a lone NUL in a cell is a fault of that row."""
    return head.count(0) > _STRAY_NULS or bool(head.count(0) and _CONTROLS & set(head))


def first_records(text: DecodedText, many: int = 60) -> list[tuple[list[str], int]]:
    """The first records of the text: their cells, and the character at which the next record begins."""
    lines = io.StringIO(text.body[:LOOK_AT], newline="")
    ends, at = [0], 0
    beginning = []
    for line in lines:
        at += len(line)
        beginning.append(line)
        ends.append(at)
    reader = csv.reader(beginning, delimiter=text.separator)
    records = []
    try:
        for record in reader:
            records.append((record, ends[reader.line_num]))
            if len(records) >= many:
                break
    except csv.Error:
        pass
    return records


def separator_of(body: str) -> str:
    """The separator that cuts the first records of `body` most evenly."""
    head = body[:LOOK_AT]
    if head[:4].lower() == "sep=" and len(head) > 4:
        return head[4]
    scores = {}
    for separator in SEPARATORS:
        widths, records = [], 0
        try:
            for record in csv.reader(io.StringIO(head, newline=""), delimiter=separator):
                records += bool(record)  # also one that it does not cut: decimal commas do not cut the headings
                if len(record) > 1:
                    widths.append(len(record))
                if len(widths) >= 200:
                    break
        except csv.Error:
            continue
        if widths:
            usual = max(set(widths), key=widths.count)
            scores[separator] = (widths.count(usual) / records * min(usual, 8), usual)
    return max(scores, key=lambda s: scores[s]) if scores else ","


def records_below(
    text: DecodedText, start: int, width: int, name: str
) -> tuple[pd.DataFrame, list[tuple[int, list[str]]]]:
    """The records from character `start` on that have `width` cells, and the others.

    Returns
    -------
    A frame of text with columns 0 … width - 1, indexed by the record's number from 1; and the records of another
    width, each with its number and its cells.
    """
    body = text.body[start:].encode("utf-8", errors="replace")
    odd: list[tuple[int, str]] = []

    def keep_aside(row: pacsv.InvalidRow) -> str:
        odd.append((row.number, row.text))
        return "skip" if len(odd) <= MOST_ODD else "error"

    names = [str(i) for i in range(width)]
    try:
        table = pacsv.read_csv(
            pa.BufferReader(body),
            read_options=pacsv.ReadOptions(column_names=names, use_threads=False, block_size=_BLOCK),
            parse_options=pacsv.ParseOptions(
                delimiter=text.separator,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=keep_aside,
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
            ),
        )
        frame = table.to_pandas()
        others = [(number, _cells(row, text.separator)) for number, row in odd]
    except pa.ArrowInvalid:
        if len(odd) > MOST_ODD:
            raise too_many_odd(width, name) from None
        frame, others = _read_patiently(text, start, width, name)
        odd = [(number, "") for number, _ in others]
    taken = {number for number, _ in odd}
    if taken:
        frame.index = pd.Index([n for n in range(1, len(frame) + len(taken) + 1) if n not in taken][: len(frame)])
    else:
        frame.index = pd.RangeIndex(1, len(frame) + 1)
    frame.columns = range(width)
    return frame, others


def _cells(row: str, separator: str) -> list[str]:
    return next(csv.reader(io.StringIO(row, newline=""), delimiter=separator), [])


def _read_patiently(
    text: DecodedText, start: int, width: int, name: str
) -> tuple[pd.DataFrame, list[tuple[int, list[str]]]]:
    """The same by the standard library, for text that the quick reader gives up on (quotes that never close)."""
    rows, others = [], []
    lines = io.StringIO(text.body[start:], newline="")
    try:
        for number, record in enumerate(csv.reader(lines, delimiter=text.separator), start=1):
            if len(record) == width:
                rows.append(record)
            elif not record:
                rows.append([""] * width)
            else:
                others.append((number, record))
    except csv.Error as error:
        raise breaks_off(error, name) from None
    frame = pd.DataFrame(rows, columns=[str(i) for i in range(width)], dtype="str")
    return frame, others


def too_many_odd(width: int, name: str) -> UnusableInput:
    """What is said of a file most of whose rows do not fit below its headings."""
    return UnusableInput(
        f"more than {MOST_ODD:,} of its rows do not have the {width} cells that its headings have.",
        where=name,
        remedy="Look at the file in a text editor: is it the table that you mean? Export it again.",
    )


def breaks_off(error: csv.Error, name: str) -> UnusableInput:
    """What is said of a file that no reader gets to the end of."""
    return UnusableInput(
        f"cannot be read to its end ({error}).",
        where=name,
        remedy="Open it in a spreadsheet, save it as XLSX, and use that.",
    )
