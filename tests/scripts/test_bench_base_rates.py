"""The bench at base rates: causes as strong at every rate, and who is counted as weak and called so."""

import benches.diagnosis_base_rates as base_rates
import numpy as np
import pandas as pd
import pytest
from benches.diagnosis_case import Findings

from playbook.diagnosis.evidence import margin_of
from playbook.drivers.registry import driver_of
from playbook.metrics.observations import SHARES, Observations
from playbook.simulate import market, skills
from playbook.simulate.plan import Plan, Planted


def test_a_weak_stage_is_as_weak_in_log_odds_at_every_base_rate():
    usual = Plan(win_rate=0.27)
    for rate in base_rates.RATES:
        plan = Plan(win_rate=rate)
        cause = base_rates._as_weak(Planted(0, 0, "stage:Solution", -0.22), usual, plan)
        was, share = (float(skills.conversion(one)[1]) for one in (usual, plan))
        odds = market.odds_of(share + cause.amount) - market.odds_of(share)
        assert odds == pytest.approx(market.odds_of(was - 0.22) - market.odds_of(was))


def test_where_few_are_won_more_are_worked_on():
    months = [base_rates.plan_of(rate, 0).deals_per_rep_per_month for rate in base_rates.RATES]
    assert months == [40.0, 8.0, 8.0]


def test_weak_sellers_are_counted_by_their_loudest_verdict_and_those_called_so_wrongly():
    causes = {"ana": {"stage:Demo"}, "ben": {"stage:Demo"}, "cai": {"activity"}}
    rows = [
        ("ana", "stage:Demo", "coach", 2.0),
        ("ben", "stage:Demo", "watch", 1.5),
        ("ben", "stage:Trial", "coach", 0.2),
        ("cai", "activity", "coach", 3.0),
    ]
    findings = Findings(
        reps=pd.DataFrame([{"rep_id": rep, "causes": frozenset(own)} for rep, own in causes.items()]),
        scores=pd.DataFrame(),
        beliefs=pd.DataFrame(rows, columns=["rep_id", "driver", "verdict", "harmful"]),
    )
    counted = base_rates.weak_sellers(findings)
    assert counted["weak: coach"].startswith("1/2 ") and counted["weak: watch"].startswith("1/2 ")
    assert counted["called so, and is not"].startswith("1/2 ")


def test_the_margins_compared_are_those_of_the_diagnosis_and_the_same_without_room():
    seen = Observations("win_rate", SHARES, pd.DataFrame(), ())
    expected = pd.Series([0.05, 0.25, 0.6])
    fitting = margin_of(expected, driver_of("win_rate"), seen)
    assert fitting == pytest.approx([0.06 * 0.05 * 0.95 / 0.16, 0.06, 0.06])
    assert base_rates.LEAST_ROOM["absolute"] == 1.0 and base_rates.LEAST_ROOM["fitting"] < 0.1
    with base_rates.margins("absolute"):
        assert margin_of(expected, driver_of("win_rate"), seen) == pytest.approx(np.full(3, 0.06))
