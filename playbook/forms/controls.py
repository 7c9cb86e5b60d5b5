"""One control for one question: made, read and set; its label is the question, also for a screen reader.

No sliders, as they have no name that could be said, and no radio buttons: theirs would be called "Never" 14 times over.

In: a question in its place, and a value of the journal.  Out: an ipywidgets control, and its value for the journal.
"""

import ipywidgets as widgets

from playbook.escaping import for_html
from playbook.forms.sheets import Choice, PlacedQuestion
from playbook.journal.answer_types import Day, Number, day_in
from playbook.journal.events import Value

_STYLE = {"description_width": "initial"}


def control_of(asked: PlacedQuestion, value: Value, *, seen: str = "") -> widgets.Widget:
    """The control of a question, with the answer that stands.

    `seen` is the end of its label, where the rest stands above it already: that is said aloud, and not seen again.
    """
    answer = asked.question.answer
    told = {"description": asked.label, "style": _STYLE, "value": _for_control(asked, value)}
    if seen and asked.label.endswith(seen):
        said = for_html(asked.label.removesuffix(seen))
        told["description"] = f'<span class="ptc-aloud">{said} </span>{for_html(seen)}'
        told["description_allow_html"] = True
    if isinstance(answer, Choice):
        control = widgets.Dropdown(options=_menu(answer), **told)
        set_to(asked, control, value)
        return control
    if isinstance(answer, Number):
        return widgets.BoundedFloatText(min=0, max=answer.most, step=answer.step, continuous_update=True, **told)
    if isinstance(answer, Day):
        return widgets.DatePicker(**told)
    if answer.lines > 1:
        layout = widgets.Layout(width="auto")
        return widgets.Textarea(
            rows=answer.lines + 1, placeholder=asked.question.hint, continuous_update=True, layout=layout, **told
        )
    return widgets.Text(placeholder=asked.question.hint, continuous_update=True, **told)


def value_in(asked: PlacedQuestion, control: widgets.Widget) -> Value:
    """What a control holds, as the journal keeps it; None if it is empty."""
    value = control.value
    if isinstance(asked.question.answer, Day):
        return None if value is None else value.isoformat()
    if isinstance(asked.question.answer, Number):
        return (int(value) if float(value).is_integer() else float(value)) or None
    return value or None


def set_to(asked: PlacedQuestion, control: widgets.Widget, value: Value) -> None:
    """Show an answer of the journal in its control."""
    shown = _for_control(asked, value)
    control.value = shown
    if shown is None and isinstance(asked.question.answer, Choice):
        control.index = 0  # "Choose …", where ipywidgets alone would show nothing


def _for_control(asked: PlacedQuestion, value: Value) -> object:
    answer = asked.question.answer
    if isinstance(answer, Choice):
        return value if value in dict(answer.options) else None
    if isinstance(answer, Number):
        known = isinstance(value, int | float) and not isinstance(value, bool)
        return min(max(float(value), 0.0), answer.most) if known else 0.0
    if isinstance(answer, Day):
        return day_in(value)
    return "" if value is None else str(value)


def _menu(answer: Choice) -> list[tuple[str, str | None]]:
    return [("Choose …", None), *((label, kept) for kept, label in answer.options)]
