"""A piece of a chapter made to fit into the workbook's one page.

Headings become an outline without gaps below the page's single h1; links between chapters become links within the
page, and those into the guide stay; ids stay unique. What a page must never hold (scripts, forms, outside addresses)
does not get through, whoever wrote it: only known elements and attributes do.
"""

import re
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

from playbook.coaching import guide
from playbook.forms import handouts

_FLOW = {"p", "div", "span", "section", "article", "figure", "figcaption", "blockquote", "pre", "details", "summary"}
_LISTS = {"ul", "ol", "li", "dl", "dt", "dd"}
_TABLE = {"table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "colgroup"}
_PHRASE = {"strong", "b", "em", "i", "u", "s", "del", "ins", "small", "sub", "sup", "code", "kbd", "q", "cite", "abbr"}
_KEPT = _FLOW | _LISTS | _TABLE | _PHRASE | {"mark", "time", "bdi", "a"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_WITH_CONTENT_GONE = {"script", "style", "iframe", "object", "template", "noscript", "svg", "math", "title", "textarea"}
_VOID = {"img", "br", "hr", "col"}
_ATTRIBUTES = {
    "class",
    "title",
    "lang",
    "dir",
    "role",
    "tabindex",
    "scope",
    "colspan",
    "rowspan",
    "alt",
    "width",
    "height",
}
_ATTRIBUTES |= {"open", "start", "type", "value"}
_NAMING_IDS = {"headers", "aria-labelledby", "aria-describedby", "aria-controls"}
_LOADS_SOMETHING = re.compile(r"url\s*\(|@import|expression|\\|/\*", re.IGNORECASE)
# A picture keeps a readable size on a phone and scrolls in its own box, also by keyboard.
_SCROLLING = '<div class="ptc-picture" role="group" aria-label="Picture" tabindex="0">{}</div>'
_LINK_TO_CHAPTER = re.compile(r"(?:\./)?(\d\d_\w+)\.ipynb(?:#.*)?")
# The files beside the page that it may lead to: the guide, and chapter 01's sheets to hand out.
_LINK_TO_GUIDE = re.compile(r"guide\.html(?:#[a-z0-9-]+)?")
_LINK_TO_SHEET = re.compile("|".join(map(re.escape, (handouts.LEADERS_SHEET, handouts.TEAMS_SHEET))))


class Outline:
    """Turns any heading levels into depths below a page's h1 that never skip one."""

    def __init__(self) -> None:
        self._open: list[int] = []

    def depth(self, level: int) -> int:
        """The depth (2 to 6) of the next heading, whose own level is `level` (a chapter's title is 1)."""
        while self._open and self._open[-1] >= level:
            self._open.pop()
        self._open.append(level)
        return min(len(self._open) + 1, 6)


def fitted(html: str, *, prefix: str, outline: Outline, anchors: Mapping[str, str]) -> str:
    """`html` as it may stand in the page.

    Parameters
    ----------
    prefix : put before every id, so that two chapters never share one.
    outline : the page's headings so far; goes on with those of `html`.
    anchors : the page's anchor of each chapter, by the name of its file without the ending.
    """
    fitter = _Fitter(prefix, outline, anchors)
    fitter.feed(html)
    fitter.close()
    return fitter.result()


class _Fitter(HTMLParser):
    def __init__(self, prefix: str, outline: Outline, anchors: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self._prefix, self._outline, self._anchors = prefix, outline, anchors
        self._out: list[str] = []
        self._open: list[tuple[str, str]] = []  # the tag as it came, and as it was written ("" if it was not)
        self._gone = 0  # how deep in an element whose content is gone too

    def result(self) -> str:
        while self._open:
            self._close(self._open.pop()[1])
        return "".join(self._out)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        unwanted = tag in _WITH_CONTENT_GONE or "anchor-link" in values.get("class", "").split()
        if unwanted or self._gone:
            if tag not in _VOID and tag not in ("input", "embed", "link", "meta"):
                self._open.append((tag, ""))
                self._gone += 1
            return
        if tag in _VOID:
            self._void(tag, values)
            return
        written = self._written(tag, values)
        if written:
            self._out.append(f"<{written}{self._attributes(tag, values)}>")
        if tag not in ("input", "embed", "link", "meta"):
            self._open.append((tag, written))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in (came for came, _ in self._open):
            return
        while self._open:
            came, written = self._open.pop()
            if self._gone:
                self._gone -= 1
            else:
                self._close(written)
            if came == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self._gone:
            self._out.append(escape(data, quote=False))

    def _void(self, tag: str, values: dict[str, str]) -> None:
        if tag == "img":
            if not re.match(r"data:image/(png|jpeg|gif);base64,[\w+/=\s]+$", values.get("src", "")):
                self._out.append(escape(values.get("alt", ""), quote=False))
                return
            picture = f'<img src="{values["src"]}"{self._attributes(tag, {"alt": "", **values})}>'
            self._out.append(_SCROLLING.format(picture) if self._within("figure") else picture)
            return
        self._out.append(f"<{tag}{self._attributes(tag, values)}>")

    def _within(self, tag: str) -> bool:
        return any(written == tag for _, written in self._open)

    def _written(self, tag: str, values: dict[str, str]) -> str:
        if tag in _HEADINGS:
            return f"h{self._outline.depth(int(tag[1]))}"
        if tag == "a":
            return "a" if self._target(values.get("href", "")) else ""
        return tag if tag in _KEPT else ""

    def _attributes(self, tag: str, values: dict[str, str]) -> str:
        kept = {}
        for name, value in values.items():
            if name == "id":
                kept[name] = self._prefix + "-" + re.sub(r"\s+", "-", value)
            elif name in _NAMING_IDS:
                kept[name] = " ".join(f"{self._prefix}-{part}" for part in value.split())
            elif name == "href" and tag == "a":
                kept[name] = self._target(value)
            elif name == "style":
                if not _LOADS_SOMETHING.search(value):
                    kept[name] = value
            elif name == "role" and value == "region":
                kept[name] = "group"  # dozens of tables are no landmarks of a page
            elif name in _ATTRIBUTES or re.fullmatch(r"aria-[a-z]+", name):
                kept[name] = value
        return "".join(f' {name}="{escape(value)}"' for name, value in kept.items())

    def _target(self, href: str) -> str:
        """Where a link leads within the page or into the guide beside it; empty if it leads elsewhere."""
        if _LINK_TO_GUIDE.fullmatch(href) or _LINK_TO_SHEET.fullmatch(href):
            return href
        if href.startswith(guide.TEXT):
            return guide.in_page(href)
        if chapter := _LINK_TO_CHAPTER.fullmatch(href):
            anchor = self._anchors.get(chapter[1])
            return f"#{anchor}" if anchor else ""
        return f"#{self._prefix}-{href[1:]}" if href.startswith("#") and len(href) > 1 else ""

    def _close(self, written: str) -> None:
        if written:
            self._out.append(f"</{written}>")
