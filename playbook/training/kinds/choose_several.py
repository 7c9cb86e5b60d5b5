"""Choose all that belong: what is ticked wrongly costs more than what is left out, as accusing does."""

from dataclasses import dataclass

from playbook.training.answer_fields import YES, Field, Tick, Values
from playbook.training.answer_parts import AnswerPart
from playbook.training.marked import Marked


@dataclass(frozen=True)
class Belonging:
    """Something to tick if it belongs. `feedback` is said to whoever has it wrong, and `tempts` says why one would."""

    key: str
    text: str
    belongs: bool
    feedback: str
    tempts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChooseSeveral:
    """All of `options` that belong, possibly none. `wrong_costs` is what a wrong tick takes, in right ones."""

    options: tuple[Belonging, ...]
    all_right: str
    wrong_costs: float = 1.5
    asks_sureness: bool = False

    def fields(self) -> tuple[Field, ...]:
        """A box for each, and one that says "none of these", so that nothing is ticked by an oversight."""
        boxes = tuple(Field(option.key, option.text, Tick()) for option in self.options)
        return (*boxes, Field("none", "None of these", Tick()))

    def missing(self, values: Values) -> str:
        """Nothing ticked at all, or both."""
        ticked = self._ticked(values)
        if values.get("none") == YES and ticked:
            return "You ticked “None of these” and something else. Take one of them back."
        return "" if ticked or values.get("none") == YES else "Tick what belongs, or “None of these”."

    def mark(self, values: Values) -> Marked:
        """The share of what belongs that was ticked, less what was ticked and does not belong."""
        ticked = self._ticked(values)
        belonging = {option.key for option in self.options if option.belongs}
        wrong = tuple(o.feedback for o in self.options if (o.key in ticked) != o.belongs)
        of = max(len(belonging), 1)
        won = len(ticked & belonging) / of if belonging else 1.0
        points = max(0.0, won - self.wrong_costs * len(ticked - belonging) / of)
        return Marked(points, wrong or (self.all_right,))

    def best(self) -> dict[str, str]:
        """All that belong."""
        return {option.key: YES for option in self.options if option.belongs} or {"none": YES}

    def parts(self) -> tuple[AnswerPart, ...]:
        """Each box: ticked or not."""
        return tuple(
            AnswerPart(o.key, {YES: () if o.belongs else o.tempts, "": ()}, YES if o.belongs else "")
            for o in self.options
        )

    def _ticked(self, values: Values) -> set[str]:
        return {option.key for option in self.options if values.get(option.key) == YES}
