import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.diagnosis.adjustment import expected_of_each
from playbook.metrics.observations import COUNTS, MEANS
from tests.diagnosis.made_rows import seen, shares, with_keys

OTHERS = tuple((f"p{i}", 30, 100) for i in range(8))


def test_with_nothing_to_hold_equal_the_others_share_is_expected():
    expected = expected_of_each(seen(shares(("ana", 10, 100), *OTHERS)))
    assert expected.loc["ana", "seen"] == pytest.approx(0.10)
    assert expected.loc["ana", "expected"] == pytest.approx(0.30, abs=0.003)


def test_nobody_is_their_own_peer():
    low, high = (expected_of_each(seen(shares(("ana", won, 400), *OTHERS))).loc["ana", "expected"] for won in (10, 390))
    assert low == pytest.approx(high, abs=0.02)
    assert high == pytest.approx(0.30, abs=0.02)


def test_a_rep_with_harder_deals_is_expected_to_win_fewer():
    hard = pd.concat([shares((f"p{i}", 10, 100), segment="Enterprise") for i in range(8)])
    easy = pd.concat([shares((f"p{i}", 50, 100), segment="SMB") for i in range(8)])
    ana = shares(("ana", 10, 100), segment="Enterprise")
    expected = expected_of_each(
        seen(with_keys(pd.concat([ana, hard, easy], ignore_index=True).drop(columns="unit_id")))
    )
    assert expected.loc["ana", "expected"] == pytest.approx(0.10, abs=0.02)


def test_deals_that_nobody_else_has_are_left_out_and_counted():
    own = shares(("ana", 1, 40), segment="Only Ana's")
    rows = pd.concat([shares(("ana", 30, 60), *OTHERS), own], ignore_index=True).drop(columns="unit_id")
    expected = expected_of_each(seen(with_keys(rows)))
    assert expected.loc["ana", "n"] == 60
    assert expected.loc["ana", "unlike"] == pytest.approx(0.40)


def test_a_count_is_expected_per_exposure():
    rows = pd.DataFrame(
        {"rep_id": np.repeat([f"p{i}" for i in range(6)], 50), "value": 2.0, "exposure": 4.0, "segment": "SMB"}
    )
    expected = expected_of_each(seen(with_keys(rows), COUNTS))
    assert expected["expected"].to_numpy() == pytest.approx(np.full(6, 0.5), abs=0.01)
    assert expected.loc["p0", "total"] == pytest.approx(200)


@pytest.mark.filterwarnings("error")
def test_values_whose_mean_is_negative_need_no_logarithm():
    """As the logarithms of cycles of less than a day are."""
    rows = pd.DataFrame({"rep_id": [f"p{i % 6}" for i in range(120)], "value": -0.7, "segment": "SMB"})
    assert expected_of_each(seen(with_keys(rows), MEANS))["expected"].to_numpy() == pytest.approx(-0.7)


def test_a_value_known_to_be_at_least_so_long_counts_as_longer_than_that():
    random = np.random.default_rng(1)
    values = random.normal(3.0, 0.5, 1200)
    rows = pd.DataFrame({"rep_id": [f"p{i % 12}" for i in range(1200)], "value": values, "segment": "SMB"})
    cut = rows.assign(value=rows["value"].clip(upper=3.6), censored=rows["value"] > 3.6)
    dropped = rows[rows["value"] <= 3.6]
    means = {
        name: expected_of_each(seen(with_keys(r), MEANS))["expected"].mean()
        for name, r in {"cut": cut, "dropped": dropped}.items()
    }
    assert means["cut"] == pytest.approx(3.0, abs=0.04)
    assert means["dropped"] < 2.92


def test_without_rows_there_is_nobody():
    assert expected_of_each(seen(shares(("ana", 1, 2)).iloc[:0])).empty


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(40, 60)), min_size=4, max_size=9), st.randoms())
def test_the_order_of_rows_changes_nothing(counts, random):
    rows = shares(*((f"p{i}", won, n) for i, (won, n) in enumerate(counts)))
    order = list(rows.index)
    random.shuffle(order)
    first = expected_of_each(seen(rows))
    second = expected_of_each(seen(rows.loc[order].reset_index(drop=True)))
    pd.testing.assert_frame_equal(first, second, rtol=1e-6, atol=1e-9)


def test_a_rep_whose_every_deal_is_unlike_any_has_the_own_numbers_only():
    own = shares(("ana", 10, 40), segment="Only Ana's")
    rows = pd.concat([shares(*OTHERS), own], ignore_index=True).drop(columns="unit_id")
    expected = expected_of_each(seen(with_keys(rows))).loc["ana"]
    assert (expected["own_n"], expected["seen"], expected["unlike"]) == (40, 0.25, 1.0)
    assert np.isnan(expected["expected"])


def test_a_region_that_is_one_reps_alone_is_compared_with_nobody():
    regions = {f"p{i}": ("North", "South")[i % 2] for i in range(10)} | {"ana": "Islands"}
    rows = pd.concat([shares((rep, 30, 100)).assign(region=region) for rep, region in regions.items()])
    rows = with_keys(rows.reset_index(drop=True).drop(columns="unit_id"))
    expected = expected_of_each(seen(rows, traits=("segment", "region")))
    assert expected.loc["ana", "unlike"] == 1.0
    assert (expected["unlike"].drop("ana") == 0).all()


def test_a_territory_a_head_is_a_name_of_the_person_and_no_trait():
    rows = pd.concat([shares((f"p{i}", 30, 100)).assign(territory=f"T{i}") for i in range(8)])
    rows = with_keys(rows.reset_index(drop=True).drop(columns="unit_id"))
    expected = expected_of_each(seen(rows, traits=("segment", "territory")))
    plain = expected_of_each(seen(rows))
    pd.testing.assert_frame_equal(expected, plain)


def test_in_a_small_company_two_who_share_a_region_are_compared_and_one_alone_is_not():
    regions = {"p0": "North", "p1": "North", "p2": "South", "p3": "South", "p4": "South", "ana": "Islands"}
    rows = pd.concat([shares((rep, 30, 100)).assign(region=region) for rep, region in regions.items()])
    rows = with_keys(rows.reset_index(drop=True).drop(columns="unit_id"))
    expected = expected_of_each(seen(rows, traits=("region",)))
    assert expected.loc["ana", "unlike"] == 1.0 and expected.loc["p0", "unlike"] == 0.0


def test_what_one_large_account_brings_is_told_apart():
    accounts = np.arange(100)
    accounts[:30] = 0
    ana = shares(("ana", 30, 100)).assign(account=accounts[::-1])
    rows = pd.concat([ana, shares(*OTHERS).assign(account=np.arange(800) + 1_000)], ignore_index=True)
    expected = expected_of_each(seen(with_keys(rows.drop(columns="unit_id"))))
    assert (expected.loc["ana", "total_less"], expected.loc["ana", "value_less"]) == (70, 30)
    assert expected["total_less"].drop("ana").isna().all()
