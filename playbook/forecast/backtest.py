"""How far such ranges were off: the same look ahead, from the same day of past quarters.

In: a company.  Out: one row per manager and past quarter; by how much today's ranges must be widened.
Each past look knows only what was known then (`playbook.as_of.at`). If too many results fell outside, every range is
stretched about its middle until eight of ten would have held; a past quarter's own miss is left out when its range is
stretched, so that the table does not flatter itself.
"""

from datetime import date

import numpy as np
import pandas as pd

from playbook.as_of import at
from playbook.company import Company
from playbook.forecast.outlook import enough_closed, outlook
from playbook.metrics.periods import Period, quarter_of, quarters_before, same_day_in

QUARTERS = 4
PROMISED = 0.8  # of the results between low and high
_FEWEST_TESTS = 4
_WIDEST = 4.0
_FEWEST_DAYS_OF_HISTORY = 90
COLUMNS = ["manager_id", "quarter", "seen_on", "low", "middle", "high", "actual"]


def past_looks(company: Company, as_of: date, managers: pd.Series) -> pd.DataFrame:
    """What would have been said in up to four past quarters, with as many days left, and what came.

    Returns
    -------
    DataFrame: manager_id, quarter (its first day), seen_on, low, middle, high, actual (money won in the quarter), won
    (already won when looked at). By manager_id and quarter. Empty where the data does not reach back a quarter before.
    """
    fiscal = company.settings.fiscal_year_starts
    quarter = quarter_of(as_of, fiscal)
    closed_on = company.opportunities["closed_on"]
    first = closed_on.min()
    manager_of = company.people.set_index("person_id")["manager_id"]
    tables = []
    for past in quarters_before(quarter, QUARTERS):
        day = same_day_in(past, quarter.days_left(as_of))
        if pd.isna(first) or (day - first.date()).days < _FEWEST_DAYS_OF_HISTORY:
            break
        if not enough_closed(company.opportunities[~(closed_on > pd.Timestamp(day))]):
            continue
        then = at(company, day)
        ranges, _ = outlook(then, day if past.starts_on <= day else past.starts_on)
        ranges = ranges[(ranges["period"] == "quarter") & ranges["manager_id"].isin(managers) & ranges["low"].notna()]
        if ranges.empty:  # nobody could have been told a range on that day
            continue
        won = ranges["manager_id"].map(_won(then, past, manager_of)).fillna(0.0)
        actual = ranges["manager_id"].map(_won(company, past, manager_of)).fillna(0.0)
        bounds = {bound: ranges[bound] + won for bound in ("low", "middle", "high")}
        tables.append(ranges.assign(**bounds, quarter=past.starts_on, seen_on=day, won=won, actual=actual))
    if not tables:
        return pd.DataFrame(columns=[*COLUMNS, "won"])
    looks = pd.concat(tables).sort_values(["manager_id", "quarter"], ignore_index=True)
    days = {c: pd.to_datetime(looks[c]).astype("datetime64[us]") for c in ("quarter", "seen_on")}
    return looks.assign(**days)[[*COLUMNS, "won"]]


def stretch(looks: pd.DataFrame) -> float:
    """By how much ranges must be widened about their middle for eight of ten past results to have held; at least 1."""
    misses = _misses(looks)
    if len(misses) < _FEWEST_TESTS or (misses <= 1).mean() >= PROMISED:
        return 1.0
    return float(np.clip(np.quantile(misses, PROMISED, method="higher"), 1.0, _WIDEST))


def widened(ranges: pd.DataFrame, by: float | pd.Series, won: pd.Series) -> pd.DataFrame:
    """`ranges` (low, middle, high) stretched about the middle; never under what is already won."""
    low = ranges["middle"] - (ranges["middle"] - ranges["low"]) * by
    high = ranges["middle"] + (ranges["high"] - ranges["middle"]) * by
    return ranges.assign(low=np.maximum(low, won), high=high)


def errors(looks: pd.DataFrame) -> pd.DataFrame:
    """The past looks as they would have been told, each quarter stretched by what the other quarters taught."""
    by = {quarter: stretch(looks[looks["quarter"] != quarter]) for quarter in looks["quarter"].unique()}
    return widened(looks, looks["quarter"].map(by).astype("float64"), looks["won"])[COLUMNS]


def _misses(looks: pd.DataFrame) -> np.ndarray:
    """How many half ranges each result was away from the middle: up to 1 is inside."""
    off = looks["actual"] - looks["middle"]
    half = (looks["high"] - looks["middle"]).where(off > 0, looks["middle"] - looks["low"])
    away = off.abs() / half.where(half > 0)
    return away.fillna((off.abs() > 0).map({True: _WIDEST, False: 0.0})).to_numpy(dtype="float64")


def _won(company: Company, quarter: Period, manager_of: pd.Series) -> pd.Series:
    deals = company.opportunities
    won = deals[(deals["outcome"] == "won") & quarter.holds(deals["closed_on"])]
    return won.groupby(won["rep_id"].map(manager_of))["amount"].sum()
