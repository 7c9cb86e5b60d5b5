import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from playbook.metrics.proportions import differ, false_discovery, wilson

FEW = settings(max_examples=30, deadline=None)

COUNTS = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_the_interval_of_a_quarter_of_twelve_is_the_one_in_the_books():
    row = wilson(pd.Series([3]), pd.Series([12])).iloc[0]
    assert (round(row["low"], 3), round(row["high"], 3)) == (0.089, 0.532)


@FEW
@given(COUNTS)
def test_the_interval_is_that_of_scipy_and_holds_the_rate(counted):
    won, n = counted
    row = wilson(pd.Series([won]), pd.Series([n])).iloc[0]
    theirs = stats.binomtest(won, n).proportion_ci(0.95, "wilson")
    assert row["low"] == pytest.approx(theirs.low, abs=1e-9) and row["high"] == pytest.approx(theirs.high, abs=1e-9)
    assert 0 <= row["low"] <= row["rate"] <= row["high"] <= 1


def test_without_trials_there_is_no_rate():
    assert wilson(pd.Series([0]), pd.Series([0])).isna().all(axis=None)


@FEW
@given(COUNTS, COUNTS)
def test_two_shares_differ_as_fishers_exact_test_says(one, other):
    table = [[one[0], one[1] - one[0]], [other[0], other[1] - other[0]]]
    assert differ(*one, *other) == pytest.approx(stats.fisher_exact(table).pvalue, rel=1e-6)


def test_two_large_groups_are_compared_without_overflow():
    assert differ(2_000, 4_000, 1_800, 4_000) == pytest.approx(
        stats.fisher_exact([[2_000, 2_000], [1_800, 2_200]]).pvalue, rel=1e-6
    )


def test_a_group_without_deals_differs_from_nothing():
    assert differ(0, 0, 5, 10) == 1.0


@FEW
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusted_values_are_those_of_benjamini_and_hochberg(p):
    ours = false_discovery(pd.Series(p))
    assert np.allclose(ours, stats.false_discovery_control(p), atol=1e-12)


def test_a_comparison_that_was_not_made_counts_as_no_test():
    adjusted = false_discovery(pd.Series([0.01, np.nan, 0.04]))
    assert list(adjusted.dropna()) == pytest.approx([0.02, 0.04])
    assert np.isnan(adjusted[1])
