from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.metrics.periods import month_of, quarter_of, quarters_before
from playbook.metrics.quota_by_rep import quota_in, unit_of
from tests.metrics.by_hand import quotas

FEW = settings(max_examples=8, deadline=None)

Q1 = quarter_of(date(2026, 2, 1))


def test_a_quarters_quota_gives_a_month_its_days():
    row = quota_in(quotas(("ana", "2026-01-01", "2026-03-31", 900.0)), month_of(date(2026, 2, 1))).iloc[0]
    assert row["quota"] == pytest.approx(900 * 28 / 90) and row["prorated"] and row["covered"] == 1


def test_three_months_add_up_to_a_quarter():
    months = [("ana", "2026-01-01", "2026-01-31", 100.0), ("ana", "2026-02-01", "2026-02-28", 150.0)]
    row = quota_in(quotas(*months, ("ana", "2026-03-01", "2026-03-31", 250.0)), Q1).iloc[0]
    assert row["quota"] == 500 and not row["prorated"] and row["covered"] == 1


def test_a_yearly_quota_beside_a_quarterly_one_is_not_added_to_it():
    both = quotas(("ana", "2026-01-01", "2026-12-31", 4_000.0), ("ana", "2026-01-01", "2026-03-31", 900.0))
    assert list(quota_in(both, Q1)["quota"]) == [900]


def test_a_yearly_quota_counts_where_the_quarterly_one_leaves_a_hole():
    both = quotas(("ana", "2026-01-01", "2026-12-31", 3_650.0), ("ana", "2026-01-01", "2026-01-31", 900.0))
    assert list(quota_in(both, Q1)["quota"]) == [pytest.approx(3_650 * 90 / 365)]


def test_a_quota_that_begins_late_says_how_much_of_the_period_it_covers():
    row = quota_in(quotas(("ana", "2026-03-01", "2026-03-31", 300.0)), Q1).iloc[0]
    assert row["quota"] == 300 and row["covered"] == pytest.approx(31 / 90) and not row["prorated"]


def test_units_are_never_added():
    both = pd.concat(
        [
            quotas(("ana", "2026-01-01", "2026-03-31", 900.0), unit="USD"),
            quotas(("ana", "2026-01-01", "2026-03-31", 12.0), unit="Deals"),
        ]
    )
    assert dict(quota_in(both, Q1).set_index("unit")["quota"]) == {"deals": 12, "money": 900}


def test_an_unsaid_unit_is_money_and_a_strange_one_stays_as_written():
    assert list(unit_of(pd.Series([None, "EUR", "Revenue", "wins", "seats"]))) == [
        "money",
        "money",
        "money",
        "deals",
        "seats",
    ]


@FEW
@given(st.floats(1, 1e7), st.integers(1, 12))
def test_four_quarters_of_a_fiscal_year_share_out_its_quota(amount, starts):
    last = quarter_of(date(2026, 6, 15), starts)
    year = [last, *quarters_before(last, 3)]
    yearly = quotas(("ana", year[-1].starts_on.isoformat(), last.ends_on.isoformat(), amount))
    assert sum(quota_in(yearly, quarter)["quota"].sum() for quarter in year) == pytest.approx(amount)
