"""Deals in which a driver shows: what its file picks them from, and what such files share.

In: a rep's deals.  Out: a few of them with a column `why`. A deal is a place to look, never proof.
"""

from datetime import date
from typing import NamedTuple

import pandas as pd

from playbook import wording
from playbook.company import Company


class RecentDeals(NamedTuple):
    """A rep's deals: all of them, those closed in the last half year, and of these the won and the lost ones.

    `name` is the part after the colon of `stage:Discovery`, `aspect` the measure by which the rep was judged; where
    some deals show a driver more than others, the `most` that show it most are picked.
    """

    company: Company
    as_of: date
    every: pd.DataFrame
    recent: pd.DataFrame
    won: pd.DataFrame
    lost: pd.DataFrame
    currency: str
    name: str
    aspect: str
    most: int


def latest_first(deals: pd.DataFrame) -> pd.DataFrame:
    """The deals, closed last first."""
    return deals.sort_values(["closed_on", "opportunity_id"], ascending=[False, True], kind="stable")


def lost(deals: pd.DataFrame, how: str) -> pd.DataFrame:
    """Lost deals, the latest first; `how` begins what is said of each: `lost in Discovery`."""
    first = latest_first(deals)
    return first.assign(why=[_lost(row.closed_on, row.lost_reason, how) for row in first.itertuples()])


def _lost(closed_on: pd.Timestamp, reason: str, how: str) -> str:
    lost_so = f"{how} on {wording.day(closed_on)}"
    return lost_so if pd.isna(reason) else f"{lost_so}, reason given: {reason}"
