"""How far each rep truly differs, once luck is taken into account.

In: effects and their standard errors.  Out: a distribution per rep: mean, interval, probability beyond a margin.
Method: adaptive shrinkage (Stephens 2017): true effects come from a mixture of a spike at zero and normal curves of
growing width, the mixture is learned from all reps by expectation and maximisation with a penalty that favours the spike,
and each rep's effect is then judged by it. Where most reps are alike, a lone outlier has to show more.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

_FAVOUR_NULL = 10.0  # Stephens' own default
_ROUNDS = 300
_INTERVAL = 0.90


@dataclass(frozen=True)
class Posterior:
    """Each rep's true effect: mixture weights (reps × curves), means and standard deviations of the curves."""

    weights: np.ndarray
    means: np.ndarray
    widths: np.ndarray

    def mean(self) -> np.ndarray:
        """The expected true effect."""
        return (self.weights * self.means).sum(axis=1)

    def below(self, edge: np.ndarray | float) -> np.ndarray:
        """The probability that the true effect lies below `edge`."""
        edges = np.broadcast_to(np.asarray(edge, dtype="float64"), self.means.shape[:1])[:, None]
        return (self.weights * ndtr((edges - self.means) / self.widths)).sum(axis=1)

    def interval(self, level: float = _INTERVAL) -> tuple[np.ndarray, np.ndarray]:
        """Lower and upper end of the central interval that holds the true effect with probability `level`."""
        return self._quantile((1 - level) / 2), self._quantile((1 + level) / 2)

    def _quantile(self, share: float) -> np.ndarray:
        low = (self.means - 8 * self.widths).min(axis=1)
        high = (self.means + 8 * self.widths).max(axis=1)
        for _ in range(60):
            middle = (low + high) / 2
            under = self.below(middle) < share
            low, high = np.where(under, middle, low), np.where(under, high, middle)
        return (low + high) / 2


def shrunk(effect: np.ndarray, error: np.ndarray) -> Posterior:
    """The distribution of each rep's true effect, learned from all of them together."""
    sizes = _sizes(effect, error)
    variance = error[:, None] ** 2 + sizes[None, :] ** 2
    likely = np.exp(-0.5 * effect[:, None] ** 2 / variance) / np.sqrt(variance)
    likely = np.maximum(likely, 1e-300)
    pseudo = np.zeros(len(sizes))
    pseudo[0] = _FAVOUR_NULL - 1
    share = np.full(len(sizes), 1 / len(sizes))
    for _ in range(_ROUNDS):
        each = likely * share
        each /= each.sum(axis=1, keepdims=True)
        new = each.sum(axis=0) + pseudo
        new /= new.sum()
        if np.abs(new - share).max() < 1e-6:
            break
        share = new
    weights = likely * share
    weights /= weights.sum(axis=1, keepdims=True)
    precision = sizes[None, :] ** 2 / variance
    return Posterior(weights, effect[:, None] * precision, np.sqrt(precision) * error[:, None] + 1e-12)


def _sizes(effect: np.ndarray, error: np.ndarray) -> np.ndarray:
    """Widths of the curves: from a tenth of the smallest error, doubling in steps of the square root of two."""
    smallest = max(float(error.min()) / 10, 1e-9)
    largest = 2 * float(np.sqrt(np.maximum(effect**2 - error**2, 0).max()))
    largest = max(largest, 8 * smallest)
    steps = int(np.ceil(2 * np.log2(largest / smallest))) + 1
    return smallest * np.sqrt(2.0) ** np.arange(steps)
