"""Decoys look like a rep's fault in a plain dashboard, and are none: they change no skill."""

import numpy as np
import pytest

from playbook.simulate.plan import Plan, Planted
from playbook.simulate.simulated_company import simulate

REPS = 25
DECOYS = ("hard_territory", "new_hire", "luck", "good_luck")


@pytest.fixture(scope="module")
def simulated():
    """A team of ordinary reps, then one for each decoy; no ordinary differences between reps."""
    planted = tuple(Planted(team, rep, decoy) for team, decoy in enumerate(DECOYS, 1) for rep in range(REPS))
    return simulate(Plan(managers=len(DECOYS) + 1, reps_per_team=REPS, months=18, spread=0.0, planted=planted), 5)


@pytest.fixture(scope="module")
def deals(simulated):
    """Closed deals with the share of ordinary sellers who would have won them, and their seller's team."""
    sold = simulated.company.opportunities
    usual = simulated.deals.set_index("opportunity_id").filter(like="pass:").prod(axis=1)
    people = simulated.company.people.query("role == 'rep'").set_index("person_id")
    team = people["manager_id"].str.removeprefix("M").astype(int) - 1
    sold = sold.assign(usual=sold["opportunity_id"].map(usual), team=sold["rep_id"].map(team))
    return sold[sold["created_on"] < sold["created_on"].max() - np.timedelta64(240, "D")]


@pytest.mark.parametrize("decoy", DECOYS)
def test_a_decoy_changes_no_skill(simulated, decoy):
    reps = simulated.truth.loc[simulated.truth["cause"] == decoy, "rep_id"]
    ordinary = simulated.truth.loc[simulated.truth["cause"] == "none", "rep_id"]
    model = simulated.model.set_index(["rep_id", "driver"])["value"].unstack()
    assert len(reps) == len(ordinary) == REPS
    assert model.loc[reps].drop_duplicates().to_numpy() == pytest.approx(
        model.loc[ordinary].drop_duplicates().to_numpy()
    )


def test_a_hard_territory_wins_less_and_just_what_anybody_would_win_there(deals):
    ordinary, hard = deals[deals["team"] == 0], deals[deals["team"] == 1]
    assert (hard["outcome"] == "won").mean() < (ordinary["outcome"] == "won").mean() - 0.08
    luck = (hard["usual"] * (1 - hard["usual"])).sum() ** 0.5
    assert abs((hard["outcome"] == "won").sum() - hard["usual"].sum()) < 3 * luck


def test_an_ordinary_team_wins_what_is_expected_of_it(deals):
    ordinary = deals[deals["team"] == 0]
    luck = (ordinary["usual"] * (1 - ordinary["usual"])).sum() ** 0.5
    assert abs((ordinary["outcome"] == "won").sum() - ordinary["usual"].sum()) < 3 * luck


def test_a_new_hire_began_lately_and_has_opened_fewer_deals(simulated):
    company = simulated.company
    people = company.people.set_index("person_id")
    new = simulated.truth.loc[simulated.truth["cause"] == "new_hire", "rep_id"]
    assert (company.opportunities["created_on"].max() - people.loc[new, "hired_on"]).dt.days.between(30, 150).all()
    opened = company.opportunities["rep_id"].value_counts()
    assert opened.reindex(new, fill_value=0).max() < opened[people["manager_id"] == "M001"].min()


@pytest.mark.parametrize(("decoy", "sign"), [("luck", -1), ("good_luck", 1)])
def test_luck_falls_on_the_last_months_alone(simulated, deals, decoy, sign):
    sizes = simulated.truth.loc[simulated.truth["cause"] == decoy, "size"]
    assert (sign * sizes > 0).mean() > 0.9
    before = deals[deals["team"] == DECOYS.index(decoy) + 1]
    noise = (before["usual"] * (1 - before["usual"])).sum() ** 0.5
    assert abs((before["outcome"] == "won").sum() - before["usual"].sum()) < 3 * noise
