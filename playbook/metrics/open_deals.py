"""Open deals: how old they are, whether their date has passed, how often it was pushed, and what is at risk.

In: a company and a day.  Out: one row per open deal.
"Pushed" counts each time that the expected close date was moved later. A deal is at risk here if its date has passed,
if it was pushed at least twice, or if it is older than nine of ten won deals were when they were won. That is a
reason to ask, not a forecast.
"""

from datetime import date

import pandas as pd

from playbook.company import Company
from playbook.metrics.history import in_order

OFTEN_PUSHED = 2
FEWEST_WON = 10  # won deals with both dates, below which no typical age is told
_LAST_YEAR = pd.Timedelta(days=365)


def won_ages(deals: pd.DataFrame, as_of: date) -> dict[str, float]:
    """How old won deals of the last 12 months were when they were won, in days.

    Returns
    -------
    dict: n, and lower, middle, upper (quartiles), oldest (nine of ten were won by then); NaN below ten deals.
    """
    won = deals[(deals["outcome"] == "won") & (deals["closed_on"] > pd.Timestamp(as_of) - _LAST_YEAR)]
    ages = (won["closed_on"] - won["created_on"]).dt.days.dropna()
    ages = ages[ages >= 0]
    at = {"lower": 0.25, "middle": 0.5, "upper": 0.75, "oldest": 0.9}
    enough = len(ages) >= FEWEST_WON
    return {"n": len(ages)} | {name: float(ages.quantile(q)) if enough else float("nan") for name, q in at.items()}


def pushes(history: pd.DataFrame) -> pd.Series:
    """How often each deal's expected close date was moved later; indexed by opportunity_id, deals with dates only."""
    dated = in_order(history[history["expected_close_on"].notna()])
    later = dated["expected_close_on"] > dated.groupby("opportunity_id")["expected_close_on"].shift()
    return later.groupby(dated["opportunity_id"]).sum()


def open_deals(company: Company, as_of: date, typical: dict[str, float] | None = None) -> pd.DataFrame:
    """Every open deal of the company with what there is to ask about it.

    Parameters
    ----------
    typical : the ages of won deals (`won_ages`) to compare with; of the company's own deals if not given.

    Returns
    -------
    DataFrame: the deal's own columns (opportunity_id, rep_id, account, name, stage, amount, created_on,
    expected_close_on, forecast_category, next_step), age (days since it was created, NaN if unknown), days_past (days
    since its expected close, 0 if still ahead, NaN if it has no date), pushed (times, NaN without history of dates),
    is_past, is_pushed, is_old, at_risk (bool).
    """
    typical = won_ages(company.opportunities, as_of) if typical is None else typical
    day = pd.Timestamp(as_of)
    columns = ["opportunity_id", "rep_id", "account", "name", "stage", "amount", "created_on", "expected_close_on"]
    deals = company.opportunities[company.opportunities["outcome"] == "open"]
    deals = deals[[*columns, "forecast_category", "next_step"]].reset_index(drop=True)
    past = (day - deals["expected_close_on"]).dt.days
    history = company.stage_history[company.stage_history["opportunity_id"].isin(deals["opportunity_id"])]
    pushed = deals["opportunity_id"].map(pushes(history)).astype("float64")
    flags = {
        "is_past": past > 0,
        "is_pushed": pushed >= OFTEN_PUSHED,
        "is_old": (day - deals["created_on"]).dt.days > typical["oldest"],
    }
    return deals.assign(
        age=(day - deals["created_on"]).dt.days.astype("float64"),
        days_past=past.clip(lower=0).astype("float64"),
        pushed=pushed,
        **flags,
        at_risk=flags["is_past"] | flags["is_pushed"] | flags["is_old"],
    )
