"""How many more deals (or weeks) would tell a difference from luck.

In: judged rows with verdicts.  Out: a count for each.
"""

import math

import numpy as np
import pandas as pd

from playbook.drivers.registry import driver_of
from playbook.metrics.observations import MEANS, SHARES

_POWER = 2.8  # standard errors between two means for 80% power at two-sided 5%
_LARGE = 2.0  # margins; what too little data is set against
_MOST = 10  # times the driver's floor; nobody waits for more


def more_needed(rows: pd.DataFrame) -> pd.Series:
    """For a sign to watch, how many more would tell it; where there is too little, how many more to begin with; else 0.

    0 for a sign means that so many are there already.
    """
    units = _units_per_squared_margin(rows)
    fewest = rows["driver"].map(lambda key: driver_of(key).fewest)
    sign = (units / rows["best"].astype("float64") ** 2).map(_ceiling) - rows["n"]
    measured = rows["expected"].notna() & (rows["total"] > 0)
    large = np.maximum(fewest, np.minimum((units / _LARGE**2).map(_ceiling), _MOST * fewest))
    first = (large.where(measured, fewest) - rows["n"]).clip(lower=1)
    more = np.select([rows["verdict"] == "watch", rows["verdict"] == "too_little_data"], [sign.clip(lower=0), first], 0)
    return pd.Series(more, index=rows.index).astype("int64")


def _units_per_squared_margin(rows: pd.DataFrame) -> pd.Series:
    """How many it takes to tell a difference of one margin; for k margins it takes a k-squared part of that."""
    level = rows["expected"].astype("float64")
    spread = rows["scatter"].where(rows["family"] == MEANS, level * (1 - level).where(rows["family"] == SHARES, 1.0))
    per_unit = spread.astype("float64") * rows["inflation"] / (rows["total"] / rows["n"].where(rows["n"] > 0))
    return per_unit * (_POWER / rows["margin"]) ** 2


def _ceiling(value: float) -> float:
    return math.ceil(value) if math.isfinite(value) else value
