"""How sure somebody is of an answer: asked in steps that people can tell apart."""

from playbook.training.answer_fields import Field, Pick, Values

SURE = "sure"
STEPS = ((50, "50%: a guess"), (60, "60%"), (70, "70%"), (80, "80%"), (90, "90%"), (99, "99%: I would bet on it"))


def sureness_field() -> Field:
    """The question how sure one is."""
    options = tuple((str(step), text) for step, text in STEPS)
    return Field(SURE, "How sure are you that this is right?", Pick(options, listed=False))


def sureness_in(values: Values) -> float | None:
    """The per cent in an answer; None if it is not said."""
    return next((float(step) for step, _ in STEPS if values.get(SURE) == str(step)), None)
