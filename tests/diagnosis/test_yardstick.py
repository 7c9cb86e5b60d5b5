import numpy as np
import pandas as pd
import pytest

from playbook.diagnosis.adjustment import expected_of_each
from playbook.diagnosis.judging import judged
from playbook.diagnosis.yardstick import weighted_median, weights_of
from playbook.metrics.observations import COUNTS, MEANS
from tests.diagnosis.made_rows import evidence, seen, shares, with_keys


def test_people_who_are_alike_count_in_full():
    assert weights_of(np.array([0.02, -0.01, 0.0, 0.03, -0.02, 0.01]), np.full(6, 0.1)) == pytest.approx(np.ones(6))


def test_who_stands_far_apart_counts_for_next_to_nothing():
    weights = weights_of(np.array([2.1, 0.0, 0.02, -0.03, 0.01, 0.0]), np.full(6, 0.1))
    assert weights[0] < 0.02 and (weights[1:] == 1).all()


def test_where_people_differ_anyway_many_deals_of_one_person_count_as_one_persons():
    apart = np.array([-0.6, -0.4, -0.2, 0.0, 0.2, 0.4, 0.6])
    rows = np.array([10, 100, 100, 100, 100, 100, 10_000])
    counted = weights_of(apart, 2 / np.sqrt(rows)) * rows
    assert counted[-1] < 2 * counted[1]


def test_two_camps_of_people_are_no_outliers():
    weights = weights_of(np.array([-0.5] * 4 + [0.5] * 4), np.full(8, 0.05))
    assert np.ptp(weights) < 1e-6


def test_the_middle_is_where_half_of_the_weight_lies_on_either_side():
    assert weighted_median(np.array([1.0, 5.0, 2.0]), np.ones(3)) == 2.0
    assert weighted_median(np.array([1.0, 2.0]), np.ones(2)) == 1.5
    assert weighted_median(np.array([1.0, 5.0, 2.0]), np.array([0.1, 5.0, 0.1])) == 5.0


def test_one_deal_maker_does_not_make_five_ordinary_people_small():
    random = np.random.default_rng(3)
    size = np.log(20_000) + random.normal(0, 0.4, 600) + np.where(np.arange(600) % 6 == 0, np.log(8), 0.0)
    rows = pd.DataFrame({"rep_id": [f"p{i % 6}" for i in range(600)], "value": size, "segment": "SMB"})
    table = expected_of_each(seen(with_keys(rows), MEANS))
    assert table["expected"].to_numpy() == pytest.approx(np.full(6, np.log(20_000)), abs=0.1)


def test_one_who_opens_four_times_as_many_does_not_make_the_others_idle():
    random = np.random.default_rng(4)
    each = [random.poisson(8.0 if rep == 0 else 2.0, 50) for rep in range(6)]
    rows = pd.DataFrame({"rep_id": np.repeat([f"p{i}" for i in range(6)], 50), "value": np.concatenate(each)})
    table = expected_of_each(seen(with_keys(rows.assign(segment="SMB")), COUNTS))
    assert table["expected"].to_numpy() == pytest.approx(np.full(6, 2.0), abs=0.25)


def test_one_with_most_of_the_deals_does_not_set_the_share_of_all():
    others = [(f"p{i}", n, 100) for i, n in enumerate((22, 26, 30, 34, 38))]
    table = expected_of_each(seen(shares(("star", 1_500, 3_000), *others)))
    assert table.loc["p2", "expected"] < 0.36


def test_nobody_is_harmful_who_is_not_so_beside_the_middle_rep_too():
    rows = evidence(value=[16.0, 16.0, 16.0, 16.0, 16.0, 60.0], expected=[0.30] * 5 + [0.16])
    table = judged(rows)
    assert (table["harm"].iloc[:5] < 0.2).all()
    assert table["good"].iloc[5] > 0.9
