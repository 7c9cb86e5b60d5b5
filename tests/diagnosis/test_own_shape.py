"""How often luck alone accuses somebody in a company of this shape."""

import numpy as np
import pandas as pd
import pytest

from playbook.diagnosis.evidence import evidence
from playbook.diagnosis.own_shape import _drawn, false_alarms
from playbook.simulate.plan import Plan, Planted
from playbook.simulate.simulated_company import simulate

CAUSES = tuple(Planted(team, 0, "discounting") for team in range(3))
PLAN = Plan(managers=3, reps_per_team=7, months=12, planted=CAUSES)


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """The evidence of a company in which three people give too much discount."""
    return evidence(simulate(PLAN, 5).company, PLAN.ends_on)


def test_where_nobody_differs_hardly_anybody_is_accused_whoever_is_in_the_data(rows):
    alarms = false_alarms(rows, 4)
    assert alarms.companies == 4 and alarms.people == 4 * 21
    assert alarms.accused <= 2 and alarms.low <= alarms.accused / alarms.people <= alarms.high


def test_the_same_company_gives_the_same_answer(rows):
    assert false_alarms(rows, 1) == false_alarms(rows, 1)


def test_what_is_drawn_keeps_the_shape_and_lies_around_what_is_expected(rows):
    drawn = [_drawn(rows, np.random.default_rng(seed)) for seed in range(40)]
    shape = ["rep_id", "manager_id", "driver", "n", "total", "expected", "margin"]
    pd.testing.assert_frame_equal(drawn[0][shape], rows[shape])
    compared = rows["expected"].notna() & (rows["total"] > 30)
    seen = pd.concat([each.loc[compared, "seen"] for each in drawn], axis=1).mean(axis=1)
    logarithms = rows.loc[compared, "logarithms"].astype(bool)
    off = (seen - rows.loc[compared, "expected"]) / rows.loc[compared, "expected"].where(~logarithms, 1.0).clip(
        lower=0.05
    )
    assert off.abs().mean() < 0.05


def test_a_difference_that_is_there_is_left_out_of_the_drawing(rows):
    generous = rows[(rows["driver"] == "discounting") & rows["seen"].notna()].nlargest(3, "seen")
    drawn = pd.concat([_drawn(rows, np.random.default_rng(seed)).loc[generous.index, "seen"] for seed in range(20)])
    assert drawn.mean() < generous["seen"].mean() - 0.03
