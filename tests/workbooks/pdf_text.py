"""What stands in a PDF that WeasyPrint made, read without a PDF library: its pages' text, its outline, its catalogue.

In: the file's bytes.  Out: texts. It understands only what WeasyPrint writes: object streams, hex glyphs, glyph maps.
"""

import re
import zlib
from dataclasses import dataclass

_STREAM = re.compile(rb"(\d+) 0 obj\s*<<(.*?)>>\s*stream\r?\n", re.DOTALL)


@dataclass(frozen=True)
class PdfText:
    """`pages` in order, `outline` the titles of the bookmarks, `objects` every object that is no stream."""

    pages: tuple[str, ...]
    outline: tuple[str, ...]
    objects: str


def pdf_text(raw: bytes) -> PdfText:
    """Take a PDF apart."""
    streams = {int(m[1]): (m[2], _inflated(raw[m.end() :])) for m in _STREAM.finditer(raw)}
    object_streams = [_objects(head, body) for head, body in streams.values() if b"/ObjStm" in head]
    objects = {number: text for one in object_streams for number, text in one.items()}
    maps = {}
    for text in objects.values():
        name, to_unicode = re.search(r"/BaseFont ?/(\w{6})\+", text), re.search(r"/ToUnicode (\d+) 0 R", text)
        if name and to_unicode:
            maps[name[1]] = _glyphs(streams[int(to_unicode[1])][1].decode("latin-1"))
    pages = [re.search(r"/Contents (\d+) 0 R", t) for t in _in_order(objects) if re.search(r"/Type ?/Page\b", t)]
    page_texts = tuple(_page(streams[int(m[1])][1].decode("latin-1"), maps) for m in pages if m)
    outline = [re.search(r"/Title ?(<[0-9a-fA-F]+>|\(.*?\))", t) for t in _in_order(objects) if "/Dest" in t]
    return PdfText(page_texts, tuple(_unescaped(m[1]) for m in outline if m), "\n".join(objects.values()))


def _in_order(objects: dict[int, str]) -> list[str]:
    return [objects[number] for number in sorted(objects)]


def _inflated(raw: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(raw)
    except zlib.error:
        return b""


def _objects(head: bytes, body: bytes) -> dict[int, str]:
    first = int(re.search(rb"/First (\d+)", head)[1])
    numbers = [int(n) for n in body[:first].split()]
    starts = numbers[1::2] + [len(body) - first]
    text = body[first:].decode("latin-1")
    return {n: text[a:b] for n, a, b in zip(numbers[::2], starts, starts[1:], strict=False)}


def _glyphs(cmap: str) -> dict[str, str]:
    """What each glyph says, of the map's lines `<glyph> <text>`."""
    return {
        glyph.lower(): bytes.fromhex(text).decode("utf-16-be")
        for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL)
        for glyph, text in re.findall(r"<(\w+)>\s*<(\w+)>", block)
    }


def _page(content: str, maps: dict[str, dict[str, str]]) -> str:
    words, font = [], {}
    for name, pieces in re.findall(r"/(\w{6}) [\d.]+ Tf|\[([^\]]*)\] ?TJ", content):
        if name:
            font = maps.get(name, {})
        else:
            glyphs = "".join(re.findall(r"<(\w*)>", pieces)).lower()
            words.append("".join(font.get(glyphs[i : i + 4], "") for i in range(0, len(glyphs), 4)))
    return " ".join(words)


def _unescaped(title: str) -> str:
    raw = bytes.fromhex(title[1:-1]) if title.startswith("<") else title[1:-1].encode("latin-1")
    return raw.decode("utf-16") if raw.startswith((b"\xfe\xff", b"\xff\xfe")) else raw.decode("latin-1")
