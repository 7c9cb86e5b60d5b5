import numpy as np
import pytest

from playbook.diagnosis.likelihood import GRID, central_range, log_likelihood
from playbook.metrics.observations import COUNTS, MEANS
from tests.diagnosis.made_rows import evidence


def most_likely(rows):
    return GRID[log_likelihood(rows).argmax(axis=1)]


def test_the_difference_seen_is_the_most_likely_one():
    assert most_likely(evidence(value=[30.0, 18.0, 42.0])) == pytest.approx([0.0, -2.0, 2.0], abs=0.051)


def test_a_mean_of_logarithms_differs_by_a_ratio():
    smaller = evidence(
        family=MEANS,
        logarithms=True,
        scatter=0.2,
        seen=np.array([np.log(76.0)]),
        value=[100 * np.log(76.0)],
        expected=[np.log(100.0)],
        margin=0.12,
    )
    assert most_likely(smaller) == pytest.approx([-2.0], abs=0.051)


def test_a_count_differs_in_its_rate():
    slower = evidence(family=COUNTS, total=50.0, value=[60.0], expected=[2.0], margin=0.4)
    assert most_likely(slower) == pytest.approx([-2.0], abs=0.051)


def test_a_share_below_nothing_is_impossible():
    logs = log_likelihood(evidence(value=[0.0], expected=[0.10]))
    assert np.exp(logs[0, GRID < -0.10 / 0.06]).sum() == 0


def test_what_hangs_together_widens_the_range():
    alone, together = (central_range(log_likelihood(evidence(inflation=x))) for x in (1.0, 3.0))
    assert (together[1] - together[0]) > 1.5 * (alone[1] - alone[0])


@pytest.mark.parametrize(("share", "n"), [(0.3, 40), (0.85, 60), (0.1, 100)])
def test_the_range_holds_the_truth_in_nine_of_ten_cases(share, n):
    random = np.random.default_rng(5)
    won = random.binomial(n, share, 4000).astype("float64")
    low, high = central_range(log_likelihood(evidence(value=won, total=float(n), n=n, expected=share)))
    covered = ((low <= 0) & (high >= 0)).mean()
    assert covered == pytest.approx(0.90, abs=0.035)
