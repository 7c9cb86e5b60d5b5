"""Why other reports say something else: the win rate as others count it.

In: deals and a day.  Out: one row per way of counting, over the same 12 months where it can be.
"""

from datetime import date

import pandas as pd

from playbook.metrics.win_rate_by import closed_deals

_LONG_ENOUGH = 0.9  # deals are old enough for the cohort once nine of ten closed ones would have closed


def other_win_rates(deals: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The win rate by value, against a competitor only, with overdue deals as lost, and of all deals created.

    Returns
    -------
    DataFrame: key (`value`, `competitive`, `overdue`, `cohort`), rate (0 to 1), n (deals counted), counted (what stands
    below the line), since, until (days of creation of the `cohort`; missing for the others). Ways that the data cannot
    follow are left out.
    """
    closed = closed_deals(deals, as_of)
    rows = [_by_value(closed), _competitive(closed), _overdue(deals, closed, as_of), _cohort(deals, as_of)]
    return pd.DataFrame([r for r in rows if r], columns=["key", "rate", "n", "counted", "since", "until"])


def _by_value(closed: pd.DataFrame) -> dict[str, object] | None:
    valued = closed[closed["amount"] > 0]
    if valued.empty or (valued["outcome"] == "lost").sum() == 0:
        return None
    won = valued.loc[valued["outcome"] == "won", "amount"].sum()
    return {"key": "value", "rate": won / valued["amount"].sum(), "n": len(valued), "counted": "money won and lost"}


def _competitive(closed: pd.DataFrame) -> dict[str, object] | None:
    if not (closed["lost_to"] == "no_decision").any():
        return None
    fought = closed[~(closed["lost_to"] == "no_decision")]
    rate = (fought["outcome"] == "won").mean()
    return {"key": "competitive", "rate": rate, "n": len(fought), "counted": "deals in which the customer decided"}


def _overdue(deals: pd.DataFrame, closed: pd.DataFrame, as_of: date) -> dict[str, object] | None:
    late = deals[(deals["outcome"] == "open") & (deals["expected_close_on"] < pd.Timestamp(as_of))]
    if late.empty:
        return None
    n = len(closed) + len(late)
    rate = (closed["outcome"] == "won").sum() / n
    return {"key": "overdue", "rate": rate, "n": n, "counted": "closed deals, and open ones past their date as lost"}


def _cohort(deals: pd.DataFrame, as_of: date) -> dict[str, object] | None:
    days = (deals["closed_on"] - deals["created_on"]).dt.days.dropna()
    if days.empty:
        return None
    latest = pd.Timestamp(as_of) - pd.Timedelta(days=float(days.quantile(_LONG_ENOUGH)))
    latest = latest.normalize()
    since = latest - pd.DateOffset(years=1) + pd.Timedelta(days=1)
    created = deals[(deals["created_on"] < latest + pd.Timedelta(days=1)) & (deals["created_on"] >= since)]
    if created.empty:
        return None
    rate = (created["outcome"] == "won").mean()
    counted = "deals created, open ones included"
    return {"key": "cohort", "rate": rate, "n": len(created), "counted": counted, "since": since, "until": latest}
