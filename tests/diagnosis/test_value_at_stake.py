from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.diagnosis.value_at_stake import at_stake, revenue_per_quarter
from tests.coaching.small_team import company
from tests.diagnosis.made_rows import evidence

REVENUE = pd.Series({"r00": 100_000.0})


def stake(**columns) -> pd.DataFrame:
    usual = {"best": 0.0, "low": -1.0, "high": 1.0, "at": None}
    rows = evidence(**({"value": [30.0]} | columns)).assign(**{k: v for k, v in usual.items() if k not in columns})
    return at_stake(rows, REVENUE)


def test_a_third_fewer_wins_than_expected_costs_half_of_the_own_revenue():
    # 0.20 instead of 0.30: at the peers' level the same deals would bring 1.5 times as much.
    assert stake(best=-0.10 / 0.06).loc[0, "at_stake"] == pytest.approx(50_000)


def test_who_is_at_the_peers_level_or_above_has_nothing_at_stake():
    assert stake(best=1.0).loc[0, "at_stake"] == 0


def test_a_larger_discount_costs_what_is_given_away():
    stakes = stake(driver="discounting", sign=-1, best=1.0, margin=0.09, expected=0.01)
    assert stakes.loc[0, "at_stake"] == pytest.approx(100_000 * 0.09 / 0.90)


def test_time_has_no_price():
    assert stake(driver="cycle_time", best=-1.0)["at_stake"].isna().all()


def test_the_range_of_the_money_holds_its_middle():
    stakes = stake(best=-1.0, low=-2.0, high=-0.2).iloc[0]
    assert 0 < stakes["at_stake_low"] < stakes["at_stake"] < stakes["at_stake_high"]


@settings(deadline=None)
@given(st.lists(st.floats(-2.5, 0), min_size=2, max_size=4))
def test_the_parts_never_add_up_to_more_than_all_gaps_closed_together(differences):
    drivers = ["win_rate", "stage:A", "stage:B", "pipeline_generation"][: len(differences)]
    rows = evidence(driver=drivers, rep_id=["r00"] * len(drivers), best=differences, low=-1.0, high=1.0)
    parts = at_stake(rows, REVENUE)["at_stake"]
    level = 1 + rows["best"] * rows["margin"] / rows["expected"]
    gap = 100_000 * ((1 / level).prod() - 1)
    assert parts.sum() <= gap + 1e-6


def test_revenue_is_the_own_won_money_per_quarter():
    team = company()
    # Every fourth of 26 weekly deals is won: seven of 10,000 in the 235 days since the first was opened.
    days = (pd.Timestamp("2026-03-31") - team.opportunities["created_on"].min()).days
    stakes = revenue_per_quarter(team, date(2026, 3, 31))
    assert stakes["r1"] == pytest.approx(70_000 / days * 91)
