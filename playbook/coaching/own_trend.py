"""A rep's own level of one driver, quarter by quarter, with the range that luck alone leaves open.

In: the rep's values as `observed` gives them.  Out: one row per fiscal quarter. A quarter is not compared with the one
before: with few deals the ranges overlap, and that is the message (Adab et al., BMJ 2002, on charts instead of arrows).
Shares: Wilson 1927. Means of logarithms and of counts: the mean, more or less 1.96 standard errors, with the spread of
all quarters together, as one quarter's own spread is itself a guess.
"""

from datetime import date

import numpy as np
import pandas as pd

from playbook.drivers.driver import RATIO, SHARE
from playbook.drivers.registry import driver_of
from playbook.metrics.periods import quarter_of, quarters_before
from playbook.metrics.proportions import Z_95, wilson

MOST_QUARTERS = 8
FEWEST = 3  # values in a quarter, below which it is left out
_COLUMNS = ["starts_on", "ends_on", "n", "level", "low", "high"]
_SHARES = ("stage", "win_rate", "forecast_accuracy")


def own_trend(values: pd.DataFrame, driver: str, as_of: date, fiscal_year_starts: int = 1) -> pd.DataFrame:
    """The rep's level per fiscal quarter, oldest first, at most eight quarters back.

    Parameters
    ----------
    values : columns on, value, as `observed` gives them for `driver`.

    Returns
    -------
    DataFrame: starts_on, ends_on (dates; the running quarter ends at `as_of`), n (values), level, low, high (95%), in
    the driver's natural level: a share, money or days as geometric mean, a count per week or deal. Quarters with fewer
    than three values are left out.
    """
    latest = quarter_of(as_of, fiscal_year_starts)
    quarters = [*reversed(quarters_before(latest, MOST_QUARTERS - 1)), latest]
    rows = [(quarter, values.loc[quarter.holds(values["on"]), "value"]) for quarter in quarters]
    kept = [(quarter, own) for quarter, own in rows if len(own) >= FEWEST]
    if not kept:
        return pd.DataFrame(columns=_COLUMNS)
    frame = pd.DataFrame(
        {
            "starts_on": [quarter.starts_on for quarter, _ in kept],
            "ends_on": [min(quarter.ends_on, as_of) for quarter, _ in kept],
            "n": [len(own) for _, own in kept],
        }
    )
    return frame.join(_levels([own for _, own in kept], driver))


def _levels(quarters: list[pd.Series], driver: str) -> pd.DataFrame:
    row = driver_of(driver)
    counts = pd.Series([len(own) for own in quarters])
    if row.key in _SHARES:
        return wilson(pd.Series([own.sum() for own in quarters]), counts).rename(columns={"rate": "level"})
    means = pd.Series([own.mean() for own in quarters])
    off = np.concatenate([(own - own.mean()).to_numpy() for own in quarters])
    spread = float(np.sqrt((off**2).sum() / max(len(off) - len(quarters), 1)))
    half = Z_95 * spread / np.sqrt(counts)
    frame = pd.DataFrame({"level": means, "low": means - half, "high": means + half})
    if row.unit == RATIO:
        less = 1.0 if row.key == "cycle_time" else 0.0  # days are counted from 1 before the logarithm
        return (np.exp(frame) - less).clip(lower=0)
    return frame.clip(lower=0, upper=1) if row.unit == SHARE else frame.clip(lower=0)
