"""Calibration: how sure somebody was beside how often they were right; hints do not count."""

import math

from playbook.training.attempts import Attempt
from playbook.training.calibration import brier, ranges, reliability, too_sure_by


def answers(*pairs, hints=0):
    return [Attempt("a", i, {}, points=points, sure=sure, hints=hints) for i, (sure, points) in enumerate(pairs)]


def test_each_step_of_sureness_has_its_share_of_right_answers():
    rows = reliability(answers((80, 1.0), (80, 0.0), (60, 1.0)))
    assert rows[["sure", "n", "right"]].to_numpy().tolist() == [[0.6, 1, 1], [0.8, 2, 1]]
    assert (rows["low"] <= rows["rate"]).all() and (rows["rate"] <= rows["high"]).all()


def test_always_half_sure_scores_a_quarter():
    assert brier(answers((50, 1.0), (50, 0.0))) == 0.25
    assert brier(answers((99, 1.0))) < 0.01 and math.isnan(brier([]))


def test_too_sure_is_sureness_less_what_was_right():
    over, n = too_sure_by(answers((90, 0.0), (90, 1.0)))
    assert math.isclose(over, 0.4) and n == 2


def test_an_answer_after_a_hint_says_nothing_of_sureness():
    assert reliability(answers((90, 1.0), hints=1)).empty


def test_ranges_are_counted_against_eight_of_ten():
    counted = ranges([Attempt("a", 1, {}, inside=inside) for inside in (True, True, False, None)])
    assert (counted.n, counted.inside) == (3, 2) and math.isclose(counted.expected, 2.4)
