import numpy as np
import pandas as pd
import pytest

from playbook.forecast.landmarks import LONGEST, TRAITS
from playbook.forecast.life_table import life_table

WON, LOST, OPEN = 1, 2, 0


def rows(*seen: tuple[str, int, int], **traits: str) -> pd.DataFrame:
    """Landmark rows from (deal, days until the end, how it ended), alike in every trait that is not given."""
    frame = pd.DataFrame(seen, columns=["opportunity_id", "days", "event"])
    return frame.assign(**(dict.fromkeys(TRAITS, "same") | traits))


ONE = pd.DataFrame([dict.fromkeys(TRAITS, "same")])


def test_half_are_won_on_the_tenth_day_and_none_before():
    seen = [(f"W{i}", 10, WON) for i in range(10)] + [(f"L{i}", 20, LOST) for i in range(10)]
    won_by, n = life_table(rows(*seen), ONE)
    assert won_by[0, 9] == 0 and won_by[0, 10] == pytest.approx(0.5) and won_by[0, LONGEST] == pytest.approx(0.5)
    assert list(n) == [20]


def test_a_deal_that_is_lost_earlier_can_no_longer_be_won():
    won_by, _ = life_table(rows(("A", 5, LOST), ("B", 10, WON)), ONE)
    assert won_by[0, LONGEST] == pytest.approx(0.5)


def test_a_deal_still_open_counts_for_as_long_as_it_was_watched():
    won_by, _ = life_table(rows(("A", 5, OPEN), ("B", 10, WON)), ONE)
    assert won_by[0, LONGEST] == pytest.approx(1.0)  # the only one watched on day 10 was won


def test_a_deal_seen_on_two_landmarks_counts_once():
    once, _ = life_table(rows(("A", 10, WON), ("B", 10, LOST)), ONE)
    twice, n = life_table(rows(("A", 10, WON), ("A", 10, WON), ("B", 10, LOST)), ONE)
    assert twice[0, LONGEST] == pytest.approx(once[0, LONGEST]) and list(n) == [2]


def test_a_small_group_is_drawn_towards_the_larger_one():
    small = rows(*[(f"S{i}", 10, WON) for i in range(2)], segment="rare")
    large = rows(*[(f"L{i}", 10, LOST) for i in range(98)])
    wanted = pd.concat([ONE.assign(segment="rare"), ONE], ignore_index=True)
    won_by, n = life_table(pd.concat([small, large], ignore_index=True), wanted)
    assert 0.02 < won_by[0, LONGEST] < 0.5 and won_by[1, LONGEST] < 0.02
    assert list(n) == [100, 98]  # two alike are too few to stand behind a chance


def test_chances_never_fall_as_the_days_go_by_and_stay_under_one():
    random = np.random.default_rng(4)
    seen = [(f"D{i}", int(random.integers(0, 60)), int(random.integers(0, 3))) for i in range(60)]
    won_by, _ = life_table(rows(*seen), ONE)
    assert (np.diff(won_by[0]) >= -1e-12).all() and won_by.min() >= 0 and won_by.max() <= 1
