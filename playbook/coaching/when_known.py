"""When could the data show that something changed? A number of deals, and a day.

In: a rep's own values and the size of change agreed on.  Out: deals (or weeks) needed after it, beside those before,
and the day by which they will be there at the rep's own pace. Method: the usual comparison of two groups, 80% power at
two-sided 5% (for shares Fleiss, Levin and Paik 2003, chapter 4, without continuity correction; for means the normal
approximation); groups of unlike size by the sum of 1/n.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import NormalDist

import pandas as pd

from playbook.coaching.observed import OwnValues, weeks_seen
from playbook.drivers.driver import RATIO, Driver
from playbook.drivers.registry import driver_of
from playbook.metrics.observations import SHARES

POWER, LEVEL = 0.80, 0.05
SHARE_CHANGE = 0.10  # ten points: from 25% to 35%, say; smaller changes take thousands of deals
FEWEST_FOR_SPREAD = 8  # below, a rep's own spread is itself a guess
PACE_WEEKS = 26
LONGEST_WEEKS = 3 * 52  # what takes longer than three years is no plan


@dataclass(frozen=True)
class WhenKnown:
    """When the data could show a change.

    `needed` counts deals or weeks (`counted`, `counted_many`, by the driver's `aspect`) after the change, where there
    are as many before; `after` how many it takes beside those that there are before, missing where no number would do.
    `per_week` is the rep's own pace; `seen` how many of them the pace was read from, and `known` how many there ever
    were; `half_year` whether the pace is that of the last half year, or of a shorter time; `on` the day, missing where
    it is more than three years away or the pace is unknown. `level` is the rep's own share for drivers that are shares,
    else missing; `change` is the size agreed on, in the driver's unit (a share of the own level where the unit is a
    ratio or a pace).
    """

    counted: str
    counted_many: str
    aspect: str
    change: float
    level: float | None
    needed: int | None
    after: int | None
    per_week: float
    seen: int
    known: int
    half_year: bool
    on: date | None

    @property
    def never(self) -> bool:
        """Whether no number of deals after the change could tell it: there are too few before."""
        return self.needed is not None and self.after is None


def needed_after(of_each: float, before: int) -> int | None:
    """How many it takes after a change beside `before`, where `of_each` would do on both sides; None if none would do.

    What is known of a difference of two means or shares goes by 1/before + 1/after: what is missing before can be made
    up after, but only down to half of `of_each` before.
    """
    left = 2 / of_each - 1 / before if before > 0 else 0.0
    return math.ceil(1 / left - 1e-9) if left > 0 else None


def needed_for_shares(before: float, after: float, *, power: float = POWER, level: float = LEVEL) -> int:
    """Deals per group, before and after, to see a share move from `before` to `after`: 329 from 25% to 35%.

    Raises
    ------
    ValueError : if a share is not between 0 and 1, or both are equal.
    """
    if not (0 <= before <= 1 and 0 <= after <= 1) or before == after:
        raise ValueError(f"two different shares are needed, not {before} and {after}")
    middle = (before + after) / 2
    by_chance = _z(1 - level / 2) * math.sqrt(2 * middle * (1 - middle))
    by_power = _z(power) * math.sqrt(before * (1 - before) + after * (1 - after))
    return math.ceil(((by_chance + by_power) / (after - before)) ** 2)


def needed_for_means(spread: float, change: float, *, power: float = POWER, level: float = LEVEL) -> int:
    """Deals or weeks per group to see a mean move by `change` where single values have the standard deviation `spread`.

    Raises
    ------
    ValueError : if the change is zero or the spread negative.
    """
    if change == 0 or spread < 0:
        raise ValueError(f"a change other than zero and a spread are needed, not {change} and {spread}")
    return max(math.ceil(2 * ((_z(1 - level / 2) + _z(power)) * spread / change) ** 2), 2)


def when_known(own: OwnValues, driver: str, as_of: date, since: date | None = None) -> WhenKnown:
    """When a change of the agreed size in `driver` could be told from luck, at the rep's own pace.

    Parameters
    ----------
    own : the rep's `own_values` in `driver`.
    since : the rep's first day, where it is known.

    Raises
    ------
    UnknownDriver : if there is no such driver.
    """
    about = driver_of(driver)
    aspect = about.aspect(own.aspect)
    values = own.rows
    weeks = weeks_seen(values, as_of, PACE_WEEKS, since)
    recent = values[values["on"] > pd.Timestamp(as_of) - timedelta(weeks=weeks)] if not values.empty else values
    per_week = len(recent) / weeks
    of_shares = own.family == SHARES
    change = SHARE_CHANGE if of_shares else about.margin
    needed = _needed_of_shares(own, change, about) if of_shares else _needed_of_means(own, change, about)
    after = None if needed is None else needed_after(needed, len(values))
    return WhenKnown(
        counted=aspect.one,
        counted_many=aspect.many,
        aspect=aspect.key,
        change=change,
        level=own.level if of_shares and len(values) else None,
        needed=needed,
        after=after,
        per_week=per_week,
        seen=len(recent),
        known=len(values),
        half_year=weeks == PACE_WEEKS,
        on=_day(after, per_week, as_of),
    )


def _needed_of_shares(own: OwnValues, change: float, driver: Driver) -> int | None:
    if own.rows.empty:
        return None
    before = min(max(own.level, 0.05), 0.95)  # nobody's true share is 0 or 1
    better = before + change if driver.higher_is_better else before - change
    return needed_for_shares(before, better if better <= 1 else before - change)


def _needed_of_means(own: OwnValues, change: float, driver: Driver) -> int | None:
    """By the spread of a ratio: of what each deal or week lies off the own level, by the mean exposure."""
    values = own.rows
    if len(values) < FEWEST_FOR_SPREAD:
        return None
    off = (values["value"] - own.level * values["exposure"]) / values["exposure"].mean()
    step = math.log1p(change) if driver.unit == RATIO else change / own.per
    if driver.relative_margin:
        step = change * own.level
    return needed_for_means(float(off.std()), step) if step else None


def _day(needed: int | None, per_week: float, as_of: date) -> date | None:
    if needed is None or per_week == 0:
        return None
    weeks = needed / per_week
    return as_of + timedelta(days=math.ceil(7 * weeks)) if weeks <= LONGEST_WEEKS else None


def _z(probability: float) -> float:
    return NormalDist().inv_cdf(probability)
