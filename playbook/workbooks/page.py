"""A workbook's page: all its chapters in one file that needs nothing else, on a screen, on a phone and on paper."""

import re
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from playbook.atomic import write_beside
from playbook.chapters.pages.first_weeks import FIRST_WEEKS
from playbook.chapters.pages.this_week import Step
from playbook.escaping import for_html
from playbook.workbook import Workbook
from playbook.workbooks import notebook_record, page_parts, pdf
from playbook.workbooks.chapter_run import Trouble
from playbook.workbooks.contents import Chapter
from playbook.workbooks.fingerprints import of_code, of_text
from playbook.workbooks.fitting import Outline, fitted
from playbook.workbooks.markdown import markdown_html

_RECORD = re.compile(r'<meta name="playbook-inputs" content="([0-9a-f]{64})">')


@dataclass(frozen=True)
class Cover:
    """What the first page says: texts as they shall be read, not escaped. `standing` is a line on the quarter, `week`
    holds the things to do this week.
    """

    manager: str
    company: str
    team: tuple[str, ...]
    as_of: str
    age: str = ""
    standing: str = ""
    week: tuple[Step, ...] = ()
    simulated: bool = False


@dataclass(frozen=True)
class PageTask:
    """What one page is made from. `troubles` says which chapters could not be made, by their key.

    `pdf` asks for the page as a PDF too.
    """

    workbook: Path
    chapters: tuple[Chapter, ...]
    cover: Cover
    troubles: Mapping[str, Trouble] = field(default_factory=dict)
    pdf: bool = False


@dataclass(frozen=True)
class PageOutcome:
    """What became of a page; `trouble` of the page itself, `pdf_trouble` of its PDF."""

    seconds: float
    trouble: Trouble | None = None
    pdf_trouble: Trouble | None = None


@dataclass(frozen=True)
class _Section:
    anchor: str
    number: int
    title: str
    minutes: int
    body: Markup = Markup("")
    trouble: Trouble | None = None
    named: tuple[page_parts.Named, ...] = ()
    way: tuple[page_parts.Named, ...] = ()


def write_page(task: PageTask) -> PageOutcome:
    """Make the page from the executed chapters and put it in its place; trouble is told, never raised.

    A PDF of an earlier page is replaced, or is gone: no file is left that would show older figures.
    """
    began = time.monotonic()
    pdf_trouble = None
    try:
        html = page_html(task)
        (Workbook(task.workbook).pdf).unlink(missing_ok=True)
        write_html(html, Workbook(task.workbook).page)
    except Exception as error:  # one workbook's page must not stop the others
        return PageOutcome(time.monotonic() - began, _trouble("The page could not be made.", error))
    try:
        if task.pdf:
            pdf.write_pdf(html, Workbook(task.workbook).pdf, _inputs(task))
    except Exception as error:
        pdf_trouble = _trouble("The PDF could not be made; the page is complete.", error)
    return PageOutcome(time.monotonic() - began, pdf_trouble=pdf_trouble)


def _trouble(sentence: str, error: Exception) -> Trouble:
    return Trouble(sentence, notebook_record.without_paths(f"{type(error).__name__}: {error}"))


def page_html(task: PageTask) -> str:
    """The whole page. Its text is the same for the same chapters, trouble and cover."""
    anchors = {chapter.key: chapter.anchor for chapter in task.chapters}
    outline = Outline()
    sections = [_section(task, chapter, outline, anchors) for chapter in task.chapters]
    sections = _with_links(sections, task.cover.team)
    places = {section.number: section for section in sections}
    return rendered(
        "workbook.html.jinja",
        cover=task.cover,
        first_weeks=FIRST_WEEKS,
        way=[(Markup(part.title), part.anchor) for section in sections for part in section.way],
        sections=sections,
        places=places,
        record=_inputs(task),
    )


def is_fresh(task: PageTask) -> bool:
    """Whether the page in its place, and its PDF where one is asked for, was made from just what the task names."""
    try:
        html = (Workbook(task.workbook).page).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    record, inputs = _RECORD.search(html), _inputs(task)
    whole = record is not None and record[1] == inputs and html.rstrip().endswith("</html>")
    return whole and (not task.pdf or pdf.is_fresh(Workbook(task.workbook).pdf, inputs))


