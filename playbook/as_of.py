"""The one day from which a company is looked at: which day that is, and what was known then.

Back-tests and "as of" reports go through the same door: what happened after the day is undone.
"""

from datetime import date

import pandas as pd

from playbook import wording
from playbook.company import Company
from playbook.errors import UnusableInput

_EVENTS = (
    ("opportunities", "created_on"),
    ("opportunities", "closed_on"),
    ("stage_history", "entered_on"),
    ("activities", "on"),
)
_QUIET = 14  # days without any event that no reader has to be told of
_KNOWN_AT_CLOSE = ("closed_on", "lost_to", "lost_reason", "competitor", "discount")


def latest_day(company: Company, today: date) -> date:
    """The latest creation, closing, history or activity date that is not after `today`.

    Raises
    ------
    UnusableInput : if the company's data holds no such date.
    """
    latest = _latest(company, today)
    if latest is None:
        raise UnusableInput(
            "no deal has a date up to today.",
            where="opportunities",
            remedy="Export the deals with their created and closed dates, or say the day with --as-of YYYY-MM-DD.",
        )
    return latest


def remarks_on(company: Company, as_of: date | None, today: date) -> list[str]:
    """What whoever asked to look from `as_of` should know, a sentence if the data ends long before it.

    Raises
    ------
    UnusableInput : if every deal was created after that day.
    """
    if as_of is None:
        return []
    created = company.opportunities["created_on"]
    if len(created) and (created > pd.Timestamp(as_of)).all():
        raise UnusableInput(
            f"on {wording.day(as_of)} there was no deal yet.",
            where="--as-of",
            remedy=f"The data begins on {wording.day(created.min())}: take a later day, or leave --as-of away.",
        )
    latest = _latest(company, today)
    if latest is None or (as_of - latest).days <= _QUIET:
        return []
    return [
        f"The data ends on {wording.day(latest)}: the {(as_of - latest).days} days from there to {wording.day(as_of)} "
        "are taken for days on which nothing happened. A newer export would say what did."
    ]


def _latest(company: Company, today: date) -> date | None:
    limit = pd.Timestamp(today)
    days = [
        dates[dates <= limit].max() for table, column in _EVENTS if (dates := company.table(table)[column]) is not None
    ]
    known = [day for day in days if not pd.isna(day)]
    return max(known).date() if known else None


def at(company: Company, as_of: date) -> Company:
    """The company as it was known at the end of `as_of`.

    Deals created later are not there yet. A deal closed later is open, in the stage it then had (unknown without stage
    history), with the amount and expected close date it then had; so is a deal that is still open and moved later.
    Later history, activities and coaching are gone. A person who left later is still here, one hired later is not yet
    active.
    """
    day = pd.Timestamp(as_of)
    history = company.stage_history[~(company.stage_history["entered_on"] > day)]
    deals = company.opportunities[~(company.opportunities["created_on"] > day)]
    return company.with_tables(
        people=_people_at(company.people, day),
        opportunities=_as_then_known(deals, company.stage_history, day),
        stage_history=history[history["opportunity_id"].isin(deals["opportunity_id"])],
        activities=company.activities[~(company.activities["on"] > day)],
        coaching_log=company.coaching_log[~(company.coaching_log["on"] > day)],
    )


def _people_at(people: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    gone = people["left_on"] <= day
    back = people["left_on"] > day
    here = people["active"].mask(gone, False).mask(back, True).mask(people["hired_on"] > day, False)
    later = people["promoted_on"] > day
    return people.assign(
        active=here, left_on=people["left_on"].mask(back), promoted_on=people["promoted_on"].mask(later)
    )


def _as_then_known(deals: pd.DataFrame, history: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """`deals` as their last history row up to `day` knew them, where something happened to them after `day`."""
    closed_later = deals["closed_on"] > day
    moved_later = deals["opportunity_id"].isin(history.loc[history["entered_on"] > day, "opportunity_id"])
    later = closed_later | (moved_later & (deals["outcome"] == "open"))
    if not later.any():
        return deals
    ids = deals.loc[later, "opportunity_id"]
    before = history[~(history["entered_on"] > day) & history["opportunity_id"].isin(ids)]
    last = before.sort_values(["opportunity_id", "step"]).groupby("opportunity_id").last()
    then = last.reindex(deals["opportunity_id"]).set_axis(deals.index)
    undone = {column: deals[column].mask(closed_later) for column in _KNOWN_AT_CLOSE}
    return deals.assign(
        **undone,
        outcome=deals["outcome"].mask(later, "open"),
        stage=deals["stage"].mask(later, then["stage"]),
        amount=deals["amount"].mask(later & then["amount"].notna(), then["amount"]),
        expected_close_on=deals["expected_close_on"].mask(later, then["expected_close_on"]),
        forecast_category=deals["forecast_category"].mask(later, then["forecast_category"]),
    )
