"""The sheets of a deal review: the deal, and for each thing that must be known the customer's words, or nothing."""

from playbook.coaching.review_evidence import DID, EVIDENCE, NOTHING_YET, SAID
from playbook.forms.sheets import Choice, Grid, Line, Question, Questions, Text, options, questions
from playbook.journal import sheet_registry

_MARKS = options((DID, "The customer did it"), (SAID, "The customer said it"), (NOTHING_YET, "Nothing yet"))


def evidence() -> Grid:
    """A line for each thing to be known. What we think counts as nothing."""
    return Grid(
        sheet=sheet_registry.DEAL_EVIDENCE,
        caption="The customer's words, or nothing. What we think is marked as nothing yet.",
        headings=("", "What do we know?"),
        lines=tuple(Line(e.key, f"{e.name}: {e.question}", (e.name, e.question)) for e in EVIDENCE),
        about=(sheet_registry.ANYBODY,),
        questions=(
            Question("mark", "Evidence", Choice(_MARKS)),
            Question("words", "Their words, and the day", Text()),
        ),
    )


def review() -> Questions:
    """The deal, and what the rep takes away."""
    return Questions(
        sheet_registry.DEAL_REVIEW,
        "What the rep takes away",
        questions(
            ("deal", "The deal, and what the rep wants from this talk:", 1),
            ("ask", "The question whose answer is still nothing, and whom the rep asks:", 1),
            ("next-step", "The next step, by whom, by which day:", 1),
            ("leave", "What would make us leave it:", 1),
        ),
        about=(sheet_registry.ANYBODY,),
    )
