"""The deals that are opened: by whom, when, with which customer, for what, at which list price."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.simulate import market
from playbook.simulate.draws import Draws, Flags, Floats, Ints, picked
from playbook.simulate.plan import Plan
from playbook.simulate.skills import Skills
from playbook.simulate.staff import DEVELOPMENT, FARMER, Staff

INSTALLED_PER_SELLER = 24  # customers that a seller already has; expansions and renewals are with them
_OTHER_SEGMENTS = 0.25  # share of a seller's deals outside the own segment
_UNEVEN_MONTHS = 0.25  # spread of a seller's good and thin months
_HARD_COLD = 0.78  # share of a hard territory's deals that come from cold outreach
_HARD_LARGE = 0.60  # share with the largest customers


@dataclass(frozen=True)
class Deals:
    """One value per deal in order of the day it was opened. Codes are positions in the plan's and market's lists.

    `key` is what a deal's draws belong to: its seller, the day, and `of_day`, its number of the seller's that day.
    `account` is the number of the customer among the seller's own.
    """

    key: Ints
    seller: Ints
    opened: Ints
    of_day: Ints
    segment: Ints
    source: Ints
    kind: Ints
    product: Ints
    account: Ints
    price: Floats
    relative_size: Floats  # logarithm of the price against its segment, product and kind
    odds: Floats  # what the deal itself adds to the log-odds of a stage, the source aside
    quality: Floats

    @property
    def n(self) -> int:
        """How many deals there are."""
        return len(self.seller)

    def take(self, rows: Ints) -> "Deals":
        """These deals alone."""
        return Deals(**{name: values[rows] for name, values in vars(self).items()})


def weekly_openings(plan: Plan, staff: Staff) -> Floats:
    """Deals that an ordinary, ramped seller in each one's place opens in a working week."""
    shares = np.array(list(plan.segments.values()), dtype=float)
    by_segment = np.exp(market.OPENING_GROWTH * market.rank(len(shares)))
    by_segment /= (by_segment * shares).sum() / shares.sum()
    weekly = plan.deals_per_rep_per_month * 12.0 / 47.0 * by_segment[staff.segment]  # 47 weeks: 5 are time off
    return np.where(staff.is_job(DEVELOPMENT), 0.0, np.where(staff.is_job(FARMER), 0.8 * weekly, weekly))


def expected_openings(plan: Plan, staff: Staff, present: Floats, first: int) -> Floats:
    """Deals that an ordinary seller in each one's place would open on each day (sellers × days), ramp included."""
    calendar = np.arange(first, first + present.shape[1])
    along = market.ramp((calendar[None, :] - staff.hired[:, None]).astype(float))
    ramped = market.RAMP_OPENINGS + (1.0 - market.RAMP_OPENINGS) * along
    return weekly_openings(plan, staff)[:, None] / 5.0 * present * ramped * _season(calendar)[None, :]


def _season(calendar: Ints) -> Floats:
    """Little is opened in the last week of December, and less in August."""
    months = calendar.astype("datetime64[D]").astype("datetime64[M]")
    day_of_month = calendar - months.astype("datetime64[D]").astype(np.int64) + 1
    month = months.astype(np.int64) % 12 + 1
    return np.where((month == 12) & (day_of_month > 22), 0.25, np.where(month == 8, 0.85, 1.0))


