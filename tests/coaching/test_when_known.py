from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.coaching.observed import OwnValues
from playbook.coaching.when_known import needed_after, needed_for_means, needed_for_shares, when_known
from playbook.drivers.registry import UnknownDriver, driver_of
from playbook.metrics.forecast_calls import WAS_CALLED
from playbook.metrics.observations import COUNTS, MEANS, SHARES

AS_OF = date(2026, 3, 31)


def weekly(values: list[float], every: int = 7, family: str = SHARES, times: int = 1) -> OwnValues:
    """One value each `every` days, the last on AS_OF; all of them so many `times`."""
    days = [pd.Timestamp(AS_OF) - pd.Timedelta(days=every * i) for i in range(len(values))]
    rows = pd.DataFrame({"on": days * times, "value": values * times, "exposure": 1.0})
    return OwnValues(rows.sort_values("on", ignore_index=True), family)


@pytest.mark.parametrize(("after", "deals"), [(0.30, 1251), (0.35, 329), (0.40, 152)])
def test_deals_needed_from_a_quarter_are_those_of_the_textbook(after, deals):
    assert needed_for_shares(0.25, after) == deals


def test_a_fall_needs_as_many_deals_as_the_rise_back():
    assert needed_for_shares(0.35, 0.25) == needed_for_shares(0.25, 0.35)


def test_with_the_deals_needed_eight_of_ten_experiments_see_the_change():
    deals = needed_for_shares(0.25, 0.35)
    draw = np.random.default_rng(7)
    before, after = draw.binomial(deals, 0.25, 20_000) / deals, draw.binomial(deals, 0.35, 20_000) / deals
    middle = (before + after) / 2
    z = (after - before) / np.sqrt(2 * middle * (1 - middle) / deals)
    assert (np.abs(z) > 1.96).mean() == pytest.approx(0.80, abs=0.015)


def test_a_mean_that_moves_by_half_its_spread_needs_63_values():
    assert needed_for_means(1.0, 0.5) == 63


@given(st.floats(0.05, 0.6), st.floats(0.05, 0.15), st.floats(0.16, 0.3))
def test_a_larger_change_needs_fewer_deals(before, small, large):
    assert needed_for_shares(before, before + large) < needed_for_shares(before, before + small)


@pytest.mark.parametrize("wrong", [(0.2, 0.2), (-0.1, 0.2), (0.2, 1.1)])
def test_shares_that_cannot_be_compared_are_refused(wrong):
    with pytest.raises(ValueError, match="two different shares"):
        needed_for_shares(*wrong)


def test_the_day_is_the_deals_needed_at_the_own_pace():
    # 5 deals a day for 26 weeks, every fourth won: beside these 910, 201 deals do what 329 would on both sides.
    values = weekly([float(i % 4 == 0) for i in range(182)], every=1, times=5)
    when = when_known(values, "win_rate", AS_OF)
    assert when.needed == pytest.approx(329, abs=6)
    assert when.per_week == pytest.approx(35)
    assert abs(when.on - (AS_OF + timedelta(days=40))) <= timedelta(days=2)


def test_with_too_few_before_no_number_after_can_tell_it():
    when = when_known(weekly([0.0, 0.0, 0.0, 1.0] * 10), "win_rate", AS_OF)
    assert when.needed > 300 and when.on is None and when.never


def test_what_takes_more_than_three_years_has_no_day():
    long_ago = weekly([0.0, 0.0, 0.0, 1.0] * 50)
    when = when_known(long_ago, "win_rate", AS_OF)
    assert not when.never and when.after > 3 * 52 and when.on is None


def test_few_before_take_more_after_and_half_of_what_each_side_needs_is_too_few():
    assert needed_after(100, 100) == 100 and needed_after(100, 10_000) < 52
    assert needed_after(100, 60) == 300 and needed_after(100, 50) is None and needed_after(100, 0) is None


def test_without_any_deal_nothing_is_claimed():
    when = when_known(weekly([]), "win_rate", AS_OF)
    assert (when.needed, when.on, when.level, when.per_week) == (None, None, None, 0)


def test_a_rep_who_won_nothing_yet_is_not_taken_for_one_who_never_wins():
    when = when_known(weekly([0.0] * 20), "win_rate", AS_OF)
    assert when.level == 0 and 100 < when.needed < 400


def test_too_few_wins_give_no_spread_of_deal_sizes():
    assert when_known(weekly([9.0] * 7, family=MEANS), "deal_size", AS_OF).needed is None


def test_a_new_rep_s_pace_is_read_from_the_days_in_role():
    values = weekly([1.0, 0.0, 1.0, 0.0])
    assert when_known(values, "win_rate", AS_OF, since=AS_OF - timedelta(days=28)).per_week == pytest.approx(1.0)
    assert not when_known(values, "win_rate", AS_OF, since=AS_OF - timedelta(days=28)).half_year


def test_fewer_discounts_are_the_better_direction_and_a_day_can_be_given():
    spread = [0.05, 0.15, 0.10, 0.20] * 10
    when = when_known(weekly(spread, family=MEANS), "discounting", AS_OF)
    assert when.needed == needed_for_means(pd.Series(spread).std(), driver_of("discounting").margin)
    assert when.on is not None and when.level is None


def test_a_count_over_unlike_times_needs_as_many_deals_as_its_ratio_says():
    """Twice as many pushes in twice as many weeks are no spread at all."""
    own = weekly([1.0, 2.0] * 10, family=COUNTS)
    even = replace(own, rows=own.rows.assign(exposure=own.rows["value"] * 4), per=6.0)
    assert when_known(even, "slippage", AS_OF).needed == 2
    assert when_known(replace(own, per=6.0), "slippage", AS_OF).needed > 100


def test_a_plan_counts_what_the_comparison_counts():
    own = replace(weekly([0.0, 1.0] * 10), aspect=WAS_CALLED)
    when = when_known(own, "forecast_accuracy", AS_OF)
    assert (when.counted, when.counted_many, when.aspect) == ("won deal", "won deals", WAS_CALLED)


def test_an_unknown_driver_is_refused():
    with pytest.raises(UnknownDriver):
        when_known(weekly([0.0, 1.0] * 10), "next_steps", AS_OF)
