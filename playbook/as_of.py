"""The one day from which a company is looked at: which day that is, and what was known then.

Back-tests and "as of" reports go through the same door: what happened after the day is undone.
"""

from datetime import date

import pandas as pd

from playbook import wording
from playbook.company import Company
from playbook.errors import UnusableInput
from playbook.members import is_among
from playbook.stray_days import first_of_the_mass, last_of_the_mass

_EVENTS = {
    ("opportunities", "created_on"): "a deal's creation",
    ("opportunities", "closed_on"): "a deal's closing",
    ("stage_history", "entered_on"): "a move to a stage",
    ("activities", "on"): "an activity",
}
_QUIET = 14  # days without any event that no reader has to be told of
_NO_DATES = (
    "No deal has a date up to today, so the company is looked at from today and most of the workbook is off. "
    "Export the deals with their created and closed dates, or say the day with --as-of YYYY-MM-DD."
)
_KNOWN_AT_CLOSE = ("closed_on", "lost_to", "lost_reason", "competitor", "discount")


def latest_day(company: Company, today: date) -> date:
    """The latest creation, closing, history or activity date that is not after `today`, days that lie apart set aside.

    `today` if there is no such date.
    """
    return _latest(company, today) or today


def remarks_on(company: Company, as_of: date | None, today: date) -> list[str]:
    """What whoever looks from `as_of` (None: from the data's own last day) should know, a sentence each.

    That there are no dates, that the data ends long before it, and that some dates lie apart from all others and
    decided nothing.

    Raises
    ------
    UnusableInput : if every deal was created after that day.
    """
    late, early = _set_apart(company, today)
    if as_of is None:
        return [*late, *early] if _latest(company, today) else [_NO_DATES]
    created = company.opportunities["created_on"]
    if len(created) and (created > pd.Timestamp(as_of)).all():
        raise UnusableInput(
            f"on {wording.day(as_of)} there was no deal yet.",
            where="--as-of",
            remedy=f"The data begins on {wording.day(created.min())}: take a later day, or leave --as-of away.",
        )
    latest = _latest(company, today)
    if latest is None or (as_of - latest).days <= _QUIET:
        return early
    return [
        *early,
        f"The data ends on {wording.day(latest)}: the {(as_of - latest).days} days from there to {wording.day(as_of)} "
        "are taken for days on which nothing happened. A newer export would say what did.",
    ]


def _latest(company: Company, today: date) -> date | None:
    latest = last_of_the_mass(_events(company, today)["day"])
    return None if latest is None else latest.date()


def _events(company: Company, today: date) -> pd.DataFrame:
    """Every date up to `today` on which something happened: day, what."""
    limit = pd.Timestamp(today)
    frames = []
    for (table, column), what in _EVENTS.items():
        dates = company.table(table)[column]
        frames.append(pd.DataFrame({"day": dates[dates <= limit]}).assign(what=what))
    return pd.concat(frames, ignore_index=True)


def _set_apart(company: Company, today: date) -> tuple[list[str], list[str]]:
    """That some events are dated after the end of the data, and before its beginning: how many, and the farthest."""
    events = _events(company, today)
    latest, first = last_of_the_mass(events["day"]), first_of_the_mass(events["day"])
    if latest is None or first is None:
        return [], []
    late, early = (part.sort_values("day") for part in (events[events["day"] > latest], events[events["day"] < first]))
    return _late_dates_sentence(late, latest), _early_dates_sentence(early, first)


def _early_dates_sentence(stray: pd.DataFrame, first: pd.Timestamp) -> list[str]:
    if stray.empty:
        return []
    return [
        f"{wording.count(len(stray), 'date lies', 'dates lie')} long before all others, the first on "
        f"{wording.day(stray['day'].iloc[0])} ({stray['what'].iloc[0]}): the data is taken to begin on "
        f"{wording.day(first)}. Correct the dates in the CRM."
    ]


def _late_dates_sentence(stray: pd.DataFrame, latest: pd.Timestamp) -> list[str]:
    if stray.empty:
        return []
    last = stray.iloc[-1]
    return [
        f"{wording.count(len(stray), 'date lies', 'dates lie')} apart from all others, the last on "
        f"{wording.day(last['day'])} ({last['what']}): the data is taken to end on {wording.day(latest)}, and what is "
        "dated later counts as not yet known. Correct the dates in the CRM, or say the day with --as-of."
    ]


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
        stage_history=history[is_among(history["opportunity_id"], deals["opportunity_id"])],
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
    moved_later = is_among(deals["opportunity_id"], history.loc[history["entered_on"] > day, "opportunity_id"])
    later = closed_later | (moved_later & (deals["outcome"] == "open"))
    if not later.any():
        return deals
    ids = deals.loc[later, "opportunity_id"]
    before = history[~(history["entered_on"] > day) & is_among(history["opportunity_id"], ids)]
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
