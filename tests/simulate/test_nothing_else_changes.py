"""What is drawn belongs to its thing: one rep, team, month or intervention more leaves everything else as it was."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from playbook.simulate.plan import Intervention, Mix, Plan, Planted
from playbook.simulate.simulated_company import simulate

SEED, DAY = 9, date(2026, 3, 2)
TEAM, REP, REP_ID = 1, 2, "R008"
PLAN = Plan(
    managers=3,
    reps_per_team=(5, 4, 4),
    months=15,
    deals_per_rep_per_month=12.0,
    leavers=(0,),
    promoted=(0,),
    planted=(
        Planted(TEAM, REP, "discounting", 0.08),
        Planted(TEAM, REP, "stage:Proposal", -0.2),
        Planted(TEAM, REP, "forecast_accuracy", -0.3),
        Planted(2, 0, "luck"),
    ),
)
RANDOM = replace(
    PLAN,
    planted=(),
    mix=Mix(one_cause=0.3, two_causes=0.1, strength=0.1, hard_territory=0.1, new_hire=0.1, team_wide=0.3),
)
CHANGES = {
    "pipeline_generation": 0.6,
    "stage:Discovery": 0.25,
    "stage:Proposal": 0.2,
    "win_rate": 0.15,
    "deal_size": 0.4,
    "discounting": -0.08,
    "cycle_time": -0.4,
    "slippage": 1.5,
    "activity": 0.8,
    "forecast_accuracy": 0.3,
}
WHO = {
    "opportunities": "rep_id",
    "activities": "rep_id",
    "quotas": "rep_id",
    "people": "person_id",
    "coaching_log": "rep_id",
}


MADE = {}


def company(plan=PLAN):
    """The company of a plan, simulated once."""
    key = repr(plan)
    if key not in MADE:
        MADE[key] = simulate(plan, SEED).company
    return MADE[key]


def coached(driver, **more):
    return company(replace(PLAN, interventions=(Intervention(TEAM, REP, driver, DAY, CHANGES[driver], **more),)))


def rows_of(made, table, people):
    """The rows of these people; history belongs to who owns the deal."""
    frame = made.table(table)
    if table == "stage_history":
        own = made.opportunities.loc[made.opportunities["rep_id"].isin(people), "opportunity_id"]
        return frame[frame["opportunity_id"].isin(own)].reset_index(drop=True)
    return frame[frame[WHO[table]].isin(people)].reset_index(drop=True)


def same(one, other, people, tables=(*WHO, "stage_history")):
    return [t for t in tables if not rows_of(one, t, people).equals(rows_of(other, t, people))] == []


def until(made, day):
    """What had been recorded of the rep before a day: moves, activities, deals that were over, deals opened."""
    day = pd.Timestamp(day)
    deals, moves = rows_of(made, "opportunities", [REP_ID]), rows_of(made, "stage_history", [REP_ID])
    done = rows_of(made, "activities", [REP_ID])
    opened = deals[deals["created_on"] < day]
    fixed = ["opportunity_id", "account", "segment", "source", "kind", "product", "list_amount", "created_on"]
    return [
        moves[moves["entered_on"] < day].reset_index(drop=True),
        done[done["on"] < day].reset_index(drop=True),
        deals[deals["closed_on"] < day].reset_index(drop=True),
        opened[fixed].reset_index(drop=True),
    ]


def alike(one, other):
    return [len(a) > 10 and a.equals(b) for a, b in zip(one, other, strict=True)] == [True] * 4


@pytest.mark.parametrize("driver", CHANGES)
def test_an_intervention_on_a_rep_changes_nobody_else(driver):
    others = set(company().people["person_id"]) - {REP_ID}
    assert same(coached(driver), company(), others)
    assert coached(driver).stages.equals(company().stages)


@pytest.mark.parametrize("driver", CHANGES)
def test_an_intervention_changes_nothing_that_was_recorded_before_its_day_and_something_after(driver):
    assert alike(until(coached(driver), DAY), until(company(), DAY))
    assert not same(coached(driver), company(), [REP_ID])


def test_a_second_intervention_changes_nothing_that_was_recorded_before_its_own_day():
    first = Intervention(TEAM, REP, "stage:Proposal", DAY, 0.2)
    second = Intervention(TEAM, REP, "slippage", date(2026, 6, 1), 1.5)
    both = company(replace(PLAN, interventions=(second, first)))
    assert alike(until(both, second.from_day), until(coached("stage:Proposal"), second.from_day))
    assert not same(both, coached("stage:Proposal"), [REP_ID])


def test_a_deal_of_an_intervention_has_its_history_in_order():
    for driver in CHANGES:
        moves = coached(driver).stage_history
        assert (moves.groupby("opportunity_id").cumcount() + 1 == moves["step"]).all()
        closed = moves["stage"].isin(["Closed Won", "Closed Lost"])
        assert not moves[closed].duplicated("opportunity_id").any()
        assert (closed <= ~moves.duplicated("opportunity_id", keep="last")).all()


def test_an_intervention_shows_from_its_day_on_and_until_it_ends():
    """The discounts of a rep's deals less those without the intervention, by when the last stage was entered."""
    ends = date(2026, 8, 3)
    changed = company(replace(PLAN, interventions=(Intervention(TEAM, REP, "discounting", DAY, 0.2, until=ends),)))
    one, other = (rows_of(c, "opportunities", [REP_ID]).set_index("opportunity_id") for c in (changed, company()))
    last = other.index.map(
        company()
        .stage_history.query("stage == 'Negotiation'")
        .drop_duplicates("opportunity_id")
        .set_index("opportunity_id")["entered_on"]
    )
    more = (one["discount"] - other["discount"]).to_numpy()
    held = (last >= pd.Timestamp(DAY)) & (last < pd.Timestamp(ends))
    offered = ~pd.isna(more) & last.notna()
    assert held.sum() > 5 and (more[held & offered] > 0.15).all()
    assert (more[~held & offered] == 0).all()


