import numpy as np
import pytest

from playbook.diagnosis.evidence import margin_of
from playbook.diagnosis.judging import judged
from playbook.drivers.registry import driver_of
from playbook.metrics.observations import COUNTS, SHARES, Observations
from tests.diagnosis.made_rows import evidence


def test_one_account_that_was_lost_at_once_accuses_nobody():
    rows = evidence(value=[12.0] + [30.0] * 9)
    less = {"total_less": [60.0] + [np.nan] * 9, "value_less": [17.0] + [np.nan] * 9, "expected_less": 0.30}
    assert judged(rows)["harm"].iloc[0] > 0.8
    assert judged(rows.assign(**less))["harm"].iloc[0] < 0.35


@pytest.mark.parametrize("driver", ["pipeline_generation", "activity"])
def test_who_owns_a_handful_of_deals_is_no_seller_without_pipeline(driver):
    weeks = {"driver": driver, "family": COUNTS, "n": 60, "total": 60.0, "expected": 2.0, "margin": 0.4}
    beliefs = judged(
        evidence(value=[5.0] + [120.0] * 9, deals=[driver_of(driver).fewest_deals - 1] + [120] * 9, **weeks)
    )
    assert beliefs["little"].tolist() == [True] + [False] * 9


@pytest.mark.parametrize(("expected", "margin"), [(0.05, 0.0178), (0.25, 0.06), (0.60, 0.06), (0.95, 0.0178)])
def test_the_margin_of_a_share_fits_the_base_rate(expected, margin):
    rows = evidence(expected=expected)
    beliefs = margin_of(rows["expected"], driver_of("win_rate"), Observations("win_rate", SHARES, rows, ()))
    assert beliefs == pytest.approx([margin], abs=2e-4)


def test_where_one_in_twenty_is_won_who_wins_nothing_can_be_seen():
    rows = evidence(value=[0.0] + [30.0] * 11, total=600.0, n=600, expected=0.05, margin=0.0178)
    assert judged(rows)["harm"].iloc[0] > 0.9
