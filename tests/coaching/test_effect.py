from datetime import date
from functools import cache

import pandas as pd
import pytest

from playbook.coaching.effect import coaching_effect
from playbook.coaching.effect_rows import HELPED, TOO_EARLY, WORSE
from playbook.drivers.observing import observations
from playbook.drivers.registry import driver_of
from playbook.metrics.forecast_calls import WAS_CALLED, WAS_LOST
from playbook.simulate.plan import Intervention, Plan, Planted
from playbook.simulate.simulated_company import simulate

STARTED = date(2025, 12, 1)
BEFORE = pd.Timestamp(STARTED)
DRIVERS = ("discounting", "slippage", "cycle_time", "activity")
SMALL = Plan(managers=4, reps_per_team=7, months=18)


def started(rep_ids, drivers) -> pd.DataFrame:
    return pd.DataFrame({"rep_id": rep_ids, "driver": drivers, "began_on": BEFORE})


@cache
def chosen_for_bad_luck():
    """Healthy reps, coached because they were the lowest of the year before: the trap of regression to the mean."""
    company = simulate(SMALL, 21).company
    chosen = []
    for seen in observations(company, SMALL.ends_on):
        rows = seen.rows[seen.rows["on"] < BEFORE].groupby("rep_id")
        level = rows["value"].sum() / rows["exposure"].sum()
        lowest = level.sort_values(ascending=driver_of(seen.driver).higher_is_better).index[:6]
        chosen.append(started(lowest, seen.driver))
    return company, pd.concat(chosen).drop_duplicates(["rep_id", "driver"])


@pytest.fixture(scope="module", params=["log", "journals"])
def nothing_true(request) -> pd.DataFrame:
    """What is said of them, as the log tells of it and as journals do."""
    company, chosen = chosen_for_bad_luck()
    if request.param == "log":
        return coaching_effect(company, SMALL.ends_on, chosen)
    return coaching_effect(company, SMALL.ends_on, started([], []), chosen)


@cache
def eased():
    """Reps with a cause that is gone from the day on which coaching began."""
    planted = tuple(Planted(t, 2 * i, d) for t in range(5) for i, d in enumerate(DRIVERS[:3]))
    gone = tuple(Intervention(p.team, p.rep, p.cause, STARTED, -p.amount) for p in planted)
    return simulate(Plan(managers=6, reps_per_team=7, months=18, planted=planted, interventions=gone), 22)


@pytest.fixture(scope="module")
def large_effect() -> pd.DataFrame:
    causes = eased().truth[eased().truth["cause"] != "none"]
    return coaching_effect(eased().company, SMALL.ends_on, started(causes["rep_id"], causes["cause"]))


def test_with_no_true_effect_it_helped_is_said_in_at_most_one_of_twenty_cases(nothing_true):
    assert len(nothing_true) >= 40
    assert (nothing_true["verdict"] == HELPED).mean() <= 0.05


def test_chosen_for_bad_luck_they_rise_by_themselves_and_that_is_no_help(nothing_true):
    shares = nothing_true[nothing_true["driver"].str.startswith("stage:")].dropna(subset=["after"])
    assert (shares["after"] > shares["before"]).mean() > 0.5


def test_a_large_effect_is_seen_in_at_least_half_of_the_cases(large_effect):
    assert len(large_effect) == 15
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
    effects = coaching_effect(company, Plan().ends_on, last_week)
    assert effects["verdict"].tolist() == [TOO_EARLY] * 3
    assert effects["after"].isna().all()


def test_nobody_coached_gives_an_empty_table():
    company = simulate(Plan(managers=1, reps_per_team=6, months=6), 3).company
    assert coaching_effect(company, Plan().ends_on, started([], [])).empty


def test_what_a_journal_tells_is_looked_at_as_what_the_log_tells(large_effect):
    company = eased().company
    noted = large_effect[["rep_id", "driver", "began_on"]]
    from_journals = coaching_effect(company, SMALL.ends_on, started([], []), noted)
    assert (from_journals["verdict"] == HELPED).mean() >= 0.4 and not (from_journals["verdict"] == WORSE).any()
    assert len(from_journals) == len(large_effect) and (from_journals["sessions"] == 0).all()


def test_what_one_manager_wrote_moves_no_figure_of_another(large_effect):
    company = eased().company
    noted = large_effect[["rep_id", "driver", "began_on"]]
    one = large_effect["manager_id"].iloc[0]
    alone = coaching_effect(company, SMALL.ends_on, started([], []), noted[large_effect["manager_id"] == one])
    together = coaching_effect(company, SMALL.ends_on, started([], []), noted)
    ours = together[together["manager_id"] == one].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, ours)


def test_of_log_and_journal_the_earlier_day_counts_and_each_subject_has_one_row():
    company = simulate(Plan(managers=2, reps_per_team=7, months=12), 3).company
    rep = company.people.loc[company.people["role"] == "rep", "person_id"].iloc[0]
    log = started([rep], "deal_size").assign(sessions=4)
    earlier, later = (log.assign(began_on=BEFORE + pd.Timedelta(days=d)) for d in (-30, 30))
    for noted, day in ((earlier, earlier), (later, log)):
        effects = coaching_effect(company, Plan().ends_on, log, noted)
        assert effects["began_on"].tolist() == day["began_on"].tolist() and effects["sessions"].tolist() == [4]


def test_what_begins_after_the_day_of_the_data_has_no_row_yet():
    company = simulate(Plan(managers=1, reps_per_team=6, months=6), 3).company
    rep = company.people.loc[company.people["role"] == "rep", "person_id"].head(1)
    later = started(rep, "deal_size").assign(began_on=pd.Timestamp(Plan().ends_on) + pd.Timedelta(days=1))
    assert coaching_effect(company, Plan().ends_on, started([], []), later).empty


def test_who_holds_back_is_measured_by_the_wins_that_were_committed():
    company = simulate(Plan(managers=2, reps_per_team=7, months=12), 3).company
    rep = company.people.loc[company.people["role"] == "rep", "person_id"].iloc[0]
    levels = pd.DataFrame({"rep_id": [rep], "driver": "forecast_accuracy", "aspect": WAS_CALLED})
    start = started([rep], "forecast_accuracy")
    (of_wins,) = coaching_effect(company, Plan().ends_on, start, None, levels).itertuples()
    (of_losses,) = coaching_effect(company, Plan().ends_on, start).itertuples()
    deals = company.opportunities
    won = deals[(deals["rep_id"] == rep) & (deals["outcome"] == "won")]
    assert of_wins.n_after == (won["closed_on"] >= BEFORE + pd.Timedelta(days=14)).sum()
    assert (of_wins.aspect, of_losses.aspect) == (WAS_CALLED, WAS_LOST)
