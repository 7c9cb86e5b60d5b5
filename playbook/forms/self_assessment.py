"""Chapter 01's sheets: the fourteen tasks as behaviours of the last two weeks, and the first steps."""

from playbook.coaching.tasks import TASKS
from playbook.forms.sheets import Choice, Grid, Line, Question, Questions, options, questions

_HOW_OFTEN = options(("never", "Never"), ("once", "Once"), ("habit", "A habit"))


def assessment() -> Grid:
    """Each task with a box for never, once and as a habit. No sum: it would mean nothing."""
    lines = (
        Line(str(t.number), f"{t.number}. {t.title}: I {t.behaviour}", (f"{t.number}. {t.title}", t.behaviour))
        for t in TASKS
    )
    return Grid(
        subject=("01", "self-assessment"),
        caption="What somebody else could have seen you do. Tick one box per line.",
        headings=("Task", "In the last two weeks I …"),
        lines=tuple(lines),
        questions=(Question("how-often", "How often", Choice(_HOW_OFTEN)),),
    )


def first_steps() -> Questions:
    """What the manager begins with."""
    return Questions(
        ("01", "first-steps"),
        "Your first steps.",
        questions(
            ("promoted", "How was I promoted: assumed, acknowledged, or never asked? What does that ask of me?", 2),
            (
                "two-skills",
                "The two skills that I build first (boxes where I ticked “Never”, and that my reps would notice):",
                2,
            ),
            ("habit", "The seller's habit that I drop first, and what I do in its place:", 2),
            ("whom", "Whom I ask to tell me when I fall back into it:", 1),
        ),
    )
