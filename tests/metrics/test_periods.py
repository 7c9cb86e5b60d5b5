from datetime import date, timedelta

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.metrics.periods import Period, month_of, quarter_of, quarters_before, same_day_in

FEW = settings(max_examples=30, deadline=None)

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
MONTHS = st.integers(1, 12)


def test_a_month_has_its_own_last_day():
    assert month_of(date(2024, 2, 10)) == Period("month", date(2024, 2, 1), date(2024, 2, 29))
    assert month_of(date(2025, 12, 31)) == Period("month", date(2025, 12, 1), date(2025, 12, 31))


def test_a_fiscal_year_from_february_has_a_quarter_over_the_turn_of_the_year():
    quarter = quarter_of(date(2026, 1, 31), 2)
    assert (quarter.starts_on, quarter.ends_on) == (date(2025, 11, 1), date(2026, 1, 31))
    assert quarter.name == "the quarter November 2025 to January 2026"
    assert quarter_of(date(2026, 2, 1), 2).starts_on == date(2026, 2, 1)


@FEW
@given(DAYS, MONTHS)
def test_each_day_lies_in_its_quarter_which_starts_with_a_month_of_the_fiscal_year(day, starts):
    quarter = quarter_of(day, starts)
    assert quarter.starts_on <= day <= quarter.ends_on
    assert quarter.starts_on.day == 1 and (quarter.starts_on.month - starts) % 3 == 0
    assert 89 <= quarter.days <= 92


@FEW
@given(DAYS, MONTHS)
def test_quarters_before_follow_each_other_without_a_gap(day, starts):
    quarter = quarter_of(day, starts)
    chain = [quarter, *quarters_before(quarter, 4)]
    for later, earlier in zip(chain, chain[1:], strict=False):
        assert earlier.ends_on + timedelta(days=1) == later.starts_on
        assert earlier == quarter_of(earlier.ends_on, starts)


@FEW
@given(DAYS, MONTHS)
def test_the_same_day_of_a_past_quarter_leaves_as_many_days(day, starts):
    quarter = quarter_of(day, starts)
    left = quarter.days_left(day)
    for past in quarters_before(quarter, 2):
        same = same_day_in(past, left)
        assert past.starts_on - timedelta(days=1) <= same <= past.ends_on
        assert past.days_left(same) == min(left, past.days)


def test_a_period_holds_both_its_ends_and_no_missing_day():
    days = pd.Series(pd.to_datetime(["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01", None]))
    assert list(month_of(date(2026, 3, 15)).holds(days)) == [False, True, True, False, False]