def test_an_intervention_with_a_half_life_wears_off():
    changed = company(replace(PLAN, interventions=(Intervention(TEAM, REP, "discounting", DAY, 0.2, half_life=30.0),)))
    one, other = (rows_of(c, "opportunities", [REP_ID]).set_index("opportunity_id") for c in (changed, company()))
    more = (one["discount"] - other["discount"]).dropna()
    days = (other["closed_on"].reindex(more.index) - pd.Timestamp(DAY)).dt.days
    assert more[days.between(10, 40)].mean() > 2 * more[days.between(100, 160)].mean() > 0


@pytest.mark.parametrize("plan", [PLAN, RANDOM], ids=["planted", "at random"])
def test_one_rep_more_at_the_end_changes_nobody_else(plan):
    larger = company(replace(plan, reps_per_team=(5, 4, 5)))
    assert same(larger, company(plan), set(company(plan).people["person_id"]))


def test_deals_that_are_handed_over_stay_where_they_were_unless_a_new_colleague_takes_them():
    owner, other = (
        c.opportunities.set_index("opportunity_id")["rep_id"]
        for c in (company(), company(replace(PLAN, reps_per_team=(6, 4, 4))))
    )
    handed_over = [one for one in owner.index if one.startswith(("F001-", "M001-")) and owner[one].startswith("R")]
    assert len(handed_over) > 20
    moved = [one for one in handed_over if other[one] not in (owner[one], _renumbered(owner[one]))]
    assert 0 < len(moved) < len(handed_over) / 2 and set(other[moved]) == {"R006"}


def _renumbered(rep_id):
    """The id of a rep of a later team where the first team has one rep more."""
    return f"R{int(rep_id[1:]) + 1:03d}" if rep_id > "R005" else rep_id


@pytest.mark.parametrize("plan", [PLAN, RANDOM], ids=["planted", "at random"])
def test_one_team_more_at_the_end_changes_nobody_else(plan):
    larger = company(replace(plan, managers=4, reps_per_team=(5, 4, 4, 6)))
    assert same(larger, company(plan), set(company(plan).people["person_id"]))


@pytest.mark.parametrize("later", ["seen_on", "ends_on"])
def test_one_month_more_at_the_end_changes_nothing_before(later):
    """Of reps: when others leave or are promoted, and on whose deals luck falls, is arranged from the last day."""
    ends = pd.Timestamp(PLAN.ends_on)
    month_later = PLAN.ends_on + timedelta(days=30)
    longer = company(
        replace(PLAN, seen_on=month_later)
        if later == "seen_on"
        else replace(PLAN, ends_on=month_later, months=16, leavers=(), promoted=(), planted=PLAN.planted[:3])
    )
    before = (
        company() if later == "seen_on" else company(replace(PLAN, leavers=(), promoted=(), planted=PLAN.planted[:3]))
    )
    assert longer.opportunities["created_on"].max() > ends
    moves, done = longer.stage_history, longer.activities
    assert moves[moves["entered_on"] <= ends].reset_index(drop=True).equals(before.stage_history)
    assert done[done["on"] <= ends].reset_index(drop=True).equals(before.activities)
    closed = longer.opportunities[longer.opportunities["closed_on"] <= ends].reset_index(drop=True)
    assert closed.equals(before.opportunities[before.opportunities["closed_on"].notna()].reset_index(drop=True))


def test_what_is_planted_in_one_rep_changes_nobody_else():
    other = company(replace(PLAN, planted=(*PLAN.planted, Planted(0, 1, "pipeline_generation", -0.45))))
    assert same(other, company(), set(company().people["person_id"]) - {"R002"})
    assert not same(other, company(), ["R002"])
