"""The decisions that one answer is made of: what can be answered at each, what misleads to which, and what is right.

In: a response and what somebody answered.  Out: for each decision, what was chosen. So an answer says more than its
points: which way of reading leads to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from playbook.training.answer_fields import Values


@dataclass(frozen=True)
class AnswerPart:
    """One decision: the `field` in which it is made, and every possible answer with the misconceptions behind it."""

    field: str
    answers: Mapping[str, tuple[str, ...]]
    right: str


@dataclass(frozen=True)
class Decided:
    """A decision, and what was `chosen`."""

    part: AnswerPart
    chosen: str

    @property
    def right(self) -> bool:
        """Whether it was the right one."""
        return self.chosen == self.part.right

    @property
    def misled_by(self) -> tuple[str, ...]:
        """The misconceptions that lead to what was chosen; none of what is right."""
        return () if self.right else self.part.answers[self.chosen]


def decided(parts: tuple[AnswerPart, ...], values: Mapping[str, object] | Values) -> tuple[Decided, ...]:
    """What was chosen at each decision; one that was not made, or whose answer is none, is left out."""
    chosen = [Decided(part, str(values.get(part.field) or "")) for part in parts]
    return tuple(one for one in chosen if one.chosen in one.part.answers)
