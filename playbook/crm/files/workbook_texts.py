"""How much text the cells of an XLSX file hold, before its reader writes it out for every one of them.

A text that cells share stands in the file once; its reader copies it into each cell. So a file of 60 kB can hold one
long text and two hundred thousand cells that point to it, which is gigabytes.
"""

import re
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from playbook.errors import UnusableInput

_ALWAYS_READ, _TIMES_ITS_SIZE = 256 * 1024**2, 50  # bytes of text; exports hold 5 to 20 times their size
_STEP = 1024**2
_SHARED = "xl/sharedstrings.xml"
_SHEETS = "xl/worksheets/"
_END_OF_TEXT = re.compile(rb"</(?:\w+:)?si\s*>")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_LONGEST_TAG = 100  # bytes of the step before that are looked at again


def hold_texts_within(archive: zipfile.ZipFile, packed_size: int, name: str) -> None:
    """Raise `UnusableInput` if the cells of an XLSX file, whose size is given in bytes, share far more text than fits.

    Nearly every file is let through by its longest text and its number of cells; only where their product is too much
    the text is counted cell by cell.
    """
    most = _most_text(packed_size)
    members = archive.infolist()
    shared = [m for m in members if m.filename.lower() == _SHARED]
    sheets = [m for m in members if m.filename.lower().startswith(_SHEETS)]
    if not shared:
        return
    longest = max(_longest_text(archive, member) for member in shared)
    if longest * sum(_matches(archive, member, _CELL) for member in sheets) <= most:
        return
    lengths = [length for member in shared for length in _SharedTexts().lengths(_steps(archive, member))]
    text = _CellsText(lengths, packed_size)
    for member in sheets:
        text.count(_steps(archive, member), name)


def hold_text_within(text: int, packed_size: int, name: str) -> None:
    """Raise `UnusableInput` if the cells of a workbook, both sizes given in bytes, hold far more text than fits."""
    if text > (most := _most_text(packed_size)):
        raise UnusableInput(
            f"its cells hold more than {most // 1024**2:,} MB of text, which no export of its size does.",
            where=name,
            remedy="Look at it in a spreadsheet; leave out columns of long texts, or export it as CSV.",
        )


def _most_text(packed_size: int) -> int:
    return max(_ALWAYS_READ, _TIMES_ITS_SIZE * packed_size)


def _steps(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as packed:
        while step := packed.read(_STEP):
            yield step


def _longest_text(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """At most how many bytes the longest shared text has: the widest gap between two ends of texts."""
    longest, begun, before = 0, 0, b""
    for step in _steps(archive, member):
        piece = before + step
        ends = [end_tag.end() for end_tag in _END_OF_TEXT.finditer(piece)]
        for end in ends:
            longest, begun = max(longest, end - begun), end
        before = piece[max(ends[-1] if ends else 0, len(piece) - _LONGEST_TAG) :]
        begun -= len(piece) - len(before)
    return max(longest, len(before) - begun)


def _matches(archive: zipfile.ZipFile, member: zipfile.ZipInfo, pattern: re.Pattern[bytes]) -> int:
    occurrences = Occurrences(pattern)
    for step in _steps(archive, member):
        occurrences.add(step)
    return occurrences.many


class Occurrences:
    """How often a pattern, whose matches are short, stands in texts that come in steps."""

    def __init__(self, pattern: re.Pattern[bytes]) -> None:
        self.many = 0
        self._pattern, self._before = pattern, b""

    def begin_anew(self) -> None:
        """What comes next is another text."""
        self._before = b""

    def add(self, step: bytes) -> None:
        """Count in the next step of the text."""
        piece = self._before + step
        matches = list(self._pattern.finditer(piece))
        self.many += len(matches)
        self._before = piece[max(matches[-1].end() if matches else 0, len(piece) - _LONGEST_TAG) :]


class _SharedTexts:
    """The lengths of the shared texts, in their order."""

    def __init__(self) -> None:
        self._lengths: list[int] = []

    def lengths(self, steps: Iterator[bytes]) -> list[int]:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.CharacterDataHandler = self._start, self._text
        _parse(parser, steps)
        return self._lengths

    def _start(self, tag: str, _: dict[str, str]) -> None:
        if local_name(tag) == "si":
            self._lengths.append(0)

    def _text(self, text: str) -> None:
        if self._lengths:
            self._lengths[-1] += len(text)


class _CellsText:
    """The text of all cells that share one; stops as soon as it is more than a file of that size holds."""

    def __init__(self, lengths: list[int], packed_size: int) -> None:
        self._lengths, self._packed_size, self._size = lengths, packed_size, 0
        self._shares, self._place = False, ""

    def count(self, steps: Iterator[bytes], name: str) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.CharacterDataHandler = self._start, self._text
        parser.EndElementHandler = self._end
        for step in steps:
            _parse(parser, iter((step,)), whole=False)
            hold_text_within(self._size, self._packed_size, name)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if local_name(tag) == "c":
            self._shares, self._place = attributes.get("t") == "s", ""

    def _text(self, text: str) -> None:
        if self._shares:
            self._place += text

    def _end(self, tag: str) -> None:
        if local_name(tag) == "c" and self._shares:
            place = self._place.strip()
            self._size += self._lengths[int(place)] if place.isdecimal() and int(place) < len(self._lengths) else 0
            self._shares = False


def local_name(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition(" ")[2]


def _parse(parser: expat.XMLParserType, steps: Iterator[bytes], *, whole: bool = True) -> None:
    """Feed a parser; what is no XML is left to the reader, which says so."""
    try:
        for step in steps:
            parser.Parse(step)
        if whole:
            parser.Parse(b"", True)
    except expat.ExpatError:
        return
