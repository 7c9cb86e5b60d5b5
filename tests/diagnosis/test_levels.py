import pandas as pd
import pytest

from playbook.diagnosis.levels import FEWEST_OUTSIDE, QUANTILES, benchmarks, two_digits


def table(people: int, manager_id: str = "m2", driver: str = "win_rate") -> pd.DataFrame:
    rows = {"manager_id": manager_id, "rep_id": [f"r{i}" for i in range(people)], "driver": driver, "aspect": ""}
    return pd.DataFrame(rows | {"n": 100, "seen": [0.2113 + 0.01 * i for i in range(people)]})


def test_five_people_outside_the_team_make_a_benchmark_and_four_do_not():
    assert len(benchmarks(table(FEWEST_OUTSIDE), "m1")) == 1
    assert benchmarks(table(FEWEST_OUTSIDE - 1), "m1").empty


def test_the_own_team_is_no_part_of_its_benchmark():
    assert benchmarks(table(20), "m2").empty


@pytest.mark.parametrize("own", [(), (0,), (19,), (0, 1, 2), (4, 5, 9, 10), (17, 18, 19), tuple(range(15))])
def test_a_benchmark_is_the_quantile_of_those_outside_wherever_the_own_people_stand(own):
    levels = table(20).sample(frac=1, random_state=1)
    own_people = levels["rep_id"].isin([f"r{i}" for i in own])
    shown = benchmarks(levels.assign(manager_id=own_people.map({True: "m1", False: "m2"})), "m1").iloc[0]
    outside = levels.loc[~own_people, "seen"]
    assert shown["reps"] == 20 - len(own)
    assert [shown[name] for name in QUANTILES] == [two_digits(outside.quantile(q)) for q in QUANTILES.values()]


def test_people_with_too_few_deals_do_not_count():
    assert benchmarks(table(20).assign(n=1), "m1").empty


def test_no_single_number_shows():
    shown = benchmarks(table(5), "m1")[["low", "lower", "middle", "upper", "high"]].iloc[0]
    assert all(value == two_digits(value) for value in shown)


def test_two_digits_are_kept_whatever_the_size():
    assert [two_digits(v) for v in (0.2371, 18_432.0, 1.0, 0.0)] == [0.24, 18_000.0, 1.0, 0.0]


def test_the_sample_companys_levels_hold_what_is_expected_between_their_bounds(sample_diagnosis):
    known = sample_diagnosis.levels.dropna(subset=["expected", "peer_low"])
    assert (known["peer_low"] <= known["expected"] + 1e-9).all()
    assert (known["expected"] <= known["peer_high"] + 1e-9).all()


def test_most_ordinary_reps_land_where_nine_of_ten_should(sample_diagnosis, truth):
    plain = truth.loc[truth["cause"] == "none", "rep_id"]
    known = sample_diagnosis.levels.dropna(subset=["peer_low"])
    known = known[known["rep_id"].isin(plain)]
    inside = known["seen"].between(known["peer_low"], known["peer_high"]).mean()
    assert 0.84 <= inside <= 0.97
