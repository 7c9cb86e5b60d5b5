"""What a rep's own deals and weeks say about one driver, one value per deal or week, with the day it became known.

In: a company (or a team's slice of it), a rep, a driver.  Out: the values, from which `plans` reads the rep's pace and
spread. Not a comparison, and no verdict: only the raw material for "when could we know?".
"""

from datetime import date

import numpy as np
import pandas as pd

from playbook.company import Company
from playbook.metrics.forecast_calls import WAS_LOST, WAS_SAID, forecast_calls
from playbook.metrics.open_deals import pushes
from playbook.metrics.stage_conversion import stage_exits

WEEK = pd.Timedelta(days=7)


def observed(company: Company, rep_id: str, driver: str, as_of: date, aspect: str = "") -> pd.DataFrame:
    """The rep's own values for `driver`, oldest first.

    Parameters
    ----------
    aspect : which measure of a forecast the diagnosis judged for this rep: WAS_LOST (of the deals lost late, those that
        were not committed), WAS_SAID (of the won ones, those that were); empty where it judged neither: then both.

    Returns
    -------
    DataFrame: on (the day the value was known), value. Shares as 0 or 1 per deal (win_rate: won; stage: passed;
    forecast_accuracy: called rightly), deal_size and cycle_time as natural logarithms per won deal, discounting as
    the share per won deal, slippage as moves to a later date per closed deal, pipeline_generation and activity as
    counts per week. Empty where the data does not hold it.
    """
    key, _, stage = driver.partition(":")
    deals = company.opportunities[company.opportunities["rep_id"] == rep_id]
    if key == "stage":
        values = _stage(company, deals, stage)
    elif key == "pipeline_generation":
        values = _per_week(deals["created_on"], as_of)
    elif key == "activity":
        values = _per_week(company.activities.loc[company.activities["rep_id"] == rep_id, "on"], as_of)
    else:
        values = _per_deal(company, deals, key, aspect)
    known = values.dropna()
    return known[known["on"] <= pd.Timestamp(as_of)].sort_values("on", kind="stable", ignore_index=True)


def weeks_seen(values: pd.DataFrame, as_of: date, most: int, since: date | None = None) -> float:
    """How many weeks up to `as_of` the pace is read from: `most`, or fewer where the values (or the rep) are younger.

    The rep's first day counts where it is known and later than the window's start. At least one week.
    """
    if values.empty:
        return float(most)
    begin = pd.Timestamp(as_of) - most * WEEK
    youngest = max(begin, values["on"].min()) if since is None or pd.isna(since) else max(begin, pd.Timestamp(since))
    return max((pd.Timestamp(as_of) - youngest) / WEEK, 1.0)


def _per_deal(company: Company, deals: pd.DataFrame, key: str, aspect: str) -> pd.DataFrame:
    closed = deals[deals["outcome"].isin(["won", "lost"])]
    won = closed[closed["outcome"] == "won"]
    if key == "win_rate":
        return _values(closed["closed_on"], (closed["outcome"] == "won").astype("float64"))
    if key == "deal_size":
        return _values(won["closed_on"], _log(won["amount"]))
    if key == "cycle_time":
        return _values(won["closed_on"], _log((won["closed_on"] - won["created_on"]).dt.days + 1.0))
    if key == "discounting":
        implied = 1 - won["amount"] / won["list_amount"].where(won["list_amount"] > 0)
        return _values(won["closed_on"], won["discount"].fillna(implied))
    if key == "forecast_accuracy":
        return _forecast(company, closed, aspect)
    history = company.stage_history[company.stage_history["opportunity_id"].isin(closed["opportunity_id"])]
    return _values(closed["closed_on"], closed["opportunity_id"].map(pushes(history)))


def _forecast(company: Company, closed: pd.DataFrame, aspect: str) -> pd.DataFrame:
    """1 for each deal whose forecast was right, 0 for each other; nothing where nobody ever committed a deal.

    How far a lost deal must have come to count, the commits of everybody in `company` say.
    """
    if not (company.stage_history["forecast_category"] == "commit").any():
        return _values(closed["closed_on"].head(0), pd.Series(dtype="float64"))
    everyone = company.opportunities[company.opportunities["outcome"].isin(["won", "lost"])]
    calls = forecast_calls(everyone, company.stage_history, company.stages).loc[closed.index]
    won = closed["outcome"] == "won"
    counted = {WAS_SAID: won, WAS_LOST: ~won & calls["late"]}.get(aspect, won | calls["late"])
    right = calls["said"] == won
    return _values(closed.loc[counted, "closed_on"], right[counted].astype("float64"))


def _stage(company: Company, deals: pd.DataFrame, stage: str) -> pd.DataFrame:
    exits = stage_exits(company.with_tables(opportunities=deals))
    left = exits[(exits["stage"] == stage) & exits["result"].isin(["passed", "lost"])]
    return _values(left["left_on"], (left["result"] == "passed").astype("float64"))


def _per_week(days: pd.Series, as_of: date) -> pd.DataFrame:
    """Counts of whole weeks that end at `as_of`, from the first event on."""
    known = days[days <= pd.Timestamp(as_of)].dropna()
    if known.empty:
        return _values(known, pd.Series(dtype="float64"))
    back = (pd.Timestamp(as_of) - known).dt.days // 7
    weeks = range(int(back.max()))  # the oldest week is left out: it may have begun before the data did
    counts = back.value_counts().reindex(weeks, fill_value=0)
    ends = pd.Series([pd.Timestamp(as_of) - week * WEEK for week in weeks], dtype="datetime64[us]")
    return _values(ends, counts.astype("float64").reset_index(drop=True))


def _log(values: pd.Series) -> pd.Series:
    return np.log(values.where(values > 0))


def _values(days: pd.Series, values: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"on": days.astype("datetime64[us]"), "value": values.astype("float64")})
