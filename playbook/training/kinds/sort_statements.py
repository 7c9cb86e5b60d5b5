"""Sort statements: evidence, opinion, motive; the rep's, the team's, nobody's; and whatever else is told apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from playbook.training.answer_fields import Field, Pick, Values
from playbook.training.answer_parts import AnswerPart
from playbook.training.marked import Marked


@dataclass(frozen=True)
class Statement:
    """A sentence and the pile it belongs to; `why` is said to whoever puts it elsewhere.

    `tempts` names for a pile the misconceptions of those who put it there.
    """

    key: str
    text: str
    pile: str
    why: str
    tempts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class SortStatements:
    """`statements` into `piles` (key, what a person reads); `all_right` is said where each lies where it belongs."""

    statements: tuple[Statement, ...]
    piles: tuple[tuple[str, str], ...]
    all_right: str
    asks_sureness: bool = False

    def fields(self) -> tuple[Field, ...]:
        """A menu of the piles for each statement."""
        return tuple(Field(one.key, one.text, Pick(self.piles, listed=False)) for one in self.statements)

    def missing(self, values: Values) -> str:
        """Whether one is not sorted yet."""
        piles = dict(self.piles)
        return "" if all(values.get(one.key) in piles for one in self.statements) else "Sort every statement."

    def mark(self, values: Values) -> Marked:
        """The share above what luck would sort rightly, and why for each that lies elsewhere."""
        wrong = [one for one in self.statements if values[one.key] != one.pile]
        by_luck = 1 / len(self.piles)
        share = 1 - len(wrong) / len(self.statements)
        points = max(0.0, (share - by_luck) / (1 - by_luck))
        return Marked(points, tuple(f"“{one.text}” {one.why}" for one in wrong) or (self.all_right,))

    def best(self) -> dict[str, str]:
        """Each on its pile."""
        return {one.key: one.pile for one in self.statements}

    def parts(self) -> tuple[AnswerPart, ...]:
        """Each statement."""
        return tuple(
            AnswerPart(one.key, {pile: one.tempts.get(pile, ()) for pile, _ in self.piles}, one.pile)
            for one in self.statements
        )
