from datetime import date

import pandas as pd
import pytest

from playbook.diagnosis.diagnose import COLUMNS, diagnose
from playbook.diagnosis.diagnosis_rows import FEWEST_PEERS
from playbook.simulate.plan import Plan, Planted
from playbook.simulate.simulated_company import simulate
from tests.coaching.small_team import company, thin
from tests.diagnosis.conftest import AS_OF

DECOYS = {"none", "hard_territory", "new_hire", "luck", "good_luck"}


@pytest.fixture(scope="module")
def healthy() -> pd.DataFrame:
    plan = Plan(managers=4, reps_per_team=6, months=12)
    return diagnose(simulate(plan, 11).company, plan.ends_on)


@pytest.fixture(scope="module")
def planted() -> tuple[pd.DataFrame, pd.DataFrame]:
    causes = (
        Planted(0, 0, "stage:Discovery", -0.30),
        Planted(0, 2, "discounting", 0.10),
        Planted(1, 1, "pipeline_generation", -0.55),
        Planted(1, 3, "slippage", 1.2),
        Planted(2, 2, "cycle_time", 0.6),
        Planted(3, None, "stage:Proposal", -0.25),
    )
    plan = Plan(managers=5, reps_per_team=7, months=15, planted=causes)
    result = simulate(plan, 5)
    return diagnose(result.company, plan.ends_on), result.truth


def test_the_table_has_the_designs_columns_and_no_names(sample_diagnosis):
    assert list(sample_diagnosis.table.columns) == COLUMNS
    assert "name" not in COLUMNS


def test_rows_stand_by_manager_rep_and_driver_never_by_verdict(sample_diagnosis):
    table = sample_diagnosis.table
    keys = table[["manager_id", "rep_id", "driver"]]
    assert keys.equals(keys.sort_values(["manager_id", "rep_id", "driver"], ignore_index=True))
    assert not keys.duplicated().any()


def test_every_active_rep_has_a_row_for_every_driver_of_the_data(sample_diagnosis):
    rows = sample_diagnosis.table.groupby("rep_id").size()
    assert len(rows) == 40
    assert rows.nunique() == 1


def test_an_estimate_lies_in_the_range_of_these_deals_or_is_drawn_from_it_towards_the_peers(sample_diagnosis):
    """The range is what these deals alone would say; an estimate is drawn towards no difference, and never clamped."""
    known = sample_diagnosis.table.dropna(subset=["effect"])
    inside = (known["low"] <= known["effect"]) & (known["effect"] <= known["high"])
    nearest = known[["low", "high"]].abs().min(axis=1)
    assert (inside | (known["effect"].abs() <= nearest)).all() and inside.mean() > 0.95
    assert known["probability"].between(0, 1).all()


def test_among_healthy_reps_hardly_anybody_is_accused(healthy):
    accused = healthy.loc[healthy["verdict"] == "coach", "rep_id"].nunique()
    assert accused <= 1
    assert healthy["rep_id"].nunique() == 24


def test_what_is_planted_is_named_first(planted):
    table, truth = planted
    causes = truth[~truth["cause"].isin(DECOYS) & ~truth["cause"].str.startswith("team_wide")]
    first = table[(table["verdict"] == "coach") & (table["priority"] == 1)].set_index("rep_id")["driver"]
    assert first.reindex(causes["rep_id"]).tolist() == causes["cause"].tolist()


def test_a_whole_teams_problem_is_nobodys(planted):
    table, truth = planted
    team = truth.loc[truth["cause"].str.startswith("team_wide"), "rep_id"]
    of_team = table[table["rep_id"].isin(team) & (table["driver"] == "stage:Proposal")]
    assert not (of_team["verdict"] == "coach").any()
    assert (of_team["verdict"] == "team_wide").sum() >= 5


def test_new_hires_are_not_judged(sample_diagnosis, truth):
    new = truth.loc[truth["cause"] == "new_hire", "rep_id"]
    verdicts = sample_diagnosis.table.loc[sample_diagnosis.table["rep_id"].isin(new), "verdict"]
    assert len(new) and set(verdicts) == {"too_little_data"}


def test_account_managers_are_not_compared_with_account_executives(sample_diagnosis, sample_company):
    farmers = sample_company.people.loc[sample_company.people["job"] == "Account Manager", "person_id"]
    verdicts = sample_diagnosis.table.loc[sample_diagnosis.table["rep_id"].isin(farmers), "verdict"]
    assert len(farmers) and set(verdicts) <= {"not_comparable", "too_little_data"}


def test_money_is_told_only_where_there_is_something_to_act_on(sample_diagnosis):
    table = sample_diagnosis.table
    priced = table.loc[table["value_at_stake"].notna(), "verdict"]
    assert set(priced) <= {"coach", "watch", "team_wide"}


def test_the_order_of_the_companys_rows_changes_nothing(sample_company):
    small = sample_company.people["manager_id"].isin(["M001", "M003"])
    people = sample_company.people[small | sample_company.people["person_id"].isin(["M001", "M003"])]
    deals = sample_company.opportunities[sample_company.opportunities["rep_id"].isin(people["person_id"])]
    one = sample_company.with_tables(people=people, opportunities=deals)
    other = sample_company.with_tables(people=people.iloc[::-1], opportunities=deals.sample(frac=1, random_state=3))
    first, second = diagnose(one, AS_OF), diagnose(other, AS_OF)
    assert first["verdict"].equals(second["verdict"])
    pd.testing.assert_frame_equal(first, second, check_exact=False, rtol=1e-5, atol=1e-7)


def test_five_reps_are_too_few_for_anybody_to_be_accused():
    table = diagnose(company(), date(2026, 3, 31))
    assert not table["verdict"].isin(["coach", "strength"]).any()


def test_a_company_with_nothing_but_outcomes_is_diagnosed_without_an_error():
    table = diagnose(thin({"r1": "Ana"}), date(2026, 3, 31))
    assert set(table["verdict"]) <= {"too_little_data", "not_comparable"}


def test_without_reps_the_table_is_empty_and_has_its_columns():
    assert list(diagnose(thin(), date(2026, 3, 31)).columns) == COLUMNS


def test_a_rep_alone_with_a_kind_of_customer_is_not_comparable_rather_than_without_data(sample_company):
    alone = sample_company.opportunities["rep_id"] == "R001"
    segment = sample_company.opportunities["segment"].mask(alone, "Public sector")
    company = sample_company.with_tables(
        opportunities=sample_company.opportunities.assign(segment=segment),
        people=sample_company.people.assign(
            segment=sample_company.people["segment"].mask(sample_company.people["person_id"] == "R001", "Public sector")
        ),
    )
    table = diagnose(company, AS_OF)
    own = table[table["rep_id"] == "R001"]
    assert set(own["verdict"]) == {"not_comparable"}
    assert (own["peers"] >= FEWEST_PEERS).all() and own["seen"].notna().all()
