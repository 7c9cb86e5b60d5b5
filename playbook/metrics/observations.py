"""The form in which every driver is measured: a row per deal (or stage, or week) of a rep, with the traits held equal.

In: a company as known at a day.  Out: the deals that may be compared, and rows of them; no comparison yet, no verdict.
Deals opened while a rep was still ramping are left out (`tenure`), and so are people who left. What is measured on
them, each driver's own file says (`playbook.drivers`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from playbook import roster
from playbook.circumstances import of_kind
from playbook.company import Company
from playbook.members import is_among
from playbook.metrics.rep_weeks import MAIN_TRAITS
from playbook.metrics.strata import UNKNOWN, strata
from playbook.metrics.tenure import ramped_on

SHARES, MEANS, COUNTS = "shares", "means", "counts"
SHORTEST = 0.5  # days that a stay within one day is taken for; a difference of dates is right on average
PLACE = ("segment", "region", "pipeline")
DEAL_TRAITS = (*PLACE, "source", "kind", "product", "size", "period")
WEEK_TRAITS = (*MAIN_TRAITS, "period")
_READ = ["opportunity_id", "rep_id", "account", "segment", "region", "source", "product", "kind", "pipeline", "outcome"]
_READ += ["amount", "list_amount", "discount", "created_on", "closed_on"]


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


@dataclass(frozen=True)
class DealsToCompare:
    """A company's deals as every driver is measured on them: of active reps, opened after they had ramped.

    `columns` are those of the opportunities that a driver reads beyond what all read.
    """

    company: Company
    as_of: date
    columns: Collection[str] = ()

    @cached_property
    def deals(self) -> pd.DataFrame:
        """The opportunities that are compared, with unit_id; numbered from 0."""
        columns = dict.fromkeys([*_READ, *self.columns])
        deals = roster.deals_to_compare(self.company, list(columns))
        deals = deals[is_among(deals["rep_id"], roster.active_reps(self.company)["person_id"])]
        since = deals["rep_id"].map(ramped_on(self.company))
        new = deals["created_on"].fillna(deals["closed_on"]) < since
        gone = _with_gone_accounts(deals, of_kind(self.company.circumstances, "account_gone"))
        deals = deals[~new.fillna(False) & ~gone].reset_index(drop=True)
        return deals.assign(unit_id=deals["opportunity_id"].astype("category"))

    @cached_property
    def traits(self) -> pd.DataFrame:
        """What is held equal, and by what rows hang together: `strata`, period (quarter), account (a number)."""
        traits = strata(self.deals, self.company.settings.fiscal_year_starts)
        traits = traits.assign(period=_period(self.deals)).astype("category")
        return traits.assign(account=_account(self.deals))

    @cached_property
    def has_stages(self) -> bool:
        """Whether it is known which stage each deal was in, and in which order stages come."""
        return self.company.has("stage_history", "stages.position")

    def won(self) -> pd.DataFrame:
        """The deals that were won."""
        return self.deals[self.deals["outcome"] == "won"]

    def closed(self) -> pd.DataFrame:
        """The deals that were won or lost."""
        return self.deals[self.deals["outcome"].isin(["won", "lost"])]

    def places_of(self, opportunity_id: pd.Series) -> np.ndarray:
        """The row of `deals` in which each of these deals stands; -1 for one that is not compared."""
        return pd.Index(self.deals["opportunity_id"]).get_indexer(pd.Index(opportunity_id))


def _with_gone_accounts(deals: pd.DataFrame, gone: pd.DataFrame) -> np.ndarray:
    """Which deals are a rep's with an account that is gone, as people said: what became of them was nobody's doing."""
    if gone.empty:
        return np.zeros(len(deals), dtype=bool)
    gone_pairs = pd.MultiIndex.from_frame(gone[["rep_id", "account"]])
    return pd.MultiIndex.from_frame(deals[["rep_id", "account"]]).isin(gone_pairs)


def rows_of(
    deals: pd.DataFrame,
    traits: pd.DataFrame,
    value: pd.Series,
    exposure: pd.Series | float = 1.0,
    censored: pd.Series | bool = False,
    on: pd.Series | None = None,
) -> pd.DataFrame:
    """The rows of `Observations` for `deals`; those without a value, an owner or any exposure are left out.

    `on` is the day on which each value was known: when the deal closed (or was created), if it is not given.
    """
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


def _period(deals: pd.DataFrame) -> pd.Series:
    """The quarter in which each deal was created (or closed, where only that is known)."""
    day = deals["created_on"].fillna(deals["closed_on"])
    return day.dt.to_period("Q").astype("str").where(day.notna(), UNKNOWN)


def _account(deals: pd.DataFrame) -> np.ndarray:
    """A number for each account; a deal whose account is not known is its own."""
    numbers = pd.factorize(deals["account"])[0]
    return np.where(numbers < 0, len(deals) + np.arange(len(deals)), numbers)
