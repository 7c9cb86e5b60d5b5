"""Deal size: the typical amount of a deal, as a ratio to what others get for deals like these.

The list price of all closed deals where it is known of won and lost ones alike; else what won deals were worth.
Amounts of lost deals are seldom kept up to date, list prices are what was asked for. A deal that was entered in parts
(`metrics.split_deals`) is one deal.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from playbook import wording
from playbook.drivers.driver import MONEY, RATIO, Aspect, Driver
from playbook.drivers.price import by_the_ratio
from playbook.drivers.showing import RecentDeals, latest_first
from playbook.metrics.observations import MEANS, PLACE, DealsToCompare, Observations, rows_of
from playbook.metrics.split_deals import parts_of_one

_CLOSED, _WON, _AMOUNT = "closed deals at list price", "won deals at list price", "won deals"
_FEWEST_PRICED = 0.5  # list amounts are used where at least this share of deals has one
_FEWEST_KNOWN = 0.9  # list amounts of lost deals are used where so many won and so many lost deals have one
_HELD_EQUAL = (*PLACE, "source", "kind", "product", "period")


def _measure(deals: DealsToCompare) -> Iterator[Observations]:
    if not deals.company.has("opportunities.amount"):
        return
    won, closed = deals.won(), deals.closed()
    known = closed["list_amount"].notna().groupby(closed["outcome"]).mean()
    priced = won["list_amount"].notna().mean() >= _FEWEST_PRICED if len(won) else False
    priced = priced and not _is_price_list(closed)
    if priced and len(known) == 2 and known.min() >= _FEWEST_KNOWN:
        chosen, amount, aspect = closed, closed["list_amount"], _CLOSED
    elif priced:
        chosen, amount, aspect = won, won["list_amount"], _WON
    else:
        chosen, amount, aspect = won, won["amount"], _AMOUNT
    part = pd.Series(parts_of_one(chosen), index=chosen.index)
    whole = amount.where(amount > 0).groupby(part).transform("sum", min_count=1)
    rows = rows_of(chosen, deals.traits, np.log(whole.where((whole > 0) & ~part.duplicated())))
    yield Observations(DRIVER.key, MEANS, rows, _HELD_EQUAL, logarithms=True, aspect=aspect)


def _is_price_list(deals: pd.DataFrame) -> bool:
    """Whether list amounts are one price per product: then they say nothing about what this rep sold."""
    prices = deals.groupby("product")["list_amount"].nunique()
    return bool(len(prices)) and bool((prices <= 1).all())


def _small(deals: RecentDeals) -> pd.DataFrame:
    won = deals.won
    first = latest_first(won[won["amount"] > 0].nsmallest(deals.most, "amount", keep="first"))
    amounts = [wording.money(amount, deals.currency) for amount in first["amount"]]
    return first.assign(why=[f"won at {amount}: what was left out?" for amount in amounts])


def _aspect(key: str, counted: str, one: str) -> Aspect:
    fact = f"The typical size of {{n}} {key} is {{level}}."
    return Aspect(key=key, counted=counted, one=one, many=f"{one}s", fact=fact)


DRIVER = Driver(
    key="deal_size",
    label="Deal size",
    order=40,
    measure=_measure,
    needs=("opportunities.amount",),
    unit=RATIO,
    level_unit=MONEY,
    higher_is_better=True,
    margin=0.12,
    fewest=10,
    aspects=(
        _aspect(_CLOSED, "deals with an amount", "closed deal"),
        _aspect(_WON, "deals with an amount", "won deal"),
        # An open or a lost deal has an amount as well, and it is not counted.
        _aspect(_AMOUNT, "won deals with an amount", "won deal"),
    ),
    price=by_the_ratio,
    look_at="the proposals of three recent wins: what was offered first, and what was left out?",
    deals_that_show_it=_small,
    sensitive_to=(
        "split_deals",
        "amount_units",
        "one_account",
        "other_system",  # large deals are kept elsewhere, or small ones
        "handover",
        "job",
        "unusual_colleague",
    ),
)
