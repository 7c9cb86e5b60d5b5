from datetime import date

import numpy as np
import pandas as pd
import pytest

from playbook.coaching.observed import OwnValues
from playbook.coaching.own_trend import MOST_QUARTERS, own_trend
from playbook.metrics.observations import COUNTS, MEANS, SHARES
from playbook.metrics.proportions import wilson

AS_OF = date(2026, 2, 20)


def values(family: str = SHARES, *, logarithms: bool = False, per: float = 1.0, **by_day: list[float]) -> OwnValues:
    """A value on each day, or a pair of value and exposure."""
    days = {pd.Timestamp(day.replace("d", "").replace("_", "-")): own for day, own in by_day.items()}
    rows = [(day, *(v if isinstance(v, tuple) else (v, 1.0))) for day, own in days.items() for v in own]
    return OwnValues(pd.DataFrame(rows, columns=["on", "value", "exposure"]), family, logarithms, per)


def test_a_share_per_quarter_carries_wilson_s_interval():
    quarters = own_trend(values(d2025_11_03=[1, 0, 0, 1], d2026_01_15=[1, 1, 1]), "win_rate", AS_OF)
    assert quarters["n"].tolist() == [4, 3] and quarters["level"].tolist() == [0.5, 1.0]
    low, high = wilson(pd.Series([2.0]), pd.Series([4])).loc[0, ["low", "high"]]
    assert (quarters.loc[0, "low"], quarters.loc[0, "high"]) == (low, high)


def test_the_running_quarter_ends_on_the_day_of_the_data():
    quarters = own_trend(values(d2026_01_15=[1, 0, 1]), "win_rate", AS_OF)
    assert quarters.loc[0, ["starts_on", "ends_on"]].tolist() == [date(2026, 1, 1), AS_OF]


def test_quarters_are_those_of_the_fiscal_year():
    quarters = own_trend(values(d2026_01_15=[1, 0, 1]), "win_rate", AS_OF, fiscal_year_starts=2)
    assert quarters.loc[0, ["starts_on", "ends_on"]].tolist() == [date(2025, 11, 1), date(2026, 1, 31)]


def test_a_quarter_with_two_values_is_left_out():
    assert own_trend(values(d2026_01_15=[1, 0]), "win_rate", AS_OF).empty


def test_amounts_are_geometric_means_between_their_ends():
    quarters = own_trend(
        values(MEANS, logarithms=True, d2026_01_15=list(np.log([10.0, 100.0, 1000.0]))), "deal_size", AS_OF
    )
    assert quarters.loc[0, "level"] == pytest.approx(100) and quarters.loc[0, "low"] < 100 < quarters.loc[0, "high"]


def test_a_count_never_falls_below_nothing():
    quarters = own_trend(values(COUNTS, d2026_01_15=[0, 0, 9]), "activity", AS_OF)
    assert quarters.loc[0, "low"] == 0 and quarters.loc[0, "level"] == 3


def test_a_count_is_told_per_what_it_was_counted_over():
    """Six pushes in 30 weeks of open deals; a deal is open for ten."""
    quarters = own_trend(values(COUNTS, per=10.0, d2026_01_15=[(1, 5), (2, 20), (3, 5)]), "slippage", AS_OF)
    assert quarters.loc[0, "level"] == pytest.approx(2.0) and quarters.loc[0, "n"] == 3


def test_the_range_of_a_ratio_is_that_of_repeated_draws():
    draw = np.random.default_rng(3)
    day, inside = pd.Timestamp("2026-01-15"), 0
    for _ in range(400):
        weeks = draw.uniform(1, 20, 60)
        rows = pd.DataFrame({"on": day, "value": draw.poisson(0.2 * weeks), "exposure": weeks})
        quarter = own_trend(OwnValues(rows, COUNTS), "slippage", AS_OF).iloc[0]
        inside += quarter["low"] <= 0.2 <= quarter["high"]
    assert inside / 400 == pytest.approx(0.95, abs=0.03)


def test_more_values_make_a_narrower_range():
    few, many = [0.0, 1.0] * 3, [0.0, 1.0] * 30
    quarters = own_trend(values(COUNTS, d2025_11_03=few, d2026_01_15=many), "slippage", AS_OF)
    width = quarters["high"] - quarters["low"]
    assert width[1] < width[0]


def test_it_goes_back_two_years_and_no_further():
    days = {f"d{year}_{month:02}_10": [1, 0, 1] for year in (2022, 2023, 2024, 2025) for month in (2, 5, 8, 11)}
    assert len(own_trend(values(**days), "win_rate", date(2025, 12, 31))) == MOST_QUARTERS


def test_without_values_there_is_no_trend():
    assert own_trend(values(), "win_rate", AS_OF).empty
