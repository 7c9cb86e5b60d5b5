"""How well somebody knows how sure they may be: over all their answers, with a proper score.

In: attempts.  Out: per step of sureness how many were right, the Brier score (1950), how many ranges held the truth.
Answers given after a hint do not count: they say nothing of how sure one may be by oneself.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from playbook.metrics.proportions import wilson
from playbook.training.attempts import Attempt
from playbook.training.kinds.estimate import SURENESS

FEWEST = 10  # answers; with fewer the picture is luck
TOO_SURE = 0.05  # a smaller difference is nothing to act on
COLUMNS = ("sure", "n", "right", "rate", "low", "high")


@dataclass(frozen=True)
class RangeCount:
    """Of `n` ranges `inside` held the truth; `expected` would, if the learner knew how wide to make them."""

    n: int
    inside: int

    @property
    def expected(self) -> float:
        """Eight of ten, as was asked."""
        return SURENESS * self.n


def reliability(attempts: Iterable[Attempt]) -> pd.DataFrame:
    """One row per step of sureness that was used: sure (0 to 1), n, right (counts), rate, low, high (95%)."""
    rows = pd.DataFrame(_sure_and_right(attempts), columns=["sure", "right"], dtype="float64")
    steps = rows.groupby("sure")["right"].agg(n="size", right="sum").reset_index()
    return steps.join(wilson(steps["right"], steps["n"]))[list(COLUMNS)]


def brier(attempts: Iterable[Attempt]) -> float:
    """The mean squared distance of how sure somebody was from what came true: 0 is best, 0.25 is "always 50%"."""
    squares = [(sure - right) ** 2 for sure, right in _sure_and_right(attempts)]
    return sum(squares) / len(squares) if squares else float("nan")


def ranges(attempts: Iterable[Attempt]) -> RangeCount:
    """How many ranges were given, and how many held the truth."""
    inside = [a.inside for a in attempts if a.inside is not None and not a.hints]
    return RangeCount(len(inside), sum(inside))


def too_sure_by(attempts: Iterable[Attempt]) -> tuple[float, int]:
    """Mean sureness less the share that was right (0 to 1, positive: too sure), and of how many answers."""
    answers = _sure_and_right(attempts)
    if not answers:
        return float("nan"), 0
    return sum(sure - right for sure, right in answers) / len(answers), len(answers)


def _sure_and_right(attempts: Iterable[Attempt]) -> list[tuple[float, float]]:
    """How sure (0 to 1) and whether right (0 or 1), of each answer that counts."""
    return [
        (a.sure / 100, float(a.right)) for a in attempts if a.sure is not None and a.points is not None and not a.hints
    ]
