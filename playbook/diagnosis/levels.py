"""Each rep's own level, the level to be expected of it, and what people outside the team show.

In: judged rows.  Out: levels as a person reads them: shares, money, days, counts per week or per deal.
"""

import numpy as np
import pandas as pd

from playbook.diagnosis.judging import difference_seen
from playbook.drivers.registry import driver_of

ORDINARY = 0.25  # margins; how far people differ who differ by nothing that matters
_NINE_OF_TEN = 1.645
FEWEST_OUTSIDE = 5
QUANTILES = {"low": 0.10, "lower": 0.25, "middle": 0.50, "upper": 0.75, "high": 0.90}
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
    found = {"seen": rows["seen"], "expected": expected, **around}
    told = {name: _as_told(rows, value) for name, value in found.items()}
    return rows[["manager_id", "rep_id", "driver", "aspect", "n"]].assign(**told)[LEVELS].reset_index(drop=True)


class Outside:
    """What people outside each manager's team show: the company's levels, sorted once for all managers."""

    def __init__(self, levels: pd.DataFrame) -> None:
        """`levels` of the whole company; people with too few deals, and measures that stand second, do not count."""
        fewest = levels["driver"].map(lambda key: driver_of(key).fewest)
        counted = levels[(levels["n"] >= fewest) & levels["seen"].notna()]
        counted = counted[~_is_second(counted)].sort_values("seen", kind="stable")
        self._drivers = {
            str(driver): (group["seen"].to_numpy("float64"), group.groupby("manager_id").indices)
            for driver, group in counted.groupby("driver", sort=True)
        }

    def benchmarks(self, manager_id: str) -> pd.DataFrame:
        """Summaries only, of five or more people outside this manager's team.

        Returns
        -------
        DataFrame: driver, unit, reps (people outside), low, lower, middle, upper, high (10, 25, 50, 75 and 90 of 100
        lie below; interpolated, two digits, so that no single person's number shows). By driver; no names, no ids.
        """
        rows = []
        for driver, (seen, teams) in self._drivers.items():
            own = teams.get(manager_id, np.array([], dtype=np.intp))
            reps = len(seen) - len(own)
            if reps >= FEWEST_OUTSIDE:
                at = {name: two_digits(_quantile_without(seen, own, q)) for name, q in QUANTILES.items()}
                rows.append({"driver": driver, "unit": driver_of(driver).unit, "reps": reps, **at})
        return pd.DataFrame(rows, columns=["driver", "unit", "reps", *QUANTILES])


def benchmarks(levels: pd.DataFrame, manager_id: str) -> pd.DataFrame:
    """What people outside one manager's team show; for more than one manager, build `Outside` once."""
    return Outside(levels).benchmarks(manager_id)


def _quantile_without(values: np.ndarray, left_out: np.ndarray, share: float) -> float:
    """The quantile of `values`, in ascending order, without those at the positions `left_out`, ascending too.

    Only the two values that it lies between are looked up, so the cost is that of `left_out`.
    """
    rank = share * (len(values) - len(left_out) - 1)
    # The k-th that is left stands k places on, and one more for each left out before it.
    before = left_out - np.arange(len(left_out))
    below, above = (values[k + np.searchsorted(before, k, side="right")] for k in (int(rank), int(np.ceil(rank))))
    return float(np.quantile([below, above], rank - int(rank)))


def _is_second(rows: pd.DataFrame) -> pd.Series:
    """Whether each row is of a measure that stands beside another of the same driver."""
    pairs = zip(rows["driver"], rows["aspect"], strict=True)
    return pd.Series([driver_of(key).aspect(aspect).second for key, aspect in pairs], index=rows.index, dtype=bool)


def two_digits(value: float) -> float:
    """`value` with its two leading digits: 0.237 is 0.24, 18,432 is 18,000."""
    return float(f"{value:.1e}") if np.isfinite(value) else value


def _as_told(rows: pd.DataFrame, value: pd.Series) -> pd.Series:
    logs = rows["logarithms"].astype(bool)
    told = value.where(~logs, np.exp(value.where(logs).astype("float64")))
    told = told * rows["per"]
    shares = rows["family"] == "shares"
    signed = rows["driver"].map(lambda key: driver_of(key).signed).astype(bool)
    return told.mask(shares, told.clip(0, 1)).mask(~shares & ~signed, told.clip(lower=0))
