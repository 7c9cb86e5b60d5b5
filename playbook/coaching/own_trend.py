"""A rep's own level of one driver, quarter by quarter, with the range that luck alone leaves open.

In: the rep's `own_values`.  Out: one row per fiscal quarter. A quarter is not compared with the one
before: with few deals the ranges overlap, and that is the message (Adab et al., BMJ 2002, on charts instead of arrows).
Shares: Wilson 1927. Means and counts: values by exposure, more or less 1.96 standard errors of such a ratio (Cochran
1977, chapter 6), with the spread of all quarters together, as one quarter's own spread is itself a guess.
"""

from datetime import date

import numpy as np
import pandas as pd

from playbook.coaching.observed import OwnValues
from playbook.drivers.driver import SHARE, Driver
from playbook.drivers.registry import driver_of
from playbook.metrics.observations import SHARES
from playbook.metrics.periods import quarter_of, quarters_before
from playbook.metrics.proportions import Z_95, wilson

MOST_QUARTERS = 8
FEWEST = 3  # values in a quarter, below which it is left out
_COLUMNS = ["starts_on", "ends_on", "n", "level", "low", "high"]


def own_trend(own: OwnValues, driver: str, as_of: date, fiscal_year_starts: int = 1) -> pd.DataFrame:
    """The rep's level per fiscal quarter, oldest first, at most eight quarters back.

    Parameters
    ----------
    own : the rep's `own_values` in `driver`.

    Returns
    -------
    DataFrame: starts_on, ends_on (dates; the running quarter ends at `as_of`), n (deals or weeks), level, low, high
    (95%), in the driver's natural level: a share, money or days as geometric mean, a count per week or deal. Quarters
    with fewer than three deals or weeks are left out.

    Raises
    ------
    UnknownDriver : if there is no such driver.
    """
    latest = quarter_of(as_of, fiscal_year_starts)
    quarters = [*reversed(quarters_before(latest, MOST_QUARTERS - 1)), latest]
    rows = [(quarter, own.rows[quarter.holds(own.rows["on"])]) for quarter in quarters]
    enough = [(quarter, values) for quarter, values in rows if len(values) >= FEWEST]
    if not enough:
        return pd.DataFrame(columns=_COLUMNS)
    frame = pd.DataFrame(
        {
            "starts_on": [quarter.starts_on for quarter, _ in enough],
            "ends_on": [min(quarter.ends_on, as_of) for quarter, _ in enough],
            "n": [len(values) for _, values in enough],
        }
    )
    return frame.join(_levels([values for _, values in enough], own, driver_of(driver)))


def _levels(quarters: list[pd.DataFrame], own: OwnValues, driver: Driver) -> pd.DataFrame:
    counts = pd.Series([len(values) for values in quarters])
    sums = pd.Series([values["value"].sum() for values in quarters])
    if own.family == SHARES:
        return wilson(sums, counts).rename(columns={"rate": "level"})
    exposures = pd.Series([values["exposure"].sum() for values in quarters])
    level = sums / exposures
    off = np.concatenate([(v["value"] - at * v["exposure"]).to_numpy() for v, at in zip(quarters, level, strict=True)])
    spread = float(np.sqrt((off**2).sum() / max(len(off) - len(quarters), 1)))
    half = Z_95 * spread * np.sqrt(counts) / exposures
    levels = own.in_natural_unit(pd.DataFrame({"level": level, "low": level - half, "high": level + half}))
    return levels.clip(lower=0, upper=1 if driver.level_unit == SHARE else None)
