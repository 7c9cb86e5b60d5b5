"""Estimate a number by a range, after saying what speaks against it.

Scored by the interval score (Gneiting and Raftery 2007), which is proper: the best range to give is the honest one.
Writing down what speaks against one's own answer makes ranges better (Koriat, Lichtenstein and Fischhoff 1980).
"""

from dataclasses import dataclass

from playbook import wording
from playbook.forms.sheets import Text
from playbook.training.answer_fields import Field, Quantity, Values, quantity_in
from playbook.training.answer_parts import AnswerPart
from playbook.training.marked import Marked

AGAINST, LOW, HIGH = "against", "low", "high"
SURENESS = 0.8  # the range shall hold the truth in eight of ten estimates
_ANSWERED = 1e-9


@dataclass(frozen=True)
class Estimate:
    """`truth` in `unit`, shown with `digits`. `width` is how wide an honest range is: with it nothing is lost.

    `why` are sentences that say where the truth comes from.
    """

    truth: float
    width: float
    why: tuple[str, ...]
    unit: str = ""
    digits: int = 0
    asks_sureness: bool = False

    def fields(self) -> tuple[Field, ...]:
        """What speaks against it, then the two ends."""
        return (
            Field(AGAINST, "Before you answer: what could make your first thought too high, or too low?", Text(2)),
            Field(LOW, "In eight of ten cases it is at least", Quantity(self.unit)),
            Field(HIGH, "and at most", Quantity(self.unit)),
        )

    def missing(self, values: Values) -> str:
        """An empty box, a text that is no number, ends the wrong way round."""
        if not str(values.get(AGAINST) or "").strip():
            return "Write a few words on what could make your first thought wrong. It makes the range better."
        low, high = quantity_in(values.get(LOW)), quantity_in(values.get(HIGH))
        if low is None or high is None:
            return "Give both ends of your range, each as one number."
        return "" if low <= high else "Your lower end is above your upper end."

    def mark(self, values: Values) -> Marked:
        """Full points for a range that holds the truth and is no wider than honest; fewer with each width more."""
        low, high = quantity_in(values[LOW]), quantity_in(values[HIGH])
        if low is None or high is None:
            raise ValueError("an answer is marked when it is complete")
        miss = max(low - self.truth, self.truth - high, 0.0)
        penalty = 2 / (1 - SURENESS) * miss
        lost = max(0.0, (high - low) - self.width) + penalty
        inside = miss <= _ANSWERED
        points = max(0.0, 1 - lost / (3 * self.width))
        truth = f"It is {self._written(self.truth)}."
        if inside and lost == 0:
            verdict = f"Your range of {self._range(low, high)} holds it and is no wider than it had to be."
        elif inside:
            verdict = f"Your range of {self._range(low, high)} holds it; a narrower one would have done."
        else:
            verdict = f"Your range of {self._range(low, high)} misses it. Wider is no shame where you cannot know."
        return Marked(points, (truth, verdict, *self.why), inside=inside)

    def best(self) -> dict[str, str]:
        """The truth in the middle of an honest range."""
        half = self.width / 2
        low, high = self.truth - half, self.truth + half
        return {AGAINST: "small numbers", LOW: f"{low:.4f}", HIGH: f"{high:.4f}"}

    def parts(self) -> tuple[AnswerPart, ...]:
        """None: a range that misses says not why."""
        return ()

    def _written(self, value: float) -> str:
        number = wording.number(value, self.digits)
        if not self.unit:
            return number
        return f"{number}%" if self.unit == "%" else f"{number} {self.unit}"

    def _range(self, low: float, high: float) -> str:
        return wording.span(self._written(low), self._written(high))
