"""Delimited text of any size in, frames of text out: the encoding is decided over the whole file, then it is read."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from playbook.crm.files import delimited
from playbook.crm.files.code_pages import CodePage, HighCells, Pages, page_of
from playbook.crm.files.export_bytes import ByteStream
from playbook.crm.larger.sources import StreamedFile
from playbook.errors import UnusableInput

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_STEP = 1024**2
_BLOCK = 1024**2  # the quick reader reads up to 32 of these ahead; a longer record is left to the patient one


def encoding_of(source: StreamedFile, pages: Pages) -> CodePage:
    """How the text in `source` is encoded, as `delimited.decoded` decides it, over the whole of it.

    Raises
    ------
    UnusableInput : if the bytes are no text, or hardly anything but empty lines.
    """
    with source.opened() as stream:
        head = stream.read(4096)
    if head.startswith(b"\xef\xbb\xbf"):
        encoding = CodePage("utf-8-sig", "replace", "UTF-8 with a byte order mark")
    elif head.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = CodePage("utf-16", "replace", "UTF-16")
    else:
        encoding = _tried(source, head, pages)
    _refuse_empty_lines(source)
    return encoding


def _tried(source: StreamedFile, head: bytes, pages: Pages) -> CodePage:
    tries = [] if pages.given_for(source.name) else [("utf-8", "UTF-8")]
    if head.count(0) > len(head) // 4:
        order = "le" if head[1::2].count(0) >= head[::2].count(0) else "be"
        tries = [(f"utf-16-{order}", "UTF-16")]
    elif delimited.is_no_text(head):
        tries = []
    for codec, label in tries:
        if _decodes(source, codec):
            return CodePage(codec, "strict", label)
    if delimited.is_no_text(head):
        raise UnusableInput(
            "is no table that can be read.", where=source.name, remedy="Export it again as CSV or XLSX."
        )
    cells = HighCells()
    with source.opened() as stream:
        while not cells.enough and (step := stream.read(_STEP)):
            cells.add(step)
    return page_of(cells.all(), source.name, pages, lambda codec: _decodes(source, codec))


def _decodes(source: StreamedFile, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        with source.opened() as stream:
            while step := stream.read(_STEP):
                decoder.decode(step)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_empty_lines(source: StreamedFile) -> None:
    lines = size = 0
    with source.opened() as stream:
        while step := stream.read(_STEP):
            lines += step.count(b"\n")
            size += len(step)
    if lines > delimited.MOST_ODD and size < 3 * lines:
        raise UnusableInput("holds hardly anything but empty lines.", where=source.name, remedy="Export it again.")


def head_of(source: StreamedFile, encoded: CodePage) -> delimited.DecodedText:
    """The beginning of the text, from which its separator and headings are judged."""
    decoder = codecs.getincrementaldecoder(encoded.codec)(encoded.errors)
    body = ""
    with source.opened() as stream:
        while len(body) < delimited.LOOK_AT and (step := stream.read(_STEP)):
            body += decoder.decode(step)
        else:
            body += decoder.decode(b"", final=len(body) < delimited.LOOK_AT)
    return delimited.DecodedText(body, encoded.label, delimited.separator_of(body), encoded.doubt)


def frames_below(
    source: StreamedFile, encoded: CodePage, separator: str, start: int, width: int, size: int
) -> Iterator[tuple[pd.DataFrame, list[tuple[int, list[str]]]]]:
    """The records from character `start` on, some at a time, as `delimited.records_below` gives them all at once.

    Raises
    ------
    TextBroken : if the quick reader gives up; `patient_frames_below` then reads the same from the beginning.
    """
    odd: list[tuple[int, str]] = []

    def keep_aside(row: pacsv.InvalidRow) -> str:
        odd.append((row.number, row.text))
        return "skip" if len(odd) <= delimited.MOST_ODD else "error"

    names = [str(i) for i in range(width)]
    with source.opened() as stream:
        try:
            reader = pacsv.open_csv(
                pa.PythonFile(_Utf8(stream, encoded, start), mode="r"),
                read_options=pacsv.ReadOptions(column_names=names, use_threads=False, block_size=min(size, _BLOCK)),
                parse_options=pacsv.ParseOptions(
                    delimiter=separator, newlines_in_values=True, ignore_empty_lines=False,
                    invalid_row_handler=keep_aside,
                ),
                convert_options=pacsv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
                ),
            )  # fmt: skip
            number = given = 0
            for table in _gathered(reader, size):
                frame = table.to_pandas()
                left = [n for n, _ in odd[given:]]
                frame.index, number = _numbered(len(frame), number, left)
                frame.columns = range(width)
                upto = sum(n <= number for n in left)
                others = [(n, _cells(text, separator)) for n, text in odd[given : given + upto]]
                given += upto
                yield frame, others
        except pa.ArrowInvalid:
            if len(odd) > delimited.MOST_ODD:
                raise delimited.too_many_odd(width, source.name) from None
            raise TextBroken from None
    if odd[given:]:
        empty = pd.DataFrame({i: pd.Series(dtype="str") for i in range(width)})
        yield empty, [(n, _cells(text, separator)) for n, text in odd[given:]]


def _gathered(reader: pacsv.CSVStreamingReader, size: int) -> Iterator[pa.Table]:
    """The reader's blocks, as many together as make up about `size` bytes."""
    batches: list[pa.RecordBatch] = []
    held = 0
    for batch in reader:
        batches.append(batch)
        held += batch.nbytes
        if held >= size:
            yield pa.Table.from_batches(batches)
            batches, held = [], 0
    if batches:
        yield pa.Table.from_batches(batches)


