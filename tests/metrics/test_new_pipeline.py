from datetime import date

import pandas as pd

from playbook.metrics.new_pipeline import created_per_month
from tests.metrics.by_hand import deals

ROWS = deals(
    {"created_on": "2026-01-31", "amount": 10.0},
    {"created_on": "2026-01-01", "amount": None},
    {"created_on": "2026-03-02", "amount": 5.0},
    {"created_on": None, "amount": 99.0},
    outcome="open",
)


def test_each_month_has_its_deals_and_an_empty_one_is_a_zero():
    weeks = created_per_month(ROWS, date(2026, 3, 15))
    assert list(weeks["month"]) == list(pd.to_datetime(["2026-01-01", "2026-02-01", "2026-03-01"]))
    assert list(weeks["deals"]) == [2, 0, 1] and list(weeks["amount"]) == [10, 0, 5]
    assert list(weeks["amount_unknown"]) == [1, 0, 0]


def test_the_month_is_under_way_until_its_last_day():
    assert list(created_per_month(ROWS, date(2026, 3, 30))["under_way"]) == [False, False, True]
    assert not created_per_month(ROWS, date(2026, 3, 31))["under_way"].any()


def test_no_more_months_are_told_than_asked_for():
    assert len(created_per_month(ROWS, date(2026, 3, 15), months=2)) == 2


def test_without_creation_dates_there_are_no_months():
    assert created_per_month(deals({"outcome": "open"}), date(2026, 3, 15)).empty
