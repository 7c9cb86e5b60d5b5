"""Deals that are worth a look with the rep, and why: open ones at risk, and recent ones that show the rep's focus.

In: a team's slice.  Out: a few deals, each with one reason. A deal is a place to look, never proof: the rep tells what
happened in it.
"""

from datetime import date

import pandas as pd

from playbook import wording
from playbook.company import Company
from playbook.metrics.forecast_calls import WAS_SAID
from playbook.metrics.open_deals import open_deals, pushes, won_ages
from playbook.metrics.stage_conversion import stage_exits

MOST = 4
_RECENT = pd.Timedelta(days=182)
_QUIET_DAYS = 21
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
    deals = open_deals(company, as_of, typical)
    own = deals[deals["rep_id"] == rep_id]
    risky = own[own["at_risk"]].sort_values(
        ["expected_close_on", "age", "opportunity_id"], ascending=[True, False, True], kind="stable"
    )
    why = [_risk(row, typical) for row in risky.itertuples()]
    found = _told(risky.assign(why=why))
    found.attrs |= {"all": len(risky), "open": len(own), "by": _chosen_by(risky)}
    return found


def _chosen_by(risky: pd.DataFrame) -> str:
    if risky["expected_close_on"].head(MOST).notna().all():
        return "date"
    return "age" if risky["expected_close_on"].isna().all() and risky["age"].head(MOST).notna().all() else ""


def of_the_focus(
    company: Company, rep_id: str, driver: str, as_of: date, currency: str = "", aspect: str = ""
) -> pd.DataFrame:
    """Recent deals of the rep in which the driver shows, the latest first, at most four, in the same columns.

    Of the last half year: lost out of the stage, lost at all, sold small or with a large discount, slow, pushed, or
    committed and lost (where `aspect` is WAS_SAID: won, and never committed); or open and untouched for three weeks.
    Empty where no deal shows the driver.
    """
    key, _, stage = driver.partition(":")
    deals = company.opportunities[company.opportunities["rep_id"] == rep_id]
    recent = deals[deals["closed_on"] > pd.Timestamp(as_of) - _RECENT]
    won, lost = recent[recent["outcome"] == "won"], recent[recent["outcome"] == "lost"]
    if key == "stage":
        exits = stage_exits(company.with_tables(opportunities=lost))
        stopped = exits.loc[(exits["stage"] == stage) & (exits["result"] == "lost"), "opportunity_id"]
        shown = lost[lost["opportunity_id"].isin(stopped)]
        return _latest(shown, [_lost(row, f"lost in {stage}") for row in _by_day(shown)])
    if key == "win_rate":
        return _latest(lost, [_lost(row, "lost") for row in _by_day(lost)])
    if key == "forecast_accuracy":
        history = company.stage_history
        committed = history.loc[history["forecast_category"] == "commit", "opportunity_id"]
        if aspect == WAS_SAID:
            unsaid = won[~won["opportunity_id"].isin(committed)]
            return _latest(unsaid, [f"won on {wording.day(r.closed_on)}, never committed" for r in _by_day(unsaid)])
        shown = lost[lost["opportunity_id"].isin(committed)]
        return _latest(shown, [_lost(row, "committed, then lost") for row in _by_day(shown)])
    if key == "slippage":
        pushed = recent.assign(pushed=recent["opportunity_id"].map(pushes(company.stage_history)))
        shown = pushed[pushed["pushed"] >= 1].nlargest(MOST, "pushed", keep="first")
        return _latest(shown, [f"its close date moved {_times(row.pushed)} before it closed" for row in _by_day(shown)])
    if key == "activity":
        return _untouched(company, deals, as_of)
    return _extreme(won, key, currency)


def _extreme(won: pd.DataFrame, key: str, currency: str) -> pd.DataFrame:
    if key == "deal_size":
        shown = won[won["amount"] > 0].nsmallest(MOST, "amount", keep="first")
        return _latest(
            shown, [f"won at {wording.money(row.amount, currency)}: what was left out?" for row in _by_day(shown)]
        )
    if key == "discounting":
        implied = 1 - won["amount"] / won["list_amount"].where(won["list_amount"] > 0)
        given = won.assign(given=won["discount"].fillna(implied))
        shown = given[given["given"] > 0].nlargest(MOST, "given", keep="first")
        return _latest(shown, [f"won with a discount of {wording.share(row.given)}" for row in _by_day(shown)])
    if key == "cycle_time":
        taken = won.assign(taken=(won["closed_on"] - won["created_on"]).dt.days)
        shown = taken[taken["taken"] > 0].nlargest(MOST, "taken", keep="first")
        return _latest(shown, [f"won after {wording.days(row.taken)}: where did it wait?" for row in _by_day(shown)])
    return _told(won.head(0).assign(why=[]))


def _untouched(company: Company, deals: pd.DataFrame, as_of: date) -> pd.DataFrame:
    still = deals[deals["outcome"] == "open"]
    touched = company.activities.dropna(subset=["opportunity_id"]).groupby("opportunity_id")["on"].max()
    last = touched.reindex(still["opportunity_id"]).set_axis(still.index)
    quiet = (pd.Timestamp(as_of) - last).dt.days
    shown = still.assign(quiet=quiet)[quiet > _QUIET_DAYS].nlargest(MOST, "quiet", keep="first")
    return _told(shown.assign(why=[f"nothing logged for {wording.days(row.quiet)}" for row in shown.itertuples()]))


def _risk(row: object, typical: dict[str, float]) -> str:
    reasons = []
    if row.is_past:
        reasons.append(f"its close date passed {wording.days(row.days_past)} ago")
    if row.is_pushed:
        reasons.append(f"its close date moved {_times(row.pushed)}")
    if row.is_old:
        reasons.append(
            f"it is {wording.days(row.age)} old; nine of ten wins took {wording.days(typical['oldest'])} or less"
        )
    return "; ".join(reasons)


def _lost(row: object, how: str) -> str:
    reason = "" if pd.isna(row.lost_reason) else f", reason given: {row.lost_reason}"
    return f"{how} on {wording.day(row.closed_on)}{reason}"


def _times(count: float) -> str:
    return {1: "once", 2: "twice"}.get(int(count), f"{wording.in_words(int(count))} times")


def _by_day(deals: pd.DataFrame) -> list:
    return list(_sorted(deals).itertuples())


def _sorted(deals: pd.DataFrame) -> pd.DataFrame:
    return deals.sort_values(["closed_on", "opportunity_id"], ascending=[False, True], kind="stable")


def _latest(deals: pd.DataFrame, why: list[str]) -> pd.DataFrame:
    """`why` stands in the order of `_by_day`."""
    return _told(_sorted(deals).assign(why=why))


def _told(deals: pd.DataFrame) -> pd.DataFrame:
    named = deals["account"].fillna(deals["name"]).fillna(deals["opportunity_id"])
    return deals.assign(account=named)[_COLUMNS].head(MOST).reset_index(drop=True)
