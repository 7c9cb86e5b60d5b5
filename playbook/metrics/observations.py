"""What each driver is read from: one row per deal (or week) of a rep, with the traits that a fair comparison holds equal.

In: a company as known at a day.  Out: observations per driver; no comparison yet, and no verdict.
Deals that a new hire opened in the first 90 days are left out, as everybody ramps. People who left are left out too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from playbook import roster
from playbook.company import Company
from playbook.metrics.rep_weeks import activity_weeks, pipeline_weeks
from playbook.metrics.stage_conversion import followed_up, stage_exits
from playbook.metrics.strata import strata

SHARES, MEANS, COUNTS = "shares", "means", "counts"
RAMP_DAYS = 90
_FEWEST_PRICED = 0.5  # list amounts are used where at least this share of deals has one
_FOLLOWED_UP = 0.9


@dataclass(frozen=True)
class Observations:
    """The rows of one driver.

    `rows`: rep_id, value (0 or 1 for shares; natural logarithms or shares for means; a count for counts), exposure
    (weeks or open deals over which was counted; 1 elsewhere), and the columns `traits`.
    """

    driver: str
    family: str
    rows: pd.DataFrame
    traits: tuple[str, ...]
    exits: pd.DataFrame | None = None


def observations(company: Company, as_of: date) -> Iterator[Observations]:
    """Every driver that the company's data holds, in the order of `drivers.DRIVERS`; one per open stage."""
    deals = _deals_after_ramp(company)
    traits = strata(deals, company.settings.fiscal_year_starts)
    if company.has("opportunities.created_on"):
        yield Observations("pipeline_generation", COUNTS, pipeline_weeks(company, as_of), ("main_segment", "quarter"))
    if company.has("stage_history", "stages.position"):
        yield from _stages(company, deals, traits, as_of)
    elif company.has("opportunities.outcome"):
        yield _win_rate(deals, traits)
    if company.has("opportunities.amount"):
        yield _deal_size(deals, traits)
    if company.has("opportunities.list_amount") or company.has("opportunities.discount"):
        yield _discounting(deals, traits)
    if company.has("opportunities.created_on", "opportunities.closed_on"):
        yield _cycle_time(deals, traits, as_of)
    if company.has("stage_history.expected_close_on"):
        yield _slippage(company, deals, traits, as_of)
    if company.has("activities"):
        yield Observations("activity", COUNTS, activity_weeks(company, as_of), ("main_segment", "quarter"))
    if company.has("stage_history.forecast_category"):
        yield _forecast_accuracy(company, deals, traits)


def _deals_after_ramp(company: Company) -> pd.DataFrame:
    deals = roster.deals_to_compare(company)
    deals = deals[deals["rep_id"].isin(roster.active_reps(company)["person_id"])]
    hired = deals["rep_id"].map(company.people.set_index("person_id")["hired_on"])
    new = deals["created_on"] < hired + pd.Timedelta(days=RAMP_DAYS)
    return deals[~new.fillna(False)].reset_index(drop=True)


def _rows(deals: pd.DataFrame, traits: pd.DataFrame, value: pd.Series, exposure: pd.Series | float = 1.0) -> pd.DataFrame:
    columns = {"rep_id": deals["rep_id"], "value": value.astype("float64"), "exposure": exposure}
    rows = pd.concat([pd.DataFrame(columns, index=deals.index), traits.loc[deals.index]], axis=1)
    return rows[rows["value"].notna() & rows["rep_id"].notna() & (rows["exposure"] > 0)].reset_index(drop=True)