def rendered(template: str, **values: Any) -> str:
    """A page from one of the kit's templates, in the house style."""
    return _templates().get_template(template).render(style=_style(), **values)


def write_html(html: str, file: Path) -> None:
    """Write a page, beside and then renamed."""
    with write_beside(file) as beside:
        beside.write_text(html, encoding="utf-8", newline="\n")


def _inputs(task: PageTask) -> str:
    chapters = [of_text(repr(notebook_record.read(task.workbook / c.file.name).get("metadata"))) for c in task.chapters]
    troubles = [f"{key}: {trouble}" for key, trouble in sorted(task.troubles.items())]
    keys = [f"{c.key} {c.title} {c.minutes}" for c in task.chapters]
    return of_text(of_code(), repr(asdict(task.cover)), *keys, *chapters, *troubles)


def _section(task: PageTask, chapter: Chapter, outline: Outline, anchors: Mapping[str, str]) -> _Section:
    notebook = notebook_record.read(task.workbook / chapter.file.name)
    trouble = task.troubles.get(chapter.key)
    if trouble is None and not notebook:
        trouble = Trouble("It has not been made yet.")
    about: dict[str, Any] = {
        "anchor": chapter.anchor,
        "number": chapter.number,
        "title": chapter.title,
        "minutes": chapter.minutes,
    }
    if trouble is not None:
        outline.depth(1)
        return _Section(**about, trouble=trouble)
    cells = [
        page_parts.Cell(
            fitted(html, prefix=chapter.anchor, outline=outline, anchors=anchors),
            later=page_parts.LATER in cell["metadata"].get("tags", []),
            on_the_way=page_parts.ON_THE_WAY in cell["metadata"].get("tags", []),
        )
        for cell in notebook["cells"]
        if (html := _cell(cell))
    ]
    parts = page_parts.parts_of(cells, chapter.anchor)
    return _Section(**about, body=Markup(parts.html), named=parts.named, way=parts.way)


def _with_links(sections: list[_Section], team: tuple[str, ...]) -> list[_Section]:
    """The sections in which each rep's heading leads to the same rep in the other chapters."""
    of_name: dict[str, list[tuple[_Section, str]]] = {}
    names = {for_html(name) for name in team}
    for section in sections:
        first = {heading.title.partition(":")[0]: heading.anchor for heading in reversed(section.named)}
        for name in names & first.keys():
            of_name.setdefault(name, []).append((section, first[name]))
    return [
        replace(section, body=Markup(page_parts.linked(str(section.body), section.named, _others(section, of_name))))
        for section in sections
    ]


def _others(section: _Section, of_name: Mapping[str, list[tuple[_Section, str]]]) -> dict[str, list[tuple[str, str]]]:
    """Where the other chapters speak of each person: titles and anchors."""
    return {
        name: [(for_html(other.title), anchor) for other, anchor in places if other.number != section.number]
        for name, places in of_name.items()
    }


def _cell(cell: Mapping[str, Any]) -> str:
    if cell["cell_type"] == "markdown":
        return markdown_html(_joined(cell["source"]))
    if cell["cell_type"] == "code":
        return "\n".join(filter(None, (_output(output) for output in cell["outputs"])))
    return ""


def _output(output: Mapping[str, Any]) -> str:
    """What a cell showed, as HTML if it has such a form; the error stream went to the batch's manifest."""
    if output["output_type"] == "stream":
        return _as_typed(_joined(output["text"])) if output["name"] == "stdout" else ""
    data = output.get("data", {})
    if "text/html" in data:
        return _joined(data["text/html"])
    return _as_typed(_joined(data["text/plain"])) if "text/plain" in data else ""


def _as_typed(text: str) -> str:
    lines = "\n".join(for_html(line) if line.strip() == line else _indented(line) for line in text.splitlines())
    return f'<pre class="ptc-plain" tabindex="0">{lines}</pre>' if text.strip() else ""


def _indented(line: str) -> str:
    return " " * (len(line) - len(line.lstrip())) + for_html(line)


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("playbook.workbooks", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> Markup:
    return Markup((files("playbook") / "house_style.css").read_text(encoding="utf-8"))
