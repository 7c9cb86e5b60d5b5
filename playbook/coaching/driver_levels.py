"""A driver's level as a person says it, and how far two levels lie apart, counted in differences that matter.

In: numbers of a diagnosis or of `levels`.  Out: texts in the driver's own unit, and one axis that all drivers share.
"""

import math

import pandas as pd

from playbook import wording
from playbook.drivers.driver import DAYS, MONEY, PER_DEAL, RATIO, SHARE
from playbook.drivers.registry import driver_of

_SMALLEST = 1e-9


def level(driver: str, value: float, currency: str = "") -> str:
    """A level in the driver's own unit: `24%`, `$18.4k`, `63 days`, `1.9 a week`, `1.2 a deal`."""
    unit = driver_of(driver).level_unit
    if unit == MONEY:
        return wording.money(value, currency)
    if unit == DAYS:
        return wording.days(value)
    if unit == SHARE:
        return wording.share(value)
    return f"{_counts(value)} a {'deal' if unit == PER_DEAL else 'week'}"


def level_range(driver: str, low: float, high: float, currency: str = "") -> str:
    """Two levels of one driver: `16 to 24%`, `41 to 60 days`, `$9k to $14k`."""
    return wording.span(level(driver, low, currency), level(driver, high, currency))


def difference(driver: str, effect: float) -> str:
    """The size of a difference from peers, without its direction: `7 points`, `18%`, `0.6 a week`."""
    unit = driver_of(driver).unit
    if unit == SHARE:
        return wording.points(effect)
    if unit == RATIO:
        return wording.share(abs(effect))
    return f"{_counts(abs(effect))} a {'deal' if unit == PER_DEAL else 'week'}"


def difference_range(driver: str, low: float, high: float) -> str:
    """An interval of differences, with directions: `13 points below to 2 points above`, `4 to 11 points above`."""
    low, high = _unless_nothing(driver, low), _unless_nothing(driver, high)
    if low == high == 0:
        return "next to nothing"
    if low * high <= 0:
        return f"{_directed(driver, low)} to {_directed(driver, high)}"
    near, far = sorted((low, high), key=abs)
    size = wording.span(difference(driver, near), difference(driver, far))
    return f"{size} {'above' if far > 0 else 'below'}"


def steps_of_level(driver: str, value: float, expected: float) -> float:
    """How far a level lies from what peers would show, in steps of the smallest difference that matters.

    Positive is better for the business, whichever way the driver runs. A relative difference is taken on a logarithmic
    scale, so that half and double lie equally far from peers. NaN where that cannot be said.
    """
    row = driver_of(driver)
    if pd.isna(value) or pd.isna(expected):
        return float("nan")
    if row.unit == RATIO:
        if value <= 0 or expected <= 0:
            return float("nan")
        steps = math.log(value / expected) / math.log1p(row.margin)
    else:
        steps = (value - expected) / _margin(driver, expected)
    return steps if row.higher_is_better else -steps


def steps_of_effect(driver: str, effect: float, expected: float) -> float:
    """The same for an effect (rep less peers, in the driver's `unit`)."""
    row = driver_of(driver)
    if pd.isna(effect) or pd.isna(expected):
        return float("nan")
    if row.unit == RATIO:
        steps = math.log(max(1 + effect, _SMALLEST)) / math.log1p(row.margin)
    else:
        steps = effect / _margin(driver, expected)
    return steps if row.higher_is_better else -steps


def aspect_of(levels: pd.DataFrame, rep_id: str, driver: str) -> str:
    """Which of a driver's measures was compared (`levels`); empty where that is not told."""
    if "aspect" not in levels:
        return ""
    own = levels.loc[(levels["rep_id"] == rep_id) & (levels["driver"] == driver), "aspect"]
    return "" if own.empty or pd.isna(own.iloc[0]) else str(own.iloc[0])


def _margin(driver: str, expected: float) -> float:
    row = driver_of(driver)
    return max(row.margin * abs(expected) if row.relative_margin else row.margin, _SMALLEST)


def _counts(value: float) -> str:
    return wording.number(value, 1 if abs(value) >= 1 else 2)


def _unless_nothing(driver: str, effect: float) -> float:
    """The effect, or zero if it would be said as such."""
    return 0.0 if difference(driver, effect) == difference(driver, 0.0) else effect


def _directed(driver: str, effect: float) -> str:
    if effect == 0:
        return "nothing"
    return f"{difference(driver, effect)} {'above' if effect > 0 else 'below'}"
