"""Cycle time: how long deals take from step to step; without stages, how long from created to won.

As a ratio to what others need for deals like these.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from playbook import wording
from playbook.drivers.driver import DAYS, RATIO, Aspect, Driver
from playbook.drivers.showing import RecentDeals, latest_first
from playbook.metrics.deal_pace import steps_forward
from playbook.metrics.observations import DEAL_TRAITS, MEANS, SHORTEST, DealsToCompare, Observations, rows_of

_A_STEP, _UNTIL_WON = "from one step forward to the next", "until won"
_FOLLOWED_UP = 0.9  # won deals younger than the time in which nine of ten wins come are left out


def _measure(deals: DealsToCompare) -> Iterator[Observations]:
    if deals.has_stages:
        yield _pace(deals)
    elif deals.company.has("opportunities.created_on", "opportunities.closed_on"):
        yield _cycle(deals)


def _pace(deals: DealsToCompare) -> Observations:
    """How long deals take from one step forward to the next, beside steps between the same stages."""
    paces = steps_forward(deals.company, deals.as_of)
    place = deals.places_of(paces["opportunity_id"])
    paces, index = paces[place >= 0], place[place >= 0]
    rows = rows_of(
        deals.deals.loc[index].reset_index(drop=True),
        deals.traits.loc[index].reset_index(drop=True).assign(span=paces["span"].astype("category").array),
        pd.Series(np.log(paces["days"].clip(lower=SHORTEST).to_numpy())),
        on=pd.Series(paces["known_on"].to_numpy()),
    )
    return Observations(DRIVER.key, MEANS, rows, ("span", *DEAL_TRAITS), logarithms=True, aspect=_A_STEP)


def _cycle(deals: DealsToCompare) -> Observations:
    """How long it takes from created to won, of deals old enough for nine of ten wins to have come."""
    won = deals.won()
    days = (won["closed_on"] - won["created_on"]).dt.days
    age = (pd.Timestamp(deals.as_of) - won["created_on"]).dt.days
    old_enough = won[(age >= days.quantile(_FOLLOWED_UP)) & (days >= 0)] if days.notna().any() else won.iloc[:0]
    rows = rows_of(old_enough, deals.traits, np.log(days[old_enough.index].clip(lower=SHORTEST)))
    return Observations(DRIVER.key, MEANS, rows, DEAL_TRAITS, logarithms=True, aspect=_UNTIL_WON)


def _slowest(deals: RecentDeals) -> pd.DataFrame:
    taken = deals.won.assign(taken=(deals.won["closed_on"] - deals.won["created_on"]).dt.days)
    first = latest_first(taken[taken["taken"] > 0].nlargest(deals.most, "taken", keep="first"))
    return first.assign(why=[f"won after {wording.days(days)}: where did it wait?" for days in first["taken"]])


def _aspect(key: str, counted: str, one: str, label: str = "") -> Aspect:
    fact = f"A deal typically takes {{level}} {key} ({{n}} deals)."
    return Aspect(key=key, counted=counted, one=one, many=f"{one}s", fact=fact, label=label)


DRIVER = Driver(
    key="cycle_time",
    label="Cycle time",
    order=60,
    measure=_measure,
    needs=("opportunities.created_on", "opportunities.closed_on"),
    unit=RATIO,
    level_unit=DAYS,
    higher_is_better=False,
    margin=0.15,
    fewest=10,
    aspects=(
        _aspect(_A_STEP, "deals", "deal", "Cycle time, per step"),
        _aspect(_UNTIL_WON, "won deals that began long enough ago", "won deal"),
    ),
    look_at="three slow deals: where did they wait, and who had the next step?",
    deals_that_show_it=_slowest,
    sensitive_to=(
        "late_closing",  # the days between the loss and its entry count as if somebody had worked
        "bulk_closing",
        "stale_open_deals",
        "late_entry",
        "backdated_entry",
        "unused_stage",
        "jumped_stages",
        "early_filtering",
        "duplicates_closed",
        "handover",
        "owner_change",
        "inherited",
        "part_time",
        "absence",
        "one_account",
        "job",
        "unusual_colleague",
    ),
)
