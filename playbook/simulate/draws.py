"""Every draw of a simulation, keyed by what it is drawn for: the seed, what is drawn, the thing, and a place in it.

A draw depends on no other draw and on no order, so that more of one thing changes no other thing. Every kind of draw is
made from one or two uniform numbers of `philox`: numpy promises no stable stream of normal or Poisson draws, and a draw
by rejection falls out of step with the first difference in a last bit.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playbook.simulate import philox

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_MOST_EVENTS = 4_000  # a Poisson mean beyond some hundreds is a mistake of the caller, and must still end


class Draws:
    """The draws of one seed.

    `what` names what is drawn, `thing` holds the key of each thing (`staff.Staff.key`, `openings.Deals.key`), `at` the
    place in it where one thing has several (a stage, a week, the number of a push). Both are broadcast together. The
    same name, thing and place are the same draw: two draws have two names.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def pair(self, what: str, thing: ArrayLike, at: ArrayLike = 0) -> tuple[Floats, Floats]:
        """Two independent numbers from 0 to below 1."""
        things, places = np.broadcast_arrays(np.asarray(thing, dtype=np.int64), np.asarray(at, dtype=np.int64))
        first, second = philox.two_uniforms(philox.key_of(self._seed, what), things.ravel(), places.ravel())
        return first.reshape(things.shape), second.reshape(things.shape)

    def uniform(self, what: str, thing: ArrayLike, at: ArrayLike = 0, *, low: float = 0.0, high: float = 1.0) -> Floats:
        """Even between `low` and `high`."""
        return low + (high - low) * self.pair(what, thing, at)[0]

    def normal(self, what: str, thing: ArrayLike, at: ArrayLike = 0, *, within: float = np.inf) -> Floats:
        """Standard normal by Box and Muller (1958); values beyond `within` are moved to it."""
        first, second = self.pair(what, thing, at)
        drawn: Floats = np.sqrt(-2.0 * np.log1p(-first)) * np.cos(2.0 * np.pi * second)
        return np.clip(drawn, -within, within)

    def around_one(self, what: str, spread: float, thing: ArrayLike, at: ArrayLike = 0) -> Floats:
        """Log-normal with median 1; `spread` is the standard deviation of the logarithm."""
        drawn: Floats = np.exp(spread * self.normal(what, thing, at))
        return drawn

    def whole(self, what: str, low: int, high: int, thing: ArrayLike, at: ArrayLike = 0) -> Ints:
        """Whole numbers from `low` to `high`, both included."""
        return low + np.floor(self.uniform(what, thing, at) * (high - low + 1)).astype(np.int64)

    def chance(self, what: str, probability: ArrayLike, thing: ArrayLike, at: ArrayLike = 0) -> Flags:
        """True with `probability`."""
        return self.uniform(what, thing, at) < np.asarray(probability, dtype=float)

    def counts(self, what: str, mean: ArrayLike, thing: ArrayLike, at: ArrayLike = 0) -> Ints:
        """Poisson counts; the larger the mean of a thing, the larger its count."""
        left = self.uniform(what, thing, at)
        return _poisson(np.broadcast_to(np.asarray(mean, dtype=float), left.shape), left)

    def pick(self, what: str, weights: Sequence[float] | Floats, thing: ArrayLike, at: ArrayLike = 0) -> Ints:
        """Positions in `weights`, each as often as its weight says."""
        return picked(weights, self.uniform(what, thing, at))

    def permutation(self, what: str, n: int) -> Ints:
        """The numbers 0 to n-1 in a random order."""
        return np.argsort(self.uniform(what, np.arange(n)), kind="stable").astype(np.int64)


def picked(weights: Sequence[float] | Floats, at: Floats) -> Ints:
    """The position in `weights` that each number from 0 to below 1 falls on."""
    edges = np.cumsum(np.asarray(weights, dtype=float))
    return np.minimum(np.searchsorted(edges, at * edges[-1], side="right"), len(edges) - 1).astype(np.int64)


def _poisson(means: Floats, left: Floats) -> Ints:
    """Counts by inverting the distribution at `left`."""
    flat_mean, flat_left = means.ravel(), left.ravel().copy()
    term = np.exp(-flat_mean)
    counts = np.zeros(flat_mean.shape, dtype=np.int64)
    growing = np.flatnonzero(flat_left >= term)
    for k in range(1, _MOST_EVENTS):
        if growing.size == 0:
            break
        flat_left[growing] -= term[growing]
        term[growing] *= flat_mean[growing] / k
        counts[growing] = k
        # a term that has shrunk to nothing ends the tail, whatever rounding has left over
        going_on = (flat_left[growing] >= term[growing]) & ((term[growing] > 1e-18) | (k < flat_mean[growing]))
        growing = growing[going_on]
    return counts.reshape(means.shape)
