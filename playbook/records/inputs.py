"""What all traits of the record are read from, made ready once: deals of active reps, their moves, signs of life.

In: a company as known at a day.  Out: `RecordInputs`.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from playbook import roster
from playbook.company import Company
from playbook.members import is_among
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

    @cached_property
    def first_activity(self) -> pd.Series:
        """The day of the first activity on each deal that has one."""
        return self.activities.groupby("opportunity_id")["on"].min()

    @cached_property
    def activities_on_deals(self) -> pd.DataFrame:
        """The activities on deals of the company, with the deal's owner."""
        done = self.activities[self.activities["opportunity_id"].notna() & self.activities["rep_id"].notna()]
        deals = self.company.opportunities
        place = pd.Index(deals["opportunity_id"]).get_indexer(pd.Index(done["opportunity_id"]))
        known = done[place >= 0]
        return known.assign(owner=deals["rep_id"].to_numpy()[place[place >= 0]]).dropna(subset=["owner"])

    @cached_property
    def last_sign_of_life(self) -> pd.Series:
        """The latest creation, change of stage, other change of history, or activity of each deal while it was open.

        Entries of the closing itself (stages that are an outcome) are no sign of life.
        """
        open_stage = self.company.stages.drop_duplicates("stage").set_index("stage")["outcome"].eq("open")
        rows = self.history
        rows = rows[rows["stage"].map(open_stage).fillna(True).astype(bool)]
        last_entry = rows.groupby("opportunity_id")["entered_on"].max()
        last_activity = self.activities.groupby("opportunity_id")["on"].max()
        signs = [last_entry.reindex(self.deals.index), last_activity.reindex(self.deals.index)]
        return pd.concat([self.deals["created_on"], *signs], axis=1).max(axis=1)


def record_inputs(company: Company, as_of: date) -> RecordInputs:
    """What every trait of `company` is measured on."""
    people = roster.active_reps(company).set_index("person_id")
    deals = roster.deals_to_compare(company)
    deals = deals[is_among(deals["rep_id"], people.index)]
    new = deals["created_on"].fillna(deals["closed_on"]) < deals["rep_id"].map(ramped_on(company))
    deals = deals[~new.fillna(False)].set_index("opportunity_id")
    steps, history, done = moves(company), company.stage_history, company.activities
    steps = steps[is_among(steps["opportunity_id"], deals.index)]
    history = history[is_among(history["opportunity_id"], deals.index)]
    done = done[is_among(done["rep_id"], people.index) | is_among(done["opportunity_id"], deals.index)]
    return RecordInputs(company, pd.Timestamp(as_of), people, deals, steps, history, done)
