"""The market that every rep sells into: what segment, source, kind and product do to price, pace and odds.

These are the simulation's laws for an ordinary rep. Sizes are set so that new business is won in about 27 of 100
deals and a won deal takes about 35 days with the smallest customers and about 110 with the largest; they are a
plausible setting, not a benchmark.
"""

from dataclasses import dataclass

import numpy as np

from playbook.simulate.draws import Floats


@dataclass(frozen=True)
class DealTrait:
    """What one source, kind or product does: how often it comes, and its effect for an ordinary rep.

    `odds` is added to the log-odds of passing a stage, `price` and `pace` multiply list price and days.
    """

    name: str
    share: float
    odds: float = 0.0
    price: float = 1.0
    pace: float = 1.0


SOURCES = (
    DealTrait("Inbound", 0.30, odds=0.20),
    DealTrait("Outbound", 0.34, odds=-0.30),
    DealTrait("Partner", 0.15, odds=0.10),
    DealTrait("Event", 0.12, odds=-0.05),
    DealTrait("Referral", 0.09, odds=0.45),
)
COLD_SOURCE = 1  # of SOURCES: a hard territory lives on it
KINDS = (
    DealTrait("new", 0.82),
    DealTrait("expansion", 0.13, odds=0.55, price=0.55, pace=0.75),
    DealTrait("renewal", 0.05, odds=1.25, price=0.90, pace=0.60),
)
FARMER_KINDS = (0.12, 0.48, 0.40)  # what an account manager's deals are
PRODUCTS = (
    DealTrait("Planner", 0.50),
    DealTrait("Planner Pro", 0.32, price=1.7, pace=1.1),
    DealTrait("Field App", 0.18, price=0.6, pace=0.9),
)

SMALLEST_PRICE = 9_000.0
PRICE_GROWTH = 2.3  # of the logarithm, from the smallest to the largest customers
PRICE_SPREAD = 0.45
SMALLEST_CYCLE = 36.0  # median days from opened to won
CYCLE_GROWTH = 1.05
DWELL_SPREAD = 0.55
OPENING_GROWTH = -0.55  # reps with larger customers open fewer deals
SEGMENT_ODDS = 0.24  # from the smallest (+ half) to the largest (- half)
SOURCE_LATER = 0.4  # a source matters most in the first stage; this share of it later
SIZE_ODDS = -0.22  # a deal twice its segment's usual price passes less often
SIZE_PACE = 0.12
QUALITY_SPREAD = 0.35  # what nobody records: some deals are simply better
DISCOUNT = 0.09
DISCOUNT_SPREAD = 0.05
DISCOUNT_BY_SIZE = 0.02
RAMP_DAYS = 180.0
RAMP_ODDS = -0.45  # on the first day; gone after RAMP_DAYS
RAMP_OPENINGS = 0.25  # share of the usual openings on the first day


def rank(n_segments: int) -> Floats:
    """Where each segment stands between the smallest (0) and the largest customers (1)."""
    return np.array([0.5]) if n_segments == 1 else np.linspace(0.0, 1.0, n_segments)


def odds_of(share: float | Floats) -> Floats:
    """Log-odds of a share."""
    value = np.asarray(share, dtype=float)
    return np.log(value / (1.0 - value))


def share_of(odds: float | Floats) -> Floats:
    """The share with these log-odds."""
    return 1.0 / (1.0 + np.exp(-np.asarray(odds, dtype=float)))


def stage_shares(n_stages: int, win_rate: float) -> Floats:
    """The share of an ordinary new deal that passes each stage; their product is about `win_rate`.

    Odds are raised a little because mixing easy and hard deals lowers the product, and tilted so that no two
    neighbouring stages are alike.
    """
    even = win_rate ** (1.0 / n_stages)
    tilt = np.where(np.arange(n_stages) % 2 == 0, -0.12, 0.12) if n_stages > 1 else np.zeros(1)
    return share_of(odds_of(even) + 0.06 + tilt)


def stage_days(n_stages: int) -> Floats:
    """The share of a cycle that an ordinary deal spends in each stage."""
    weights = 1.0 + 0.25 * np.cos(np.arange(n_stages) * 1.7)
    return weights / weights.sum()


def ramp(days_in_role: Floats) -> Floats:
    """How far along a new rep is: 0 on the first day, 1 after `RAMP_DAYS`."""
    return np.clip(days_in_role / RAMP_DAYS, 0.0, 1.0)
