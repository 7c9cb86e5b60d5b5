"""What each driver is read from: a row per deal (or stage, or week) of a rep, with the traits held equal.

In: a company as known at a day.  Out: observations per driver; no comparison yet, and no verdict.
Deals opened while a rep was still ramping are left out (`tenure`), and so are people who left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from playbook import roster
from playbook.company import Company
from playbook.metrics.forecast_calls import WAS_LOST, WAS_SAID, forecast_calls
from playbook.metrics.open_deals import pushes
from playbook.metrics.rep_weeks import activity_weeks, pipeline_weeks
from playbook.metrics.stage_conversion import followed_up, stage_exits
from playbook.metrics.stage_dwell import stage_dwell
from playbook.metrics.strata import UNKNOWN, strata
from playbook.metrics.tenure import ramped_on

SHARES, MEANS, COUNTS = "shares", "means", "counts"
_READ = ["opportunity_id", "rep_id", "account", "segment", "region", "source", "product", "kind", "pipeline", "outcome"]
_READ += ["amount", "list_amount", "discount", "created_on", "closed_on"]
_FEWEST_PRICED = 0.5  # list amounts are used where at least this share of deals has one
_FEWEST_KNOWN = 0.9  # list amounts of lost deals are used where so many won and so many lost deals have one
_FOLLOWED_UP = 0.9
SHORTEST = 0.5  # days that a stay within one day is taken for; a difference of dates is right on average
_DEAL_TRAITS = ("segment", "source", "kind", "product", "size", "period")
_WEEK_TRAITS = ("main_segment", "period")


@dataclass(frozen=True)
class Observations:
    """The rows of one driver.

    `rows`: rep_id, value (0 or 1 for shares; natural logarithms, or shares, for means; a count for counts), exposure
    (weeks or open deals over which was counted; 1 elsewhere), censored (bool: the value is at least this large),
    unit_id (the deal or week: what n counts), on (the day on which the value was known), period (quarter), account (a
    number, where rows are of deals), and the columns `traits`.
    `logarithms` says that values of a mean are logarithms. `per` is what a count is told per, if not per exposure: the
    mean exposure of one such thing. `aspect` tells apart two measures of one driver.
    """

    driver: str
    family: str
    rows: pd.DataFrame
    traits: tuple[str, ...]
    logarithms: bool = False
    per: float = 1.0
    aspect: str = ""


def observations(company: Company, as_of: date) -> Iterator[Observations]:
    """Every driver that the company's data holds, in the order of `drivers.DRIVERS`; one per open stage."""
    company = company.with_tables(opportunities=company.opportunities[_READ])
    deals = _deals_after_ramp(company)
    traits = strata(deals, company.settings.fiscal_year_starts).assign(period=_period(deals)).astype("category")
    traits = traits.assign(account=_account(deals))
    deals = deals.assign(unit_id=deals["opportunity_id"].astype("category"))
    has_history = company.has("stage_history", "stages.position")
    if company.has("opportunities.created_on"):
        yield Observations("pipeline_generation", COUNTS, pipeline_weeks(company, as_of), _WEEK_TRAITS)
    if has_history:
        every_exit = stage_exits(company)
        yield from _stages(every_exit, deals, traits, as_of)
    elif company.has("opportunities.outcome"):
        yield _win_rate(deals, traits)
    if company.has("opportunities.amount"):
        yield _deal_size(deals, traits)
    if company.has("opportunities.list_amount") or company.has("opportunities.discount"):
        yield _discounting(deals, traits)
    if has_history:
        yield _dwell(company, every_exit, deals, traits, as_of)
    elif company.has("opportunities.created_on", "opportunities.closed_on"):
        yield _cycle(deals, traits, as_of)
    if company.has("stage_history.expected_close_on"):
        yield _slippage(company, deals, traits, as_of)
    if company.has("activities"):
        yield Observations("activity", COUNTS, activity_weeks(company, as_of), _WEEK_TRAITS)
    if company.has("stage_history.forecast_category"):
        yield from _forecast_accuracy(company, deals, traits)


