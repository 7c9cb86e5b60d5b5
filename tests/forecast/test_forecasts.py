from datetime import date

import pandas as pd
import pytest

from playbook import as_of as time_machine
from playbook.company import Company
from playbook.forecast.backtest import past_looks
from playbook.forecast.forecasts import forecasts
from playbook.forecast.outlook import outlook
from playbook.simulate.plan import Plan
from playbook.simulate.simulated_company import simulate
from tests.coaching import small_team

DAY = date(2026, 7, 20)  # a fiscal quarter begins in February, May, August and November
SMALL = Plan(managers=6, reps_per_team=3, months=24, deals_per_rep_per_month=5.0, fiscal_year_starts=2)


@pytest.fixture(scope="module")
def simulated() -> Company:
    return simulate(SMALL, seed=1).company


@pytest.fixture(scope="module")
def findings(simulated: Company) -> dict[str, pd.DataFrame]:
    return forecasts(simulated, DAY)


def money_won(company: Company, first: str, last: str) -> pd.Series:
    """Won in these days, per manager, counted from the tables."""
    deals = company.opportunities
    won = deals[(deals["outcome"] == "won") & deals["closed_on"].between(first, last)]
    return won.groupby(won["rep_id"].map(company.people.set_index("person_id")["manager_id"]))["amount"].sum()


def test_the_back_test_covers_about_eight_of_ten_on_simulated_companies(findings):
    looks = [findings["forecast_error"], forecasts(simulate(SMALL, seed=2).company, DAY)["forecast_error"]]
    held = pd.concat([look["actual"].between(look["low"], look["high"]) for look in looks])
    assert len(held) >= 40 and 0.68 <= held.mean() <= 0.95


def test_the_ranges_are_no_shrug(findings):
    quarter = findings["forecast"].query("period == 'quarter'")
    assert ((quarter["high"] - quarter["low"]) < 1.2 * quarter["middle"]).all()


def test_every_manager_has_a_month_and_a_quarter_with_a_range_in_order(findings):
    rows = findings["forecast"]
    assert list(rows.groupby("manager_id")["period"].agg(list).map(tuple).unique()) == [("month", "quarter")]
    assert (rows["won"] <= rows["low"] + 1e-6).all()
    assert (rows["low"] <= rows["middle"]).all() and (rows["middle"] <= rows["high"]).all()


def test_what_is_won_due_and_asked_is_counted_from_the_tables(simulated, findings):
    then = time_machine.at(simulated, DAY)
    quarter = findings["forecast"].query("period == 'quarter'").set_index("manager_id")
    assert list(quarter["starts_on"].unique()) == [pd.Timestamp("2026-05-01")]
    assert dict(quarter["won"].round(2)) == dict(
        money_won(then, "2026-05-01", "2026-07-31").round(2).reindex(quarter.index)
    )
    deals, manager_of = then.opportunities, then.people.set_index("person_id")["manager_id"]
    due = deals[(deals["outcome"] == "open") & (deals["expected_close_on"] <= "2026-07-31")]
    by_manager = due.groupby(due["rep_id"].map(manager_of))["amount"].sum().reindex(quarter.index, fill_value=0)
    assert dict(quarter["open_due"].round(2)) == dict(by_manager.round(2))
    committed = due[due["forecast_category"] == "commit"]
    committed = committed.groupby(committed["rep_id"].map(manager_of))["amount"].sum()
    assert dict(quarter["committed"].round(2)) == dict(committed.reindex(quarter.index, fill_value=0).round(2))


def test_the_past_error_shows_what_came(simulated, findings):
    looks = findings["forecast_error"]
    for start, last in (("2026-02-01", "2026-04-30"), ("2025-11-01", "2026-01-31")):
        rows = looks[looks["quarter"] == start].set_index("manager_id")
        won = money_won(simulated, start, last).reindex(rows.index, fill_value=0)
        assert dict(rows["actual"].round(2)) == dict(won.round(2))


def test_what_happens_after_the_day_changes_nothing(simulated, findings):
    after = simulated.opportunities["closed_on"] > pd.Timestamp(DAY)
    turned = simulated.opportunities.assign(outcome=simulated.opportunities["outcome"].mask(after, "lost"))
    ranges, chances = outlook(time_machine.at(simulated.with_tables(opportunities=turned), DAY), DAY)
    usual, usual_chances = outlook(time_machine.at(simulated, DAY), DAY)
    pd.testing.assert_frame_equal(ranges, usual)
    pd.testing.assert_frame_equal(chances, usual_chances)


def test_chances_are_chances_and_a_deal_can_only_be_won_later_more_surely(findings):
    chances = findings["forecast_deals"].dropna()
    assert chances["probability"].between(0, 1).all() and (chances["probability"] <= chances["ever"] + 1e-9).all()
    assert chances["opportunity_id"].is_unique and (chances["n"] > 0).all()


def test_a_managers_own_deals_are_no_part_of_the_teams_forecast():
    team = small_team.company()
    findings = forecasts(team, small_team.AS_OF)
    assert set(findings["forecast_deals"]["opportunity_id"].str[:2]) == {"r1", "r2", "r3", "r4", "r5"}
    quarter = findings["forecast"].query("period == 'quarter'").iloc[0]
    assert (quarter["quota"], quarter["won"]) == (250_000, 5 * 4 * 10_000)


def test_with_too_few_closed_deals_no_range_is_invented():
    thin = small_team.thin({"r1": "Ana"})
    findings = forecasts(thin, small_team.AS_OF)
    assert findings["forecast"][["low", "middle", "high"]].isna().all(axis=None)
    assert findings["forecast_error"].empty and findings["forecast_deals"]["probability"].isna().all()


def test_data_that_does_not_reach_back_a_quarter_has_no_past_looks():
    team = small_team.company()
    recent = team.opportunities[~(team.opportunities["closed_on"] < pd.Timestamp("2026-02-01"))]
    young = team.with_tables(opportunities=recent)
    assert past_looks(young, small_team.AS_OF, pd.Series(["m1"])).empty
