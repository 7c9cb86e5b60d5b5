"""Nobody can be worked out from what is said of others: of whom, of how many, how exactly."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.disclosure.rules import (
    FEWEST_OUTSIDE,
    disclosable_to_each,
    rounded_for,
    smoothed_quantile,
    summary_of,
    weights_of,
)

QUARTILES = {"lower": 0.25, "middle": 0.5, "upper": 0.75}
levels = st.lists(st.floats(1.0, 1000.0), min_size=9, max_size=41, unique=True)


def people(**sizes: int) -> pd.Series:
    return pd.Series([team for team, size in sizes.items() for _ in range(size)], dtype="object")


def is_disclosable(teams: pd.Series, weights: pd.Series | None = None) -> bool:
    """Whether a summary of these people may be shown to somebody who is of none of their teams."""
    held = np.ones(len(teams)) if weights is None else np.abs(weights.to_numpy(dtype="float64"))
    return bool(disclosable_to_each(pd.factorize(teams)[0], held)[-1])


def test_four_people_are_too_few():
    assert not is_disclosable(people(b=2, c=2))


def test_ten_people_of_one_other_team_are_that_teams_result():
    assert not is_disclosable(people(b=10))


def test_what_is_left_without_any_one_team_must_be_enough_people_too():
    """The manager of b knows theirs: what is left when both managers compare their folders is the two of c."""
    assert not is_disclosable(people(b=8, c=2))
    assert is_disclosable(people(b=8, c=5))


def test_people_without_a_manager_are_each_a_team_of_their_own():
    assert is_disclosable(pd.Series([None] * 6, dtype="object"))


def test_two_people_with_nearly_all_of_a_total_are_that_total():
    teams = people(b=5, c=5)
    assert not is_disclosable(teams, pd.Series([100, 90, 1, 1, 1, 1, 1, 1, 1, 1]))
    assert is_disclosable(teams, pd.Series([10, 9, 8, 9, 8, 9, 8, 9, 8, 9]))


def test_nothing_at_all_is_no_total():
    assert not is_disclosable(people(b=5, c=5), pd.Series([0.0] * 10))


@pytest.mark.parametrize("size", [9, 13, 17, 41])
@pytest.mark.parametrize("share", QUARTILES.values())
def test_no_quartile_is_made_by_one_person(size, share):
    assert weights_of(size, share).max() < 0.5 and weights_of(size, share).sum() == pytest.approx(1)


def test_the_lowest_tenth_of_nine_people_is_one_person_and_is_not_told():
    values = np.linspace(10.0, 90, 9)
    assert math.isnan(smoothed_quantile(values, 0.1)) and not math.isnan(smoothed_quantile(values, 0.25))


@given(levels, st.floats(0.25, 0.75))
def test_a_smoothed_quantile_lies_among_the_values(values, share):
    assert min(values) - 1e-9 <= smoothed_quantile(np.array(values), share) <= max(values) + 1e-9


def test_five_people_have_a_middle_and_no_quartiles():
    summary = summary_of(np.array([10.0, 20, 30, 40, 50]), QUARTILES)
    assert math.isnan(summary["lower"]) and math.isnan(summary["upper"]) and summary["middle"] > 0


def test_alike_values_are_told_in_two_digits():
    assert rounded_for(0.23712, np.full(9, 0.23712)) == 0.24


@pytest.mark.parametrize("size", [FEWEST_OUTSIDE, 6, 9, 12, 20])
def test_two_days_that_differ_by_one_person_tell_no_more_of_them_than_luck(size):
    """Somebody joins: the difference of two means, times their number, is that person; rounding leaves a guess."""
    random = np.random.default_rng(size)
    off = []
    for _ in range(400):
        before = random.lognormal(3, 0.4, size)
        after = np.append(before, random.lognormal(3, 0.4))
        means = [rounded_for(float(v.mean()), v) for v in (before, after)]
        guess = means[1] * (size + 1) - means[0] * size
        off.append((guess - after[-1], means[0] - after[-1]))
    attack, luck = np.sqrt(np.mean(np.square(off), axis=0))
    assert attack >= luck