def _deals_after_ramp(company: Company) -> pd.DataFrame:
    deals = roster.deals_to_compare(company)
    deals = deals[deals["rep_id"].isin(roster.active_reps(company)["person_id"])]
    since = deals["rep_id"].map(ramped_on(company))
    new = deals["created_on"].fillna(deals["closed_on"]) < since
    return deals[~new.fillna(False)].reset_index(drop=True)


def _period(deals: pd.DataFrame) -> pd.Series:
    """The quarter in which each deal was created (or closed, where only that is known)."""
    day = deals["created_on"].fillna(deals["closed_on"])
    return day.dt.to_period("Q").astype("str").where(day.notna(), UNKNOWN)


def _account(deals: pd.DataFrame) -> np.ndarray:
    """A number for each account; a deal whose account is not known is its own."""
    return pd.factorize(deals["account"].fillna("\x00" + deals["opportunity_id"]))[0]


def _rows(
    deals: pd.DataFrame,
    traits: pd.DataFrame,
    value: pd.Series,
    exposure: pd.Series | float = 1.0,
    censored: pd.Series | bool = False,
    on: pd.Series | None = None,
) -> pd.DataFrame:
    columns = {
        "rep_id": deals["rep_id"],
        "unit_id": deals["unit_id"],
        "on": deals["closed_on"].fillna(deals["created_on"]) if on is None else on,
        "value": value.astype("float64"),
        "exposure": exposure,
        "censored": censored,
    }
    rows = pd.concat([pd.DataFrame(columns, index=deals.index), traits.loc[deals.index]], axis=1)
    return rows[rows["value"].notna() & rows["rep_id"].notna() & (rows["exposure"] > 0)].reset_index(drop=True)


def _stages(every_exit: pd.DataFrame, deals: pd.DataFrame, traits: pd.DataFrame, as_of: date) -> Iterator[Observations]:
    exits = followed_up(every_exit, as_of)
    place = pd.Index(deals["opportunity_id"]).get_indexer(pd.Index(exits["opportunity_id"]))
    exits, place = exits[place >= 0].reset_index(drop=True), place[place >= 0]
    position = exits.groupby("stage")["position"].min().sort_values(kind="stable")
    for stage in sorted(position.index, key=lambda name: (position[name], name)):
        here = (exits["stage"] == stage).to_numpy()
        left, index = exits[here], place[here]
        passed = pd.Series((left["result"] == "passed").to_numpy(), index=index)
        left_on = pd.Series(left["left_on"].to_numpy(), index=index)
        yield Observations(f"stage:{stage}", SHARES, _rows(deals.loc[index], traits, passed, on=left_on), _DEAL_TRAITS)


def _win_rate(deals: pd.DataFrame, traits: pd.DataFrame) -> Observations:
    closed = deals[deals["outcome"].isin(["won", "lost"])]
    return Observations(
        "win_rate", SHARES, _rows(closed, traits, closed["outcome"] == "won"), (*_DEAL_TRAITS, "quarter_end")
    )


def _deal_size(deals: pd.DataFrame, traits: pd.DataFrame) -> Observations:
    """The list price of all closed deals where it is known of won and lost ones alike; else what won deals were worth.

    Amounts of lost deals are seldom kept up to date, list prices are what was asked for.
    """
    held = ("segment", "source", "kind", "product", "period")
    won, closed = deals[deals["outcome"] == "won"], deals[deals["outcome"].isin(["won", "lost"])]
    known = closed["list_amount"].notna().groupby(closed["outcome"]).mean()
    priced = won["list_amount"].notna().mean() >= _FEWEST_PRICED if len(won) else False
    priced = priced and not _is_price_list(closed)
    if priced and len(known) == 2 and known.min() >= _FEWEST_KNOWN:
        chosen, amount, aspect = closed, closed["list_amount"], "closed deals at list price"
    elif priced:
        chosen, amount, aspect = won, won["list_amount"], "won deals at list price"
    else:
        chosen, amount, aspect = won, won["amount"], "won deals"
    rows = _rows(chosen, traits, np.log(amount.where(amount > 0)))
    return Observations("deal_size", MEANS, rows, held, logarithms=True, aspect=aspect)


def _is_price_list(deals: pd.DataFrame) -> bool:
    """Whether list amounts are one price per product: then they say nothing about what this rep sold."""
    prices = deals.groupby("product")["list_amount"].nunique()
    return bool(len(prices)) and bool((prices <= 1).all())


