"""The parts of a page: a sentence, a table, a figure, a worksheet. Each is HTML and plain text of the same content.

Text that comes from data is escaped here, in one place: callers pass plain text. HTML carries class names of the house
style (`house_style.css`) and reads well without it. A figure carries its alternative text in the HTML itself, as
neither JupyterLab nor nbconvert shows the alt text of a notebook's metadata.
"""

import base64
import io
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import fill
from types import MappingProxyType
from typing import Any

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.layout_engine import LayoutEngine
from matplotlib.text import Annotation
from matplotlib.ticker import FixedLocator

from playbook.errors import PlaybookError
from playbook.escaping import for_html, plain
from playbook.wording import shortened

_POINTS_PER_INCH = 72  # an SVG is written in points
# Real text, which a reader can enlarge and a printer draws sharply; the salt makes the same picture the same bytes.
_SVG: dict[Any, Any] = {"svg.fonttype": "none", "svg.hashsalt": "player-to-coach"}
_UNTOLD = dict.fromkeys(("Creator", "Date", "Format", "Type"))
# Verdana is as wide, and stands where DejaVu does not; what else a system has is narrower, so nothing collides.
_FONTS = "'DejaVu Sans', Verdana, sans-serif"
_NO_BREAK = "\N{NO-BREAK SPACE}"
_NAMELESS = re.compile(r'<g id="[^"]*">')
# One such character in a label, and no browser draws any of the picture.
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE_BEFORE = re.compile(r"(<text [^>]*>)( +)")  # an SVG drops it, and the word would touch its bar
_FONT_OF_A_TEXT = re.compile(r"""(<text style="[^"]*font-family: )'DejaVu Sans'""")
# On a phone a picture is drawn anew, in the width whose type is read there without a lens; labels take two lines.
_NARROW_INCHES, _TALLER, _WRAPPED = 4.5, 1.2, 18
_ON_A_PHONE = "(max-width: 34rem)"  # as in house_style.css
_LONGEST_LABELS = (60, 30, 15)  # characters of one line within a picture: as long as leaves room for the picture
_A_DAY = re.compile(r"\d{1,2} [A-Z][a-z]{2,8} \d{4}")  # as wording.py writes it
# Its style is its own: a line that only the house style draws would be missing on a printed JupyterLab page.
# JupyterLab takes what stands between two dollar signs for mathematics, unless it stands in a box of these classes.
_NO_MATHEMATICS = '<div class="tex2jax_ignore mathjax_ignore">{}</div>'
_LINE_TO_WRITE_ON = '<div class="ptc-line" style="border-bottom: 1px solid; height: 2.2em"></div>'


@dataclass(frozen=True)
class PagePart:
    """A part of a page: `html` for JupyterLab and the workbook, `text` for everywhere else."""

    html: str
    text: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        return {"text/html": _NO_MATHEMATICS.format(self.html), "text/plain": self.text} if self.html else {}

    def __repr__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.html)


NOTHING = PagePart("", "")


def say(template: str, /, **values: object) -> PagePart:
    """One paragraph. `{name}` is filled with the escaped value; `**bold**` works in the template, never in a value."""
    return PagePart(f"<p>{_filled(template, values)}</p>", _plain_text(template, values))


def note(template: str, /, **values: object) -> PagePart:
    """A quiet aside: what a figure cannot say, how to read it, what to doubt."""
    return PagePart(f'<p class="ptc-note">{_filled(template, values)}</p>', _plain_text(template, values))


def callout(heading: str, template: str, /, **values: object) -> PagePart:
    """One thing that must be seen: a heading and a sentence in a frame."""
    html = (
        f'<div class="ptc-callout"><p><strong>{for_html(heading)}</strong></p><p>{_filled(template, values)}</p></div>'
    )
    return PagePart(html, f"{plain(heading)}\n{_plain_text(template, values)}")


def switched_off(what: str, because: str, remedy: str) -> PagePart:
    """Says that a part of the chapter is off, which data it lacks, and which export would switch it on."""
    html = f'<p class="ptc-off"><strong>{for_html(what)} is off.</strong> {for_html(because)} {for_html(remedy)}</p>'
    return PagePart(html, f"{plain(what)} is off. {plain(because)} {plain(remedy)}")


def heading(text: str, level: int = 3) -> PagePart:
    """A heading inside a chapter whose text depends on data (a rep's name). Chapters start at level 1."""
    return PagePart(f"<h{level}>{for_html(text)}</h{level}>", f"{plain(text)}\n{'-' * len(plain(text))}")


def bullets(items: Iterable[PagePart | str], *, ordered: bool = False) -> PagePart:
    """A list; an item is plain text or something shown."""
    parts = [item if isinstance(item, PagePart) else PagePart(for_html(item), plain(item)) for item in items]
    if not parts:
        return NOTHING
    tag = "ol" if ordered else "ul"
    html = "".join(f"<li>{_unwrapped(item.html)}</li>" for item in parts)
    marks = [f"{i}." if ordered else "-" for i in range(1, len(parts) + 1)]
    return PagePart(f"<{tag}>{html}</{tag}>", "\n".join(f"{m} {i.text}" for m, i in zip(marks, parts, strict=True)))


