"""Two kinds of business that are won as often here as there, in another mix: only the totals differ, not the skill.

In: a variant, the win rates of the two kinds, how many deals.  Out: counts in which luck hides neither of the two.
"""

import numpy as np

from playbook.training.lettered_reps import TRIES
from playbook.training.variant import Variant


def drawn_in_two_mixes(
    variant: Variant, rates: tuple[float, float], many: int, few: int, *, apart: float, gap: float
) -> tuple[np.ndarray, np.ndarray]:
    """Deals and wins, each of shape (2, 2): here and there, by kind; the first has `many` of the first kind.

    Drawn again until the rate of a kind differs by `apart` at most, and the total by `gap` at least.
    """
    deals = np.array([[many, few], [few, many]])
    for _ in range(TRIES):
        won = np.array([variant.wins(list(row), list(rates))[0] for row in deals])
        overall = overall_rates(deals, won)
        if np.abs(np.subtract(*(won / deals))).max() <= apart and overall[0] - overall[1] >= gap:
            break
    return deals, won


def overall_rates(deals: np.ndarray, won: np.ndarray) -> np.ndarray:
    """The win rate here and there, of both kinds together."""
    rates: np.ndarray = won.sum(axis=1) / deals.sum(axis=1)
    return rates
