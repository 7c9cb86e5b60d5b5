"""A trait of the record as measured per rep: its value, on how much it rests, and how far luck may have moved it.

In: flags, numbers or amounts of a rep's deals or weeks.  Out: tables indexed by rep_id with value, n and error.
"""

import numpy as np
import pandas as pd

COLUMNS = ["value", "n", "error"]
_BORROWED = 1.0  # a success and a failure added to each share, so that 0 of 3 is not taken for certain


def share_of(flags: pd.Series, rep: pd.Series) -> pd.DataFrame:
    """The share of a rep's rows whose flag is set, with the error of a share (Agresti and Coull 1998)."""
    known = flags.notna() & rep.notna()
    grouped = flags[known].astype("float64").groupby(rep[known])
    n, hits = grouped.size(), grouped.sum()
    drawn_in = (hits + _BORROWED) / (n + 2 * _BORROWED)
    error = np.sqrt(drawn_in * (1 - drawn_in) / (n + 2 * _BORROWED))
    return pd.DataFrame({"value": hits / n, "n": n, "error": error}).rename_axis("rep_id")


def mean_of(values: pd.Series, rep: pd.Series) -> pd.DataFrame:
    """The mean of a rep's rows, with its standard error; the scatter is that of all reps together where n is small."""
    known = values.notna() & rep.notna()
    values, rep = values[known].astype("float64"), rep[known]
    grouped = values.groupby(rep)
    n, mean = grouped.size(), grouped.mean()
    pooled = float((values - rep.map(mean).astype("float64")).std(ddof=0)) if len(values) else 0.0
    error = pd.Series(pooled, index=n.index) / np.sqrt(n)
    return pd.DataFrame({"value": mean, "n": n, "error": error}).rename_axis("rep_id")


def middle_of(values: pd.Series, rep: pd.Series) -> pd.DataFrame:
    """The median of a rep's rows, with the standard error of a median of scattered values."""
    mean = mean_of(values, rep)
    known = values.notna() & rep.notna()
    return mean.assign(value=values[known].astype("float64").groupby(rep[known]).median(), error=1.25 * mean["error"])


def known_of(values: pd.Series, n: pd.Series) -> pd.DataFrame:
    """What is known without sampling, as a quota or a count of weeks is; rows without a value are left out."""
    table = pd.DataFrame({"value": values.astype("float64"), "n": n, "error": 0.0}).rename_axis("rep_id")
    return table[table["value"].notna()]


def log_of_count(counts: pd.Series, per: pd.Series) -> pd.DataFrame:
    """The logarithm of a rate, with its error by the delta method for counts that vary somewhat more than Poisson."""
    rate = (counts + 0.5) / per.where(per > 0)
    error = np.sqrt(1.5 / (counts + 0.5))
    table = pd.DataFrame({"value": np.log(rate), "n": counts, "error": error}).rename_axis("rep_id")
    return table[table["value"].notna()]
