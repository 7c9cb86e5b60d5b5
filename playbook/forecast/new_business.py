"""Deals that nobody has opened yet: how much is opened and won inside what is left of a period.

In: a company.  Out: per manager, how many such deals to expect and what they bring.
Counted over the same stretch of past quarters. A team's own count is drawn towards the company's per rep; how many
come is then Poisson with a Gamma rate, which leaves room for good and bad quarters.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

LENT_STRETCHES = 1.0  # how many past stretches the company's own rate counts for


def expected_new(
    deals: pd.DataFrame, manager_of: pd.Series, reps_of: pd.Series, since: Sequence[date], days: int, as_of: date
) -> pd.DataFrame:
    """The Gamma rate of deals won in the next `days` days that are not opened yet.

    Parameters
    ----------
    deals : opportunities; where none has a creation date, every won deal counts as new, as nobody can tell.
    manager_of : the manager_id of each rep_id.
    reps_of : how many active reps each manager_id has; the managers to report on.
    since : the past days from which stretches start; of these, those that were over by `as_of` are used.

    Returns
    -------
    DataFrame indexed by manager_id: shape, scale (of the Gamma distribution of the number of deals; shape 0 if none
    was ever seen), expected (their product).
    """
    starts = pd.DatetimeIndex([d for d in since if (as_of - d).days >= days])
    if days == 0 or starts.empty:
        return pd.DataFrame({"shape": 0.0, "scale": 0.0, "expected": 0.0}, index=reps_of.index)
    won = deals[(deals["outcome"] == "won") & deals["closed_on"].notna()]
    opened = won["created_on"] if deals["created_on"].notna().any() else won["closed_on"]
    closed, length = won["closed_on"].to_numpy(), pd.Timedelta(days=days)
    manager = won["rep_id"].map(manager_of)
    place = reps_of.index.get_indexer(pd.Index(manager))
    counts = np.zeros(len(reps_of))
    for start in starts:
        inside = (opened > start).to_numpy() & (closed > start) & (closed <= start + length) & (place >= 0)
        counts += np.bincount(place[inside], minlength=len(reps_of))
    seen = pd.Series(counts, index=reps_of.index)
    stretches = _independent(starts, days)
    share = stretches / len(starts)  # stretches that overlap tell the same story more than once
    per_rep = seen.sum() / len(starts) / max(int(reps_of.sum()), 1)
    shape = seen * share + LENT_STRETCHES * per_rep * reps_of
    scale = 1 / (stretches + LENT_STRETCHES)
    return pd.DataFrame({"shape": shape, "scale": scale, "expected": shape * scale})


def quick_wins(deals: pd.DataFrame, days: int) -> pd.DataFrame:
    """Won deals that took at most `days` days, with a known amount: what new business usually brings."""
    won = deals[(deals["outcome"] == "won") & (deals["amount"] > 0)]
    took = (won["closed_on"] - won["created_on"]).dt.days
    quick = won[took <= days]
    return quick if len(quick) else won


def _independent(starts: pd.DatetimeIndex, days: int) -> float:
    """How many stretches of that length would fit without overlap into the days that they cover, at least one."""
    covered = np.unique(starts.values.astype("datetime64[D]").astype("int64")[:, None] + np.arange(1, days + 1))
    return max(len(covered) / days, 1.0)
