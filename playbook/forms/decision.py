"""The sheets of `each_rep`: the guess which chart is real, the focus of each rep, and whom to begin with.

A chosen focus goes before the one that the data proposes, in the chapters that follow. A guess belongs to the day of
the data, as the next build deals out other charts.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from playbook import wording
from playbook.chapter_numbers import named
from playbook.forms.sheets import Choice, Question, Questions, options, questions
from playbook.journal import sheet_registry
from playbook.journal.events import Value

NOT_NOW = "not-now"


def which_chart(as_of: date, charts: int) -> Questions:
    """The guess, one of so many charts."""
    numbers = Choice(options(*(str(number) for number in range(1, charts + 1))))
    question = Question("chart", "I think that this chart is my team:", numbers)
    return Questions(sheet_registry.LINE_UP, "", (question,), about=(as_of.isoformat(),))


def guessed(answers: Mapping[str, Value], as_of: date) -> str:
    """The chart that was guessed on the day of this data; empty without a guess."""
    return str(answers.get(sheet_registry.LINE_UP.subject(as_of.isoformat(), "chart")) or "")


def one_thing_each(reps: Sequence[tuple[str, str, Sequence[tuple[str, str]]]]) -> Questions:
    """For each (id, name, drivers) one of the drivers, each as (key, how it reads), or nothing for now."""
    takers = wording.upper_first(named("the_coaching_conversation", "the_improvement_plan"))
    return Questions(
        sheet_registry.FOCUS,
        f"One thing per rep. {takers} take up what you choose; without a choice, the first.",
        tuple(
            Question("choice", f"{name}:", Choice(options(*drivers, (NOT_NOW, "nothing for now"))), about=(rep_id,))
            for rep_id, name, drivers in reps
        ),
    )


def chosen_focus(answers: Mapping[str, Value], rep_id: str) -> str:
    """The driver that was chosen for a rep, NOT_NOW, or nothing."""
    return str(answers.get(sheet_registry.FOCUS.subject(rep_id, "choice")) or "")


def first_rep() -> Questions:
    """Whom to begin with."""
    return Questions(
        sheet_registry.FIRST_REP,
        "Your decision. One rep, one thing.",
        questions(
            ("whom", "With whom I begin, and why (in my own words):", 2),
            ("watch", "What I watch first, and on which day:", 1),
            ("drop", "What could make me drop the idea:", 1),
            ("praise", "Whom I tell what goes well, by when:", 1),
        ),
    )
