from datetime import date

import numpy as np
import pandas as pd
import pytest

from playbook.coaching.own_trend import MOST_QUARTERS, own_trend
from playbook.metrics.proportions import wilson

AS_OF = date(2026, 2, 20)


def values(**by_day: list[float]) -> pd.DataFrame:
    rows = [(pd.Timestamp(day.replace("d", "").replace("_", "-")), v) for day, own in by_day.items() for v in own]
    return pd.DataFrame(rows, columns=["on", "value"])


def test_a_share_per_quarter_carries_wilson_s_interval():
    found = own_trend(values(d2025_11_03=[1, 0, 0, 1], d2026_01_15=[1, 1, 1]), "win_rate", AS_OF)
    assert found["n"].tolist() == [4, 3] and found["level"].tolist() == [0.5, 1.0]
    low, high = wilson(pd.Series([2.0]), pd.Series([4])).loc[0, ["low", "high"]]
    assert (found.loc[0, "low"], found.loc[0, "high"]) == (low, high)


def test_the_running_quarter_ends_on_the_day_of_the_data():
    found = own_trend(values(d2026_01_15=[1, 0, 1]), "win_rate", AS_OF)
    assert found.loc[0, ["starts_on", "ends_on"]].tolist() == [date(2026, 1, 1), AS_OF]


def test_quarters_are_those_of_the_fiscal_year():
    found = own_trend(values(d2026_01_15=[1, 0, 1]), "win_rate", AS_OF, fiscal_year_starts=2)
    assert found.loc[0, ["starts_on", "ends_on"]].tolist() == [date(2025, 11, 1), date(2026, 1, 31)]


def test_a_quarter_with_two_values_is_left_out():
    assert own_trend(values(d2026_01_15=[1, 0]), "win_rate", AS_OF).empty


def test_amounts_are_geometric_means_between_their_ends():
    found = own_trend(values(d2026_01_15=list(np.log([10.0, 100.0, 1000.0]))), "deal_size", AS_OF)
    assert found.loc[0, "level"] == pytest.approx(100) and found.loc[0, "low"] < 100 < found.loc[0, "high"]


def test_a_count_never_falls_below_nothing():
    found = own_trend(values(d2026_01_15=[0, 0, 9]), "activity", AS_OF)
    assert found.loc[0, "low"] == 0 and found.loc[0, "level"] == 3


def test_more_values_make_a_narrower_range():
    few, many = [0.0, 1.0] * 3, [0.0, 1.0] * 30
    found = own_trend(values(d2025_11_03=few, d2026_01_15=many), "slippage", AS_OF)
    width = found["high"] - found["low"]
    assert width[1] < width[0]


def test_it_goes_back_two_years_and_no_further():
    days = {f"d{year}_{month:02}_10": [1, 0, 1] for year in (2022, 2023, 2024, 2025) for month in (2, 5, 8, 11)}
    assert len(own_trend(values(**days), "win_rate", date(2025, 12, 31))) == MOST_QUARTERS


def test_without_values_there_is_no_trend():
    assert own_trend(values(), "win_rate", AS_OF).empty
