"""One control for one question: made, read and set; its label is the question, also for a screen reader.

No sliders, as they have no name that could be said, and no radio buttons: theirs would be called "Never" 14 times over.

In: a question in its place, and a value of the journal.  Out: an ipywidgets control, and its value for the journal.
"""

import ipywidgets as widgets

from playbook.display import PagePart
from playbook.escaping import for_html
from playbook.forms.sheets import Choice, PlacedQuestion
from playbook.journal.answer_types import Day, Number, day_in, number_in
from playbook.journal.events import Value

_STYLE = {"description_width": "initial"}


def control_of(placed: PlacedQuestion, value: Value, *, visible: str = "") -> widgets.Widget:
    """The control of a question, with the answer that stands.

    `visible` is the end of its label, where the rest stands above it already: that is read aloud, and not seen again.
    """
    answer = placed.question.answer
    settings = {"description": placed.label, "style": _STYLE, "value": _for_control(placed, value)}
    if visible and placed.label.endswith(visible):
        aloud = for_html(placed.label.removesuffix(visible))
        settings["description"] = f'<span class="ptc-aloud">{aloud} </span>{for_html(visible)}'
        settings["description_allow_html"] = True
    if isinstance(answer, Choice):
        control = widgets.Dropdown(options=_menu(answer), **settings)
        set_to(placed, control, value)
        return control
    if isinstance(answer, Number):
        return widgets.BoundedFloatText(min=0, max=answer.most, step=answer.step, continuous_update=True, **settings)
    if isinstance(answer, Day):
        return widgets.DatePicker(**settings)
    if answer.lines > 1:
        layout = widgets.Layout(width="auto")
        return widgets.Textarea(
            rows=answer.lines + 1, placeholder=placed.question.hint, continuous_update=True, layout=layout, **settings
        )
    return widgets.Text(placeholder=placed.question.hint, continuous_update=True, **settings)


def value_in(placed: PlacedQuestion, control: widgets.Widget) -> Value:
    """What a control holds, as the journal keeps it; None if it is empty."""
    value = control.value
    if isinstance(placed.question.answer, Day):
        return None if value is None else value.isoformat()
    if isinstance(placed.question.answer, Number):
        return (int(value) if float(value).is_integer() else float(value)) or None
    return value or None


def set_to(placed: PlacedQuestion, control: widgets.Widget, value: Value) -> None:
    """Show an answer of the journal in its control."""
    held = _for_control(placed, value)
    control.value = held
    if held is None and isinstance(placed.question.answer, Choice):
        control.index = 0  # "Choose …", where ipywidgets alone would show nothing


def _for_control(placed: PlacedQuestion, value: Value) -> object:
    answer = placed.question.answer
    if isinstance(answer, Choice):
        return value if value in dict(answer.options) else None
    if isinstance(answer, Number):
        return min(max(number_in(value) or 0.0, 0.0), answer.most)
    if isinstance(answer, Day):
        return day_in(value)
    return "" if value is None else str(value)


def _menu(answer: Choice) -> list[tuple[str, str | None]]:
    return [("Choose …", None), *((label, key) for key, label in answer.options)]


def html_of(part: PagePart) -> widgets.Widget:
    """Something shown, as a widget."""
    return widgets.HTML(f'<div class="jp-RenderedHTMLCommon">{part.html}</div>')


def fitting() -> widgets.Layout:
    """As wide as the words need."""
    return widgets.Layout(width="auto")
