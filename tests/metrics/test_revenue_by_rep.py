from datetime import date

import pandas as pd

from playbook.metrics.attainment import attainment
from playbook.metrics.open_deals import open_deals
from playbook.metrics.periods import quarter_of
from playbook.metrics.revenue_by_rep import in_all, revenue_by_rep
from tests.metrics.by_hand import company, deals, quotas

AS_OF = date(2026, 2, 15)
Q1 = quarter_of(AS_OF)
DEALS = deals(
    {"outcome": "won", "amount": 100.0, "closed_on": "2026-01-05"},
    {"outcome": "won", "amount": None, "closed_on": "2026-02-05"},
    {"outcome": "won", "amount": 700.0, "closed_on": "2025-12-31"},
    {"outcome": "lost", "amount": 900.0, "closed_on": "2026-01-06"},
    {"outcome": "open", "amount": 40.0, "expected_close_on": "2026-03-31", "forecast_category": "commit"},
    {"outcome": "open", "amount": 50.0, "expected_close_on": "2026-03-01", "forecast_category": "best_case"},
    {"outcome": "open", "amount": 60.0, "expected_close_on": "2026-01-31", "forecast_category": "pipeline"},
    {"outcome": "open", "amount": 70.0, "expected_close_on": "2026-04-01", "forecast_category": "commit"},
    {"outcome": "open", "amount": 80.0, "expected_close_on": None},
    {"outcome": "won", "amount": 10.0, "closed_on": "2026-02-01", "rep_id": "ben"},
)


def rows(reps=("ana", "ben", "cara")):
    return revenue_by_rep(DEALS, open_deals(company(DEALS), AS_OF), Q1, pd.Series(reps))


def test_only_deals_closed_in_the_period_are_won_in_it():
    ana = rows().loc["ana"]
    assert (ana["won"], ana["won_deals"], ana["won_unknown"]) == (100, 2, 1)


def test_a_date_that_has_passed_is_still_due_and_one_after_the_end_is_not():
    ana = rows().loc["ana"]
    assert (ana["open_due"], ana["open_due_deals"]) == (40 + 50 + 60, 3)
    assert (ana["at_risk"], ana["at_risk_deals"]) == (60, 1)


def test_committed_and_best_case_are_parts_of_what_is_due():
    ana = rows().loc["ana"]
    assert (ana["committed"], ana["best_case"]) == (40, 50)


def test_what_is_open_in_all_does_not_ask_for_a_date():
    ana = rows().loc["ana"]
    assert (ana["open_all"], ana["open_all_deals"]) == (40 + 50 + 60 + 70 + 80, 5)


def test_the_reps_stand_in_the_order_asked_and_one_without_deals_gets_zeros():
    table = rows(("cara", "ben", "ana"))
    assert list(table.index) == ["cara", "ben", "ana"] and (table.loc["cara"] == 0).all()


def test_the_sum_of_all_is_the_sum_of_the_parts():
    assert in_all(rows())["won"] == 110 and in_all(rows())["won_deals"] == 3


def test_attainment_is_unknown_where_a_won_deal_has_no_amount():
    targets = quotas(("ana", "2026-01-01", "2026-03-31", 200.0), ("ben", "2026-01-01", "2026-03-31", 40.0))
    table = attainment(rows(("ben", "ana")), targets, Q1)
    assert list(table["rep_id"]) == ["ben", "ana"]
    assert table["attained"].iloc[0] == 0.25 and pd.isna(table["attained"].iloc[1])


def test_a_quota_in_deals_counts_deals():
    targets = quotas(("ana", "2026-01-01", "2026-03-31", 4.0), unit="deals")
    assert attainment(rows(), targets, Q1)["attained"].iloc[0] == 0.5


def test_a_quota_of_nothing_and_one_in_another_unit_are_not_attained():
    nothing = attainment(rows(("ben",)), quotas(("ben", "2026-01-01", "2026-03-31", 0.0)), Q1)
    seats = attainment(rows(("ben",)), quotas(("ben", "2026-01-01", "2026-03-31", 5.0), unit="seats"), Q1)
    assert nothing["attained"].isna().all() and seats["attained"].isna().all()
