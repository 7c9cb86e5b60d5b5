"""Follow-ups: twenty minutes each in weeks 2, 4, 8 and 12 and in month 6, with what was promised and what went wrong.

In: attempts, answers, and a day.  Out: which follow-up is due, which promises were made, what is asked again. Without
follow-ups a gain of d 0.76 in how people talk had lost 0.30 half a year later; with three or four it held (Schwalbe, Oh
and Zweben 2014). What went wrong is asked first, newly drawn, as being asked again is what stays (Karpicke and Roediger
2008).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from playbook.journal.answer_types import day_in
from playbook.journal.events import Value
from playbook.journal.sheet_registry import LESSON_PROMISE
from playbook.training.attempts import Attempt
from playbook.training.learner_progress import last_attempts
from playbook.training.lesson_list import LessonFacts

AFTER = {
    "week-2": timedelta(weeks=2),
    "week-4": timedelta(weeks=4),
    "week-8": timedelta(weeks=8),
    "week-12": timedelta(weeks=12),
    "month-6": timedelta(weeks=26),
}
LAST_FOLLOW_UP = "month-6"
ASKED_AGAIN = 6  # exercises of a follow-up, in about fifteen minutes
_PREFIX = "follow-up-"


@dataclass(frozen=True)
class FollowUp:
    """One of the five: its `key`, from which `day` on it is due, and how many exercises were `answered` in it."""

    key: str
    day: date
    answered: int

    @property
    def title(self) -> str:
        """As a person calls it: `week 2`, `month 6`."""
        return self.key.replace("-", " ")

    @property
    def within(self) -> str:
        """What an attempt in it says of where it was made; the key of its promise and reflection, too."""
        return _PREFIX + self.key


@dataclass(frozen=True)
class Promise:
    """What a learner promised: `key` and `title` of where, by which day, and what came of it, as far as they wrote."""

    key: str
    title: str
    when_then: str
    day: date | None
    came_of_it: str


def follow_ups(attempts: Sequence[Attempt]) -> tuple[FollowUp, ...]:
    """The five, counted from the first attempt in a lesson; none before there is one."""
    began = min((a.at.date() for a in attempts if a.at is not None and not a.within.startswith(_PREFIX)), default=None)
    if began is None:
        return ()
    return tuple(
        FollowUp(key, began + after, len({a.item for a in attempts if a.within == _PREFIX + key}))
        for key, after in AFTER.items()
    )


def due(attempts: Sequence[Attempt], on: date) -> FollowUp | None:
    """The follow-up that `on` is for: the last one whose day has come; one that was missed is not made up for.

    None before the first is due. One that is due stays until the next one is, so that it can be gone on with.
    """
    ready = [one for one in follow_ups(attempts) if one.day <= on]
    return ready[-1] if ready else None


def following(attempts: Sequence[Attempt], on: date) -> FollowUp | None:
    """The next one whose day has not come."""
    return next((one for one in follow_ups(attempts) if one.day > on), None)


def asked_again(attempts: Sequence[Attempt], lessons: Sequence[LessonFacts], follow_up: FollowUp) -> tuple[str, ...]:
    """The keys of ASKED_AGAIN items: what went wrong the last time first, then what was longest ago.

    Of items that were tried in a lesson before this follow-up, so that an answer in it does not move the others.
    """
    before = [a for a in attempts if a.within != follow_up.within]
    known = {item for lesson in lessons for item in lesson.items}
    last = {item: attempt for item, attempt in last_attempts(before).items() if item in known}
    order = sorted(last, key=lambda item: (last[item].points is None, last[item].right, str(last[item].at), item))
    return tuple(order[:ASKED_AGAIN])


def promises(lessons: Sequence[LessonFacts], answers: Mapping[str, Value], before: FollowUp) -> tuple[Promise, ...]:
    """What was promised at the end of each lesson and of each follow-up before this one, in their order."""
    places = [(lesson.key, f"{lesson.number.lstrip('0')} · {lesson.title}") for lesson in lessons]
    for key in AFTER:
        if key == before.key:
            break
        places.append((_PREFIX + key, f"Follow-up, {key.replace('-', ' ')}"))
    made = []
    for key, title in places:
        words, day, came = (
            answers.get(LESSON_PROMISE.subject(key, question)) for question in ("when-then", "day", "came-of-it")
        )
        if words:
            made.append(Promise(key, title, str(words), day_in(day), str(came or "")))
    return tuple(made)
