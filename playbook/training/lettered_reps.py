"""Reps with their deals won and closed: the situation that most exercises show, and what luck alone would make of it.

In: names and counts.  Out: a picture whose letters can be chosen, and how often equal reps land as far apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

import numpy as np
import pandas as pd

from playbook import wording
from playbook.display import PagePart, figure
from playbook.figures.lettered_rates import lettered_rates
from playbook.training.luck_range import luck_spread
from playbook.training.variant import Variant

TEAMS = 4_000  # simulated; a share of them is known to within two points
ORDINARY = 0.25  # what so many teams of equals show is no sign of anything
EQUALS, TRIES = 8, 200


@dataclass(frozen=True)
class LetteredReps:
    """`names`, and how many of `closed` deals each `won`; letters go by the place in the list."""

    names: tuple[str, ...]
    won: tuple[int, ...]
    closed: tuple[int, ...]

    @property
    def letters(self) -> tuple[tuple[str, str], ...]:
        """Each letter with its name."""
        return tuple(zip(ascii_uppercase, self.names, strict=False))

    @property
    def rate(self) -> float:
        """The win rate of all of them together."""
        return sum(self.won) / sum(self.closed)

    def rows(self) -> pd.DataFrame:
        """One row per rep: letter, name, won, closed, and the range of ordinary luck (nine of ten), low and high."""
        rows = pd.DataFrame({"letter": [a for a, _ in self.letters], "name": self.names, "won": self.won})
        rows["closed"] = self.closed
        spread = luck_spread(self.rate, rows["closed"])
        return rows.assign(low=(self.rate - spread).clip(lower=0), high=(self.rate + spread).clip(upper=1))

    def picture(self, title: str, *, with_luck: bool = False, loud: str = "") -> PagePart:
        """The reps as lettered dots. Its alternative text has every number."""
        rows = self.rows()
        alt = wording.listing(f"{r.letter} {r.name} won {r.won} of {r.closed}" for r in rows.itertuples())
        return figure(lettered_rates(rows, with_luck=with_luck, loud=loud), title=title, alt=f"{alt}.")


def lowest_of_equals(variant: Variant, rate: float, closed: Sequence[int], teams: int = TEAMS) -> np.ndarray:
    """The fewest wins in each of so many simulated teams, all of whose reps win at `rate`; shape (teams,)."""
    counts: np.ndarray = variant.wins(list(closed), rate, times=teams).min(axis=1)
    return counts


def ordinary_lowest(variant: Variant) -> tuple[float, int, int, float]:
    """rate, deals each, the fewest wins of one team of equals that is no rarity, and how often it is so low."""
    rate, closed = variant.whole(28, 42) / 100, variant.whole(32, 48)
    lowest = lowest_of_equals(variant, rate, [closed] * EQUALS)
    for _ in range(TRIES):
        won = int(variant.wins([closed] * EQUALS, rate).min())
        chance = float((lowest <= won).mean())
        if chance >= ORDINARY:
            break
    return rate, closed, won, chance


def of_ten(share: float) -> str:
    """A share as people say it: `3 in 10`, `fewer than 1 in 100`, `1 in 40`."""
    if share < 0.01:
        return "fewer than 1 in 100"
    if share < 0.1:
        return f"1 in {wording.number(1 / share)}"
    return f"{wording.number(share * 10)} in 10" if share < 0.95 else "nearly all"


def won_of(won: int, closed: int) -> str:
    """A count with its share, as a table says it: `14 of 62 (23%)`."""
    return f"{won} of {closed} ({wording.share(won / closed)})"
