from datetime import date

import pandas as pd
import pytest

from playbook.coaching.effect import begun, coaching_effect
from playbook.coaching.effect_verdicts import HELPED, NO_CHANGE, TOO_EARLY, WORSE
from playbook.drivers import driver_of
from playbook.metrics.observations import observations
from playbook.simulate.company import simulate
from playbook.simulate.plan import Plan, Planted

STARTED = date(2025, 12, 1)
BEFORE = pd.Timestamp(STARTED)
DRIVERS = ("discounting", "slippage", "cycle_time", "activity")
SMALL = Plan(managers=4, reps_per_team=7, months=18)


def started(rep_ids, drivers) -> pd.DataFrame:
    return pd.DataFrame({"rep_id": rep_ids, "driver": drivers, "began_on": BEFORE})


@pytest.fixture(scope="module")
def nothing_true() -> pd.DataFrame:
    """Healthy reps, coached because they were the lowest of the year before: the trap of regression to the mean."""
    company = simulate(SMALL, 21).company
    chosen = []
    for seen in observations(company, SMALL.ends_on):
        rows = seen.rows[seen.rows["on"] < BEFORE].groupby("rep_id")
        level = rows["value"].sum() / rows["exposure"].sum()
        lowest = level.sort_values(ascending=driver_of(seen.driver).higher_is_better).index[:6]
        chosen.append(started(lowest, seen.driver))
    return coaching_effect(company, SMALL.ends_on, pd.concat(chosen).drop_duplicates(["rep_id", "driver"]))


@pytest.fixture(scope="module")
def large_effect() -> pd.DataFrame:
    """Reps with a cause that is gone from the day on which coaching began."""
    planted = [
        Planted(t, 2 * i, d, eases_on=STARTED, eases_by=1.0) for t in range(3) for i, d in enumerate(DRIVERS[:3])
    ]
    simulated = simulate(Plan(managers=4, reps_per_team=7, months=18, planted=tuple(planted)), 22)
    causes = simulated.truth[simulated.truth["cause"] != "none"]
    return coaching_effect(simulated.company, SMALL.ends_on, started(causes["rep_id"], causes["cause"]))


def test_with_no_true_effect_it_helped_is_said_in_at_most_one_of_twenty_cases(nothing_true):
    assert len(nothing_true) >= 40
    assert (nothing_true["verdict"] == HELPED).mean() <= 0.05


def test_chosen_for_bad_luck_they_rise_by_themselves_and_that_is_no_help(nothing_true):
    shares = nothing_true[nothing_true["driver"].str.startswith("stage:")].dropna(subset=["after"])
    assert (shares["after"] > shares["before"]).mean() > 0.5


def test_a_large_effect_is_seen_in_at_least_half_of_the_cases(large_effect):
    assert len(large_effect) == 9
    assert (large_effect["verdict"] == HELPED).mean() >= 0.5
    assert not (large_effect["verdict"] == WORSE).any()


def test_a_change_for_the_better_is_positive_whatever_the_driver(large_effect):
    helped = large_effect[large_effect["verdict"] == HELPED]
    assert (helped["change"] > 0).all()
    assert ((helped["low"] <= helped["change"]) & (helped["change"] <= helped["high"])).all()


def test_right_after_the_start_it_is_too_early_to_say():
    company = simulate(Plan(managers=2, reps_per_team=7, months=12), 3).company
    people = company.people[company.people["role"] == "rep"]["person_id"].head(3)
    last_week = started(people, "deal_size").assign(began_on=pd.Timestamp(Plan().ends_on) - pd.Timedelta(days=7))
    found = coaching_effect(company, Plan().ends_on, last_week)
    assert found["verdict"].tolist() == [TOO_EARLY] * 3
    assert found["why"].str.startswith("Too early to say").all()


def test_each_verdict_has_a_sentence_with_both_counts(nothing_true):
    known = nothing_true[nothing_true["verdict"].isin([HELPED, WORSE, NO_CHANGE])]
    for row in known.itertuples():
        assert f"{row.n_before} " in row.why and f"{row.n_after} since" in row.why
        assert "nan" not in row.why


def test_two_sessions_on_a_subject_are_coaching_and_one_is_not():
    log = pd.DataFrame(
        {
            "manager_id": "m1",
            "rep_id": ["r1", "r1", "r1", "r2"],
            "on": pd.to_datetime(["2026-01-10", "2026-02-10", "2026-03-01", "2026-03-01"]),
            "focus": ["Discounting", "discounting", "Proposal", "discounting"],
        }
    )
    found = begun(log, ["discounting", "stage:Proposal"])
    assert found[["rep_id", "driver", "sessions"]].values.tolist() == [["r1", "discounting", 2]]
    assert found["began_on"].tolist() == [pd.Timestamp("2026-01-10")]


def test_a_subject_is_known_by_its_key_its_name_or_its_stage():
    log = pd.DataFrame(
        {
            "manager_id": "m1",
            "rep_id": "r1",
            "on": pd.Timestamp("2026-01-10"),
            "focus": ["stage:Proposal", "Conversion out of Proposal", " proposal ", "the weather", None],
        }
    )
    assert begun(log, ["stage:Proposal"])["sessions"].tolist() == [3]


def test_nobody_coached_gives_an_empty_table():
    company = simulate(Plan(managers=1, reps_per_team=6, months=6), 3).company
    assert coaching_effect(company, Plan().ends_on, started([], [])).empty