def _stages(company: Company, deals: pd.DataFrame, traits: pd.DataFrame, as_of: date) -> Iterator[Observations]:
    exits = followed_up(stage_exits(company), as_of)
    place = pd.Series(deals.index, index=deals["opportunity_id"])
    exits = exits[exits["opportunity_id"].isin(place.index)]
    position = exits.groupby("stage")["position"].min().sort_values(kind="stable")
    for stage in sorted(position.index, key=lambda name: (position[name], name)):
        left = exits[exits["stage"] == stage]
        index = place[left["opportunity_id"]].to_numpy()
        passed = pd.Series((left["result"] == "passed").to_numpy(), index=index)
        rows = _rows(deals.loc[index], traits, passed)
        yield Observations(f"stage:{stage}", SHARES, rows, ("segment", "source", "kind", "product", "size"), left)


def _win_rate(deals: pd.DataFrame, traits: pd.DataFrame) -> Observations:
    closed = deals[deals["outcome"].isin(["won", "lost"])]
    rows = _rows(closed, traits, closed["outcome"] == "won")
    return Observations("win_rate", SHARES, rows, ("segment", "source", "kind", "product", "size", "quarter_end"))


def _deal_size(deals: pd.DataFrame, traits: pd.DataFrame) -> Observations:
    won = deals[deals["outcome"] == "won"]
    priced = won["list_amount"].notna().mean() >= _FEWEST_PRICED if len(won) else False
    amount = won["list_amount"] if priced and not _is_price_list(won) else won["amount"]
    rows = _rows(won, traits, np.log(amount.where(amount > 0)))
    return Observations("deal_size", MEANS, rows, ("segment", "source", "kind", "product"))


def _is_price_list(won: pd.DataFrame) -> bool:
    """Whether list amounts are one price per product: then they say nothing about what this rep sold."""
    prices = won.groupby("product")["list_amount"].nunique()
    return bool(len(prices)) and bool((prices <= 1).all())


def _discounting(deals: pd.DataFrame, traits: pd.DataFrame) -> Observations:
    won = deals[deals["outcome"] == "won"]
    implied = 1 - won["amount"] / won["list_amount"].where(won["list_amount"] > 0)
    rows = _rows(won, traits, won["discount"].fillna(implied).clip(-0.5, 1))
    return Observations("discounting", MEANS, rows, ("segment", "kind", "product", "size"))


def _cycle_time(deals: pd.DataFrame, traits: pd.DataFrame, as_of: date) -> Observations:
    won = deals[deals["outcome"] == "won"]
    days = (won["closed_on"] - won["created_on"]).dt.days
    age = (pd.Timestamp(as_of) - won["created_on"]).dt.days
    old_enough = won[(age >= days.quantile(_FOLLOWED_UP)) & (days >= 0)] if days.notna().any() else won.iloc[:0]
    rows = _rows(old_enough, traits, np.log(days[old_enough.index] + 1.0))
    return Observations("cycle_time", MEANS, rows, ("segment", "source", "kind", "product", "size"))


def _slippage(company: Company, deals: pd.DataFrame, traits: pd.DataFrame, as_of: date) -> Observations:
    dated = company.stage_history[company.stage_history["expected_close_on"].notna()]
    dated = dated.sort_values(["opportunity_id", "step"], kind="stable")
    later = dated["expected_close_on"] > dated.groupby("opportunity_id")["expected_close_on"].shift()
    pushed = deals["opportunity_id"].map(later.groupby(dated["opportunity_id"]).sum())
    open_weeks = (deals["closed_on"].fillna(pd.Timestamp(as_of)) - deals["created_on"]).dt.days / 7
    rows = _rows(deals, traits, pushed, open_weeks.clip(lower=1 / 7))
    return Observations("slippage", COUNTS, rows, ("segment", "source", "kind", "size"))


def _forecast_accuracy(company: Company, deals: pd.DataFrame, traits: pd.DataFrame) -> Observations:
    history = company.stage_history
    committed = history.loc[history["forecast_category"] == "commit", "opportunity_id"]
    called = deals[deals["opportunity_id"].isin(committed) & deals["outcome"].isin(["won", "lost"])]
    rows = _rows(called, traits, called["outcome"] == "won")
    return Observations("forecast_accuracy", SHARES, rows, ("segment", "source", "kind", "size"))
