"""What differs from one variant of an exercise to the next: people, stages, segments, sizes, and luck itself.

Everything comes from the seed. Only even draws of numpy's generator are used, whose stream is stable between versions.
"""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from playbook.simulate.names import FIRST

T = TypeVar("T")
Counts = np.ndarray

_STAGES = (
    ("Discovery", "Solution", "Proposal", "Negotiation"),
    ("Qualify", "Demo", "Business case", "Contract"),
    ("First meeting", "Needs agreed", "Offer", "Closing"),
    ("Connect", "Explore", "Trial", "Terms"),
)
_SEGMENTS = (
    ("SMB", "Enterprise"),
    ("Logistics", "Manufacturing"),
    ("Retail", "Hospitals"),
    ("Inbound", "Outbound"),
)
_LARGEST_SEED = 2**31 - 1


def seed_of(*parts: object) -> int:
    """A seed that belongs to `parts`: the same for the same, on every machine."""
    text = "/".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % _LARGEST_SEED


class Variant:
    """The draws of one variant, one after the other."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._even = np.random.Generator(np.random.PCG64(seed))

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._even.random() * (high - low + 1))

    def between(self, low: float, high: float) -> float:
        """Even between `low` and `high`."""
        return low + (high - low) * float(self._even.random())

    def one_of(self, things: Sequence[T]) -> T:
        """One of them, each as often."""
        return things[int(self._even.random() * len(things))]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """All of them, in an order by lot."""
        return [things[i] for i in np.argsort(self._even.random(len(things)), kind="stable")]

    def chance(self, probability: float) -> bool:
        """True with `probability`."""
        return bool(self._even.random() < probability)

    def wins(self, deals: int | Sequence[int], rate: float | Sequence[float], times: int = 1) -> Counts:
        """How many of `deals` are won at `rate`; with `times`, one row for each of so many quarters.

        Returns counts of shape (times, reps); deals and rates are one for all reps, or one each.
        """
        each, rates = np.broadcast_arrays(np.atleast_1d(deals), np.atleast_1d(rate))
        most = int(each.max(initial=0))
        drawn = self._even.random((times, len(each), most)) < rates[None, :, None]
        counted = np.arange(most)[None, None, :] < each[None, :, None]
        return (drawn & counted).sum(axis=2)

    def names(self, n: int) -> list[str]:
        """First names, all different."""
        return self.shuffled(FIRST)[:n]

    def stages(self) -> tuple[str, ...]:
        """The four stages of a company."""
        return self.one_of(_STAGES)

    def segments(self) -> tuple[str, str]:
        """Two kinds of business, in an order by lot."""
        first, second = self.shuffled(self.one_of(_SEGMENTS))
        return first, second
