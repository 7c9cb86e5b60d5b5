"""How open deals looked on past days, and what became of them: the deals like those that are open now.

In: a company as it is known at a day.  Out: one row per deal and past day on which it was open ("landmark").
The past days stand where today stands in its quarter, as deals close in bursts before a quarter's end. Stage, time in
the stage and expected close are those of that past day, from the stage history. Landmarking: van Houwelingen 2007.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from playbook.company import Company
from playbook.metrics.periods import month_of, quarter_of, quarters_before, same_day_in
from playbook.remembering import remembered

LONGEST = 400  # days followed; a deal still open then counts as not won
_QUARTERS = 8
_AROUND = (-14, -7, 0, 7, 14)  # days round the same day of a past quarter, so that one odd week does not decide
_FEWEST_QUARTERS = 2
_STEP_WHEN_YOUNG = 7
_AGES = (14, 30, 60, 120)
_UNKNOWN = "unknown"
TRAITS = ("kind", "pipeline", "stage", "due", "segment", "age")


@dataclass(frozen=True)
class Horizon:
    """The days left, at `as_of`, of the month and of the fiscal quarter."""

    as_of: date
    month: int
    quarter: int

    @classmethod
    def at(cls, as_of: date, fiscal_year_starts: int) -> "Horizon":
        """The horizon of the month and quarter that `as_of` lies in."""
        quarter = quarter_of(as_of, fiscal_year_starts)
        return cls(as_of, month_of(as_of).days_left(as_of), quarter.days_left(as_of))


def landmark_days(company: Company, horizon: Horizon) -> list[date]:
    """The past days from which deals are followed, the earliest first.

    None lies before the first closing that the data holds: an export often begins there, and would show deals that
    never close. A company younger than two quarters is looked at every week.
    """
    first = company.opportunities["closed_on"].min()
    if pd.isna(first):
        return []
    last = horizon.as_of - timedelta(days=1)
    quarter = quarter_of(horizon.as_of, company.settings.fiscal_year_starts)
    same = [same_day_in(q, horizon.quarter) for q in quarters_before(quarter, _QUARTERS)]
    same = [day for day in same if day >= first.date()]
    if len(same) < _FEWEST_QUARTERS:
        span = (last - first.date()).days
        return sorted(last - timedelta(days=d) for d in range(0, max(span, 0), _STEP_WHEN_YOUNG))
    around = {day + timedelta(days=shift) for day in same for shift in _AROUND}
    return sorted(day for day in around if first.date() <= day <= last)


def landmarks(company: Company, horizon: Horizon) -> pd.DataFrame:
    """Every deal on every landmark day on which it was open.

    Returns
    -------
    DataFrame: opportunity_id, TRAITS (text), amount_then, days (from the landmark to the close, or to today while
    open; at most LONGEST), event (0 still open, 1 won, 2 lost), amount (today's, or of the close).
    """
    spells = _spells(company, horizon.as_of)
    days = np.array(landmark_days(company, horizon), dtype="datetime64[D]")
    starts = spells["from_on"].to_numpy().astype("datetime64[D]")
    ends = spells["until_on"].to_numpy().astype("datetime64[D]")
    first, last = np.searchsorted(days, starts), np.searchsorted(days, ends)
    times = np.maximum(last - first, 0)
    rows = spells.loc[np.repeat(spells.index.to_numpy(), times)].reset_index(drop=True)
    place = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times) + np.repeat(first, times)
    rows = rows.assign(landmark=pd.to_datetime(days[place]).astype("datetime64[us]"))
    end = rows["closed_on"].fillna(pd.Timestamp(horizon.as_of))
    followed = (end - rows["landmark"]).dt.days
    event = rows["outcome"].map({"open": 0, "won": 1, "lost": 2}).astype("int64")
    event = event.where(followed <= LONGEST, 0)
    return _with_traits(rows, rows["landmark"], horizon).assign(days=followed.clip(upper=LONGEST), event=event)[
        ["opportunity_id", *TRAITS, "amount_then", "amount", "days", "event"]
    ]


def open_now(company: Company, horizon: Horizon) -> pd.DataFrame:
    """The deals open today, with the traits that landmarks have: opportunity_id, rep_id, amount, product, TRAITS.

    A deal without a known start cannot be set beside past ones; its `age` is missing.
    """
    spells = _spells(company, horizon.as_of)
    latest = spells[spells["outcome"] == "open"].drop_duplicates("opportunity_id", keep="last")
    deals = company.opportunities[company.opportunities["outcome"] == "open"]
    known = latest.set_index("opportunity_id").reindex(deals["opportunity_id"]).set_axis(deals.index)
    start, stage = known["since"], known["stage"]
    due = deals["expected_close_on"] if _has_past_close_dates(company) else pd.Series(pd.NaT, index=deals.index)
    now = deals.assign(since=start, stage=stage.fillna(_UNKNOWN), expected_close_on=due)
    traits = _with_traits(now, pd.Series(pd.Timestamp(horizon.as_of), index=now.index), horizon)
    traits = traits.assign(age=traits["age"].where(start.notna(), None))
    return traits[["opportunity_id", "rep_id", "amount", "product", *TRAITS]].reset_index(drop=True)


@remembered
def _spells(company: Company, as_of: date) -> pd.DataFrame:
    """Stretches of days in which nothing about a deal changed: from_on (first day), until_on (first day no longer)."""
    columns = ["opportunity_id", "kind", "pipeline", "segment", "outcome", "closed_on", "created_on", "amount"]
    deals = company.opportunities[columns]
    deals = deals[(deals["outcome"] == "open") | deals["closed_on"].notna()]
    tomorrow = pd.Timestamp(as_of) + pd.Timedelta(days=1)
    history = company.stage_history[company.stage_history["entered_on"].notna()]
    if history.empty:
        known = deals[deals["created_on"].notna()]
        rows = known.assign(
            stage=_UNKNOWN, since=known["created_on"], from_on=known["created_on"], amount_then=float("nan")
        ).assign(expected_close_on=pd.NaT)
    else:
        history = history.sort_values(["opportunity_id", "step"], kind="stable")
        rows = history[["opportunity_id", "stage", "entered_on", "amount", "expected_close_on"]].rename(
            columns={"entered_on": "from_on", "amount": "amount_then"}
        )
        moved = rows["stage"] != rows.groupby("opportunity_id")["stage"].shift()
        rows = rows.assign(since=rows["from_on"].where(moved)).assign(
            since=lambda r: r.groupby("opportunity_id")["since"].ffill()
        )
        rows = rows.merge(deals, on="opportunity_id", how="inner")
    after = rows.groupby("opportunity_id")["from_on"].shift(-1)
    until = after.fillna(tomorrow).where(rows["closed_on"].isna(), np.fmin(after.fillna(tomorrow), rows["closed_on"]))
    rows = rows.assign(until_on=until, stage=rows["stage"].fillna(_UNKNOWN))
    return rows[rows["until_on"] > rows["from_on"]].reset_index(drop=True)


def _with_traits(rows: pd.DataFrame, day: pd.Series, horizon: Horizon) -> pd.DataFrame:
    in_stage = (day - rows["since"]).dt.days
    to_close = (rows["expected_close_on"] - day).dt.days
    due = np.select(
        [to_close.isna(), to_close < 0, to_close <= horizon.month, to_close <= horizon.quarter],
        ["no date", "past", "month", "quarter"],
        "later",
    )
    age = np.digitize(in_stage.fillna(0), _AGES, right=True).astype("str")
    named = {c: rows[c].fillna(_UNKNOWN) for c in ("kind", "pipeline", "segment")}
    return rows.assign(**named, due=pd.Series(due, index=rows.index), age=pd.Series(age, index=rows.index, dtype="str"))


def _has_past_close_dates(company: Company) -> bool:
    """Whether the history knows past expected close dates, so that today's can be set beside them."""
    return bool(company.stage_history["expected_close_on"].notna().any())
