"""What a learner tried: each attempt at an exercise, as the journal of their training holds it.

In: answers of a journal.  Out: attempts in the order of time; and the events that say a new one. An attempt is added,
never changed: what went wrong before is what a follow-up asks again.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from playbook.journal.answer_types import number_in
from playbook.journal.answers import Answers
from playbook.journal.events import ANSWER, Event, Value, new_event
from playbook.journal.sheet_registry import EXERCISE, place_of
from playbook.training.answer_fields import YES
from playbook.training.marked import nothing_missing

OF_AN_EXAM = "exam-"  # begins what an attempt was made `within`, where that is no lesson
_NO = "no"


@dataclass(frozen=True)
class Attempt:
    """One answer to one variant of an item.

    `points` from 0 to 1, None where the learner marked it alone; `sure` in per cent where it was asked; `inside` of a
    range, whether it held the truth. `within` is the lesson or the form in which it was answered.
    """

    item: str
    seed: int
    answer: Mapping[str, Value]
    points: float | None = None
    sure: float | None = None
    inside: bool | None = None
    hints: int = 0
    within: str = ""
    at: datetime | None = None

    @property
    def in_exam(self) -> bool:
        """Whether it was an answer of an exam, which counts for no lesson."""
        return self.within.startswith(OF_AN_EXAM)

    @property
    def right(self) -> bool:
        """Whether nothing was missing, without a hint."""
        return nothing_missing(self.points) and not self.hints


def events_of(attempt: Attempt, author: str) -> list[Event]:
    """The events that say a new attempt."""
    values: dict[str, Value] = {
        "seed": attempt.seed,
        "answer": json.dumps(dict(attempt.answer), ensure_ascii=False, sort_keys=True),
        "points": None if attempt.points is None else round(attempt.points, 4),
        "sure": attempt.sure,
        "inside": None if attempt.inside is None else (YES if attempt.inside else _NO),
        "hints": attempt.hints,
        "within": attempt.within,
    }
    own_id = secrets.token_hex(4)
    return [
        new_event(ANSWER, EXERCISE.subject(attempt.item, own_id, key), value, author=author)
        for key, value in values.items()
        if value is not None
    ]


def attempts_in(answers: Answers) -> tuple[Attempt, ...]:
    """Every attempt that can be read, the earliest first; one whose variant or answer is lost is left out."""
    entries: dict[tuple[str, str], dict[str, Value]] = {}
    moments: dict[tuple[str, str], datetime] = {}
    for subject, stands in answers.standing.items():
        place = place_of(subject)
        if place is None or place.sheet is not EXERCISE:
            continue
        entry = (place.about["item"], place.about["attempt"])
        entries.setdefault(entry, {})[place.question] = stands.value
        moments[entry] = max(moments.get(entry, stands.event.moment), stands.event.moment)
    attempts = [_attempt(item, values, moments[item, one]) for (item, one), values in entries.items()]
    return tuple(sorted((a for a in attempts if a is not None), key=lambda a: (str(a.at), a.item)))


def _attempt(item: str, values: Mapping[str, Value], at: datetime) -> Attempt | None:
    seed = number_in(values.get("seed"))
    answer = _answer_in(values.get("answer"))
    if seed is None or answer is None:
        return None
    inside = values.get("inside")
    return Attempt(
        item=item,
        seed=int(seed),
        answer=answer,
        points=number_in(values.get("points")),
        sure=number_in(values.get("sure")),
        inside=None if inside is None else inside == YES,
        hints=int(number_in(values.get("hints")) or 0),
        within=str(values.get("within") or ""),
        at=at,
    )


def _answer_in(value: Value) -> dict[str, Value] | None:
    try:
        answer = json.loads(value) if isinstance(value, str) else None
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None
