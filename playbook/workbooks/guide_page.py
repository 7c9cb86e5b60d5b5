"""The guide beside each workbook's page: one page for a browser, a phone and paper, and its text for JupyterLab.

It is the same for every workbook of a batch, so it is made once and then laid down where it is missing or differs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from playbook.atomic import write_unless_there
from playbook.coaching import guide_chapters
from playbook.coaching.tasks import TASKS
from playbook.workbook import GUIDE_PAGE, GUIDE_TEXT
from playbook.workbooks.contents import Chapter
from playbook.workbooks.fingerprints import of_code, of_text
from playbook.workbooks.markdown import markdown_html
from playbook.workbooks.page import rendered

_WORDS_A_MINUTE = 200  # an easy pace for a text to be used, not skimmed


@dataclass(frozen=True)
class _GuideSection:
    anchor: str
    number: int
    is_task: bool
    title: str
    minutes: int
    about: Markup
    parts: tuple[tuple[str, Markup], ...]


@dataclass(frozen=True)
class GuideFiles:
    """The guide as it lies in a workbook's folder: `page` is HTML without a script, `text` Markdown."""

    page: str
    text: str


def guide_files(workbook: Sequence[Chapter]) -> GuideFiles:
    """The guide with links to the chapters of `workbook`; the same for the same chapters."""
    anchors = {chapter.key: f"index.html#{chapter.anchor}" for chapter in workbook}
    sections = [_section(chapter, anchors) for chapter in guide_chapters.chapters()]
    record = of_text(of_code(), repr(sorted(anchors.items())))
    notebooks = {chapter.key: chapter.file.name for chapter in workbook}
    texts = [_text(chapter, notebooks) for chapter in guide_chapters.chapters()]
    return GuideFiles(
        page=rendered("guide.html.jinja", sections=sections, record=record),
        text="\n\n".join(["# The guide", _contents(), *texts]) + "\n",
    )


def lay_down(files: GuideFiles, workbook: Path) -> None:
    """Write the guide into a workbook's folder, but for what is there already as it should be."""
    for name, content in ((GUIDE_PAGE, files.page), (GUIDE_TEXT, files.text)):
        write_unless_there(content, workbook / name)


def _section(chapter: guide_chapters.GuideChapter, workbook: dict[str, str]) -> _GuideSection:
    places = {other.key: f"#{other.anchor}" for other in guide_chapters.chapters()}

    def as_html(markdown: str) -> Markup:
        return Markup(markdown_html(guide_chapters.relinked(markdown, guide=places, workbook=workbook)).strip())

    words = len(" ".join([chapter.about, *(body for _, body in chapter.sections)]).split())
    return _GuideSection(
        anchor=chapter.anchor,
        number=chapter.number,
        is_task=chapter.number <= len(TASKS),
        title=chapter.title,
        minutes=round(words / _WORDS_A_MINUTE),
        about=as_html(chapter.about),
        parts=tuple((heading, as_html(body)) for heading, body in chapter.sections),
    )


def _contents() -> str:
    return "\n".join(f"{c.number}. [{c.title}]({c.text_address})" for c in guide_chapters.chapters())


def _text(chapter: guide_chapters.GuideChapter, workbook: dict[str, str]) -> str:
    places = {other.key: other.text_address for other in guide_chapters.chapters()}
    parts = [f"### {heading}\n\n{body}" for heading, body in chapter.sections]
    whole = "\n\n".join([f"## {chapter.title}", chapter.about, *parts])
    back = f"[Back to the contents]({GUIDE_TEXT}#The-guide)"
    return guide_chapters.relinked(whole, guide=places, workbook=workbook) + f"\n\n{back}"
