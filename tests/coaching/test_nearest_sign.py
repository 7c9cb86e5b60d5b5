"""Where somebody without a finding lies furthest on the weak side."""

import pandas as pd

from playbook.coaching.nearest_sign import nearest_sign


def driver_of_nearest(*rows: tuple[str, str, float, float, float]) -> str | None:
    frame = pd.DataFrame(rows, columns=["driver", "verdict", "effect", "low", "high"])
    nearest = nearest_sign(frame)
    return None if nearest is None else nearest["driver"]


def test_the_nearest_is_what_lies_furthest_on_the_weak_side_for_its_range():
    near, far = ("win_rate", "no_evidence", -0.02, -0.08, 0.04), ("deal_size", "no_evidence", -0.10, -0.21, 0.01)
    assert driver_of_nearest(near, far) == "deal_size"


def test_the_weak_side_of_discounts_is_above():
    assert driver_of_nearest(("discounting", "no_evidence", 0.02, -0.01, 0.05)) == "discounting"
    assert driver_of_nearest(("discounting", "no_evidence", -0.02, -0.05, 0.01)) is None


def test_what_lies_on_the_good_side_or_in_the_middle_is_no_sign():
    assert driver_of_nearest(("win_rate", "no_evidence", 0.05, 0.01, 0.09)) is None
    assert driver_of_nearest(("win_rate", "no_evidence", -0.01, -0.10, 0.08)) is None


def test_a_finding_is_not_named_again_and_a_hidden_range_is_not_read():
    assert driver_of_nearest(("win_rate", "coach", -0.2, -0.3, -0.1)) is None
    assert driver_of_nearest(("win_rate", "no_evidence", float("nan"), float("nan"), float("nan"))) is None
