from datetime import date, timedelta

import pandas as pd

from playbook.metrics.open_deals import open_deals, pushes, won_ages
from tests.metrics.by_hand import company, deals, history

AS_OF = date(2026, 3, 31)


def won_in(*ages: int) -> list[dict[str, object]]:
    """Deals won on the last day, that many days after they were opened."""
    return [{"outcome": "won", "created_on": AS_OF - timedelta(days=d), "closed_on": AS_OF} for d in ages]


def test_the_usual_age_is_that_of_won_deals():
    ages = won_ages(deals(*won_in(*range(10, 120, 10))), AS_OF)
    assert (ages["n"], ages["lower"], ages["middle"], ages["upper"], ages["oldest"]) == (11, 35, 60, 85, 100)


def test_nine_won_deals_do_not_tell_a_usual_age():
    ages = won_ages(deals(*won_in(*range(10, 100, 10))), AS_OF)
    assert ages["n"] == 9 and pd.isna(ages["middle"])


def test_deals_won_before_they_were_created_or_over_a_year_ago_do_not_count():
    old = {"outcome": "won", "created_on": "2024-01-01", "closed_on": "2024-06-01"}
    back_dated = {"outcome": "won", "created_on": "2026-03-30", "closed_on": "2026-03-01"}
    assert won_ages(deals(*won_in(10), old, back_dated), AS_OF)["n"] == 1


def test_only_a_later_date_is_a_push():
    dates = ["2026-01-10", "2026-02-10", "2026-02-01", "2026-03-01", "2026-03-01"]
    steps = history(*[("D1", "Discovery", "2026-01-01")] * 5, expected_close_on=pd.to_datetime(dates))
    assert dict(pushes(steps)) == {"D1": 2}


def test_a_missing_date_between_two_is_no_push():
    dates = pd.to_datetime(["2026-01-10", None, "2026-01-10"])
    assert dict(pushes(history(*[("D1", "Discovery", "2026-01-01")] * 3, expected_close_on=dates))) == {"D1": 0}


def test_a_deal_is_at_risk_for_its_date_its_pushes_or_its_age():
    still_open = [
        {"outcome": "open", "created_on": "2026-03-20", "expected_close_on": "2026-03-30"},
        {"outcome": "open", "created_on": "2026-03-20", "expected_close_on": "2026-03-31"},
        {"outcome": "open", "created_on": "2026-03-20", "expected_close_on": "2026-05-01"},
        {"outcome": "open", "created_on": "2025-09-01", "expected_close_on": "2026-05-01"},
        {"outcome": "open"},
    ]
    rows = deals(*still_open, *won_in(*range(10, 120, 10)))
    moved = pd.to_datetime(["2026-03-01", "2026-04-01", "2026-05-01"])
    steps = history(*[("D3", "Discovery", "2026-03-20")] * 3, expected_close_on=moved)
    rows = open_deals(company(rows, steps), AS_OF).set_index("opportunity_id")
    assert list(rows.index[rows["is_past"]]) == ["D1"]
    assert list(rows.index[rows["is_pushed"]]) == ["D3"]
    assert list(rows.index[rows["is_old"]]) == ["D4"]
    assert list(rows.index[rows["at_risk"]]) == ["D1", "D3", "D4"]
    assert rows.loc["D1", "days_past"] == 1 and rows.loc["D2", "days_past"] == 0
    assert rows.loc["D4", "age"] == 211 and pd.isna(rows.loc["D5", "age"])


def test_closed_deals_are_not_open_ones():
    assert open_deals(company(deals(*won_in(10))), AS_OF).empty
