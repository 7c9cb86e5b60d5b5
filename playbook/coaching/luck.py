"""How much the lowest of several reps rises by luck alone, without any coaching.

In: a number of reps with the same true win rate, and deals per rep.  Out: the expected rise of whoever came out
lowest, and how often it is a rise. Exact (binomial order statistics); this is regression to the mean, which Kahneman
(2011, chapter 17) tells of flight instructors who believed that shouting helps.
"""

import numpy as np


def rise_of_the_lowest(reps: int, deals: int, rate: float) -> tuple[float, float]:
    """Expected rise of the lowest rep's win rate when measured again, and the chance that it is strictly higher.

    Parameters
    ----------
    reps : how many reps, all with the true win rate `rate` (0 to 1).
    deals : closed deals per rep, each time.

    Returns
    -------
    (rise, chance) : both 0 to 1. For 8 reps, 20 deals and 25%: 0.13 and 0.83.

    Raises
    ------
    ValueError : if there is nobody, no deal, or the rate is no share.
    """
    if reps < 1 or deals < 1 or not 0 <= rate <= 1:
        raise ValueError(f"reps, deals and a share are needed, not {reps}, {deals}, {rate}")
    chances = _binomial(deals, rate)
    at_least = chances[::-1].cumsum()[::-1]  # P(X >= k)
    lowest = at_least**reps - np.append(at_least[1:], 0.0) ** reps  # P(lowest = k)
    higher = np.append(at_least[1:], 0.0)  # P(X > k)
    rise = rate - float((lowest * np.arange(deals + 1)).sum()) / deals
    return max(rise, 0.0), float((lowest * higher).sum())


def _binomial(n: int, p: float) -> np.ndarray:
    """P(X = 0 … n), by convolution, as factorials of large n would overflow."""
    chances = np.ones(1)
    for _ in range(n):
        chances = np.convolve(chances, [1 - p, p])
    return chances
