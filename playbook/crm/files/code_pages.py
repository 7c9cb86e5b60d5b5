"""Bytes that are no UTF-8 in, the code page that they are written in out, with what speaks for it.

Every code page that spreadsheets and CRMs write is tried, and what comes out is looked at as a reader would: names that
stand in a UTF-8 file beside it, headings that a mapping knows, letters of one language, no sign inside a word, no
capital after a small letter, vowels where words have vowels. Where nothing decides, that is a doubt, and is told.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable, Collection, Container, Iterable
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from functools import cached_property

from playbook.crm.files.likeness_of_words import MANY_BYTES, letters_of, looks_like_words, words_in
from playbook.errors import UnusableInput
from playbook.wording import paragraph

MOST_CELLS = 400  # different cells with such letters from which the page is told
_MOST_ALIKE = 4  # of them with the same letters
_MOST_BROKEN = 1 / 3  # of the cells that are no UTF-8, in a text that is and was damaged; by chance hardly any is UTF-8
_LABELS = {  # in this order where nothing tells two apart
    "cp1252": "Windows-1252", "cp1250": "Windows-1250", "cp1251": "Windows-1251", "cp1253": "Windows-1253",
    "cp1254": "Windows-1254", "cp1255": "Windows-1255", "cp1256": "Windows-1256", "cp1257": "Windows-1257",
    "cp1258": "Windows-1258", "cp874": "Windows-874", "cp932": "Shift-JIS (Windows-932)", "cp949": "EUC-KR",
    "gb18030": "GB 18030 (GBK)", "big5hkscs": "Big5", "euc_jp": "EUC-JP", "iso8859_2": "ISO-8859-2",
    "iso8859_5": "ISO-8859-5", "iso8859_7": "ISO-8859-7", "iso8859_15": "ISO-8859-15", "koi8_r": "KOI8-R",
    "koi8_u": "KOI8-U", "mac_roman": "Mac Roman", "mac_latin2": "Mac Central European",
    "mac_cyrillic": "Mac Cyrillic", "cp850": "DOS 850", "cp852": "DOS 852", "cp866": "DOS 866",
}  # fmt: skip
_USUAL = "cp1252"  # what is read where nothing speaks for another
_EVIDENT = 0.72  # of 1: how much of what comes out must look like words
_APART = 0.08  # how much better than any other reading,
_APART_WHERE_THEY_DIFFER = 0.2  # or than it in the cells that the two read differently
_PARTS = re.compile(rb'[,;\t"]')
_RUNS = re.compile(rb"[\x80-\xff]+")
_MANY_LETTERS = 8


class HighCells:
    """The different cells with a byte beyond ASCII, gathered from a text that comes step by step."""

    def __init__(self, most: int = MOST_CELLS) -> None:
        self._cells: dict[bytes, None] = {}
        self._runs: dict[bytes, int] = {}
        self._rest, self._most = b"", most

    @property
    def enough(self) -> bool:
        """Whether more would tell nothing new."""
        return len(self._cells) >= self._most

    def add(self, step: bytes) -> None:
        """Take the cells of the next bytes of the text."""
        lines = (self._rest + step).splitlines(keepends=True)
        self._rest = lines.pop() if lines and not lines[-1].endswith((b"\n", b"\r")) else b""
        for line in lines:
            self._take(line)

    def all(self) -> tuple[bytes, ...]:
        """What was gathered, the last line included."""
        self._take(self._rest)
        self._rest = b""
        return tuple(self._cells)

    def _take(self, line: bytes) -> None:
        if self.enough or line.isascii():
            return
        for cell in _PARTS.split(line.strip(b"\r\n")):
            runs = _RUNS.findall(cell)
            if runs and cell not in self._cells and min(self._runs.get(run, 0) for run in runs) < _MOST_ALIKE:
                self._cells[cell] = None
                for run in runs:
                    self._runs[run] = self._runs.get(run, 0) + 1


@dataclass(frozen=True)
class Beside:
    """What the other files of a folder hold: words in files whose letters are certain, cells of those that are not."""

    words: frozenset[str] = frozenset()
    cells: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Pages:
    """What may tell in which code page a file is written.

    `known`: headings that some mapping knows. `given`: what a person says, the page by file. `look_beside` reads the
    other files, and is asked only where a file's own bytes leave it open.
    """

    known: Container[str] = frozenset()
    given: Dict[str, str] = field(default_factory=dict)
    look_beside: Callable[[], Beside] = Beside

    @cached_property
    def beside(self) -> Beside:
        """The other files, read once."""
        return self.look_beside()

    def given_for(self, name: str) -> str:
        """The page that a person says for that file; empty if none."""
        return self.given.get(name) or self.given.get(name.rsplit("/", 1)[-1], "")


NO_HINTS = Pages()


@dataclass(frozen=True)
class PageReading:
    """One way to read the cells: its page, how much of it looks like words (0 to 1), how many are known elsewhere."""

    codec: str
    cells: tuple[str, ...]
    likeness: float
    known: int
    example: str
    lacks: tuple[float, ...] = ()  # how many words of each cell are none

    @property
    def label(self) -> str:
        """What a person calls the page."""
        return label_of(self.codec)


@dataclass(frozen=True)
class Verdict:
    """The readings, the best first, and whether it is certain."""

    readings: tuple[PageReading, ...]
    certain: bool

    def doubt(self, taken: str) -> str:
        """What is to be told of a reading that nothing decides, or that is not the best; empty if it is certain."""
        reading = next((r for r in self.readings if r.codec == taken), None)
        if self.certain and reading is self.readings[0]:
            return ""
        open_question = (
            f"nothing decides in which code page its letters are written. They were read as {label_of(taken)}."
        )
        if reading is None or not reading.example:
            return open_question
        other = next((r for r in self.readings if r.cells != reading.cells), None)
        there = other.cells[reading.cells.index(reading.example)] if other else ""
        return paragraph(
            open_question,
            f"One of them reads “{reading.example}”.",
            *([f"In {other.label} ({other.codec}) it would be “{there}”."] if other else []),
        )


def label_of(codec: str) -> str:
    """What a person calls a code page: `cp1250` is Windows-1250."""
    return _LABELS.get(codec, codec)


def code_pages() -> tuple[tuple[str, str], ...]:
    """Every code page that is tried: what a person calls it, and Python's name for it."""
    return tuple((label, codec) for codec, label in _LABELS.items())


