"""Win rate: of the closed deals, the share that was won.

Stages tell more, so a diagnosis has it only where there are none.
"""

from collections.abc import Iterator

import pandas as pd

from playbook.drivers.driver import SHARE, Aspect, Driver
from playbook.drivers.price import in_proportion
from playbook.drivers.showing import RecentDeals, lost
from playbook.metrics.observations import DEAL_TRAITS, SHARES, DealsToCompare, Observations, rows_of


def _measure(deals: DealsToCompare) -> Iterator[Observations]:
    closed = deals.closed()
    rows = rows_of(closed, deals.traits, closed["outcome"] == "won")
    yield Observations(DRIVER.key, SHARES, rows, (*DEAL_TRAITS, "quarter_end"))


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
            counted="closed deals",
            one="closed deal",
            many="closed deals",
            fact="{hits} of {n} closed deals were won.",
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
