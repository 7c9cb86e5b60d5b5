"""Win rate: the share that was won of the deals that closed, or went stale: open for longer than nearly any win took.

Stages tell more, so a diagnosis has it only where there are none.
"""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from playbook.drivers.driver import SHARE, Aspect, Driver
from playbook.drivers.price import in_proportion
from playbook.drivers.showing import RecentDeals, lost
from playbook.metrics.observations import DEAL_TRAITS, SHARES, DealsToCompare, Observations, rows_of

_WINS_COME_WITHIN, _FEWEST_WINS = 0.95, 40


def _measure(deals: DealsToCompare) -> Iterator[Observations]:
    every = deals.deals
    won = every["outcome"] == "won"
    closed = every["outcome"].isin(["won", "lost"])
    judged = every[closed | _over(every, won, deals.as_of)]
    rows = rows_of(judged, deals.traits, judged["outcome"] == "won")
    yield Observations(DRIVER.key, SHARES, rows, DEAL_TRAITS)


def _over(deals: pd.DataFrame, won: pd.Series, as_of: date) -> pd.Series:
    """Which deals are older than 95 of 100 wins were: they count as not won, so whoever never closes wins no more.

    Of few wins nobody knows how long they take.
    """
    taken = (deals["closed_on"] - deals["created_on"]).dt.days[won].dropna()
    if len(taken) < _FEWEST_WINS:
        return pd.Series(False, index=deals.index)
    return (pd.Timestamp(as_of) - deals["created_on"]).dt.days > taken.quantile(_WINS_COME_WITHIN)


def _lost(deals: RecentDeals) -> pd.DataFrame:
    return lost(deals.lost, "lost")


DRIVER = Driver(
    key="win_rate",
    label="Win rate",
    order=30,
    measure=_measure,
    needs=("opportunities.closed_on",),
    instead_of=("stage_history", "stages.position"),
    unit=SHARE,
    level_unit=SHARE,
    higher_is_better=True,
    margin=0.06,
    fewest=15,
    aspects=(
        Aspect(
            counted="deals closed or stale",
            one="deal closed or stale",
            many="deals closed or stale",
            fact="{hits} of {n} deals closed or stale were won (stale: open longer than 95 of 100 wins took).",
            each="won",
        ),
    ),
    price=in_proportion,
    look_at="two live customer conversations, early and late in the deal",
    deals_that_show_it=_lost,
    sums_up=True,
    closes_late=True,
    sensitive_to=(
        "stale_open_deals",  # whoever never closes a lost deal has lost none
        "late_closing",
        "bulk_closing",
        "late_entry",
        "early_filtering",
        "duplicates_closed",
        "split_deals",
        "handover",
        "owner_change",
        "inherited",
        "one_account",
        "job",
        "unusual_colleague",
    ),
)
