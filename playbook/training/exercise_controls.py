"""The controls of an exercise or an exam: one for each field, what was typed in it, and what a screen reader says."""

from importlib.resources import files

import ipywidgets as widgets

from playbook.display import PagePart
from playbook.escaping import for_html
from playbook.forms.controls import fitting
from playbook.forms.sheets import Text
from playbook.journal.events import Value
from playbook.training.answer_fields import YES, Field, Pick, Tick
from playbook.training.marked import Response
from playbook.training.sureness import sureness_field, sureness_in


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


class AnswerControls:
    """The controls of a response, and of how sure one is where it asks for that."""

    def __init__(self, response: Response) -> None:
        self._response = response
        fields = [*response.fields(), *([sureness_field()] if response.asks_sureness else [])]
        self._by_field = [(field, control_for(field)) for field in fields]

    @property
    def widgets(self) -> list[widgets.Widget]:
        """The controls, in their order."""
        return [control for _, control in self._by_field]

    def values(self) -> dict[str, Value]:
        """What is typed, by field; what is empty is not among it."""
        return {field.key: value for field, control in self._by_field if (value := typed_in(field, control))}

    def missing(self) -> str:
        """One sentence that says what is still to be filled in; empty if nothing is."""
        values = self.values()
        missing = self._response.missing(values)
        if not missing and self._response.asks_sureness and sureness_in(values) is None:
            return "Say how sure you are as well."
        return missing


class StatusLine:
    """A line below the controls that a screen reader says by itself: what is missing, what was saved or not."""

    def __init__(self) -> None:
        self.widget = widgets.HTML()

    def say(self, sentence: str, *, trouble: bool = False) -> None:
        """Show `sentence` in place of the last one; nothing where it is empty."""
        kind = "ptc-not-saved" if trouble else "ptc-saved"
        self.widget.value = f'<div role="status" class="{kind}">{for_html(sentence)}</div>' if sentence else ""


def exercise_frame(body: widgets.Widget, status: StatusLine) -> widgets.VBox:
    """The exercise or the exam with its style, and the line of what was saved below it."""
    frame = widgets.VBox([widgets.HTML(f"<style>{exercise_style()}</style>"), body, status.widget])
    frame.add_class("ptc-form")
    frame.add_class("ptc-exercise")
    return frame


def announced(part: PagePart) -> widgets.Widget:
    """What a screen reader says by itself."""
    return widgets.HTML(f'<div role="status" class="jp-RenderedHTMLCommon ptc-feedback">{part.html}</div>')


def exercise_style() -> str:
    """The style sheet that stands beside the controls."""
    forms, own = files("playbook.forms") / "live.css", files("playbook.training") / "exercise.css"
    return f"{forms.read_text(encoding='utf-8')}\n{own.read_text(encoding='utf-8')}"
