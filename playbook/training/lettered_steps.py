"""A rep's steps, each with the deals that came and went on beside what is usual there: a picture to mark in.

In: stages, counts and usual shares.  Out: a picture whose letters can be chosen, and how far each lies outside luck.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

import pandas as pd

from playbook import wording
from playbook.display import PagePart, figure
from playbook.figures.lettered_rates import lettered_rates
from playbook.training.luck_range import luck_spread
from playbook.training.variant import Variant


@dataclass(frozen=True)
class LetteredSteps:
    """`stages`; how many of `reached` deals `went_on` at each, and the share that `usual`ly does."""

    stages: tuple[str, ...]
    went_on: tuple[int, ...]
    reached: tuple[int, ...]
    usual: tuple[float, ...]

    @property
    def letters(self) -> tuple[tuple[str, str], ...]:
        """Each letter with its stage."""
        return tuple(zip(ascii_uppercase, self.stages, strict=False))

    def outside(self) -> list[float]:
        """How far each step lies under its usual, in ranges of luck: 1 is the end of the range."""
        rows = self.rows()
        return list((rows["usual"] - rows["won"] / rows["closed"]) / (rows["usual"] - rows["low"]))

    def rows(self) -> pd.DataFrame:
        """One row per step: letter, name, won (went on), closed (came here), usual, low and high of ordinary luck."""
        rows = pd.DataFrame({"letter": [a for a, _ in self.letters], "name": self.stages, "won": self.went_on})
        rows = rows.assign(closed=self.reached, usual=self.usual)
        spread = luck_spread(rows["usual"], rows["closed"])
        return rows.assign(low=(rows["usual"] - spread).clip(lower=0), high=(rows["usual"] + spread).clip(upper=1))

    def picture(self, title: str, *, with_luck: bool = False, loud: str = "") -> PagePart:
        """The steps as lettered dots beside their usual. Its alternative text has every number."""
        rows = self.rows()
        alt = wording.listing(
            f"{r.letter} {r.name}: {r.won} of {r.closed} went on, usually {wording.share(r.usual)}"
            for r in rows.itertuples()
        )
        return figure(lettered_rates(rows, with_luck=with_luck, loud=loud), title=title, alt=f"{alt}.")


def walked(variant: Variant, entered: int, shares: Sequence[float]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """How many of `entered` deals reach each step, and how many go on from it, where each does at the step's share."""
    reached, went_on, here = [], [], entered
    for share in shares:
        reached.append(here)
        here = int(variant.wins(here, share)[0, 0])
        went_on.append(here)
    return tuple(reached), tuple(went_on)
