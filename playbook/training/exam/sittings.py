"""A form as one learner takes it: which questions, and how far it is. What is left is gone on with.

In: what a learner tried, and the seed that is theirs.  Out: the questions of a form with the answers so far.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from playbook.training.attempts import OF_AN_EXAM, Attempt
from playbook.training.exam.exam_forms import AFTER, BEFORE, CAPSTONE, ExamQuestion, capstone, exam_form, passed
from playbook.training.item_bank import item_called

WITHIN_CAPSTONE = f"{OF_AN_EXAM}capstone"


@dataclass(frozen=True)
class Sitting:
    """`questions` of a form, and the `answered` ones of them, each with its attempt; `within` is what attempts say."""

    within: str
    questions: tuple[ExamQuestion, ...]
    answered: tuple[tuple[ExamQuestion, Attempt], ...] = ()

    @property
    def following(self) -> ExamQuestion | None:
        """The first question without an answer; None if there is none left."""
        done = {question for question, _ in self.answered}
        return next((question for question in self.questions if question not in done), None)

    @property
    def finished(self) -> bool:
        """Whether every question has its answer."""
        return self.following is None


def within(which: str) -> str:
    """What the attempts of a form say of where they were made."""
    return f"{OF_AN_EXAM}{which}"


def form_sitting(own_seed: int, which: str, attempts: Sequence[Attempt]) -> Sitting:
    """The form BEFORE or AFTER, with what was begun in it; the second asks what the first did, if that was finished."""
    asked_before = _items_within(which, attempts)
    if which == AFTER:
        first = form_sitting(own_seed, BEFORE, attempts)
        asked_before |= _items_within(BEFORE, attempts) if first.finished else set()
    questions = exam_form(own_seed, which, sorted(asked_before))
    return Sitting(within(which), questions, _answered(questions, within(which), attempts))


def capstone_sitting(own_seed: int, attempts: Sequence[Attempt]) -> Sitting:
    """The next whole team: another one after each that was judged."""
    number = 1 + len(capstones(attempts))
    return Sitting(WITHIN_CAPSTONE, (capstone(own_seed, number),))


def capstones(attempts: Sequence[Attempt]) -> tuple[Attempt, ...]:
    """The whole teams that were judged, the first one first."""
    return tuple(a for a in attempts if a.within == WITHIN_CAPSTONE and a.item == CAPSTONE)


def met_on(attempts: Sequence[Attempt]) -> Attempt | None:
    """The first capstone that met its bar."""
    return next((attempt for attempt in capstones(attempts) if passed(attempt.points or 0.0)), None)


def taken_capstone(attempt: Attempt) -> Sitting:
    """The sitting of a whole team that was judged."""
    question = ExamQuestion(item_called(attempt.item), attempt.seed)
    return Sitting(WITHIN_CAPSTONE, (question,), ((question, attempt),))


def _items_within(which: str, attempts: Sequence[Attempt]) -> set[str]:
    return {attempt.item for attempt in attempts if attempt.within == within(which)}


def _answered(
    questions: tuple[ExamQuestion, ...], place: str, attempts: Sequence[Attempt]
) -> tuple[tuple[ExamQuestion, Attempt], ...]:
    first: dict[tuple[str, int], Attempt] = {}
    for attempt in attempts:
        if attempt.within == place:
            first.setdefault((attempt.item, attempt.seed), attempt)
    return tuple((q, first[q.item.key, q.seed]) for q in questions if (q.item.key, q.seed) in first)
