"""A form: one output that is live in JupyterLab and a worksheet with the saved answers everywhere else.

In: what stands in the journal, and parts (something shown, or a sheet).  Out: something to show. Its HTML and text
never depend on a widget: an untrusted notebook, a printed page and the workbook's page show a usable sheet.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playbook.display import NOTHING, PagePart, callout, folded, note, together
from playbook.forms.actions import Action
from playbook.forms.fold import Fold
from playbook.forms.saved_answers import SavedAnswers
from playbook.forms.sheets import Grid, Growing, Questions, Sheet
from playbook.forms.worksheets import on_paper
from playbook.journal.sheet_registry import place_of

if TYPE_CHECKING:
    from ipywidgets import Widget

_MOST_NAMED = 6
PAPER_ONLY = "PLAYBOOK_PAPER"  # set where nobody is at the keyboard, as in a batch
_AS_IT_STOOD = note(
    "This is how it stood when the page was last filled in. Fill it in again to see what was written since."
)
Part = PagePart | Sheet | Action | Fold | None


@dataclass(frozen=True)
class Form(PagePart):
    """Something shown that can also be filled in; `live` makes its widget."""

    live: Callable[[], "Widget"] | None = field(default=None, compare=False, repr=False)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        bundle = super()._repr_mimebundle_()
        if self.live is not None and somebody_is_here():
            # Seen where the widget cannot be: in a copy, in print, or once the kernel is gone.
            bundle = together(self, _AS_IT_STOOD)._repr_mimebundle_()
            widget = self.live()
            bundle |= {k: v for k, v in widget._repr_mimebundle_().items() if k.endswith("widget-view+json")}
        return bundle

    def __repr__(self) -> str:
        return self.text


def form(saved: SavedAnswers, *parts: Part) -> Form:
    """The parts as one output, in order. Where the journal cannot be read, only the paper is shown, and why."""
    parts = (_not_readable(saved, parts), *parts)
    papers = [_on_paper(part, saved) for part in parts if part]
    paper = together(no_journal(saved), *papers, _about(saved))
    if saved.journal is None:
        return Form(paper.html, paper.text)

    def live() -> "Widget":
        from playbook.forms.live import live_form

        return live_form(saved, [part for part in parts if part])

    return Form(paper.html, paper.text, live)


def _on_paper(part: PagePart | Sheet | Action | Fold, saved: SavedAnswers) -> PagePart:
    if isinstance(part, PagePart):
        return part
    if isinstance(part, Fold):
        inside = [_on_paper(p, saved) for p in part.parts]
        return folded(part.summary, *inside, is_open=part.begun(saved.values))
    return part.paper if isinstance(part, Action) else on_paper(part, saved.values)


def somebody_is_here() -> bool:
    """Whether this runs in a kernel that a person may sit at."""
    if os.environ.get(PAPER_ONLY):
        return False
    from IPython import get_ipython

    return getattr(get_ipython(), "kernel", None) is not None


def _not_readable(saved: SavedAnswers, parts: Sequence[Part]) -> PagePart:
    """What the journal holds for these sheets and does not fit them: named, as it counts for nothing below."""
    labels = {a.subject: a.label for sheet in _sheets_in(parts) for a in sheet.placed()}
    names = {sheet.sheet.name for sheet in _sheets_in(parts)}
    lines = [
        f"“{labels.get(subject, subject)}”: not {rule}"
        for subject, rule in saved.answers.unreadable.items()
        if subject in labels or (place := place_of(subject)) and place.sheet.name in names
    ]
    if not lines:
        return NOTHING
    more = [f"and {len(lines) - _MOST_NAMED} more"] if lines[_MOST_NAMED:] else []
    return callout(
        "What stands in your journal for some questions cannot be read.",
        "{lines}. It stays in the journal, and counts for nothing here. Answer these again to put it right.",
        lines="; ".join([*lines[:_MOST_NAMED], *more]),
    )


def _sheets_in(parts: Sequence[Part]) -> Iterator[Sheet]:
    for part in parts:
        if isinstance(part, Fold):
            yield from _sheets_in(part.parts)
        elif isinstance(part, Questions | Grid | Growing):
            yield part


def no_journal(saved: SavedAnswers) -> PagePart:
    """Says why the journal cannot be read, and what to do; nothing where it can."""
    if saved.journal is not None:
        return NOTHING
    return callout("Your answers cannot be shown now, and nothing can be typed in.", "{why}", why=saved.remark)


def _about(saved: SavedAnswers) -> PagePart:
    if saved.journal is None:
        return NOTHING
    if not saved.journal.lasting:
        return note(
            "**This page has no workbook.** What you type here is gone when you close it. In a workbook of your own it "
            "is kept."
        )
    return note("{remark}", remark=saved.remark) if saved.remark else NOTHING
