"""The live form: controls for each question, a line that says what is saved, and a button that takes back.

Only imported where a person sits at a kernel. Every control has its question as its label; nothing needs a mouse.
"""

import os
import secrets
from collections.abc import Iterator, Sequence
from importlib.resources import files

import ipywidgets as widgets

from playbook.display import PagePart
from playbook.escaping import for_html
from playbook.forms.actions import Action
from playbook.forms.autosave import AutoSave, SaveMessage, clock
from playbook.forms.controls import control_of, fitting, html_of, set_to, value_in
from playbook.forms.fold import Fold
from playbook.forms.saved_answers import KITS_LAB, SavedAnswers
from playbook.forms.sheets import Grid, Growing, PlacedQuestion, Questions, Sheet
from playbook.journal.events import Value

_IN_ANOTHER_LAB = (
    "This JupyterLab was not opened by the kit. What you type is kept all the same. Two things differ. In a menu, "
    "choose with the mouse or the arrow keys, as a letter typed there is a command to the notebook. And when you open "
    "this page again, “Error displaying widget” stands here until you run it (Run > Run All Cells). Your answers come "
    "back then."
)


def live_form(saved: SavedAnswers, parts: Sequence[PagePart | Sheet | Action | Fold]) -> widgets.Widget:
    """The widget of a form. That of an earlier run lives on: another window may still show it and be typed into."""
    return _Live(saved, parts).root


class _Live:
    def __init__(self, saved: SavedAnswers, parts: Sequence[PagePart | Sheet | Action | Fold]) -> None:
        self._saved_answers, self._values = saved, dict(saved.values)
        self._controls: dict[str, tuple[PlacedQuestion, widgets.Widget]] = {}
        self._setting = False
        self._status = widgets.HTML()
        if saved.journal is None:
            raise ValueError("without a journal a form is paper only")
        self._auto_save = AutoSave(saved.journal, saved.author, saved.answers, self._tell)
        blocks = [self._block(part) for part in parts]
        back = widgets.Button(description="Take back the last change", layout=fitting())
        back.on_click(lambda _: self._take_back())
        style = widgets.HTML(f"<style>{_style()}</style>")
        asks = any(isinstance(part, Questions | Grid | Growing | Fold) for part in parts)
        foot = [widgets.HBox([back, self._status]), *_elsewhere()] if asks else []
        self.root = widgets.VBox([style, *blocks, *foot])
        self.root.add_class("ptc-form")
        self.root.auto_save = self._auto_save  # lives as long as the widget does
        self._tell(SaveMessage(self._at_first()))

    def _at_first(self) -> str:
        if not self._saved_answers.lasting:
            return "This page has no workbook: what you type is gone when you close it."
        moments = [
            s.event.moment for subject, s in self._saved_answers.answers.standing.items() if subject in self._controls
        ]
        if not moments:
            return "What you type is saved by itself, a second after you stop."
        last = max(moments)
        return f"Last saved on {last.astimezone():%d %b %Y} at {clock(last)}. What you type is saved by itself."

    def _tell(self, message: SaveMessage) -> None:
        kind = "ptc-not-saved" if message.trouble else "ptc-saved"
        self._status.value = f'<div role="status" class="{kind}">{for_html(message.text)}</div>'

    def _block(self, part: PagePart | Sheet | Action | Fold) -> widgets.Widget:
        if isinstance(part, PagePart):
            return html_of(part)
        if isinstance(part, Fold):
            return self._fold(part)
        if isinstance(part, Action):
            return self._action(part)
        if isinstance(part, Questions):
            return self._sheet(part.title, [self._control(placed) for placed in part.placed()])
        return self._sheet(part.caption, list(self._lines(part)) if isinstance(part, Grid) else [self._growing(part)])

    def _sheet(self, title: str, inside: list[widgets.Widget]) -> widgets.Widget:
        heading = [widgets.HTML(f"<p><strong>{for_html(title)}</strong></p>")] if title else []
        box = widgets.VBox([*heading, *inside])
        box.add_class("ptc-sheet")
        return box

    def _fold(self, fold: Fold) -> widgets.Widget:
        """A button above the parts, which opens and closes them; open from the start where something was answered."""
        inside = widgets.VBox([self._block(part) for part in fold.parts])
        press = widgets.ToggleButton(description=fold.summary, value=fold.begun(self._values), layout=fitting())

        def turned(_: object = None) -> None:
            inside.layout.display = None if press.value else "none"

        press.observe(turned, names="value")
        turned()
        return widgets.VBox([press, inside])

    def _action(self, action: Action) -> widgets.Widget:
        chosen = widgets.Dropdown(
            description=action.label,
            options=[(label, value) for value, label in action.options],
            style={"description_width": "initial"},
        )
        press = widgets.Button(description=action.button, layout=fitting())
        below = widgets.VBox([])

        def pressed(_: object) -> None:
            self._auto_save.save()
            below.children = (html_of(action.do(chosen.value if action.options else "")),)

        press.on_click(pressed)
        box = self._sheet("", [*([chosen] if action.options else []), press, below])
        box.add_class("ptc-action")  # what is chosen here is no answer
        return box

    def _lines(self, grid: Grid) -> Iterator[widgets.Widget]:
        several = len(grid.questions) > 1
        for line in grid.lines:
            row = widgets.HBox(
                [self._control(a, visible=a.question.text if several else "") for a in grid.placed_in(line)]
            )
            row.add_class("ptc-row")
            if several:  # what the line is about stands once, above its boxes
                yield widgets.HTML(f'<p class="ptc-line-name">{for_html(line.label)}</p>')
            yield row

    def _growing(self, sheet: Growing) -> widgets.Widget:
        cards = widgets.VBox([self._card(sheet, key) for key in sheet.keys])
        add = widgets.Button(description=f"Add {sheet.thing}", button_style="primary", layout=fitting())

        def one_more(_: object) -> None:
            cards.children = (*cards.children, self._card(sheet, secrets.token_hex(4)))

        add.on_click(one_more)
        return widgets.VBox([cards, add])

    def _card(self, sheet: Growing, key: str) -> widgets.Widget:
        card = widgets.VBox([self._control(placed) for placed in sheet.placed_of(key)])
        card.add_class("ptc-card")
        return card

    def _control(self, placed: PlacedQuestion, *, visible: str = "") -> widgets.Widget:
        control = control_of(placed, self._values.get(placed.subject), visible=visible)
        self._controls[placed.subject] = (placed, control)

        def changed(_: object) -> None:
            if not self._setting:
                self._auto_save.typed(placed, value_in(placed, control))

        control.observe(changed, names="value")
        return control

    def _take_back(self) -> None:
        undone: tuple[str, Value] | None = self._auto_save.take_back(self._controls.__contains__)
        if undone is not None:
            placed, control = self._controls[undone[0]]
            self._setting = True
            try:
                set_to(placed, control, undone[1])
            finally:
                self._setting = False


def _elsewhere() -> list[widgets.Widget]:
    """What is otherwise where the page was not opened by the kit, which cannot set up somebody's own JupyterLab."""
    if os.environ.get(KITS_LAB):
        return []
    return [widgets.HTML(f'<p class="ptc-saved">{for_html(_IN_ANOTHER_LAB)}</p>')]


def _style() -> str:
    return (files("playbook.forms") / "live.css").read_text(encoding="utf-8")
