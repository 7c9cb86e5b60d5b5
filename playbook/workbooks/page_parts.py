"""The parts of a chapter on the workbook's page: each with an anchor, and folded where it is read when it is needed.

In: a chapter's cells as they may stand in the page.  Out: its HTML, and the headings with their anchors. A cell of a
notebook with the tag `later` begins a part that is folded; on paper, and in JupyterLab, everything is open. One with
the tag `way` begins a part of the way through the workbook in twenty minutes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LATER, ON_THE_WAY = "later", "way"
_PART = re.compile(r"\s*(?P<heading><h3[^>]*>.*?</h3>)", re.DOTALL)  # with the anchor that Markdown gave it
_ANCHOR = re.compile(r'\sid="([^"]+)"')
_NAMED = re.compile(r"<h4>(?P<title>.*?)</h4>", re.DOTALL)
_MARKUP = re.compile(r"<[^>]+>")
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_FEWEST_LISTED = 4  # headings, from which a list of them saves a walk


@dataclass(frozen=True)
class Cell:
    """What one cell shows; whether the part that it begins is read later, or is on the way of twenty minutes."""

    html: str
    later: bool = False
    on_the_way: bool = False


@dataclass(frozen=True)
class Named:
    """A heading within a part: its text as it stands in HTML, and its anchor."""

    title: str
    anchor: str


@dataclass(frozen=True)
class Parts:
    """A chapter's body, its headings below the parts' own, and the parts on the way of twenty minutes."""

    html: str
    named: tuple[Named, ...]
    way: tuple[Named, ...] = ()


def parts_of(cells: Iterable[Cell], prefix: str) -> Parts:
    """The body of a chapter whose anchors begin with `prefix`."""
    taken: set[str] = set()
    named: list[Named] = []
    way: list[Named] = []
    pieces, folded = [], False
    for cell in cells:
        begins = _PART.match(cell.html)
        html = cell.html
        if begins:
            pieces.append("</details>" if folded else "")
            folded = cell.later
            if cell.on_the_way and (anchor := _ANCHOR.search(begins["heading"])):
                way.append(Named(_MARKUP.sub("", begins["heading"]), anchor[1]))
            if folded:
                summary = f"<summary>{begins['heading']}</summary>"
                html = f'<details class="ptc-later">{summary}{html[begins.end() :]}'
        of_cell = _with_anchors(html, prefix, taken)
        named += of_cell.named
        pieces.append(_listed(of_cell))
    pieces.append("</details>" if folded else "")
    return Parts("\n".join(filter(None, pieces)), tuple(named), tuple(way))


def linked(html: str, own: Sequence[Named], elsewhere: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """`html` with a line of links below each heading of somebody whom other chapters speak of, too.

    Parameters
    ----------
    own : the headings of this chapter.
    elsewhere : per name, as it stands in HTML, the titles and anchors of the same person in other chapters.
    """
    for heading in own:
        name = heading.title.partition(":")[0]
        links = " · ".join(f'<a href="#{anchor}">{title}</a>' for title, anchor in elsewhere.get(name, ()))
        if links:
            end = f'id="{heading.anchor}">{heading.title}</h4>'
            html = html.replace(end, f'{end}<p class="ptc-also">{name} in other chapters: {links}</p>', 1)
    return html


def _with_anchors(html: str, prefix: str, taken: set[str]) -> Parts:
    named: list[Named] = []

    def with_anchor(match: re.Match[str]) -> str:
        named.append(Named(match["title"], _anchor(match["title"], prefix, taken)))
        return f'<h4 id="{named[-1].anchor}">{match["title"]}</h4>'

    return Parts(_NAMED.sub(with_anchor, html), tuple(named))


def _listed(parts: Parts) -> str:
    """The cell, below a list of its headings where there are many."""
    if len(parts.named) < _FEWEST_LISTED:
        return parts.html
    links = "".join(f'<li><a href="#{heading.anchor}">{heading.title}</a></li>' for heading in parts.named)
    return f'<ul class="ptc-in-here">{links}</ul>{parts.html}'


def _anchor(title: str, prefix: str, taken: set[str]) -> str:
    slug = _NO_LETTER.sub("-", _MARKUP.sub("", title).lower()).strip("-")[:60] or "part"
    anchor, n = f"{prefix}-{slug}", 2
    while anchor in taken:
        anchor, n = f"{prefix}-{slug}-{n}", n + 1
    taken.add(anchor)
    return anchor