def codec_of(name: str) -> str | None:
    """Python's name for the code page that a person names; none if there is no such."""
    plain = re.sub(r"(?i)^(windows|win|ansi|dos|ibm|code ?page)[-_ ]*(?=\d)", "cp", name.strip())
    try:
        plain.encode(plain)  # also refuses what Python counts among its codecs and is no way to write text
        as_named = codecs.lookup(plain).name.replace("-", "_")
    except (LookupError, ValueError):
        return None
    return {"gbk": "gb18030", "gb2312": "gb18030", "big5": "big5hkscs", "euc_kr": "cp949", "shift_jis": "cp932",
            "iso8859_1": "cp1252", "ascii": "cp1252"}.get(as_named, as_named)  # fmt: skip


def verdict(cells: Collection[bytes], pages: Pages) -> Verdict:
    """How those cells read best. None of them is UTF-8."""
    own = _verdict(cells, pages.known, frozenset())
    if own.certain or not cells:
        return own
    with_words = _verdict(cells, pages.known, pages.beside.words)
    if with_words.certain:
        return with_words
    together = _verdict({*cells, *pages.beside.cells}, pages.known, pages.beside.words)
    codec = together.readings[0].codec if together.certain else ""
    first = [r for r in with_words.readings if r.codec == codec]
    return Verdict((*first, *(r for r in with_words.readings if r.codec != codec)), bool(first))


def _verdict(cells: Collection[bytes], known: Container[str], words: frozenset[str]) -> Verdict:
    readings = [r for codec in _LABELS if (r := _reading(codec, cells, known, words)) is not None]
    if not readings:
        return Verdict((), certain=False)
    usual = next((r for r in readings if r.codec == _USUAL), None)
    if usual and not usual.example:
        return Verdict(
            (usual, *(r for r in readings if r is not usual)), certain=True
        )  # signs only: nothing to misread
    proven = max(r.known for r in readings)
    ranked = sorted(readings, key=lambda r: (-r.known if proven else 0, -_likeness(r, readings)))
    best = ranked[0]
    others = [r for r in ranked if r.cells != best.cells]
    if best.known > max((r.known for r in others), default=0):
        return Verdict(tuple(ranked), certain=True)
    certain = best.likeness >= _EVIDENT and all(_apart(best, other, readings) for other in others)
    if not certain and usual and not _apart(best, usual, readings):
        ranked = [usual, *(r for r in ranked if r is not usual)]  # what is no better changes nothing
    return Verdict(tuple(ranked), certain)


