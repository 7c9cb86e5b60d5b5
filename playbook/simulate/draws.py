"""Every draw of a simulation, made from uniform numbers alone.

numpy promises a stable stream across versions and machines for its bit generator and `random`, not for normal,
Poisson or gamma draws; and a draw by rejection falls out of step with the first difference in a last bit. So each
kind of draw here takes a fixed count of uniforms.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Size = int | tuple[int, ...]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_MOST_EVENTS = 4_000  # a Poisson mean beyond some hundreds is a mistake of the caller, and must still end


class Draws:
    """One stream of draws. `split` gives streams of their own to subjects, so that more of one changes no other."""

    def __init__(self, generator: np.random.Generator) -> None:
        self._generator = generator

    @classmethod
    def from_seed(cls, seed: int) -> "Draws":
        """The stream that belongs to `seed`."""
        return cls(np.random.Generator(np.random.PCG64(seed)))

    def split(self, n: int) -> list["Draws"]:
        """`n` independent streams."""
        return [Draws(child) for child in self._generator.spawn(n)]

    def uniform(self, size: Size, low: float = 0.0, high: float = 1.0) -> Floats:
        """Even between `low` and `high`."""
        return low + (high - low) * self._generator.random(size)

    def normal(self, size: Size, within: float = np.inf) -> Floats:
        """Standard normal by Box and Muller (1958); values beyond `within` are moved to it."""
        first, second = self._generator.random(size), self._generator.random(size)
        return np.clip(np.sqrt(-2.0 * np.log1p(-first)) * np.cos(2.0 * np.pi * second), -within, within)

    def around_one(self, size: Size, spread: float) -> Floats:
        """Log-normal with median 1; `spread` is the standard deviation of the logarithm."""
        return np.exp(spread * self.normal(size))

    def whole(self, size: Size, low: int, high: int) -> Ints:
        """Whole numbers from `low` to `high`, both included."""
        return low + np.floor(self._generator.random(size) * (high - low + 1)).astype(np.int64)

    def chance(self, probability: ArrayLike, size: Size | None = None) -> Flags:
        """True with `probability`, for each of its values (or `size` times)."""
        odds = np.asarray(probability, dtype=float)
        return self._generator.random(odds.shape if size is None else size) < odds

    def counts(self, mean: ArrayLike) -> Ints:
        """Poisson counts by inverting the distribution: one uniform each."""
        means = np.asarray(mean, dtype=float)
        left = self._generator.random(means.shape)
        result = np.zeros(means.shape, dtype=np.int64)
        term = np.exp(-means)
        open_ones = np.flatnonzero(left.ravel() >= term.ravel())
        flat_mean, flat_left, flat_term, flat = means.ravel(), left.ravel(), term.ravel().copy(), result.ravel()
        for k in range(1, _MOST_EVENTS):
            if open_ones.size == 0:
                break
            flat_left[open_ones] -= flat_term[open_ones]
            flat_term[open_ones] *= flat_mean[open_ones] / k
            flat[open_ones] = k
            # a term that has shrunk to nothing ends the tail, whatever rounding has left over
            going_on = (flat_left[open_ones] >= flat_term[open_ones]) & (
                (flat_term[open_ones] > 1e-18) | (k < flat_mean[open_ones])
            )
            open_ones = open_ones[going_on]
        return result

    def pick(self, weights: Sequence[float] | Floats, size: Size) -> Ints:
        """Positions in `weights`, each as often as its weight says."""
        edges = np.cumsum(np.asarray(weights, dtype=float))
        picked = np.searchsorted(edges, self._generator.random(size) * edges[-1], side="right")
        return np.minimum(picked, len(edges) - 1).astype(np.int64)

    def pick_by_row(self, weights: Floats) -> Ints:
        """One position per row of `weights` (rows × choices)."""
        edges = np.cumsum(weights, axis=1)
        at = self._generator.random(len(weights)) * edges[:, -1]
        return np.minimum((at[:, None] >= edges).sum(axis=1), weights.shape[1] - 1).astype(np.int64)

    def shuffled(self, n: int) -> Ints:
        """The numbers 0 to n-1 in random order."""
        return np.argsort(self._generator.random(n), kind="stable").astype(np.int64)
