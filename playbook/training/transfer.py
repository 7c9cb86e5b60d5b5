"""What carries over: questions on one lesson's subject that stood unannounced in another, and how they were answered.

In: attempts.  Out: facts, and a sentence for the learner's own page once such a question was answered. They count for
no lesson. Only the first answer says something: at the second one knows what it is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from playbook.display import PagePart, note, say, together
from playbook.training.attempts import Attempt
from playbook.training.item_bank import item_bank
from playbook.training.lesson_cells import Lesson
from playbook.training.lesson_list import lesson_called


@dataclass(frozen=True)
class CarriedOver:
    """The first answer to a question on the subject of the lesson `home`, within another lesson; `right` or not."""

    item: str
    home: str
    within: str
    right: bool


def carried_over(attempts: Sequence[Attempt]) -> tuple[CarriedOver, ...]:
    """Every such answer, in the order of time."""
    first: dict[str, Attempt] = {}
    for attempt in attempts:
        item = item_bank().get(attempt.item)
        if item is not None and item.home and not attempt.in_exam and attempt.within != item.home:
            first.setdefault(attempt.item, attempt)
    return tuple(CarriedOver(key, item_bank()[key].home, a.within, a.right) for key, a in first.items())


def what_carried_over(training: Lesson) -> PagePart:
    """What the learner's own page says of it; nothing before one was answered."""
    answers = carried_over(training.learner.attempts)
    lines = [_line(answer) for answer in answers]
    few = note("One question says little; over several you see what comes along by itself.") if lines else None
    return together(*lines, few)


def _line(answer: CarriedOver) -> PagePart:
    words = (
        "Unannounced, one question in “{within}” was about “{home}”. You answered it as that lesson would."
        if answer.right
        else "Unannounced, one question in “{within}” was about “{home}”. There the step did not come along yet."
    )
    return say(words, within=lesson_called(answer.within).title, home=lesson_called(answer.home).title)