def _likeness(reading: PageReading, readings: list[PageReading]) -> float:
    """How much of a reading looks like words, beside the others."""
    korean = next((r for r in readings if r.codec == "cp949" and r.likeness == 1.0), None)
    if korean and reading.codec in MANY_BYTES and reading is not korean and letters_of(korean.cells) >= _MANY_LETTERS:
        return reading.likeness / 2  # that so many Chinese or Japanese letters are all Korean ones is no chance
    return reading.likeness


def _apart(best: PageReading, other: PageReading, readings: list[PageReading]) -> bool:
    """Whether a reading is better than another where the two differ."""
    differ = [n for n, (a, b) in enumerate(zip(best.cells, other.cells, strict=True)) if a != b]
    if not differ or _likeness(best, readings) - _likeness(other, readings) >= _APART:
        return True
    lack = sum(other.lacks[n] - best.lacks[n] for n in differ) / len(differ)
    return lack >= _APART_WHERE_THEY_DIFFER


def _reading(codec: str, cells: Collection[bytes], known: Container[str], words: frozenset[str]) -> PageReading | None:
    try:
        texts = tuple(unicodedata.normalize("NFC", cell.decode(codec)) for cell in cells)
    except UnicodeDecodeError:
        return None
    if any(unicodedata.category(c) in ("Cc", "Co", "Cn") for c in set("".join(texts)) if not c.isascii()):
        return None
    own = [words_in(text) for text in texts]
    different = list(dict.fromkeys(word for of_cell in own for word in of_cell))
    hits = sum(text.strip() in known for text in set(texts)) + sum(word.casefold() in words for word in different)
    example = next((text for text, of_cell in zip(texts, own, strict=True) if of_cell), "")
    looks = looks_like_words(codec, different)
    lacks = tuple(sum(1 - looks[word] for word in of_cell) for of_cell in own)
    return PageReading(codec, texts, sum(looks.values()) / len(looks) if looks else 0.0, hits, example, lacks)


@dataclass(frozen=True)
class CodePage:
    """In which code page a file is read, what becomes of broken bytes, how a person calls it, and what is doubtful."""

    codec: str
    errors: str
    label: str
    doubt: str = ""


def page_of(cells: Collection[bytes], name: str, pages: Pages, decodes: Callable[[str], bool]) -> CodePage:
    """The page of a file that is no UTF-8: the one that a person says, else the one in which it reads best.

    `decodes` says whether the whole file can be read in a page.

    Raises
    ------
    UnusableInput : if it cannot be read in the page that a person says.
    """
    if given := pages.given_for(name):
        codec = codec_of(given) or given
        if codec not in ("utf_8", "utf_8_sig") and not decodes(codec):
            raise UnusableInput(
                f"is not written in {given}: it has bytes that stand for no letter there.",
                where=name,
                remedy="Name another code page in the mapping file, under [encoding], or leave that entry out.",
            )
        return CodePage(
            codec, "replace" if codec.startswith("utf_8") else "strict", f"{given}, as the mapping file says"
        )
    broken = sum(not _is_utf8(cell) for cell in cells)
    if len(cells) > 1 and broken <= _MOST_BROKEN * len(cells):
        return CodePage("utf_8", "replace", "UTF-8", "it is UTF-8, and damaged: some of its bytes stand for no letter.")
    verdict_ = verdict(cells, pages)
    for reading in verdict_.readings:
        if decodes(reading.codec):
            return CodePage(reading.codec, "strict", reading.label, verdict_.doubt(reading.codec))
    return CodePage(
        "latin_1", "strict", "ISO-8859-1", "it has bytes that no code page explains; it was read as ISO-8859-1."
    )


def _is_utf8(cell: bytes) -> bool:
    try:
        cell.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def beside_of(files: Iterable[Iterable[str] | bytes]) -> Beside:
    """What files hold that may tell how another is written: texts whose letters are certain, or bytes."""
    words: set[str] = set()
    cells: dict[bytes, None] = {}
    for content in files:
        if isinstance(content, bytes):
            high = HighCells()
            high.add(content)
            cells |= dict.fromkeys(high.all())
        else:
            words.update(w.casefold() for text in content for w in words_in(text))
    return Beside(frozenset(words), tuple(cells)[:MOST_CELLS])
