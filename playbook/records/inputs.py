"""What all traits of the record are read from, made ready once: deals of active reps, their moves, signs of life.

In: a company as known at a day.  Out: `RecordInputs`.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from playbook import roster
from playbook.company import Company
from playbook.metrics.stage_conversion import moves
from playbook.metrics.tenure import ramped_on


@dataclass(frozen=True)
class RecordInputs:
    """`people`: active reps, indexed by person_id. `deals`: theirs after the ramp, indexed by opportunity_id.

    `moves` (`stage_conversion.moves`) and `history` hold these deals' rows, `activities` everything that was noted on
    them or by these reps.
    """

    company: Company
    day: pd.Timestamp
    people: pd.DataFrame
    deals: pd.DataFrame
    moves: pd.DataFrame
    history: pd.DataFrame
    activities: pd.DataFrame


def record_inputs(company: Company, as_of: date, steps: pd.DataFrame | None = None) -> RecordInputs:
    """`steps` : the company's `stage_conversion.moves`, if they are at hand."""
    people = roster.active_reps(company).set_index("person_id")
    deals = roster.deals_to_compare(company)
    deals = deals[deals["rep_id"].isin(people.index)]
    new = deals["created_on"].fillna(deals["closed_on"]) < deals["rep_id"].map(ramped_on(company))
    deals = deals[~new.fillna(False)].set_index("opportunity_id")
    steps = moves(company) if steps is None else steps
    steps = steps[steps["opportunity_id"].isin(deals.index)]
    history = company.stage_history
    history = history[history["opportunity_id"].isin(deals.index)]
    done = company.activities
    done = done[done["rep_id"].isin(people.index) | done["opportunity_id"].isin(deals.index)]
    return RecordInputs(company, pd.Timestamp(as_of), people, deals, steps, history, done)


def last_sign_of_life(inputs: RecordInputs) -> pd.Series:
    """The latest creation, change of stage, other change of the history, or activity of each deal while it was open.

    Entries of the closing itself (stages that are an outcome) are no sign of life.
    """
    open_stage = inputs.company.stages.drop_duplicates("stage").set_index("stage")["outcome"].eq("open")
    rows = inputs.history
    rows = rows[rows["stage"].map(open_stage).fillna(True).astype(bool)]
    signs = pd.concat(
        [
            inputs.deals["created_on"],
            rows.groupby("opportunity_id")["entered_on"].max().reindex(inputs.deals.index),
            inputs.activities.groupby("opportunity_id")["on"].max().reindex(inputs.deals.index),
        ],
        axis=1,
    )
    return signs.max(axis=1)
