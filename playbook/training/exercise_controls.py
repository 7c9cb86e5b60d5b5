"""The controls of an exercise or an exam: one for each field, what was typed in it, and what a screen reader says."""

from importlib.resources import files

import ipywidgets as widgets

from playbook.display import PagePart
from playbook.forms.controls import fitting
from playbook.forms.sheets import Text
from playbook.journal.events import Value
from playbook.training.answer_fields import YES, Field, Pick, Tick


def control_for(field: Field) -> widgets.Widget:
    """The control of a field, empty; its label is the field's."""
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


def typed_in(field: Field, control: widgets.Widget) -> Value:
    """What a control holds; None if it is empty."""
    if isinstance(field.takes, Tick):
        return YES if control.value else None
    return control.value.strip() if isinstance(control.value, str) else control.value


def announced(part: PagePart) -> widgets.Widget:
    """What a screen reader says by itself."""
    return widgets.HTML(f'<div role="status" class="jp-RenderedHTMLCommon ptc-feedback">{part.html}</div>')


def exercise_style() -> str:
    """The style sheet that stands beside the controls."""
    forms, own = files("playbook.forms") / "live.css", files("playbook.training") / "exercise.css"
    return f"{forms.read_text(encoding='utf-8')}\n{own.read_text(encoding='utf-8')}"
