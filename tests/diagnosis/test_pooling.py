import numpy as np
import pytest

from playbook.diagnosis.likelihood import log_likelihood
from playbook.diagnosis.pooling import WIDTHS, posterior, shares_of_widths
from tests.diagnosis.made_rows import evidence


def believed(**columns):
    rows = evidence(**columns)
    likelihood = np.exp(log_likelihood(rows))
    return posterior(likelihood, shares_of_widths(likelihood, rows["driver"]))


def test_what_to_believe_of_each_row_adds_up_to_one():
    assert believed(value=[10.0, 30.0, 50.0]).mass.sum(axis=1) == pytest.approx([1, 1, 1])


def test_few_deals_move_the_estimate_less_than_many_with_the_same_share():
    few, many = believed(value=[2.0, 40.0], total=[20.0, 400.0], n=[20, 400]).mean()
    assert many < few < 0


def test_the_estimate_lies_between_the_peers_and_what_was_seen():
    estimate = believed(value=[12.0]).mean()[0]
    assert (12 / 100 - 0.30) / 0.06 < estimate < 0


def test_a_lone_low_number_has_to_show_more_where_all_others_are_alike():
    alike = [15.0] + [30.0] * 30
    unlike = [15.0] + [18.0, 42.0] * 15
    harm = [believed(value=values).beyond(np.full(31, -1.0))[0] for values in (alike, unlike)]
    assert harm[0] < harm[1]


def test_the_probability_beyond_a_margin_is_that_of_its_side():
    belief = believed(value=[15.0])
    assert belief.beyond(np.array([-1.0]))[0] > 0.5 > belief.beyond(np.array([1.0]))[0]
    assert belief.beyond(np.array([-1.0]), 0.5)[0] > belief.beyond(np.array([-1.0]))[0]


def test_how_common_differences_are_is_learned_for_each_driver_apart():
    values = np.array([30.0] * 40 + [10.0, 50.0] * 20)
    rows = evidence(value=values, driver=["win_rate"] * 40 + ["stage:Proposal"] * 40)
    likelihood = np.exp(log_likelihood(rows))
    shares = shares_of_widths(likelihood, rows["driver"])
    wide = shares @ WIDTHS
    assert wide[0] < wide[-1]
    assert shares.sum(axis=1) == pytest.approx(np.ones(80))


def test_of_reps_who_are_all_alike_hardly_one_is_believed_to_differ():
    random = np.random.default_rng(3)
    won = random.binomial(80, 0.3, 300).astype("float64")
    belief = believed(value=won, total=80.0, n=80)
    assert (belief.beyond(np.full(300, -1.0)) > 0.5).mean() <= 0.01


def test_beliefs_keep_the_order_of_rows():
    one = believed(value=[10.0, 30.0, 50.0]).mean()
    other = believed(value=[50.0, 30.0, 10.0]).mean()
    assert one == pytest.approx(other[::-1])
