"""An exercise where somebody sits at a kernel: controls, a check, hints, feedback, another variant.

The truth stays in the kernel until an answer is checked. Each attempt is kept before its feedback is seen.
"""

from importlib.resources import files

import ipywidgets as widgets

from playbook.display import PagePart, bullets, say, together
from playbook.escaping import for_html
from playbook.forms.controls import fitting, html_of
from playbook.forms.sheets import Text
from playbook.journal.events import Event, Value
from playbook.journal.journals import NotSaved
from playbook.training.answer_fields import YES, Field, Pick, Tick
from playbook.training.attempts import Attempt, events_of
from playbook.training.item import Exercise, Item
from playbook.training.learner import Learner
from playbook.training.marked import Marked, Response
from playbook.training.sureness import sureness_field, sureness_in
from playbook.training.variant import seed_of

RIGHT, PARTLY, NOT_THIS = "Right.", "Partly.", "Not this one."


def live_exercise(learner: Learner, item: Item, within: str, seed: int) -> widgets.Widget:
    """The widget of an item, beginning with the variant of `seed`; `within` names the lesson."""
    return _LiveExercise(learner, item, within, seed).root


class _LiveExercise:
    def __init__(self, learner: Learner, item: Item, within: str, seed: int) -> None:
        self._learner, self._item, self._within = learner, item, within
        self._tries = sum(attempt.item == item.key for attempt in learner.attempts)
        self._unsaved: list[Event] = []
        self._body = widgets.VBox([])
        self._status = widgets.HTML()
        style = widgets.HTML(f"<style>{_style()}</style>")
        self.root = widgets.VBox([style, self._body, self._status])
        self.root.add_class("ptc-form")
        self.root.add_class("ptc-exercise")
        self._draw(seed)

    def _draw(self, seed: int) -> None:
        self._seed, self._hints_taken = seed, 0
        self._exercise: Exercise = self._item.exercise(seed)
        question = say("**{question}**", question=self._exercise.question)
        self._feedback, self._hints = widgets.VBox([]), widgets.VBox([])
        step = self._step(self._exercise.response, with_hints=True)
        self._body.children = (html_of(together(self._exercise.situation(), question)), step, self._feedback)

    def _step(self, response: Response, *, with_hints: bool) -> widgets.Widget:
        """The controls of one response, and what is pressed when it is filled in."""
        fields = [*response.fields(), *([sureness_field()] if response.asks_sureness else [])]
        controls = [(field, _control_of(field)) for field in fields]
        check = widgets.Button(description="Check my answer", button_style="primary", layout=fitting())
        buttons = [check]
        if with_hints and self._exercise.hints:
            buttons.append(self._hint_button())

        def checked(_: object) -> None:
            values: dict[str, Value] = {
                field.key: value for field, control in controls if (value := _value_in(field, control))
            }
            missing = response.missing(values)
            if not missing and response.asks_sureness and sureness_in(values) is None:
                missing = "Say how sure you are as well."
            self._say(missing)
            if missing:
                return
            for _, control in controls:
                control.disabled = True
            for button in buttons:
                button.layout.display = "none"
            self._answered(response, values)

        check.on_click(checked)
        sheet = widgets.VBox([*(control for _, control in controls), self._hints, widgets.HBox(buttons)])
        sheet.add_class("ptc-sheet")
        return sheet

    def _hint_button(self) -> widgets.Button:
        hints = self._exercise.hints
        button = widgets.Button(description=_hint_label(0, len(hints)), layout=fitting())

        def one_more(_: object) -> None:
            self._hints_taken += 1
            self._hints.children = (html_of(bullets(hints[: self._hints_taken])),)
            button.description = _hint_label(self._hints_taken, len(hints))
            button.disabled = self._hints_taken >= len(hints)

        button.on_click(one_more)
        return button

    def _answered(self, response: Response, values: dict[str, Value]) -> None:
        marked = response.mark(values)
        self._save(
            Attempt(
                self._item.key,
                self._seed,
                values,
                points=marked.points,
                sure=sureness_in(values),
                inside=marked.inside,
                hints=self._hints_taken,
                within=self._within,
            )
        )
        below = [_announced(_feedback_on(marked))]
        if marked.then is not None:
            below.append(self._step(marked.then, with_hints=False))
        else:
            below += [
                html_of(self._exercise.with_truth()),
                html_of(say("**To take away:** {rule}", rule=self._item.rule)),
            ]
            below.append(self._another_button())
        self._feedback.children = (*self._feedback.children, *below)

    def _another_button(self) -> widgets.Button:
        button = widgets.Button(description="Another one like this", layout=fitting())

        def another(_: object) -> None:
            self._say("")
            self._draw(seed_of(self._learner.own_seed, self._item.key, self._tries))

        button.on_click(another)
        return button

    def _save(self, attempt: Attempt) -> None:
        self._tries += 1
        journal = self._learner.saved.journal
        self._unsaved += events_of(attempt, self._learner.saved.author)
        if journal is None:
            self._say(f"Not saved: {self._learner.saved.remark}", trouble=True)
            return
        try:
            journal.append(self._unsaved)
        except NotSaved as error:
            self._say(f"Not saved: {error.what} It is tried again with your next answer.", trouble=True)
            return
        self._unsaved = []
        self._say("Your answer is saved." if journal.lasting else "")

    def _say(self, sentence: str, *, trouble: bool = False) -> None:
        kind = "ptc-not-saved" if trouble else "ptc-saved"
        self._status.value = f'<div role="status" class="{kind}">{for_html(sentence)}</div>' if sentence else ""


def _feedback_on(marked: Marked) -> PagePart:
    first, *others = marked.feedback
    if marked.points is None:
        return bullets(marked.feedback)
    verdict = RIGHT if marked.right else PARTLY if marked.points > 0 else NOT_THIS
    opening = say("**{verdict}** {first}", verdict=verdict, first=first)
    return together(opening, *(say("{sentence}", sentence=one) for one in others))


def _control_of(field: Field) -> widgets.Widget:
    takes = field.takes
    settings = {"description": field.label, "style": {"description_width": "initial"}}
    if isinstance(takes, Tick):
        return widgets.Checkbox(value=False, indent=False, layout=fitting(), **settings)
    if isinstance(takes, Pick):
        options = [(text, key) for key, text in takes.options]
        if takes.listed:
            return widgets.RadioButtons(options=options, value=None, layout=fitting(), **settings)
        menu = widgets.Dropdown(options=[("Choose …", None), *options], **settings)
        menu.index = 0  # where ipywidgets alone would show nothing
        return menu
    if isinstance(takes, Text) and takes.lines > 1:
        return widgets.Textarea(rows=takes.lines + 1, layout=fitting(), **settings)
    unit = getattr(takes, "unit", "")
    return widgets.Text(placeholder=f"a number, in {unit}" if unit else "", **settings)


def _value_in(field: Field, control: widgets.Widget) -> Value:
    if isinstance(field.takes, Tick):
        return YES if control.value else None
    return control.value.strip() if isinstance(control.value, str) else control.value


def _hint_label(taken: int, of: int) -> str:
    return "Give me a hint" if not taken else f"Another hint ({taken} of {of} seen)"


def _announced(part: PagePart) -> widgets.Widget:
    """What a screen reader says by itself."""
    return widgets.HTML(f'<div role="status" class="jp-RenderedHTMLCommon ptc-feedback">{part.html}</div>')


def _style() -> str:
    forms, own = files("playbook.forms") / "live.css", files("playbook.training") / "exercise.css"
    return f"{forms.read_text(encoding='utf-8')}\n{own.read_text(encoding='utf-8')}"
