"""The range in which a team's revenue lands: the same weeks ahead, played many times.

In: open deals with their chances, new business, what is won.  Out: low, middle and high of each team.
Each open deal is won or not by its chance (once for month and quarter, so that the two agree); unknown amounts are
drawn from won deals like it. Eight of ten plays end between low and high. The seed belongs to the manager: the same
data give the same range.
"""

import hashlib
from dataclasses import dataclass

import numpy as np

PLAYS = 2_000
LOW, MIDDLE, HIGH = 10, 50, 90  # percentiles


@dataclass(frozen=True)
class Ahead:
    """What lies ahead of one team in one period: chance per open deal, and the Gamma rate of new business."""

    chance: np.ndarray
    new_shape: float
    new_scale: float
    new_amounts: np.ndarray


def play(
    seed: str, amounts: np.ndarray, drawn_from: list[np.ndarray | None], periods: list[Ahead]
) -> list[tuple[float, float, float]]:
    """Low, middle and high of the money still to come, for each period.

    Parameters
    ----------
    seed : any text; the same text gives the same plays.
    amounts : of each open deal; NaN where unknown.
    drawn_from : per deal the amounts to draw from where its own is unknown, else None.
    """
    random = np.random.default_rng(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8]))
    fate = random.random((PLAYS, len(amounts)), dtype=np.float32)
    known = np.nan_to_num(amounts, nan=0.0)
    drawn = {
        i: random.choice(pool, PLAYS)
        for i, pool in enumerate(drawn_from)
        if pool is not None and len(pool) and np.isnan(amounts[i])
    }
    ranges = []
    for ahead in periods:
        won = fate < ahead.chance.astype(np.float32)
        total = won @ known
        for i, values in drawn.items():
            total = total + won[:, i] * values
        total = total + _new_business(random, ahead)
        low, middle, high = np.percentile(total, [LOW, MIDDLE, HIGH])
        ranges.append((float(low), float(middle), float(high)))
    return ranges


def _new_business(random: np.random.Generator, ahead: Ahead) -> np.ndarray:
    if ahead.new_shape <= 0 or not len(ahead.new_amounts):
        return np.zeros(PLAYS)
    counts = random.poisson(random.gamma(ahead.new_shape, ahead.new_scale, PLAYS))
    play_of = np.repeat(np.arange(PLAYS), counts)
    return np.bincount(play_of, weights=random.choice(ahead.new_amounts, counts.sum()), minlength=PLAYS)
