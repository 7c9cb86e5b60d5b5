"""How far a learner is: the lessons, what went wrong and comes back, and when.

In: attempts, and a day.  Out: facts. What went wrong is asked again, newly drawn, 7 to 10 days later, as being asked
again after a while is what stays (Karpicke and Roediger 2008; Cepeda et al. 2006).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from playbook.training.attempts import Attempt
from playbook.training.lesson_list import LessonFacts

COMES_BACK_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class LessonProgress:
    """Of a lesson's exercises, how many were tried, and how many were right the last time."""

    lesson: LessonFacts
    tried: int
    right: int

    @property
    def of(self) -> int:
        """How many exercises the lesson has."""
        return len(self.lesson.items)

    @property
    def done(self) -> bool:
        """Whether every exercise was tried."""
        return self.tried == self.of


@dataclass(frozen=True)
class ComingBack:
    """An item whose last answer missed something; it is asked again from `day` on."""

    item: str
    day: date


def progress_of(lessons: Sequence[LessonFacts], attempts: Sequence[Attempt]) -> tuple[LessonProgress, ...]:
    """How far each lesson is, in their order."""
    last = last_attempts([attempt for attempt in attempts if not attempt.in_exam])
    return tuple(
        LessonProgress(
            lesson,
            sum(item in last for item in lesson.items),
            sum(item in last and last[item].right for item in lesson.items),
        )
        for lesson in lessons
    )


def last_attempts(attempts: Sequence[Attempt]) -> dict[str, Attempt]:
    """The last marked attempt at each item; what only the learner marked is among them."""
    return {attempt.item: attempt for attempt in attempts}


def coming_back(attempts: Sequence[Attempt]) -> tuple[ComingBack, ...]:
    """What went wrong the last time, by the day on which it is asked again; an exam's page says its own."""
    again = [
        ComingBack(item, attempt.at.date() + COMES_BACK_AFTER)
        for item, attempt in last_attempts([one for one in attempts if not one.in_exam]).items()
        if attempt.points is not None and not attempt.right and attempt.at is not None
    ]
    return tuple(sorted(again, key=lambda one: (one.day, one.item)))
