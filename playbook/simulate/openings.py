"""The deals that are opened: by whom, when, with which customer, for what, at which list price."""

from dataclasses import dataclass

import numpy as np

from playbook.simulate import market
from playbook.simulate.draws import Draws, Floats, Ints
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
    """One value per deal in order of the day it was opened. Codes are positions in the plan's and market's lists."""

    seller: Ints
    opened: Ints
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
    plan: Plan, staff: Staff, skills: Skills, expected: Floats, hard: Floats, first: int, draws: Draws
) -> Deals:
    """Every deal opened in the simulated months; `hard` is true where a seller's territory is a hard one."""
    calendar = np.arange(first, first + expected.shape[1])
    month = (calendar - first) // 30
    uneven = draws.around_one((staff.n, int(month.max()) + 1), _UNEVEN_MONTHS * plan.noise)
    uneven /= np.exp((_UNEVEN_MONTHS * plan.noise) ** 2 / 2.0)
    sellers, day = np.meshgrid(np.arange(staff.n), calendar, indexing="ij")
    own = np.exp(skills.at("openings", sellers.ravel(), day.ravel())).reshape(expected.shape)
    counts = draws.counts(expected * own * uneven[:, month])
    seller, opened = np.repeat(sellers.ravel(), counts.ravel()), np.repeat(day.ravel(), counts.ravel())
    order = np.lexsort((seller, opened))
    return _described(plan, staff, skills, seller[order], opened[order], hard, draws)


def _described(
    plan: Plan, staff: Staff, skills: Skills, seller: Ints, opened: Ints, hard: Floats, draws: Draws
) -> Deals:
    n, hard_here = len(seller), hard[seller].astype(bool)
    farms = staff.is_job(FARMER)[seller]
    shares = np.array(list(plan.segments.values()), dtype=float)
    elsewhere = draws.chance(_OTHER_SEGMENTS, n)
    largest = draws.chance(_HARD_LARGE, n)
    segment = np.where(elsewhere, draws.pick(shares, n), staff.segment[seller])
    segment = np.where(hard_here & largest, len(shares) - 1, segment)
    source = draws.pick([s.share for s in market.SOURCES], n)
    source = np.where(hard_here & draws.chance(_HARD_COLD, n), market.COLD_SOURCE, source)
    kind = np.where(farms, draws.pick(market.FARMER_KINDS, n), draws.pick([k.share for k in market.KINDS], n))
    kind = np.where(hard_here, 0, kind)
    product = draws.pick([p.share for p in market.PRODUCTS], n)
    usual_price = market.SMALLEST_PRICE * np.exp(market.PRICE_GROWTH * market.rank(len(shares))[segment])
    usual_price = usual_price * _trait(market.PRODUCTS, "price")[product] * _trait(market.KINDS, "price")[kind]
    relative = market.PRICE_SPREAD * plan.noise * draws.normal(n, within=3.0) + skills.at("price", seller, opened)
    price = np.maximum(np.round(usual_price * np.exp(relative) / 50.0) * 50.0, 50.0)
    quality = market.QUALITY_SPREAD * plan.noise * draws.normal(n, within=3.0)
    by_segment = market.SEGMENT_ODDS * (0.5 - market.rank(len(shares)))
    new_account = np.arange(n)
    installed = n + seller * INSTALLED_PER_SELLER + draws.whole(n, 0, INSTALLED_PER_SELLER - 1)
    return Deals(
        seller=seller,
        opened=opened,
        segment=segment,
        source=source,
        kind=kind,
        product=product,
        account=np.where(kind == 0, new_account, installed),
        price=price,
        relative_size=relative,
        odds=by_segment[segment] + _trait(market.KINDS, "odds")[kind] + market.SIZE_ODDS * relative + quality,
        quality=quality,
    )


def _trait(traits: tuple[market.Trait, ...], name: str) -> Floats:
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
