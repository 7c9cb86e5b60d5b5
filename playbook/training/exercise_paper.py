"""An exercise on paper: what is looked at, the question, boxes and lines. The truth is nowhere in it."""

from playbook.display import PagePart, bullets, say, together, worksheet
from playbook.forms.worksheets import BOX
from playbook.training.answer_fields import Field, Pick, Quantity, Tick
from playbook.training.item import Exercise
from playbook.training.sureness import sureness_field


def exercise_on_paper(exercise: Exercise) -> PagePart:
    """The sheet of one variant."""
    own = exercise.response.fields()
    fields = [*own, sureness_field()] if exercise.response.asks_sureness else list(own)
    question = say("**{question}**", question=exercise.question)
    return together(exercise.situation(), question, *(_field(field) for field in fields))


def _field(field: Field) -> PagePart:
    if isinstance(field.takes, Tick):
        return say("{box} {text}", box=BOX, text=field.label)
    if isinstance(field.takes, Pick) and field.takes.listed:
        return together(say("{label}:", label=field.label), bullets(f"{BOX} {text}" for _, text in field.takes.options))
    if isinstance(field.takes, Pick):
        boxes = " · ".join(f"{BOX} {text}" for _, text in field.takes.options)
        return say("{label}: {boxes}", label=field.label, boxes=boxes)
    if isinstance(field.takes, Quantity):
        return say("{label} ______ {unit}", label=field.label, unit=field.takes.unit)
    return worksheet("", [(field.label, field.takes.lines)])
