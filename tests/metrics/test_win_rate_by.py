from datetime import date

import pandas as pd
import pytest

from playbook.metrics.proportions import differ
from playbook.metrics.win_rate_by import closed_deals, win_rate, win_rate_by
from playbook.metrics.win_rate_definitions import other_win_rates
from tests.metrics.by_hand import deals, many

AS_OF = date(2026, 3, 31)


def two_reps(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return [row | {"rep_id": ("ana", "ben")[i % 2]} for i, row in enumerate(rows)]


def table(*rows: dict[str, object]) -> pd.DataFrame:
    return win_rate_by(deals(*two_reps(list(rows)))).set_index(["trait", "group"])


def test_the_win_rate_is_won_of_won_and_lost():
    rates = win_rate(deals(*many(8, 2), {"outcome": "open"}).query("outcome != 'open'"))
    assert (rates["won"], rates["closed"], rates["rate"]) == (2, 8, 0.25)
    assert rates["low"] < 0.25 < rates["high"]


def test_without_closed_deals_there_is_no_rate():
    assert pd.isna(win_rate(deals())["rate"])


def test_only_the_last_twelve_months_count_when_they_hold_twenty_deals():
    rows = [*many(20, 5, closed_on="2025-04-01"), *many(20, 20, closed_on="2025-03-31")]
    assert win_rate(closed_deals(deals(*rows), AS_OF))["rate"] == 0.25


def test_with_fewer_than_twenty_in_a_year_all_of_them_count():
    rows = [*many(19, 5, closed_on="2025-04-01"), *many(20, 20, closed_on="2025-03-31")]
    assert win_rate(closed_deals(deals(*rows), AS_OF))["closed"] == 39


def test_a_group_that_luck_does_not_explain_is_different_on_both_sides():
    rates = table(*many(60, 40, source="Inbound"), *many(60, 12, source="Outbound"))
    assert rates.loc[("source", "Inbound"), "different"] and rates.loc[("source", "Outbound"), "different"]
    assert rates.loc[("source", "Inbound"), "gap"] == pytest.approx(40 / 60 - 12 / 60)


def test_a_gap_that_luck_explains_is_not_different():
    rates = table(*many(20, 8, source="Inbound"), *many(20, 5, source="Outbound"))
    assert not rates["different"].any()


def test_a_sure_gap_that_is_too_small_to_matter_is_not_different():
    rates = table(*many(4_000, 1_200, source="Inbound"), *many(4_000, 1_000, source="Outbound"))
    assert (rates["q"] < 0.05).all() and not rates["different"].any()


def test_two_groups_are_one_comparison_not_two():
    rates = table(*many(30, 20, source="Inbound"), *many(30, 10, source="Outbound"))
    assert rates.loc[("source", "Inbound"), "q"] == pytest.approx(differ(20, 30, 10, 30))


def test_groups_of_fewer_than_ten_deals_are_folded_and_never_tested():
    rates = table(*many(30, 15, source="Inbound"), *many(9, 9, source="Fair"), *many(5, 0, source="Letter"))
    assert rates.loc[("source", "other"), "folded"] == 2 and rates.loc[("source", "other"), "closed"] == 14
    assert pd.isna(rates.loc[("source", "other"), "q"]) and not rates.loc[("source", "other"), "different"]


def test_a_group_that_is_mostly_one_reps_is_not_tested():
    rows = [*many(40, 36, source="Inbound", rep_id="ana"), *many(40, 4, source="Outbound", rep_id="ben")]
    rows += many(20, 10, source="Partner", rep_id="cara")
    rates = win_rate_by(deals(*rows)).set_index(["trait", "group"])
    assert rates["one_rep"].all() and not rates["different"].any() and rates["q"].isna().all()


def test_every_closed_deal_is_in_one_group_of_each_trait():
    rates = win_rate_by(
        deals(*two_reps([*many(30, 15, source="A"), *many(25, 5, source="B"), *many(6, 1, source="C")]))
    )
    assert set(rates.groupby("trait")["closed"].sum()) == {61}


def test_without_traits_there_is_nothing_to_take_apart():
    assert win_rate_by(deals(*many(30, 10))).empty


def ways(*rows: dict[str, object]) -> dict[str, tuple[float, int]]:
    rates = other_win_rates(deals(*rows), AS_OF)
    return {r.key: (pytest.approx(r.rate), r.n) for r in rates.itertuples()}


def test_by_money_large_deals_weigh_more():
    assert ways(*many(2, 1, amount=10.0), {"outcome": "lost", "amount": 30.0})["value"] == (10 / 50, 3)


def test_by_money_is_left_out_where_lost_deals_have_no_amount():
    assert "value" not in ways({"outcome": "won", "amount": 10.0}, {"outcome": "lost", "amount": None})


def test_no_decision_can_be_left_out():
    rows = [*many(4, 1), {"outcome": "lost", "lost_to": "no_decision"}]
    assert ways(*rows)["competitive"] == (1 / 4, 4)


def test_overdue_open_deals_can_count_as_lost():
    rows = [*many(3, 1), {"outcome": "open", "expected_close_on": "2026-03-30"}]
    rows += [{"outcome": "open", "expected_close_on": "2026-03-31"}]
    assert ways(*rows)["overdue"] == (1 / 4, 4)


def test_of_deals_created_the_open_ones_count_once_they_are_old_enough():
    took_ten = many(10, 5, created_on="2026-01-01", closed_on="2026-01-11")
    rows = [*took_ten, {"outcome": "open", "created_on": "2026-01-05"}, {"outcome": "open", "created_on": "2026-03-30"}]
    assert ways(*rows)["cohort"] == (5 / 11, 11)


def test_ways_that_the_data_cannot_follow_are_left_out():
    assert ways(*many(3, 1)) == {}


def test_of_deals_created_the_first_and_the_last_day_are_told():
    rows = many(10, 5, created_on="2026-01-01", closed_on="2026-01-11")
    cohort = other_win_rates(deals(*rows), AS_OF).set_index("key").loc["cohort"]
    assert (cohort["since"], cohort["until"]) == (pd.Timestamp("2025-03-22"), pd.Timestamp("2026-03-21"))


def test_of_two_groups_one_is_the_others_mirror_and_of_the_calendar_the_other_months_are():
    at_end = many(30, 20, source="Inbound", closed_on="2026-03-10") + many(30, 10, source="Outbound")
    rates = table(*(row | {"closed_on": row.get("closed_on") or "2026-02-10"} for row in at_end))
    assert not rates.loc[("source", "Inbound"), "mirror"] and rates.loc[("source", "Outbound"), "mirror"]
    assert not rates.loc[("quarter_end", "yes"), "mirror"] and rates.loc[("quarter_end", "no"), "mirror"]


def sold_at(prices: dict[str, list[float]]) -> pd.DataFrame:
    return table(
        *(
            row | {"product": product, "amount": amount}
            for product, amounts in prices.items()
            for amount in amounts
            for row in many(10, 5)
        )
    )


def test_sizes_that_the_product_settles_are_not_tested_a_second_time():
    listed = sold_at({"Basic": [10.0], "Plus": [20.0], "Special": [30.0], "Max": [40.0]})
    assert set(listed.index.get_level_values("trait")) == {"product"}


def test_sizes_that_differ_within_a_product_are_tested():
    priced = sold_at({"Basic": [10.0, 20.0, 30.0, 40.0], "Plus": [10.0, 20.0, 30.0, 40.0]})
    assert "size" in set(priced.index.get_level_values("trait"))
