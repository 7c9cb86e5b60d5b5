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


def test_a_rep_whose_losses_lack_a_trait_is_not_compared_on_it_and_the_others_are():
    ana = [*many(20, 20, rep_id="ana", segment="SMB"), *many(20, 0, rep_id="ana")]
    others = [*many(300, 180, rep_id="ben", segment="SMB"), *many(300, 180, rep_id="ben", segment="Large")]
    rows = deals(*ana, *others)
    segment = strata(rows)["segment"]
    assert set(segment[rows["rep_id"] == "ana"]) == {UNKNOWN}
    assert set(segment[rows["rep_id"] == "ben"]) == {"SMB", "Large"}


def test_a_closing_day_that_only_won_deals_have_gives_no_quarters_end():
    rows = deals(*many(20, 20, closed_on="2026-03-05"), *many(20, 0, closed_on=None))
    assert set(strata(rows)["quarter_end"]) == {UNKNOWN}


def test_pipelines_are_a_trait_like_regions():
    rows = deals(*many(20, 9, pipeline="Partners"), *many(20, 9, pipeline="Direct"))
    assert set(strata(rows)["pipeline"]) == {"Partners", "Direct"}
