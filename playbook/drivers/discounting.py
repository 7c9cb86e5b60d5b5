"""Discounting: the share of the list price that is given away in won deals."""

from collections.abc import Iterator

import pandas as pd

from playbook import wording
from playbook.drivers.driver import SHARE, Aspect, Driver
from playbook.drivers.showing import RecentDeals, latest_first
from playbook.metrics.observations import MEANS, PLACE, DealsToCompare, Observations, rows_of

_LEAST, _MOST = -0.5, 1.0  # discounts beyond are mistakes of entry
_HELD_EQUAL = (*PLACE, "kind", "product", "size", "period")
_LEAST_LEFT = 0.05  # of the list price; what is left at the peers' discount is never taken for less


def _measure(deals: DealsToCompare) -> Iterator[Observations]:
    if not (deals.company.has("opportunities.list_amount") or deals.company.has("opportunities.discount")):
        return
    won = deals.won()
    rows = rows_of(won, deals.traits, _discount(won).clip(_LEAST, _MOST))
    yield Observations(DRIVER.key, MEANS, rows, _HELD_EQUAL)


def _discount(won: pd.DataFrame) -> pd.Series:
    """The discount as it was entered, or as the two prices tell it."""
    return won["discount"].fillna(1 - won["amount"] / won["list_amount"].where(won["list_amount"] > 0))


def _given_away(expected: pd.Series, difference: pd.Series) -> pd.Series:
    """What more would be left of the price at the peers' discount, as a share of what is left now."""
    return difference / (1 - expected - difference).clip(lower=_LEAST_LEFT)


def _largest(deals: RecentDeals) -> pd.DataFrame:
    given = deals.won.assign(given=_discount(deals.won))
    first = latest_first(given[given["given"] > 0].nlargest(deals.most, "given", keep="first"))
    return first.assign(why=[f"won with a discount of {wording.share(share)}" for share in first["given"]])


DRIVER = Driver(
    key="discounting",
    label="Discounting",
    order=50,
    measure=_measure,
    needs=("opportunities.discount",),
    enough=("opportunities.list_amount",),
    unit=SHARE,
    level_unit=SHARE,
    signed=True,
    higher_is_better=False,
    margin=0.03,
    fewest=10,
    aspects=(
        Aspect(
            counted="won deals with a list price",
            one="won deal",
            many="won deals",
            fact="The discount on {n} won deals is {level} on average.",
        ),
    ),
    price=_given_away,
    look_at="two price talks: who names a number first, and what is asked in return?",
    deals_that_show_it=_largest,
    sensitive_to=("amount_units", "split_deals", "one_account", "handover", "job", "unusual_colleague"),
)