def _discounting(deals: pd.DataFrame, traits: pd.DataFrame) -> Observations:
    won = deals[deals["outcome"] == "won"]
    implied = 1 - won["amount"] / won["list_amount"].where(won["list_amount"] > 0)
    rows = _rows(won, traits, won["discount"].fillna(implied).clip(-0.5, 1))
    return Observations("discounting", MEANS, rows, ("segment", "kind", "product", "size", "period"))


def _dwell(
    company: Company, every_exit: pd.DataFrame, deals: pd.DataFrame, traits: pd.DataFrame, as_of: date
) -> Observations:
    """How long deals stay in their stages; those still there count as having stayed at least so long."""
    stays = stage_dwell(company, as_of, every_exit)
    place = pd.Index(deals["opportunity_id"]).get_indexer(pd.Index(stays["opportunity_id"]))
    stays, index = stays[place >= 0], place[place >= 0]
    rows = _rows(
        deals.loc[index].reset_index(drop=True),
        traits.loc[index].reset_index(drop=True).assign(exit=stays["exit"].astype("category").array),
        pd.Series(np.log(stays["days"].clip(lower=SHORTEST).to_numpy())),
        censored=pd.Series(stays["still_there"].to_numpy()),
        on=pd.Series(stays["known_on"].to_numpy()),
    )
    return Observations("cycle_time", MEANS, rows, ("exit", *_DEAL_TRAITS), logarithms=True, aspect="in a stage")


def _cycle(deals: pd.DataFrame, traits: pd.DataFrame, as_of: date) -> Observations:
    """How long it takes from created to won, of deals old enough for nine of ten wins to have come."""
    won = deals[deals["outcome"] == "won"]
    days = (won["closed_on"] - won["created_on"]).dt.days
    age = (pd.Timestamp(as_of) - won["created_on"]).dt.days
    old_enough = won[(age >= days.quantile(_FOLLOWED_UP)) & (days >= 0)] if days.notna().any() else won.iloc[:0]
    rows = _rows(old_enough, traits, np.log(days[old_enough.index].clip(lower=SHORTEST)))
    return Observations("cycle_time", MEANS, rows, _DEAL_TRAITS, logarithms=True, aspect="until won")


def _slippage(company: Company, deals: pd.DataFrame, traits: pd.DataFrame, as_of: date) -> Observations:
    """Pushes of the expected close date, counted over the weeks that a deal was open and told per deal."""
    pushed = deals["opportunity_id"].map(pushes(company.stage_history))
    open_weeks = (deals["closed_on"].fillna(pd.Timestamp(as_of)) - deals["created_on"]).dt.days / 7
    open_weeks = open_weeks.clip(lower=1 / 7)
    rows = _rows(deals, traits, pushed, open_weeks)
    closed = (deals["outcome"] != "open") & pushed.notna() & deals["rep_id"].notna() & open_weeks.notna()
    per = float(open_weeks[closed].mean()) if closed.any() else 1.0
    return Observations("slippage", COUNTS, rows, ("segment", "source", "kind", "size", "period"), per=per)


def _forecast_accuracy(company: Company, deals: pd.DataFrame, traits: pd.DataFrame) -> Iterator[Observations]:
    """Two measures: lost deals that had not been committed (an optimist's are few), won ones that had (who holds back).

    Neither depends on how much a rep wins. Lost deals are those that came as far as commits do, by the stage in which
    they were lost.
    """
    calls = forecast_calls(deals, company.stage_history, company.stages)
    lost, won = deals[(deals["outcome"] == "lost") & calls["late"]], deals[deals["outcome"] == "won"]
    held = ("segment", "source", "kind", "size", "period")
    by_stage = traits.assign(lost_in=calls["lost_in"].fillna(UNKNOWN))
    not_said = _rows(lost, by_stage, ~calls["said"][lost.index])
    yield Observations("forecast_accuracy", SHARES, not_said, ("lost_in", *held), aspect=WAS_LOST)
    yield Observations("forecast_accuracy", SHARES, _rows(won, traits, calls["said"][won.index]), held, aspect=WAS_SAID)
