import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.forecast.simulation import Ahead, play

NOTHING_NEW = (0.0, 0.0, np.array([]))


def ahead(*chances: float) -> Ahead:
    return Ahead(np.array(chances), *NOTHING_NEW)


def test_the_same_seed_plays_the_same_weeks():
    amounts, pools = np.array([10.0, 20.0]), [None, None]
    assert play("a/b", amounts, pools, [ahead(0.5, 0.5)]) == play("a/b", amounts, pools, [ahead(0.5, 0.5)])


def test_deals_that_are_certain_leave_no_range():
    assert play("x", np.array([10.0, 20.0]), [None, None], [ahead(1.0, 0.0)]) == [(10.0, 10.0, 10.0)]


def test_without_deals_and_new_business_nothing_comes():
    assert play("x", np.array([]), [], [ahead()]) == [(0.0, 0.0, 0.0)]


def test_half_of_the_plays_win_a_deal_of_even_chance():
    low, middle, high = play("x", np.full(100, 1.0), [None] * 100, [ahead(*[0.5] * 100)])[0]
    assert (low, middle, high) == pytest.approx(
        (43.6, 50, 56.4), abs=1.01
    )  # binomial: 50, and 1.28 times 5 to each side


def test_a_deal_won_this_month_is_won_this_quarter_in_every_play():
    month, quarter = play("x", np.array([100.0]), [None], [ahead(0.45), ahead(0.45)])
    assert month == quarter


def test_an_unknown_amount_is_drawn_from_won_deals_like_it():
    low, _, high = play("x", np.array([np.nan]), [np.array([5.0, 7.0])], [ahead(1.0)])[0]
    assert (low, high) == (5.0, 7.0)


def test_an_unknown_amount_without_any_like_it_counts_as_nothing():
    assert play("x", np.array([np.nan]), [None], [ahead(1.0)]) == [(0.0, 0.0, 0.0)]


def test_new_business_adds_what_is_usual():
    outcome = play("x", np.array([]), [], [Ahead(np.array([]), 400.0, 0.05, np.array([10.0]))])[0]
    assert outcome[1] == pytest.approx(200, abs=5) and outcome[0] <= 160 and outcome[2] >= 240


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 1)), max_size=8))
def test_a_range_is_in_order_and_between_nothing_and_everything(deals):
    amounts = np.array([amount for amount, _ in deals], dtype="float64")
    low, middle, high = play("x", amounts, [None] * len(deals), [ahead(*[chance for _, chance in deals])])[0]
    assert 0 <= low <= middle <= high <= amounts.sum() * (1 + 1e-9)
