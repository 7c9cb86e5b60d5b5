"""Text that comes from data, made safe for the place where it lands.

In: any text (names, accounts, notes, headings).  Out: the same text, which a reader sees as it was typed and no
program takes for an instruction.
"""

import hashlib
import html
import re
import unicodedata

# Marks that turn the reading direction or hide text; they could make one name look like another.
_INVISIBLE = {"Cf", "Cc", "Cs", "Co", "Cn"}
_JOINERS = {"\u200d", "\u200c"}  # joiners that emoji and some scripts need
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # the wide ones count where Japanese is typed
_WINDOWS_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
_LONGEST_FILE_NAME = 60  # leaves room for a hash and an ending under the 255 bytes of common file systems
# Letters that Unicode does not take apart, as the people who bear them write them where there are only plain letters.
_IN_PLAIN_LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
    | {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H", "ŋ": "n", "Ŋ": "N"}
)


def plain(text: object) -> str:
    """`text` on one line, without control characters and direction marks; the empty string for a missing value."""
    if text is None or (not isinstance(text, str) and _is_missing(text)):
        return ""
    seen = (c for c in str(text) if c.isspace() or c in _JOINERS or unicodedata.category(c) not in _INVISIBLE)
    return re.sub(r"\s+", " ", "".join(seen)).strip()


def _is_missing(value: object) -> bool:
    """Whether it is one of pandas' missing values: NA, whose comparisons give no answer, or NaN, unequal to itself."""
    return str(value) == "<NA>" or bool(value != value)


def for_html(text: object) -> str:
    """`text` as it appears in an HTML page, in content or in a quoted attribute."""
    return html.escape(plain(text), quote=True)


def for_markdown(text: object) -> str:
    """`text` as it appears in rendered Markdown: no emphasis, link, heading, HTML or mathematics comes of it."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$&:@=])", r"\\\1", plain(text))


def for_spreadsheet(text: object) -> str:
    """`text` as a spreadsheet cell: an apostrophe in front where a program would take it for a formula."""
    visible = plain(text)
    return f"'{visible}" if visible.startswith(_FORMULA_STARTS) else visible


def for_file_name(text: object, *, fallback: str = "unnamed") -> str:
    """`text` as a file or folder name on every system: lower case, words joined by hyphens, at most 60 bytes.

    Letters lose their accents (ß becomes ss, ø becomes o); those of other scripts are left out.
    """
    letters = unicodedata.normalize("NFKD", plain(text)).translate(_IN_PLAIN_LETTERS)
    ascii_text = letters.encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")[:_LONGEST_FILE_NAME].strip("-")
    if not name or _WINDOWS_DEVICES.match(name):
        return f"{fallback}-{name}" if name else fallback
    return name


def file_label(name: object) -> str:
    r"""The name of a file or a path as text that can be shown and written: bytes that are no UTF-8 stand as \\xe9.

    Old archives and folders copied from other systems hold such names; Python reads them with lone surrogates in place
    of the bytes, which no file and no terminal takes. Control characters are spelled out as well.
    """
    return "".join(_spelled(c) for c in str(name))


def _spelled(character: str) -> str:
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    hidden = unicodedata.category(character) in ("Cc", "Cs")
    return character.encode("unicode_escape").decode() if hidden else character


def short_hash(*parts: object) -> str:
    """Eight hexadecimal digits that stand for `parts`; the same on every machine and in every run."""
    return hashlib.sha256("\x1f".join(str(p) for p in parts).encode()).hexdigest()[:8]
