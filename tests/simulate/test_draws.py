"""The draws of a simulation: right on average, within their bounds, and each of a fixed length."""

import numpy as np
import pytest

from playbook.simulate import days, names
from playbook.simulate.draws import Draws

N = 40_000


@pytest.fixture
def draws():
    return Draws.from_seed(1)


def test_a_normal_draw_has_mean_0_and_deviation_1_and_stays_within_its_bound(draws):
    values = draws.normal(N, within=2.5)
    assert abs(values.mean()) < 0.02 and values.std() == pytest.approx(1.0, abs=0.03)
    assert np.abs(values).max() <= 2.5


@pytest.mark.parametrize("mean", [0.0, 0.3, 4.0, 60.0])
def test_counts_have_the_mean_and_variance_of_poisson(draws, mean):
    counts = draws.counts(np.full(N, mean))
    assert counts.mean() == pytest.approx(mean, rel=0.03, abs=0.001)
    assert counts.var() == pytest.approx(mean, rel=0.05, abs=0.001)


def test_picks_come_as_often_as_their_weights_say(draws):
    often = np.bincount(draws.pick([1, 2, 1], N)) / N
    assert often == pytest.approx([0.25, 0.5, 0.25], abs=0.01)


def test_a_row_of_weights_picks_for_itself(draws):
    assert draws.pick_by_row(np.array([[1.0, 0.0], [0.0, 1.0]])).tolist() == [0, 1]


def test_shuffling_loses_nobody(draws):
    assert sorted(draws.shuffled(50)) == list(range(50))


def test_split_streams_differ_from_each_other_and_repeat_with_the_seed():
    one, other = Draws.from_seed(3).split(2)
    first = one.uniform(5)
    assert not np.allclose(first, other.uniform(5))
    assert first.tolist() == Draws.from_seed(3).split(2)[0].uniform(5).tolist()


def test_a_weekend_becomes_monday_and_other_days_stay():
    friday = days.number_of(np.datetime64("2026-09-18").astype(object))
    moved = days.workday(np.arange(friday, friday + 4)) - friday
    assert moved.tolist() == [0, 3, 3, 3]


def test_a_quarter_of_a_fiscal_year_that_starts_in_february_begins_in_august():
    day = np.array([days.number_of(np.datetime64("2026-09-18").astype(object))])
    quarter = days.quarter_of(day, 2)
    begins, ends = days.quarter_start(quarter, 2), days.quarter_end(quarter, 2)
    assert days.as_dates(begins)[0] == np.datetime64("2026-08-01") and days.as_dates(ends)[0] == np.datetime64(
        "2026-10-31"
    )


def test_no_two_people_and_no_two_accounts_share_a_name(draws):
    assert len(set(names.people(3_000, draws))) == 3_000
    assert len(set(names.accounts(np.arange(150_000)))) == 150_000
