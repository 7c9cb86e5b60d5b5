"""What became of each deal in each stage it entered: passed on, lost there, or still open.

In: stage history.  Out: moves, exits per deal and stage, and those long enough ago to know what became of them.
A history row is a move only if its stage differs from the row before. The first entry into a stage decides: a deal that
later reached a higher stage or was won has passed, whatever detours it took; a move back is counted, never a loss. A
deal that skipped a stage was never in it. A deal still in a stage is neither passed nor lost (censored).
"""

from datetime import date

import numpy as np
import pandas as pd

from playbook.company import Company
from playbook.metrics.history import in_order
from playbook.remembering import remembered

_FOLLOWED_UP = 0.95  # share of passes that have happened by the end of the follow-up


@remembered
def moves(company: Company) -> pd.DataFrame:
    """The stage history as moves, in order.

    Returns
    -------
    DataFrame: opportunity_id, rep_id, pipeline, stage, position, entered_on, back (whether the move went to an earlier
    stage). Rows of stages without a known position are left out, as no one knows what is forward from there.
    """
    history = in_order(company.stage_history)
    before = history.groupby("opportunity_id")["stage"].shift()
    deals = company.opportunities[["opportunity_id", "rep_id", "pipeline", "outcome"]]
    steps = history[history["stage"] != before][["opportunity_id", "stage", "entered_on"]].merge(
        deals, on="opportunity_id", how="inner"
    )
    steps = _with_positions(steps, company.stages)
    steps = steps[steps["position"].notna()]
    steps = steps.assign(position=steps["position"].astype("int64"))
    back = steps["position"] < steps.groupby("opportunity_id")["position"].shift()
    columns = ["opportunity_id", "rep_id", "pipeline", "stage", "position", "entered_on", "stage_outcome"]
    return steps[columns].assign(back=back.astype(bool)).reset_index(drop=True)


@remembered
def stage_exits(company: Company) -> pd.DataFrame:
    """One row per deal and open stage that it entered.

    Returns
    -------
    DataFrame: opportunity_id, rep_id, pipeline, stage, position, entered_on (first entry), left_on (first move to a
    higher stage, or the day it was lost; NaT while open), result (`passed`, `lost`, `open`).
    """
    steps = moves(company)
    if steps.empty:
        return steps.drop(columns=["back", "stage_outcome"]).assign(left_on=pd.NaT, result=pd.Series(dtype="str"))
    steps = steps.assign(order=np.arange(len(steps)))
    open_steps = steps[steps["stage_outcome"] == "open"]
    first = open_steps.drop_duplicates(["opportunity_id", "stage"]).reset_index(drop=True)
    ends = company.opportunities.set_index("opportunity_id")[["outcome", "closed_on"]]
    first = first.join(ends, on="opportunity_id")
    passed_on = _first_higher_entry(first, open_steps)
    won = first["outcome"] == "won"
    passed_on = passed_on.where(passed_on.notna(), first["closed_on"].where(won))
    passed = passed_on.notna() | won
    lost = ~passed & (first["outcome"] == "lost")
    result = pd.Series(np.select([passed, lost], ["passed", "lost"], "open"), index=first.index, dtype="str")
    left_on = passed_on.where(passed, first["closed_on"].where(lost))
    columns = ["opportunity_id", "rep_id", "pipeline", "stage", "position", "entered_on"]
    return first[columns].assign(left_on=left_on, result=result)


def followed_up(exits: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The entries that are old enough to know whether they pass: each has passed, or has not.

    Old enough is an entry after the time within which 95 of 100 passes of that stage happen (a cohort with a fixed
    follow-up). One that is still in the stage by then counts as not passed, for everybody: whether somebody closes lost
    deals at once, in bulk, or never moves no share, as the day of a loss is not looked at.

    Returns
    -------
    The rows of `exits` (`stage_exits`) that are old enough, with result `passed` or `lost`; left_on of one that is
    still there is the day on which the follow-up ended.
    """
    if exits.empty:
        return exits
    passed = exits["result"] == "passed"
    days = (exits["left_on"] - exits["entered_on"]).dt.days
    any_exit = days.groupby(exits["stage"]).transform(lambda d: d.quantile(_FOLLOWED_UP))  # where nothing ever passed
    enough = days.where(passed).groupby(exits["stage"]).transform(lambda d: d.quantile(_FOLLOWED_UP)).fillna(any_exit)
    age = (pd.Timestamp(as_of) - exits["entered_on"]).dt.days
    known = exits.assign(
        left_on=exits["left_on"].fillna(exits["entered_on"] + pd.to_timedelta(enough.round(), unit="D")),
        result=exits["result"].replace("open", "lost"),
    )
    return known[age >= enough].reset_index(drop=True)


def _with_positions(steps: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """`steps` with the stage's position and outcome, of its own pipeline, or of any where the deal names none."""
    known = stages[["pipeline", "stage", "position", "outcome"]].rename(columns={"outcome": "stage_outcome"})
    by_pipeline = steps.drop(columns="outcome").merge(known, on=["pipeline", "stage"], how="left")
    anywhere = known.drop_duplicates("stage").set_index("stage")
    position = by_pipeline["position"].fillna(by_pipeline["stage"].map(anywhere["position"]))
    outcome = by_pipeline["stage_outcome"].fillna(by_pipeline["stage"].map(anywhere["stage_outcome"]))
    return by_pipeline.assign(position=position, stage_outcome=outcome.fillna("open"))


def _first_higher_entry(first: pd.DataFrame, open_steps: pd.DataFrame) -> pd.Series:
    """The day on which each deal of `first` first stood in a higher stage than its row's, after it; NaT if never."""
    pairs = first[["opportunity_id", "position", "order"]].reset_index(names="row")
    later = pairs.merge(open_steps[["opportunity_id", "position", "order", "entered_on"]], on="opportunity_id")
    later = later[(later["position_y"] > later["position_x"]) & (later["order_y"] > later["order_x"])]
    return later.groupby("row")["entered_on"].min().reindex(first.index)
