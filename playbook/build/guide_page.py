"""The guide as one page beside each workbook's page: read on a screen, on a phone and on paper, without a script.

It is the same for every workbook of a batch, so it is rendered once and then laid down where it is missing or differs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from playbook.build.contents import Chapter
from playbook.build.fingerprints import of_code, of_text
from playbook.build.markdown import markdown_html
from playbook.build.page import rendered, write_html
from playbook.coaching import guide
from playbook.coaching.tasks import TASKS

_WORDS_A_MINUTE = 200  # an easy pace for a text to be used, not skimmed


@dataclass(frozen=True)
class _Section:
    anchor: str
    number: int
    is_task: bool
    title: str
    minutes: int
    about: Markup
    parts: tuple[tuple[str, Markup], ...]


def guide_html(workbook: Sequence[Chapter]) -> str:
    """The whole page, with links to the chapters of `workbook` in its page; the same for the same chapters."""
    anchors = {chapter.key: chapter.anchor for chapter in workbook}
    sections = [_section(chapter, anchors) for chapter in guide.chapters()]
    return rendered("guide.html.jinja", sections=sections, record=of_text(of_code(), repr(sorted(anchors.items()))))


def lay_down(html: str, workbook: Path) -> None:
    """Write the page into a workbook's folder, unless just this page is there already."""
    file = workbook / guide.PAGE
    if not file.is_file() or file.read_bytes() != html.encode():
        write_html(html, file)


def _section(chapter: guide.GuideChapter, anchors: dict[str, str]) -> _Section:
    def shown(markdown: str) -> Markup:
        return Markup(markdown_html(guide.relinked(markdown, anchors)).strip())

    words = len(" ".join([chapter.about, *(body for _, body in chapter.sections)]).split())
    return _Section(
        anchor=chapter.anchor,
        number=chapter.number,
        is_task=chapter.number <= len(TASKS),
        title=chapter.title,
        minutes=round(words / _WORDS_A_MINUTE),
        about=shown(chapter.about),
        parts=tuple((heading, shown(body)) for heading, body in chapter.sections),
    )
