"""Chapter 02's sheets: the week by kinds of hours, as it was and as it shall be, and what is settled."""

from collections.abc import Mapping

from playbook.coaching.time_budget import COACHING, KINDS_OF_HOURS
from playbook.escaping import for_file_name
from playbook.forms.sheets import Grid, Line, Number, Question, Questions, Text, questions
from playbook.journal.events import Value, subject_of

_SUBJECT = ("02", "hours")
_NOW = "from-now-on"


def hours() -> Grid:
    """Each kind of hours: last week, from now on, and who takes the rest."""
    return Grid(
        subject=_SUBJECT,
        caption="Your hours by kind, in a week",
        headings=("Kind",),
        lines=tuple(Line(_key(kind), kind, (kind,)) for kind in KINDS_OF_HOURS),
        questions=(
            Question("last-week", "Hours last week", Number()),
            Question(_NOW, "Hours from now on", Number()),
            Question("who", "Who takes the rest, from which day", Text()),
        ),
    )


def settled() -> Questions:
    """What the manager settles at the end of the chapter."""
    return Questions(
        ("02", "settled"),
        "What you settle today",
        questions(
            ("coaching", "Coaching hours a week that I need, and that I have:", 1),
            ("stop", "The first thing I stop or hand over, to whom, from which day:", 2),
            ("free", "The hours that stay free for coaching, as days and times in my calendar:", 2),
            ("leader", "What I ask of my leader (it goes into chapter 09):", 1),
        ),
    )


def coaching_hours(answers: Mapping[str, Value]) -> float:
    """The hours a week that the manager means to spend on 1:1s and coaching; 0 if that was not filled in."""
    value = answers.get(subject_of(*_SUBJECT, _key(COACHING), _NOW))
    return float(value) if isinstance(value, int | float) else 0.0


def _key(kind: str) -> str:
    return for_file_name(kind)