class TextBroken(Exception):
    """The quick reader gave up on a text."""


def patient_frames_below(
    source: StreamedFile, encoded: CodePage, separator: str, start: int, width: int, rows: int
) -> Iterator[tuple[pd.DataFrame, list[tuple[int, list[str]]]]]:
    """The same by the standard library, for text that the quick reader gives up on."""
    with source.opened() as stream:
        lines = io.TextIOWrapper(io.BufferedReader(_Utf8(stream, encoded, start)), encoding="utf-8", newline="")
        fitting: list[list[str]] = []
        numbers: list[int] = []
        others: list[tuple[int, list[str]]] = []
        try:
            for number, record in enumerate(csv.reader(lines, delimiter=separator), start=1):
                if len(record) == width or not record:
                    fitting.append(record or [""] * width)
                    numbers.append(number)
                else:
                    others.append((number, record))
                if len(fitting) + len(others) >= rows:
                    yield pd.DataFrame(fitting, index=numbers, columns=range(width), dtype="str"), others
                    fitting, numbers, others = [], [], []
        except csv.Error as error:
            raise delimited.breaks_off(error, source.name) from None
        yield pd.DataFrame(fitting, index=pd.Index(numbers, dtype="int64"), columns=range(width), dtype="str"), others


def _numbered(rows: int, before: int, left: list[int]) -> tuple[pd.Index, int]:
    """The numbers of so many records after number `before`, of which those that are `left` out have theirs."""
    if not left:
        return pd.RangeIndex(before + 1, before + rows + 1), before + rows
    numbers: list[int] = []
    taken, at = set(left), before
    while len(numbers) < rows:
        at += 1
        if at not in taken:
            numbers.append(at)
    while at + 1 in taken:
        at += 1
    return pd.Index(numbers, dtype="int64"), at


def _cells(row: str, separator: str) -> list[str]:
    return next(csv.reader(io.StringIO(row, newline=""), delimiter=separator), [])


class _Utf8(io.RawIOBase):
    """A text from its character `start` on, as UTF-8."""

    def __init__(self, stream: ByteStream, encoded: CodePage, start: int) -> None:
        self._stream, self._skip, self._encoded = stream, start, b""
        self._decoder = codecs.getincrementaldecoder(encoded.codec)(encoded.errors)
        self._as_it_is = encoded.codec == "utf-8"
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        place = memoryview(buffer).cast("B")
        step = self.read(len(place))
        place[: len(step)] = step
        return len(step)

    def read(self, size: int = -1) -> bytes:
        while not self._ended and (size < 0 or len(self._encoded) < size):
            step = self._stream.read(_STEP)
            self._ended = not step
            if self._as_it_is and not self._skip:
                self._encoded += step
                continue
            text = self._decoder.decode(step, final=self._ended)
            cut = min(self._skip, len(text))
            self._skip -= cut
            self._encoded += text[cut:].encode("utf-8", errors="replace")
            if self._as_it_is and not self._skip:
                self._encoded += self._decoder.getstate()[0]  # the bytes of a letter that this step cut in two
        given = self._encoded if size < 0 else self._encoded[:size]
        self._encoded = self._encoded[len(given) :]
        return given
