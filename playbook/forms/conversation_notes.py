"""The sheets of `the_coaching_conversation`: the hypothesis, what was seen of the rubric, the page of one talk.

Of each rep and each thing to coach they are kept apart: another focus next quarter is another sheet.
"""

from datetime import date

import pandas as pd

from playbook.coaching.plays import Play
from playbook.escaping import short_hash
from playbook.forms.sheets import Choice, Grid, Line, Question, Questions, options, questions
from playbook.journal import sheet_registry
from playbook.journal.verdict_diary import CONFIRMED, NOTHING_SEEN, SOMETHING_ELSE

_CAME_OF_IT = options(
    (CONFIRMED, "I saw it, too"), (SOMETHING_ELSE, "Something else explains it"), (NOTHING_SEEN, "I saw nothing of it")
)
_SEEN = options(("seen", "+"), ("missing", "−"), ("not-seen", "Not seen"))


def rubric(rep_id: str, name: str, driver: str, play: Play) -> Grid:
    """What was seen in a watched conversation, a line per criterion."""
    lines = (
        Line(short_hash(c.seen), f"There (+): {c.seen}. Missing (−): {c.missing}.", (c.seen, c.missing))
        for c in play.rubric
    )
    return Grid(
        sheet=sheet_registry.RUBRIC,
        caption=f"What did you see with {name}? Tick only what you saw or heard; “not seen” is a good answer.",
        headings=("It is there", "It is missing"),
        lines=tuple(lines),
        about=(rep_id, driver),
        questions=(Question("seen", "Seen", Choice(_SEEN)),),
    )


def hypothesis_result(rep_id: str, name: str, driver: str, as_of: date) -> Questions:
    """What came of the hypothesis, once it was looked at; asked anew in each quarter of the data."""
    return Questions(
        sheet_registry.HYPOTHESIS,
        "",
        (Question("result", f"After watching {name} twice, what the data pointed to:", Choice(_CAME_OF_IT)),),
        about=(rep_id, driver, str(pd.Period(as_of, freq="Q"))),
    )


def notes(title: str, if_then: str, rep_id: str = "", about: str = "") -> Questions:
    """One page for one conversation; without `rep_id` for a conversation with anybody."""
    whom = () if rep_id else (("whom", "With whom:", 1),)
    return Questions(
        sheet_registry.CONVERSATION,
        title,
        questions(
            *whom,
            ("hypothesis", "My hypothesis, and what would show me that it is wrong:", 2),
            ("saw", "What I saw or heard, without an opinion (situation, what was done, what followed):", 3),
            ("says", "What the rep says about it, in their words:", 2),
            ("outside", "What may lie outside the rep, and who can look into it:", 1),
            ("practise", "What we practise, and when:", 1),
            ("if-then", if_then, 2),
            ("mine", "What I do myself:", 1),
            ("again", "We look again on:", 1),
        ),
        about=(rep_id or sheet_registry.ANYBODY, about or sheet_registry.NO_DRIVER),
        alone=bool(rep_id),
    )
