import pandas as pd
import pytest

from playbook.forecast.backtest import errors, stretch, widened


def looks(*actuals: float, quarters: list[str] | None = None) -> pd.DataFrame:
    """Past looks that said 80 to 100 to 140, and what came."""
    days = quarters or [f"2025-{1 + 3 * (i % 4):02}-01" for i in range(len(actuals))]
    return pd.DataFrame(
        {"manager_id": "m1", "quarter": pd.to_datetime(days), "seen_on": pd.to_datetime(days), "low": 80.0,
         "middle": 100.0, "high": 140.0, "actual": actuals, "won": 50.0}
    )  # fmt: skip


def test_ranges_that_held_often_enough_are_left_as_they_are():
    assert stretch(looks(100, 81, 139, 90, 500)) == 1.0


def test_ranges_that_held_too_seldom_are_stretched_until_eight_of_ten_would_have():
    by = stretch(looks(100, 100, 100, 180, 60))  # misses: 0, 0, 0, 2 half ranges above, 2 below
    assert by == 2.0
    wide = widened(looks(100, 100, 100, 180, 60), by, looks(0).loc[0, "won"])
    assert (wide["low"].iloc[0], wide["high"].iloc[0]) == (60, 180)


def test_three_tests_teach_nothing():
    assert stretch(looks(500, 500, 500)) == 1.0


def test_no_range_grows_without_end():
    assert stretch(looks(*[10_000.0] * 10)) == 4.0


def test_no_range_reaches_under_what_is_already_won():
    row = widened(looks(100), 4.0, looks(100)["won"]).iloc[0]
    assert row["low"] == 50 and row["high"] == pytest.approx(260)


def test_a_quarters_own_miss_does_not_widen_its_own_range():
    quarters = ["2025-01-01"] * 5 + ["2025-04-01"] * 5
    past_errors = errors(looks(*[100.0] * 5, *[180.0] * 5, quarters=quarters))
    missed = past_errors[past_errors["quarter"] == pd.Timestamp("2025-04-01")]
    assert set(missed["high"]) == {140}  # the other quarter held: no wider than said
    assert set(past_errors[past_errors["quarter"] == pd.Timestamp("2025-01-01")]["high"]) == {180}


def test_a_range_of_no_width_counts_as_held_only_if_it_was_right():
    flat = looks(100, 100, 100, 100, 101).assign(low=100.0, high=100.0)
    assert stretch(flat) == 1.0
    assert stretch(flat.assign(actual=101.0)) == 4.0
