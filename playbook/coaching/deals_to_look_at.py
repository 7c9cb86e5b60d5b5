"""Deals that are worth a look with the rep, and why: open ones at risk, and recent ones that show the rep's focus.

In: a team's slice.  Out: a few deals, each with one reason. A deal is a place to look, never proof: the rep tells what
happened in it.
"""

from datetime import date
from typing import Protocol

import pandas as pd

from playbook import wording
from playbook.company import Company
from playbook.drivers.registry import driver_of, name_in
from playbook.drivers.showing import RecentDeals
from playbook.metrics.open_deals import open_deals, won_ages

MOST = 4
_RECENT = pd.Timedelta(days=182)
_COLUMNS = ["opportunity_id", "account", "stage", "amount", "why"]


def open_at_risk(company: Company, rep_id: str, as_of: date, typical: dict[str, float] | None = None) -> pd.DataFrame:
    """The rep's open deals at risk, the earliest expected close first and then the oldest, at most four.

    Parameters
    ----------
    typical : the ages of won deals (`won_ages`) to compare with; of the company's own deals if not given.

    Returns
    -------
    DataFrame: opportunity_id, account, stage, amount, why; `attrs["all"]` counts every open deal at risk,
    `attrs["open"]` every open deal, `attrs["by"]` says by what the four were chosen (`date`, `age`, or empty where
    some of them have neither or only some have a date).
    """
    typical = won_ages(company.opportunities, as_of) if typical is None else typical
    own = open_deals(company.with_tables(opportunities=_of_rep(company, rep_id)), as_of, typical)
    risky = own[own["at_risk"]].sort_values(
        ["expected_close_on", "age", "opportunity_id"], ascending=[True, False, True], kind="stable"
    )
    why = [_risk(row, typical) for row in risky.itertuples()]
    at_risk = _named(risky.assign(why=why))
    at_risk.attrs |= {"all": len(risky), "open": len(own), "by": _chosen_by(risky)}
    return at_risk


def _of_rep(company: Company, rep_id: str) -> pd.DataFrame:
    return company.opportunities[company.opportunities["rep_id"] == rep_id]


def _chosen_by(risky: pd.DataFrame) -> str:
    if risky["expected_close_on"].head(MOST).notna().all():
        return "date"
    return "age" if risky["expected_close_on"].isna().all() and risky["age"].head(MOST).notna().all() else ""


def of_the_focus(
    company: Company, rep_id: str, driver: str, as_of: date, currency: str = "", aspect: str = ""
) -> pd.DataFrame:
    """Deals of the rep in which the driver shows, at most four, in the same columns.

    The driver's file says which: of the last half year those lost out of the stage, sold small, pushed and the like,
    the latest first; or open ones. Empty where no deal shows the driver.
    """
    show = driver_of(driver).deals_that_show_it
    deals = _of_rep(company, rep_id)
    if show is None:
        return _named(deals.head(0).assign(why=""))
    recent = deals[deals["closed_on"] > pd.Timestamp(as_of) - _RECENT]
    won, lost = recent[recent["outcome"] == "won"], recent[recent["outcome"] == "lost"]
    seen = RecentDeals(company, as_of, deals, recent, won, lost, currency, name_in(driver), aspect, MOST)
    return _named(show(seen))


class _OpenDeal(Protocol):
    """An open deal and what speaks for asking about it (`metrics.open_deals`)."""

    is_past: bool
    days_past: int
    is_pushed: bool
    pushed: int
    is_old: bool
    age: int


def _risk(row: _OpenDeal, typical: dict[str, float]) -> str:
    reasons = []
    if row.is_past:
        reasons.append(f"its close date passed {wording.days(row.days_past)} ago")
    if row.is_pushed:
        reasons.append(f"its close date moved {wording.times(row.pushed)}")
    if row.is_old:
        reasons.append(
            f"it is {wording.days(row.age)} old; nine of ten wins took {wording.days(typical['oldest'])} or less"
        )
    return "; ".join(reasons)


def _named(deals: pd.DataFrame) -> pd.DataFrame:
    named = deals["account"].fillna(deals["name"]).fillna(deals["opportunity_id"])
    return deals.assign(account=named)[_COLUMNS].head(MOST).reset_index(drop=True)
