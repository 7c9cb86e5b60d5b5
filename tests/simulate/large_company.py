"""One large company in which each team has one cause, and plain counts of what shows in its tables.

There is one segment and no ordinary difference between reps, so that two teams differ by what is planted and by luck.
The counts are made here from the tables alone, apart from the package's own measures.
"""

from functools import cache

import pandas as pd

from playbook.simulate.plan import Plan, Planted
from playbook.simulate.simulated_company import Simulated, simulate

REPS, MONTHS, SEED = 30, 18, 11
CAUSES = {
    "pipeline_generation": -0.45,
    "stage:Solution": -0.22,
    "stage:Negotiation": 0.14,
    "win_rate": -0.12,
    "deal_size": -0.32,
    "discounting": 0.09,
    "cycle_time": 0.50,
    "slippage": 0.90,
    "activity": -0.45,
    "forecast_accuracy": -0.28,
}
TEAM_OF = {cause: team for team, cause in enumerate(CAUSES, start=1)}  # nothing is planted in team 0
STAGES = ("Discovery", "Solution", "Proposal", "Negotiation")


@cache
def company() -> Simulated:
    """The company, simulated once."""
    planted = [
        Planted(TEAM_OF[cause], rep, ("strength:" if cause == "stage:Negotiation" else "") + cause, size)
        for cause, size in CAUSES.items()
        for rep in range(REPS)
    ]
    plan = Plan(
        managers=len(CAUSES) + 1,
        reps_per_team=REPS,
        months=MONTHS,
        spread=0.0,
        segments={"All": 1.0},
        planted=tuple(planted),
    )
    return simulate(plan, SEED)


@cache
def per_rep() -> pd.DataFrame:
    """One row per rep, one column per cause: the rep's own value; and `team`, counted from 0."""
    made = company().company
    people = made.people[made.people["role"] == "rep"].set_index("person_id")
    deals, moves = _settled_deals(), made.stage_history
    won = deals[deals["outcome"] == "won"]
    columns = {
        "pipeline_generation": made.opportunities.groupby("rep_id").size(),
        "win_rate": (deals["outcome"] == "won").groupby(deals["rep_id"]).mean(),
        "deal_size": won["list_amount"].groupby(won["rep_id"]).median(),
        "discounting": won["discount"].groupby(won["rep_id"]).mean(),
        "cycle_time": (won["closed_on"] - won["created_on"]).dt.days.groupby(won["rep_id"]).median(),
        "slippage": _pushes(deals, moves).groupby(deals["rep_id"]).mean(),
        "activity": _activities_per_week(),
        "forecast_accuracy": _committed_and_won(deals, moves),
    }
    reached = deals["opportunity_id"].map(_furthest(moves)).where(deals["outcome"] == "lost", len(STAGES))
    for position, stage in enumerate(STAGES):
        there = deals[reached >= position]
        columns[f"stage:{stage}"] = (reached[there.index] > position).groupby(there["rep_id"]).mean()
    frame = pd.DataFrame(columns).reindex(people.index)
    return frame.assign(team=people["manager_id"].str.removeprefix("M").astype(int) - 1)


def _settled_deals() -> pd.DataFrame:
    """Deals opened so long ago that all but a few are closed: no fast deals only."""
    deals = company().company.opportunities
    begun = deals["created_on"] < deals["created_on"].max() - pd.Timedelta(days=240)
    return deals[begun & (deals["outcome"] != "open")]


def _furthest(moves: pd.DataFrame) -> pd.Series:
    """The furthest open stage that each deal was ever in."""
    position = moves["stage"].map({stage: i for i, stage in enumerate(STAGES)})
    return position.groupby(moves["opportunity_id"]).max()


def _pushes(deals: pd.DataFrame, moves: pd.DataFrame) -> pd.Series:
    """How often the expected close date of each deal was moved while it was open."""
    still_open = moves[moves["stage"].isin(STAGES)]
    dates = still_open.groupby("opportunity_id")["expected_close_on"].nunique()
    return (dates.reindex(deals["opportunity_id"]) - 1).set_axis(deals.index)


def _activities_per_week() -> pd.Series:
    """Activities on deals for each week in which one of the rep's deals was open."""
    made = company().company
    done = made.activities[made.activities["opportunity_id"].notna()].groupby("rep_id").size()
    ended = made.opportunities["closed_on"].fillna(pd.Timestamp("2026-09-18"))
    weeks = ((ended - made.opportunities["created_on"]).dt.days + 1) / 7
    return done / weeks.groupby(made.opportunities["rep_id"]).sum()


def _committed_and_won(deals: pd.DataFrame, moves: pd.DataFrame) -> pd.Series:
    """Of each rep's deals that were ever committed while open, the share that was won."""
    committed = moves.loc[moves["forecast_category"] == "commit", "opportunity_id"].unique()
    these = deals[deals["opportunity_id"].isin(committed)]
    return (these["outcome"] == "won").groupby(these["rep_id"]).mean()
