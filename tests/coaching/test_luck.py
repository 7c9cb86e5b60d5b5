import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.coaching.luck import rise_of_the_lowest


def test_eight_equal_reps_with_twenty_deals_rise_by_thirteen_points():
    rise, chance = rise_of_the_lowest(8, 20, 0.25)
    assert rise == pytest.approx(0.130, abs=0.001)
    assert chance == pytest.approx(0.831, abs=0.001)


def test_two_reps_with_one_deal_each_by_hand():
    # Lowest of two coins: none 3/4, one 1/4. So it stands at 1/4 and rises by 1/4; it is higher in 3/4 x 1/2.
    assert rise_of_the_lowest(2, 1, 0.5) == pytest.approx((0.25, 0.375))


def test_three_reps_with_two_deals_by_counting_all_cases():
    cases = list(itertools.product((0, 1), repeat=6))
    lowest = [min(sum(case[i : i + 2]) for i in (0, 2, 4)) for case in cases]
    again = [0, 1, 1, 2]
    higher = sum(now > low for low in lowest for now in again) / (len(cases) * len(again))
    assert rise_of_the_lowest(3, 2, 0.5) == pytest.approx((0.5 - sum(lowest) / len(cases) / 2, higher))


def test_a_single_rep_is_expected_to_stay():
    assert rise_of_the_lowest(1, 20, 0.3)[0] == pytest.approx(0, abs=1e-12)


@given(st.integers(1, 40), st.integers(1, 120), st.floats(0, 1))
def test_the_lowest_never_falls_on_average_and_chances_are_chances(reps, deals, rate):
    rise, chance = rise_of_the_lowest(reps, deals, rate)
    assert 0 <= rise <= rate + 1e-9
    assert -1e-9 <= chance <= 1 + 1e-9


@pytest.mark.parametrize("wrong", [(0, 5, 0.5), (5, 0, 0.5), (5, 5, 1.2)])
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="are needed"):
        rise_of_the_lowest(*wrong)
