import numpy as np
import pandas as pd
import pytest

from playbook.disclosure.benchmarks import QUANTILES, benchmarks
from playbook.disclosure.rules import FEWEST_FOR_QUANTILES, FEWEST_OUTSIDE, two_digits


def table(people: int, manager_id: str | None = None, driver: str = "win_rate") -> pd.DataFrame:
    """So many people, of four teams in turn if no other is said."""
    teams = [manager_id or f"m{2 + i % 4}" for i in range(people)]
    rows = {"manager_id": teams, "rep_id": [f"r{i}" for i in range(people)], "driver": driver, "aspect": ""}
    return pd.DataFrame(rows | {"n": 100, "seen": [0.2113 + 0.01 * i for i in range(people)]})


def test_five_people_left_without_any_one_team_make_a_benchmark_and_four_do_not():
    assert len(benchmarks(table(7), "m1")) == 1  # two, two, two and one
    assert benchmarks(table(FEWEST_OUTSIDE + 1), "m1").empty


def test_ten_people_of_one_other_team_make_none():
    assert benchmarks(table(10, "m2"), "m1").empty


def test_the_own_team_is_no_part_of_its_benchmark():
    assert benchmarks(table(20, "m2"), "m2").empty
    own = table(8, "m1").assign(seen=0.9)
    assert benchmarks(pd.concat([own, table(12)]), "m1").equals(benchmarks(table(12), "m1"))


def test_below_nine_people_a_mean_is_told_and_no_quantile():
    (summary,) = benchmarks(table(FEWEST_FOR_QUANTILES - 1), "m1").to_dict("records")
    assert summary["middle"] == 0.25 and all(np.isnan(summary[name]) for name in QUANTILES if name != "middle")
    (summary,) = benchmarks(table(FEWEST_FOR_QUANTILES), "m1").to_dict("records")
    assert summary["lower"] < summary["middle"] < summary["upper"]


@pytest.mark.parametrize("people", range(7, 30))
def test_no_number_is_anybodys(people):
    levels = table(people)
    (summary,) = benchmarks(levels, "m1").to_dict("records")
    quantiles = [summary[name] for name in QUANTILES if not np.isnan(summary[name])]
    assert quantiles == [two_digits(value) for value in quantiles]
    assert not set(quantiles) & set(levels["seen"])


def test_people_with_too_few_deals_do_not_count():
    assert benchmarks(table(20).assign(n=1), "m1").empty


def test_two_people_with_nearly_all_of_it_are_no_benchmark():
    levels = table(9, driver="deal_size").assign(seen=[100.0] * 7 + [9000.0, 8000.0])
    assert benchmarks(levels, "m1").empty


def test_two_digits_are_kept_whatever_the_size():
    assert [two_digits(v) for v in (0.2371, 18_432.0, 1.0, 0.0)] == [0.24, 18_000.0, 1.0, 0.0]
