from playbook.metrics.strata import UNKNOWN, quarter_end, size_band, strata
from tests.metrics.by_hand import deals, many


def test_sizes_are_the_quarters_of_the_deals_at_hand():
    rows = deals(*({"outcome": "won" if i % 2 else "lost", "amount": float(i)} for i in range(1, 17)))
    bands = size_band(rows.sort_values("amount"))
    assert list(bands) == sorted(bands) and set(bands) == set("1234")
    assert bands.value_counts().between(3, 5).all()


def test_sixteen_amounts_are_the_fewest_that_make_four_sizes():
    rows = deals(*({"outcome": "won" if i % 2 else "lost", "amount": float(i)} for i in range(1, 16)))
    assert set(size_band(rows)) == {UNKNOWN}


def test_amounts_that_only_won_deals_have_would_give_the_outcome_away():
    rows = deals(*many(20, 20, amount=5.0), *many(20, 0))
    assert set(size_band(rows)) == {UNKNOWN}


def test_a_trait_that_only_lost_deals_have_is_no_trait():
    rows = deals(*many(20, 20), *many(20, 0, segment="SMB"))
    assert set(strata(rows)["segment"]) == {UNKNOWN}


def test_a_trait_that_is_missing_now_and_then_stays_one():
    rows = deals(*many(10, 5, segment="SMB"), *many(10, 5, segment="SMB"), *many(1, 1))
    assert list(strata(rows)["segment"].unique()) == ["SMB", UNKNOWN]


def test_a_quarter_ends_in_the_third_month_of_the_companys_own_quarters():
    rows = deals({"closed_on": "2026-03-05"}, {"closed_on": "2026-04-05"}, {"closed_on": None}, outcome="won")
    assert list(quarter_end(rows)) == ["yes", "no", UNKNOWN]
    assert list(quarter_end(rows, 2)) == ["no", "yes", UNKNOWN]
