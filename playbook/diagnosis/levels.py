"""Each rep's own level, and the level to be expected of it.

In: judged rows.  Out: levels as a person reads them: shares, money, days, counts per week or per deal.
"""

import numpy as np
import pandas as pd

from playbook.diagnosis.judging import difference_seen
from playbook.drivers.registry import driver_of

ORDINARY = 0.25  # margins; how far people differ who differ by nothing that matters
_NINE_OF_TEN = 1.645
LEVELS = ["manager_id", "rep_id", "driver", "aspect", "n", "seen", "expected", "peer_low", "peer_high"]


def levels(rows: pd.DataFrame) -> pd.DataFrame:
    """The levels of each row (`judging.judged`).

    Returns
    -------
    DataFrame of LEVELS: n, seen (the rep's own), expected (what the peers would show with the same deals), peer_low and
    peer_high (where nine of ten ordinary reps land with that n, by luck alone). Shares are 0 to 1, deal_size is money
    and cycle_time days (geometric means), counts are per week, per open deal and week, or per deal (slippage). NaN
    where nothing is compared, but for the rep's own.
    """
    _, error = difference_seen(rows)
    half = _NINE_OF_TEN * np.sqrt(error**2 + ORDINARY**2) * rows["margin"]
    expected = rows["expected"].where(rows["comparable"])
    logs = rows["logarithms"].astype(bool)
    around = {
        "peer_low": (expected - half).where(~logs, expected - np.log1p(half)),
        "peer_high": (expected + half).where(~logs, expected + np.log1p(half)),
    }
    numbers = {"seen": rows["seen"], "expected": expected, **around}
    in_unit = {name: _in_unit_of_driver(rows, value) for name, value in numbers.items()}
    return rows[["manager_id", "rep_id", "driver", "aspect", "n"]].assign(**in_unit)[LEVELS].reset_index(drop=True)


def _in_unit_of_driver(rows: pd.DataFrame, value: pd.Series) -> pd.Series:
    logs = rows["logarithms"].astype(bool)
    in_unit = value.where(~logs, np.exp(value.where(logs).astype("float64")))
    in_unit = in_unit * rows["per"]
    shares = rows["family"] == "shares"
    signed = rows["driver"].map(lambda key: driver_of(key).signed).astype(bool)
    return in_unit.mask(shares, in_unit.clip(0, 1)).mask(~shares & ~signed, in_unit.clip(lower=0))
