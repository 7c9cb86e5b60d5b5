from datetime import date, timedelta

import pandas as pd
import pytest

from playbook.forecast.new_business import expected_new, quick_wins
from tests.metrics.by_hand import deals

AS_OF = date(2026, 1, 1)
MANAGER_OF = pd.Series({"ana": "m1", "ben": "m2"})
REPS_OF = pd.Series({"m1": 1, "m2": 1})


def test_a_deal_counts_that_was_opened_and_won_inside_the_stretch():
    rows = deals(
        {"outcome": "won", "created_on": "2025-06-10", "closed_on": "2025-06-20"},
        {"outcome": "won", "created_on": "2025-05-30", "closed_on": "2025-06-20"},  # was open already
        {"outcome": "won", "created_on": "2025-06-10", "closed_on": "2025-07-20"},  # came too late
        {"outcome": "lost", "created_on": "2025-06-10", "closed_on": "2025-06-20"},
    )
    new_deals = expected_new(rows, MANAGER_OF, REPS_OF, [date(2025, 6, 1)], 30, AS_OF)
    # seen: one for m1; the company's own rate per rep is 1 / 2, and counts for one stretch more
    assert new_deals.loc["m1", "expected"] == pytest.approx((1 + 0.5) / 2)
    assert new_deals.loc["m2", "expected"] == pytest.approx(0.5 / 2)


def test_stretches_that_are_not_over_are_left_out():
    rows = deals({"outcome": "won", "created_on": "2025-12-20", "closed_on": "2025-12-25"})
    new_deals = expected_new(rows, MANAGER_OF, REPS_OF, [date(2025, 12, 15)], 30, AS_OF)
    assert (new_deals["expected"] == 0).all()


def test_no_days_left_bring_nothing_new():
    rows = deals({"outcome": "won", "created_on": "2025-06-10", "closed_on": "2025-06-20"})
    assert (expected_new(rows, MANAGER_OF, REPS_OF, [date(2025, 6, 1)], 0, AS_OF)["expected"] == 0).all()


def test_stretches_that_overlap_do_not_count_twice():
    rows = deals({"outcome": "won", "created_on": "2025-06-10", "closed_on": "2025-06-20"})
    once = expected_new(rows, MANAGER_OF, REPS_OF, [date(2025, 6, 1)], 30, AS_OF)
    twice = expected_new(rows, MANAGER_OF, REPS_OF, [date(2025, 6, 1)] * 2, 30, AS_OF)
    pd.testing.assert_frame_equal(once, twice)


def test_without_creation_dates_every_won_deal_is_taken_for_new():
    rows = deals({"outcome": "won", "closed_on": "2025-06-20"})
    assert expected_new(rows, MANAGER_OF, REPS_OF, [date(2025, 6, 1)], 30, AS_OF).loc["m1", "expected"] > 0


def test_quick_wins_are_those_that_took_no_longer():
    begun = date(2025, 6, 1)
    rows = deals(
        *(
            {"outcome": "won", "amount": float(d), "created_on": begun, "closed_on": begun + timedelta(days=d)}
            for d in (5, 40)
        )
    )
    assert list(quick_wins(rows, 10)["amount"]) == [5] and len(quick_wins(rows, 3)) == 2
