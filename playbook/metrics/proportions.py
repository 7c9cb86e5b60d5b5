"""Shares of small counts: their interval, whether two differ, and how many such findings to believe.

In: counts.  Out: intervals and probabilities.
Interval: Wilson 1927, as Brown, Cai and DasGupta 2001 advise for small n.  Two shares: Fisher's exact test (1935).
Many comparisons: Benjamini and Hochberg 1995.  Written out in numpy, as a chapter's kernel loads no statistics library.
"""

import numpy as np
import pandas as pd

Z_95 = 1.959963984540054  # the normal quantile of a two-sided interval of 95%
_TIES = 1e-9  # tables as likely as the one seen count as such, in spite of rounding


def wilson(successes: pd.Series, trials: pd.Series, z: float = Z_95) -> pd.DataFrame:
    """The Wilson interval of each share.

    Returns
    -------
    DataFrame with the index of `successes`: rate, low, high (0 to 1; NaN where there were no trials).
    """
    n = trials.astype("float64").where(trials > 0)
    rate = successes / n
    middle = (rate + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(rate * (1 - rate) / n + z**2 / (4 * n**2))
    low, high = (middle - half).clip(lower=0), (middle + half).clip(upper=1)
    return pd.DataFrame({"rate": rate, "low": low.mask(rate == 0, 0.0), "high": high.mask(rate == 1, 1.0)})


def differ(won: int, closed: int, other_won: int, other_closed: int) -> float:
    """Fisher's exact test, two-sided: how often luck alone parts two groups of equal chance at least this far."""
    total_won, total = won + other_won, closed + other_closed
    if not closed or not other_closed or total_won in (0, total):
        return 1.0
    logs = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, total + 1)))))
    possible = np.arange(max(0, total_won - other_closed), min(closed, total_won) + 1)
    likely = _log_ways(logs, closed, possible) + _log_ways(logs, other_closed, total_won - possible)
    chance = np.exp(likely - likely.max())
    seen = chance[won - possible[0]]
    return float(min(1.0, chance[chance <= seen * (1 + _TIES)].sum() / chance.sum()))


def false_discovery(p_values: pd.Series) -> pd.Series:
    """The Benjamini-Hochberg adjusted value of each p: of those up to it, that share at most is expected to be luck."""
    known = p_values.dropna().sort_values(ascending=False)
    tests = len(known)
    adjusted = (known * tests / np.arange(tests, 0, -1)).cummin().clip(upper=1.0)
    return adjusted.reindex(p_values.index)


def _log_ways(logs: np.ndarray, of: int, chosen: np.ndarray) -> np.ndarray:
    return logs[of] - logs[chosen] - logs[of - chosen]
