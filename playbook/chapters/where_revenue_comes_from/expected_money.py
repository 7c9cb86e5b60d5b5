"""What the simulation expects of the money due, and in how many of its runs the quota is reached.

In: a team with its findings `forecast` and `forecast_deals`.  Out: a share, and words. The three ends of the range are
all that is known of the runs, so it is said between which tenths the quota lies, and no finer.
"""

import pandas as pd

from playbook.forecast.forecast_rows import ForecastRow
from playbook.metrics.periods import Period
from playbook.team import Team

_FEW, _LESS_THAN_HALF, _MORE_THAN_HALF, _NEARLY_ALL = (
    "fewer than one of ten runs",
    "one to five of ten runs",
    "five to nine of ten runs",
    "more than nine of ten runs",
)


def running_quarter(team: Team) -> ForecastRow | None:
    """The forecast of the running quarter, if there is a range and a day left."""
    rows = team.finding("forecast")
    rows = rows[rows["period"] == "quarter"] if len(rows) else rows
    row = next(rows.itertuples(), None)
    if row is None or row.low != row.low or row.high <= 0 or row.ends_on.date() <= team.as_of:
        return None
    return row


def share_expected(team: Team, period: Period) -> float:
    """Of the money open and due in `period`, the share won in time by the chance of each deal; NaN if unknown."""
    chances = team.finding("forecast_deals")
    deals = team.deals[(team.deals["outcome"] == "open") & (team.deals["amount"] > 0)]
    due = deals[deals["expected_close_on"] <= pd.Timestamp(period.ends_on)]
    if chances.empty or due.empty:
        return float("nan")
    chance = due["opportunity_id"].map(chances.set_index("opportunity_id")["probability"])
    known = due[chance.notna()]
    money = float(known["amount"].sum())
    return float((known["amount"] * chance[chance.notna()]).sum()) / money if money > 0 else float("nan")


def runs_that_reach(quota: float, ends: ForecastRow) -> str:
    """In how many of ten runs the revenue comes to `quota`: between which of the range's ends it lies."""
    if quota > ends.high:
        return _FEW
    if quota > ends.middle:
        return _LESS_THAN_HALF
    return _MORE_THAN_HALF if quota > ends.low else _NEARLY_ALL
