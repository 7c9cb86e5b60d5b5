import numpy as np
import pandas as pd

from playbook.records.oddness import beside_the_middle


def compared(values: list[float], error: float = 0.0, margin: float = 0.1) -> pd.DataFrame:
    index = pd.Index([f"r{i}" for i in range(len(values))], name="rep_id")
    measured = pd.DataFrame({"value": values, "n": 20, "error": error}, index=index)
    return beside_the_middle(measured, pd.Series("sellers", index=index), margin)


def test_the_middle_is_that_of_the_others_and_no_single_one_moves_it():
    beside = compared([0.9, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])
    assert list(beside["side"]) == ["high"] + ["alike"] * 6
    assert (beside["usual"] == 0.1).all()


def test_the_middle_of_the_others_is_the_median_without_oneself():
    values = [0.3, 0.1, 0.9, 0.5, 0.7, 0.2, 0.8]
    beside = compared(values)["usual"]
    assert np.allclose(beside, [np.median(values[:i] + values[i + 1 :]) for i in range(len(values))])


def test_a_difference_that_luck_could_bring_is_not_odd():
    assert list(compared([0.4] + [0.1] * 6, error=0.3)["side"]) == ["alike"] * 7


def test_with_fewer_than_five_others_nobody_is_odd():
    assert set(compared([0.9, 0.1, 0.1, 0.1, 0.1])["side"]) == {"alike"}
