"""What an answer is worth and what is said to it, and what every kind of exercise can do.

Points are of the step, never of the person. A kind is a file in `kinds`: a dataclass with these five methods.
"""

from dataclasses import dataclass
from typing import Protocol

from playbook.training.answer_fields import Field, Values
from playbook.training.answer_parts import AnswerPart

RIGHT, PARTLY, NOT_THIS = "Right.", "Partly.", "Not this one."


@dataclass(frozen=True)
class Marked:
    """`points` from 0 to 1, None where the learner marks it alone. `feedback` are whole sentences for this answer.

    `inside` says of a range whether the truth lay in it. `then` is what is asked next, with the answer in view.
    """

    points: float | None
    feedback: tuple[str, ...]
    inside: bool | None = None
    then: "Response | None" = None

    @property
    def right(self) -> bool:
        """Whether nothing was missing."""
        return nothing_missing(self.points)


def nothing_missing(points: float | None) -> bool:
    """Whether points are all that can be had, in spite of rounding."""
    return points is not None and points >= 1 - 1e-9


def verdict_on(points: float) -> str:
    """What is said of an answer first: of the step, never of the person."""
    if nothing_missing(points):
        return RIGHT
    return PARTLY if points > 0 else NOT_THIS


class Response(Protocol):
    """How an exercise is answered, and the truth it is held against; the truth is no part of any field."""

    @property
    def asks_sureness(self) -> bool:
        """Whether the learner says how sure they are: where one answer is right and others are not."""

    def fields(self) -> tuple[Field, ...]:
        """What is filled in, in order."""

    def missing(self, values: Values) -> str:
        """One sentence that says what is still to be filled in; empty if nothing is."""

    def mark(self, values: Values) -> Marked:
        """The answer held against the truth. `values` is complete."""

    def best(self) -> dict[str, str]:
        """An answer that gets every point."""

    def parts(self) -> tuple[AnswerPart, ...]:
        """The decisions of an answer with what misleads at each; none where that cannot be said."""