def table(rows: pd.DataFrame, *, caption: str, numbers: Sequence[str] = (), words: Sequence[str] = ()) -> PagePart:
    """`rows` as a table: column names are the headings, values are texts as they shall be read.

    The first column names each row. Columns in `numbers` are set flush right; those in `words` hold sentences, and keep
    room enough on a phone. The caption says what is counted.
    """
    if rows.empty:
        return NOTHING
    head = "".join(_cell('th scope="col"', c, _right(c, numbers)) for c in rows.columns)
    body = []
    for values in rows.itertuples(index=False):
        first, *others = values
        cells = f'<th scope="row">{for_html(first)}</th>'
        cells += "".join(
            _cell("td", v, _right(c, numbers) or _roomy(c, words) or _whole(v))
            for c, v in zip(rows.columns[1:], others, strict=True)
        )
        body.append(f"<tr>{cells}</tr>")
    html = (
        f'<div class="ptc-table" role="region" tabindex="0" aria-label="{for_html(caption)}"><table>'
        f"<caption>{for_html(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )
    text = rows.astype("object").map(plain).to_string(index=False)
    return PagePart(html, f"{plain(caption)}\n{text}")


def figure(axes: Axes, *, title: str, alt: str, below: str = "") -> PagePart:
    """A picture with the finding as its title, the same finding and the n in its alternative text, and a line below.

    Raises
    ------
    PlaybookError : if the alternative text or the title is empty: a picture that only some can read is not shown.
    """
    if not alt.strip() or not title.strip():
        raise PlaybookError("a figure needs a title and an alternative text.", where="display.figure")
    picture_of = axes.get_figure(root=True)
    if picture_of is None:
        raise PlaybookError("these axes stand on no figure any more.", where="display.figure")
    wide, narrow = (base64.b64encode(svg.encode()).decode() for svg in _drawn(picture_of))
    under = f"<br><small>{for_html(below)}</small>" if below else ""
    html = (
        f'<figure class="ptc-figure"><figcaption><strong>{for_html(title)}</strong>{under}</figcaption>'
        f'<picture><source media="{_ON_A_PHONE}" srcset="data:image/svg+xml;base64,{narrow}">'
        f'<img alt="{for_html(alt)}" src="data:image/svg+xml;base64,{wide}"></picture></figure>'
    )
    return PagePart(html, f"{plain(title)}\n[Picture: {plain(alt)}]")


def _drawn(picture: Figure) -> tuple[str, str]:
    """The picture as SVG, for a desk and for a phone. Labels are cut until they leave room; the alternative has all.

    A layout is found once, and then left: `savefig` would find it twice.
    """
    picture.set_dpi(_POINTS_PER_INCH)
    layout = picture.get_layout_engine()
    with warnings.catch_warnings(record=True) as remarks, matplotlib.rc_context(_SVG):
        warnings.simplefilter("always")
        _lay_out(picture, layout)
        picture.set_layout_engine("none")
        wide = _svg(picture)
        _make_narrow(picture)
        _lay_out(picture, layout)
        narrow = _svg(picture)
    for remark in remarks:
        if not re.match("Glyph .* missing from font", str(remark.message)):  # what no font draws stands in the text
            warnings.warn_explicit(remark.message, remark.category, remark.filename, remark.lineno)
    return wide, narrow


def _svg(picture: Figure) -> str:
    written = io.StringIO()
    FigureCanvasSVG(picture).print_svg(written, metadata=_UNTOLD)
    return _lean(written.getvalue())


def _make_narrow(picture: Figure) -> None:
    """Give a picture the width of a phone; what stands beside its rows goes into two lines."""
    picture.set_size_inches(_NARROW_INCHES, picture.get_figheight() * _TALLER)
    for axes in picture.axes:
        labels = [label.get_text() for label in axes.yaxis.get_ticklabels()]
        if isinstance(axes.yaxis.get_major_locator(), FixedLocator) and labels:
            axes.yaxis.set_ticklabels([label if "\n" in label else fill(label, _WRAPPED) for label in labels])
        for text in axes.texts:
            words = text.get_text().replace(" · ", "\n")
            beside_others = isinstance(text, Annotation) and "\n" not in words
            text.set_text(words.replace(" ", "\n", 1) if beside_others else words)


def _lay_out(picture: Figure, layout: LayoutEngine | None) -> None:
    """Find where everything stands; labels are cut where they leave no room for the picture itself."""
    for longest in _LONGEST_LABELS:
        _shorten_labels(picture, longest)
        if layout is None:
            return
        with warnings.catch_warnings(record=True) as remarks:
            warnings.simplefilter("always")
            layout.execute(picture)
        if not any("constrained_layout not applied" in str(remark.message) for remark in remarks):
            return
    for remark in remarks:
        warnings.warn_explicit(remark.message, remark.category, remark.filename, remark.lineno)


def _lean(svg: str) -> str:
    """An SVG as a page needs it: without names that nobody asks for, and with fonts that other systems have.

    A label is never taken for a tag: its `<` is escaped.
    """
    svg = _SPACE_BEFORE.sub(lambda text: text[1] + _NO_BREAK * len(text[2]), svg)
    return _FONT_OF_A_TEXT.sub(rf"\1{_FONTS}", _NAMELESS.sub("<g>", _NO_XML.sub("", svg[svg.index("<svg") :])))


def _shorten_labels(picture: Figure, longest: int) -> None:
    for axes in picture.axes:
        for axis in (axes.xaxis, axes.yaxis):
            labels = [label.get_text() for label in axis.get_ticklabels()]
            if isinstance(axis.get_major_locator(), FixedLocator) and max(map(len, labels), default=0) > longest:
                axis.set_ticklabels([_line_by_line(label, longest) for label in labels])
        for text in axes.texts:
            text.set_text(_line_by_line(text.get_text(), longest))


def _line_by_line(text: str, longest: int) -> str:
    return "\n".join(shortened(line, longest) for line in text.splitlines())


def worksheet(
    title: str,
    questions: Mapping[str, int] | Sequence[tuple[str, int]],
    answers: Mapping[str, str] = MappingProxyType({}),
) -> PagePart:
    """A sheet to fill in by hand: each question with that many empty lines below it, or with its answer."""
    rows = list(questions.items() if isinstance(questions, Mapping) else questions)
    lines = "".join(
        f'<p class="ptc-question">{for_html(question)}</p>'
        + (_written(answers[question]) if question in answers else _LINE_TO_WRITE_ON * count)
        for question, count in rows
    )
    text = "\n".join(
        f"{plain(question)}\n" + "\n".join(_lines_of(answers[question]) if question in answers else ["_" * 60] * count)
        for question, count in rows
    )
    html = f'<div class="ptc-worksheet"><p><strong>{for_html(title)}</strong></p>{lines}</div>'
    return PagePart(html, f"{plain(title)}\n{text}")


def together(*parts: PagePart | None) -> PagePart:
    """Several shown things as one, in order; empty ones are left out."""
    present = [part for part in parts if part]
    return PagePart("\n".join(p.html for p in present), "\n\n".join(p.text for p in present))


def alone(part: PagePart, *, dense: bool = False) -> PagePart:
    """What is handed to somebody: on paper it has a page to itself, so that nothing of anybody else goes along.

    `dense` sets it smaller on paper, so that a letter with long answers stays on one page.
    """
    classes = "ptc-alone ptc-dense" if dense else "ptc-alone"
    return PagePart(f'<div class="{classes}">{part.html}</div>', part.text) if part else NOTHING


def chapter_opening(*parts: PagePart | None) -> PagePart:
    """What each chapter opens with: on a workbook's one page the house style shows it in the first chapter only."""
    inside = together(*parts)
    return PagePart(f'<div class="ptc-opening">{inside.html}</div>', inside.text) if inside else NOTHING


def folded(summary: str, *parts: PagePart | None, is_open: bool = False) -> PagePart:
    """Parts that a reader may open: folded on the screen unless `is_open`, open in print."""
    inside = together(*parts)
    if not inside:
        return NOTHING
    return PagePart(
        f"{'<details open>' if is_open else '<details>'}<summary>{for_html(summary)}</summary>{inside.html}</details>",
        f"{plain(summary)}\n{inside.text}",
    )


def _written(answer: str) -> str:
    """What somebody wrote, line by line as they wrote it."""
    return f'<p class="ptc-answer">{"<br>".join(map(for_html, answer.splitlines()))}</p>'


def _lines_of(answer: str) -> list[str]:
    return [plain(line) for line in answer.splitlines()]


def _filled(template: str, values: Mapping[str, object]) -> str:
    safe = {name: for_html(value) for name, value in values.items()}
    strong = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", template)
    return strong.format_map(safe)


def _plain_text(template: str, values: Mapping[str, object]) -> str:
    return template.replace("**", "").format_map({name: plain(value) for name, value in values.items()})


def _cell(opening: str, value: object, css_class: str) -> str:
    tag = opening.split()[0]
    start = f'<{opening} class="{css_class}">' if css_class else f"<{opening}>"
    return f"{start}{for_html(value)}</{tag}>"


def _right(column: str, numbers: Sequence[str]) -> str:
    return "ptc-number" if column in numbers else ""


def _whole(value: object) -> str:
    return "ptc-day" if isinstance(value, str) and _A_DAY.fullmatch(value) else ""


def _roomy(column: str, words: Sequence[str]) -> str:
    return "ptc-words" if column in words else ""


def _unwrapped(html: str) -> str:
    """The inside of a single paragraph; anything else as it is."""
    alone = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1 and html.count("</p>") == 1
    return html.removeprefix("<p>").removesuffix("</p>") if alone else html
