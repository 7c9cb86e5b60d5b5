"""A simulated company holds together: full tables, allowed values, days in order, the same twice."""

import dataclasses
from datetime import date

import pandas as pd
import pytest

from playbook.company import FORECAST_CATEGORIES, KINDS, LOST_TO, TABLES, validate
from playbook.errors import UnusableInput
from playbook.simulate.plan import Intervention, Plan, Planted
from playbook.simulate.sample import SEED, sample_plan
from playbook.simulate.simulated_company import simulate

STARTED = date(2026, 3, 2)
ENDS = pd.Timestamp("2026-09-18")


@pytest.fixture(scope="module")
def simulated():
    return simulate(sample_plan(), SEED)


@pytest.fixture(scope="module")
def company(simulated):
    return simulated.company


def same(one, other):
    return all(one.table(table).equals(other.table(table)) for table in TABLES) and one.settings == other.settings


def test_the_same_plan_and_seed_are_the_same_company(simulated):
    again = simulate(sample_plan(), SEED)
    assert same(simulated.company, again.company)
    assert simulated.truth.equals(again.truth) and simulated.model.equals(again.model)
    assert simulated.deals.equals(again.deals)


def test_another_seed_is_another_company(company):
    assert not same(company, simulate(sample_plan(), SEED + 1).company)


NOT_IN_THE_CRM = ["taken_over"]  # the made-up CRM does not say who created a deal


@pytest.mark.parametrize("table", TABLES)
def test_no_table_is_empty(company, table):
    assert len(company.table(table))


@pytest.mark.parametrize("table", TABLES)
def test_no_column_is_empty(company, table):
    frame = company.table(table).drop(columns=NOT_IN_THE_CRM, errors="ignore")
    assert [column for column in frame if frame[column].isna().all()] == []


def test_every_value_is_one_that_the_tables_allow(company):
    validate(company)
    assert set(company.opportunities["kind"]) == set(KINDS)
    assert set(company.opportunities["lost_to"].dropna()) == set(LOST_TO)
    assert set(company.opportunities["forecast_category"]) == set(FORECAST_CATEGORIES)


def test_a_deal_is_opened_before_it_is_closed_and_nothing_lies_in_the_future(company):
    deals = company.opportunities
    closed = deals[deals["outcome"] != "open"]
    assert (closed["created_on"] <= closed["closed_on"]).all() and closed["closed_on"].max() <= ENDS
    assert deals.loc[deals["outcome"] == "open", "closed_on"].isna().all()
    for table, column in (("activities", "on"), ("coaching_log", "on"), ("stage_history", "entered_on")):
        assert company.table(table)[column].max() <= ENDS


def test_history_runs_from_the_day_a_deal_is_opened_to_the_day_it_is_closed(company):
    moves = company.stage_history.sort_values(["opportunity_id", "step"])
    assert (moves.groupby("opportunity_id")["entered_on"].diff().dropna() >= pd.Timedelta(0)).all()
    assert (moves.groupby("opportunity_id").cumcount() + 1 == moves["step"]).all()
    deals = company.opportunities.set_index("opportunity_id")
    first, last = (
        moves.drop_duplicates("opportunity_id", keep=k).set_index("opportunity_id") for k in ("first", "last")
    )
    assert first["entered_on"].reindex(deals.index).equals(deals["created_on"])
    closed = deals[deals["outcome"] != "open"]
    assert last["entered_on"].reindex(closed.index).equals(closed["closed_on"])
    assert last["stage"].reindex(deals.index).equals(deals["stage"])


def test_every_stage_of_a_deal_is_one_of_the_table_of_stages(company):
    assert set(company.stage_history["stage"]) == set(company.stages["stage"]) >= set(company.opportunities["stage"])


def test_amount_is_list_price_less_the_discount(company):
    offered = company.opportunities[company.opportunities["discount"].notna()]
    sold = offered["list_amount"] * (1 - offered["discount"])
    assert (offered["amount"] - sold).abs().max() < 0.011
    assert offered["discount"].between(0, 0.45).all()


def test_quotas_follow_one_another_and_never_overlap(company):
    quotas = company.quotas.sort_values(["rep_id", "starts_on"])
    after = quotas.groupby("rep_id")["ends_on"].shift() + pd.Timedelta(days=1)
    assert (quotas["starts_on"] == after)[after.notna()].all()
    assert (quotas["starts_on"] < quotas["ends_on"]).all() and (quotas["amount"] > 0).all()


def test_everyone_who_is_named_anywhere_is_one_of_the_people(company):
    known = set(company.people["person_id"])
    assert known >= set(company.opportunities["rep_id"]) | set(company.activities["rep_id"])
    assert known >= set(company.quotas["rep_id"]) | set(company.coaching_log["manager_id"])
    assert company.people["name"].is_unique


def test_more_activities_change_no_deal(company):
    plan = dataclasses.replace(sample_plan(), planted=(*sample_plan().planted, Planted(5, 6, "activity", 2.0)))
    other = simulate(plan, SEED).company
    assert len(other.activities) > len(company.activities)
    assert other.opportunities.equals(company.opportunities) and other.stage_history.equals(company.stage_history)


def test_a_manager_who_was_promoted_keeps_what_was_sold_before(company):
    managers = company.people[company.people["promoted_on"].notna()].set_index("person_id")
    assert len(managers) == 2
    own = company.opportunities[company.opportunities["rep_id"].isin(managers.index)]
    assert (own["created_on"] < own["rep_id"].map(managers["promoted_on"])).all()


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"managers": 0}, "manager"),
        ({"months": 0}, "months"),
        ({"reps_per_team": (1, 2)}, "team sizes"),
        ({"stages": ("Demo", "Demo")}, "stage names"),
        ({"planted": (Planted(0, 99, "discounting"),)}, "nobody"),
        ({"planted": (Planted(0, 0, "charm"),)}, "charm"),
        ({"segments": {}}, "segment"),
        ({"interventions": (Intervention(0, 99, "discounting", STARTED, -0.1),)}, "nobody"),
        ({"interventions": (Intervention(0, 0, "luck", STARTED, -0.1),)}, "no driver"),
        ({"interventions": (Intervention(0, 0, "discounting", STARTED, -0.1, until=STARTED),)}, "before it begins"),
        ({"interventions": (Intervention(0, 0, "discounting", STARTED, -0.1, half_life=0.0),)}, "half-life"),
        ({"seen_on": STARTED}, "before it ends"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_with_its_fault(wrong, word):
    with pytest.raises(UnusableInput, match=word):
        simulate(dataclasses.replace(Plan(), **wrong), 1)


@pytest.mark.parametrize(
    "plan",
    [
        Plan(managers=1, reps_per_team=1, months=1),
        Plan(managers=1, reps_per_team=2, months=3, stages=("Demo",)),
        Plan(managers=2, reps_per_team=2, months=2, segments={"All": 1.0}, deals_per_rep_per_month=0.05),
    ],
    ids=["one rep, one month", "one stage", "hardly a deal"],
)
def test_a_tiny_company_is_a_company_too(plan):
    made = simulate(plan, 3).company
    validate(made)
    assert len(made.people)