def open_deals(
    plan: Plan, staff: Staff, skills: Skills, expected: Floats, hard: Flags, first: int, draws: Draws
) -> Deals:
    """Every deal opened in the simulated months; `hard` is true where a seller's territory is a hard one."""
    calendar = np.arange(first, first + expected.shape[1])
    seller, day = np.nonzero(expected)
    spread = _UNEVEN_MONTHS * plan.noise
    months = np.arange(int((calendar[-1] - first) // 30) + 1)
    uneven = draws.around_one("good and thin months", spread, staff.key[:, None], months) / np.exp(spread**2 / 2.0)
    own = np.exp(skills.at("openings", seller, calendar[day]))
    mean = expected[seller, day] * own * uneven[seller, day // 30]
    counts = draws.counts("deals opened", mean, staff.key[seller], calendar[day])
    of_day = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    seller, opened = np.repeat(seller, counts), np.repeat(calendar[day], counts)
    order = np.lexsort((of_day, seller, opened))
    seller, opened, of_day = seller[order], opened[order], of_day[order]
    return described(
        plan,
        Customers(
            key=(staff.key[seller] << 28) | (opened << 12) | of_day,
            segment=staff.segment[seller],
            farms=staff.is_job(FARMER)[seller],
            hard=hard[seller],
            price=skills.at("price", seller, opened),
        ),
        seller,
        opened,
        of_day,
        draws,
    )


@dataclass(frozen=True)
class Customers:
    """Whom each deal is opened with, as far as its seller decides it.

    `key` is what a deal's draws belong to, `segment` its seller's own, `price` what the seller adds to the logarithm of
    the list price.
    """

    key: Ints
    segment: Ints
    farms: Flags
    hard: Flags
    price: Floats


def described(plan: Plan, customers: Customers, seller: Ints, opened: Ints, of_day: Ints, draws: Draws) -> Deals:
    """The deals with these customers: segment, source, kind, product, list price and what they add to the odds."""
    key, hard = customers.key, customers.hard
    shares = np.array(list(plan.segments.values()), dtype=float)
    elsewhere = draws.chance("in another segment", _OTHER_SEGMENTS, key)
    segment = np.where(elsewhere, draws.pick("segment", shares, key), customers.segment)
    largest = hard & draws.chance("hard: with the largest", _HARD_LARGE, key)
    segment = np.where(largest, len(shares) - 1, segment)
    source = draws.pick("source", [s.share for s in market.SOURCES], key)
    source = np.where(hard & draws.chance("hard: cold", _HARD_COLD, key), market.COLD_SOURCE, source)
    which = draws.uniform("kind", key)
    usual_kind = picked([k.share for k in market.KINDS], which)
    kind = np.where(hard, 0, np.where(customers.farms, picked(market.FARMER_KINDS, which), usual_kind))
    product = draws.pick("product", [p.share for p in market.PRODUCTS], key)
    usual_price = market.SMALLEST_PRICE * np.exp(market.PRICE_GROWTH * market.rank(len(shares))[segment])
    usual_price = usual_price * _trait(market.PRODUCTS, "price")[product] * _trait(market.KINDS, "price")[kind]
    relative = market.PRICE_SPREAD * plan.noise * draws.normal("price", key, within=3.0) + customers.price
    quality = market.QUALITY_SPREAD * plan.noise * draws.normal("quality", key, within=3.0)
    by_segment = market.SEGMENT_ODDS * (0.5 - market.rank(len(shares)))
    installed = draws.whole("installed customer", 0, INSTALLED_PER_SELLER - 1, key)
    own_number = pd.Series(seller).groupby(seller).cumcount().to_numpy()
    return Deals(
        key=key,
        seller=seller,
        opened=opened,
        of_day=of_day,
        segment=segment,
        source=source,
        kind=kind,
        product=product,
        account=np.where(kind == 0, INSTALLED_PER_SELLER + own_number, installed),
        price=np.maximum(np.round(usual_price * np.exp(relative) / 50.0) * 50.0, 50.0),
        relative_size=relative,
        odds=by_segment[segment] + _trait(market.KINDS, "odds")[kind] + market.SIZE_ODDS * relative + quality,
        quality=quality,
    )


def _trait(traits: tuple[market.DealTrait, ...], name: str) -> Floats:
    return np.array([getattr(trait, name) for trait in traits])


def pace_of(deals: Deals, plan: Plan) -> Floats:
    """Median days from opened to won for each deal with an ordinary seller."""
    cycle = market.SMALLEST_CYCLE * np.exp(market.CYCLE_GROWTH * market.rank(len(plan.segments)))
    pace = _trait(market.KINDS, "pace")[deals.kind] * _trait(market.PRODUCTS, "pace")[deals.product]
    return cycle[deals.segment] * pace * np.exp(market.SIZE_PACE * deals.relative_size)


def source_odds(deals: Deals, n_stages: int) -> Floats:
    """What the source adds to the log-odds of each stage (deals × stages)."""
    weight = np.where(np.arange(n_stages) == 0, 1.0, market.SOURCE_LATER)
    return _trait(market.SOURCES, "odds")[deals.source][:, None] * weight[None, :]
