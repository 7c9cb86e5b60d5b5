"""The written playbook: a chapter for each of the manager's tasks, and two more, with the same headings throughout.

In: nothing, or the key of a chapter.  Out: its parts as Markdown, read from `guide/<number>_<key>.md` of this package.
The headings are the form; a test reads them in every chapter. `methods.md` lies beside them and is none of them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from playbook.errors import PlaybookError
from playbook.workbook import GUIDE_PAGE, GUIDE_TEXT

HEADINGS = (
    "What good looks like",
    "How to do it this week",
    "Say it aloud",
    "Mistakes that former top sellers make",
    "In your workbook",
    "Sources",
)
# What the guide is called inside a workbook's folder: a page for every browser, and the same as Markdown for
# JupyterLab, which shows a page in a frame of its own that can lead neither to a place in it nor out of it.
_FILE = re.compile(r"(\d\d)_(\w+)\.md")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_TO_WORKBOOK = re.compile(r"(?:\.\./)+notebooks/workbook/(\d\d_\w+)\.ipynb")


@dataclass(frozen=True)
class GuideChapter:
    """One chapter. `number` is the task's, or 15 and up; `about` and the bodies of `sections` are Markdown.

    `sections` are (heading, body) in the order of HEADINGS; `workbook` names the notebooks that the chapter links to,
    without their ending; `guide` the keys of the other chapters that it links to.
    """

    file: str
    number: int
    key: str
    title: str
    about: str
    sections: tuple[tuple[str, str], ...]
    workbook: tuple[str, ...]
    guide: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """The id of the chapter in the guide's page: `protect-time`."""
        return self.key.replace("_", "-")

    @property
    def page_address(self) -> str:
        """Where the chapter is in the page, from inside the workbook's folder."""
        return f"{GUIDE_PAGE}#{self.anchor}"

    @property
    def text_address(self) -> str:
        """Where it is in the Markdown, from inside the workbook's folder; JupyterLab names headings like that."""
        return f"{GUIDE_TEXT}#{self.title.replace(' ', '-')}"


@cache
def chapters() -> tuple[GuideChapter, ...]:
    """Every chapter of the guide, in order.

    Raises
    ------
    PlaybookError : if a chapter lacks a heading, or has one that is empty, unknown or out of order.
    """
    texts = {f.name: f.read_text(encoding="utf-8") for f in _folder().iterdir() if _FILE.fullmatch(f.name)}
    return tuple(parse(texts[name], name) for name in sorted(texts))


def chapter_of(key: str) -> GuideChapter:
    """The chapter with that key (`protect_time`).

    Raises
    ------
    KeyError : if there is no such chapter.
    """
    return {chapter.key: chapter for chapter in chapters()}[key]


def parse(text: str, name: str) -> GuideChapter:
    """The chapter in a Markdown text: a title, a paragraph, and the sections of HEADINGS in that order.

    Raises
    ------
    PlaybookError : if the file's name, a heading or a text is missing or out of place.
    """
    where, match = f"guide/{name}", _FILE.fullmatch(name)
    if not match:
        raise PlaybookError("a chapter's file is called otherwise.", where=where, remedy="Write: 01_subject.md")
    head, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    sections = tuple((title.strip(), body.strip()) for title, _, body in (part.partition("\n") for part in parts))
    if tuple(heading for heading, _ in sections) != HEADINGS:
        headings = ", ".join(heading for heading, _ in sections)
        raise PlaybookError(
            f"its headings are {headings or 'missing'}.", where=where, remedy=f"Write: {', '.join(HEADINGS)}."
        )
    title, _, about = head.partition("\n")
    empty = [heading for heading, body in (("the title", about), *sections) if not body.strip()]
    if empty or not title.startswith("# "):
        raise PlaybookError(f"it says nothing under {[*empty, 'the title'][0]!r}.", where=where, remedy="Fill it in.")
    targets = [target for _, target in _LINK.findall(text)]
    return GuideChapter(
        file=name,
        number=int(match[1]),
        key=match[2],
        title=title.removeprefix("# ").strip(),
        about=about.strip(),
        sections=sections,
        workbook=tuple(dict.fromkeys(m[1] for t in targets if (m := _TO_WORKBOOK.fullmatch(t)))),
        guide=tuple(dict.fromkeys(m[2] for t in targets if (m := _FILE.fullmatch(t)))),
    )


def relinked(markdown: str, *, guide: Mapping[str, str], workbook: Mapping[str, str]) -> str:
    """`markdown` of a chapter with other addresses in its links.

    `guide` gives the address of each guide chapter by its key, `workbook` that of each workbook chapter by the name of
    its notebook without ending. A link to one that is not in there becomes plain text.
    """

    def link(match: re.Match[str]) -> str:
        text, target = match.groups()
        if other := _FILE.fullmatch(target):
            address = guide.get(other[2])
        else:
            notebook = _TO_WORKBOOK.fullmatch(target)
            address = workbook.get(notebook[1]) if notebook else None
        return f"[{text}]({address})" if address else text

    return _LINK.sub(link, markdown)


def in_page(address: str) -> str:
    """The address in the page of a chapter whose address in the Markdown is given; empty if there is no such one."""
    return {chapter.text_address: chapter.page_address for chapter in chapters()}.get(address, "")


def _folder() -> Traversable:
    return files("playbook").joinpath("guide")
