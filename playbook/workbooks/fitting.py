"""A piece of a chapter made to fit into the workbook's one page.

Headings become an outline without gaps below the page's single h1; links between chapters become links within the
page, and those into the guide stay; ids stay unique. What a page must never hold (scripts, forms, outside addresses)
does not get through, whoever wrote it: nh3 lets only known elements and attributes through, and closes what is open.
"""

import re
from base64 import b64decode
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

import nh3

from playbook.coaching import guide_chapters
from playbook.workbook import GUIDE_TEXT, LEADERS_SHEET, TEAMS_SHEET

_HEADINGS = {f"h{level}" for level in range(1, 7)}
_FLOW = {"p", "div", "span", "section", "article", "figure", "figcaption", "blockquote", "pre", "details", "summary"}
_LISTS = {"ul", "ol", "li", "dl", "dt", "dd"}
_TABLE = {"table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "colgroup", "col"}
_PHRASE = {"strong", "b", "em", "i", "u", "s", "del", "ins", "small", "sub", "sup", "code", "kbd", "q", "cite", "abbr"}
_ELEMENTS = (
    _HEADINGS | _FLOW | _LISTS | _TABLE | _PHRASE | {"mark", "time", "bdi", "a", "img", "picture", "source", "br", "hr"}
)
_WITH_CONTENT_GONE = {"script", "style", "iframe", "object", "template", "noscript", "svg", "math", "title", "textarea"}
_NAMING_IDS = {"headers", "aria-labelledby", "aria-describedby", "aria-controls"}
_ATTRIBUTES = {"id", "class", "style", "title", "lang", "dir", "role", "tabindex", "scope", "colspan", "rowspan"}
_ATTRIBUTES |= {"alt", "width", "height", "open", "start", "type", "value", "headers"}
_LOADS_SOMETHING = re.compile(r"url\s*\(|@import|expression|\\|/\*", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|svg\+xml);base64,[\w+/=\s]+")
# What a drawing may not hold: whatever runs, and whatever leads out of it, as the PDF's maker would follow it.
_OUT_OF_A_DRAWING = re.compile(
    rb"""<!|<\s*(script|foreignObject|image)|\son\w+\s*=|href\s*=\s*["'][^#]|url\s*\(\s*["']?[^#"']|@import""", re.I
)
# A picture without a drawing for a phone keeps a readable size on a phone and scrolls in its own box, also by keyboard.
_SCROLLING = '<div class="ptc-picture" role="group" aria-label="Picture" tabindex="0">{}</div>'
_LINK_TO_CHAPTER = re.compile(r"(?:\./)?(\d\d_\w+)\.ipynb(?:#.*)?")
# The files beside the page that it may lead to: the guide, and the sheets to hand out.
_LINK_TO_GUIDE = re.compile(r"guide\.html(?:#[a-z0-9-]+)?")
_LINK_TO_SHEET = re.compile("|".join(map(re.escape, (LEADERS_SHEET, TEAMS_SHEET))))


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
    links = _Links(prefix, anchors)
    clean = nh3.clean(
        html,
        tags=_ELEMENTS,
        clean_content_tags=_WITH_CONTENT_GONE,
        attributes={"*": _ATTRIBUTES, "a": {"href"}, "img": {"src"}, "source": {"srcset", "media"}},
        generic_attribute_prefixes={"aria-"},
        attribute_filter=links.attribute,
        url_schemes={"data"},
        link_rel=None,
    )
    fitter = _Fitter(outline)
    fitter.feed(clean)
    fitter.close()
    return "".join(fitter.pieces)


class _Fitter(HTMLParser):
    """Writes clean HTML anew: headings in the outline, links and pictures that lead nowhere as words."""

    def __init__(self, outline: Outline) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._outline = outline
        self._open: list[tuple[str, str]] = []  # the tag as it came, and as it was written ("" if it was not)
        self._for_a_phone = ""  # the source of the picture that comes next
        self._in_anchor_mark = 0  # nbconvert's ¶ beside a heading, which leads to itself

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "a" and "anchor-link" in values.get("class", "").split():
            self._in_anchor_mark += 1
        if self._in_anchor_mark:
            self._open.append((tag, ""))
        elif tag == "source":
            self._for_a_phone = f"<source{_written(values)}>" if "srcset" in values else ""
        elif tag == "picture":  # written around its image only
            self._open.append((tag, ""))
        elif tag == "img":
            self.pieces.append(self._picture(values))
        elif tag in ("br", "hr", "col"):
            self.pieces.append(f"<{tag}{_written(values)}>")
        else:
            written = self._name_of(tag, values)
            self.pieces.append(f"<{written}{_written(values)}>" if written else "")
            self._open.append((tag, written))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            _, written = self._open.pop()
            self.pieces.append(f"</{written}>" if written else "")
            self._in_anchor_mark -= self._in_anchor_mark > 0 and tag == "a"

    def handle_data(self, data: str) -> None:
        if not self._in_anchor_mark:
            self.pieces.append(escape(data, quote=False))

    def _name_of(self, tag: str, values: dict[str, str]) -> str:
        if tag in _HEADINGS:
            return f"h{self._outline.depth(int(tag[1]))}"
        return "" if tag == "a" and "href" not in values else tag

    def _picture(self, values: dict[str, str]) -> str:
        if "src" not in values:
            return escape(values.get("alt", ""), quote=False)
        narrow, self._for_a_phone = self._for_a_phone, ""
        picture = f"<img{_written({'src': values['src'], 'alt': '', **values})}>"
        if narrow:
            return f"<picture>{narrow}{picture}</picture>"
        return _SCROLLING.format(picture) if any(tag == "figure" for tag, _ in self._open) else picture


def _written(values: Mapping[str, str]) -> str:
    """Attributes as they follow the name of a tag, each with a space before it."""
    return " ".join(["", *(f'{name}="{escape(value)}"' for name, value in values.items())])


def _leads_out(picture: str) -> bool:
    """Whether a picture is a drawing that runs or loads something."""
    kind, _, content = picture.partition(",")
    try:
        return "svg" in kind and bool(_OUT_OF_A_DRAWING.search(b64decode(content)))
    except ValueError:
        return True


class _Links:
    """What attributes may say in the page: ids of their own chapter, links within the page or into the guide."""

    def __init__(self, prefix: str, anchors: Mapping[str, str]) -> None:
        self._prefix, self._anchors = prefix, anchors

    def attribute(self, tag: str, name: str, value: str) -> str | None:
        """The value that an attribute may have; None if it may not be there."""
        if name == "id":
            return self._prefix + "-" + re.sub(r"\s+", "-", value)
        if name in _NAMING_IDS:
            return " ".join(f"{self._prefix}-{part}" for part in value.split())
        if name == "href":
            return self._target(value) or None
        if name in ("src", "srcset"):
            return value if _PICTURE.fullmatch(value) and not _leads_out(value) else None
        if name == "style":
            return None if _LOADS_SOMETHING.search(value) else value
        if name == "role" and value == "region":
            return "group"  # dozens of tables are no landmarks of a page
        return value

    def _target(self, href: str) -> str:
        """Where a link leads within the page or into the guide beside it; empty if it leads elsewhere."""
        if _LINK_TO_GUIDE.fullmatch(href) or _LINK_TO_SHEET.fullmatch(href):
            return href
        if href.startswith(GUIDE_TEXT):
            return guide_chapters.in_page(href)
        if chapter := _LINK_TO_CHAPTER.fullmatch(href):
            anchor = self._anchors.get(chapter[1])
            return f"#{anchor}" if anchor else ""
        return f"#{self._prefix}-{href[1:]}" if href.startswith("#") and len(href) > 1 else ""
