import math

import pytest

from playbook.coaching.driver_levels import (
    difference,
    difference_range,
    level,
    level_range,
    steps_of_effect,
    steps_of_level,
)
from playbook.drivers.registry import DRIVERS

NAN = float("nan")


@pytest.mark.parametrize(
    ("driver", "value", "expected"),
    [
        ("stage:Discovery", 0.244, "24%"),
        ("deal_size", 18_400.0, "$18k"),
        ("cycle_time", 63.4, "63 days"),
        ("pipeline_generation", 1.94, "1.9 a week"),
        ("slippage", 1.23, "1.2 a deal"),
        ("discounting", 0.1, "10%"),
    ],
)
def test_a_level_is_said_in_its_own_unit(driver, value, expected):
    assert level(driver, value, "USD") == expected


@pytest.mark.parametrize(
    ("driver", "low", "high", "expected"),
    [
        ("win_rate", 0.16, 0.24, "16 to 24%"),
        ("win_rate", 0.201, 0.203, "20%"),
        ("cycle_time", 41.0, 60.0, "41 to 60 days"),
        ("activity", 1.0, 2.5, "1.0 to 2.5 a week"),
    ],
)
def test_a_range_says_its_unit_once(driver, low, high, expected):
    assert level_range(driver, low, high) == expected


def test_a_difference_is_said_without_its_direction():
    assert (difference("win_rate", -0.07), difference("deal_size", -0.18)) == ("7 points", "18%")


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-0.31, -0.11, "11 to 31 points below"),
        (0.04, 0.11, "4 to 11 points above"),
        (-0.13, 0.02, "13 points below to 2 points above"),
        (-0.001, 0.06, "nothing to 6 points above"),
        (-0.06, 0.002, "6 points below to nothing"),
        (-0.001, 0.001, "next to nothing"),
    ],
)
def test_a_range_of_differences_says_its_directions(low, high, expected):
    assert difference_range("win_rate", low, high) == expected


def test_right_is_better_whichever_way_a_driver_runs():
    margin = {key: driver.margin for key, driver in DRIVERS.items()}
    assert steps_of_level("win_rate", 0.23 + margin["win_rate"], 0.23) == pytest.approx(1)
    assert steps_of_level("discounting", 0.10 + 2 * margin["discounting"], 0.10) == pytest.approx(-2)
    assert steps_of_effect("cycle_time", margin["cycle_time"], 60.0) == pytest.approx(-1)


def test_half_and_double_lie_equally_far_from_peers():
    assert steps_of_level("deal_size", 20_000, 10_000) == pytest.approx(-steps_of_level("deal_size", 5_000, 10_000))


def test_a_margin_that_is_a_share_of_the_peers_level_grows_with_it():
    margin = DRIVERS["activity"].margin
    assert steps_of_level("activity", 4.0 * (1 + margin), 4.0) == pytest.approx(1)
    assert steps_of_effect("activity", 2.0 * margin, 2.0) == pytest.approx(1)


@pytest.mark.parametrize(
    ("driver", "value", "expected"),
    [("win_rate", NAN, 0.2), ("win_rate", 0.2, NAN), ("deal_size", 0.0, 10_000.0)],
    ids=["no level", "no peers", "no logarithm"],
)
def test_what_is_not_known_lies_nowhere(driver, value, expected):
    assert math.isnan(steps_of_level(driver, value, expected))


def test_a_range_that_begins_at_one_point_says_points_once():
    assert difference_range("discounting", 0.01, 0.04) == "1 to 4 points above"
