"""Of whom deals can be asked: reps without any deal, and people whose title is not a seller's.

In: a team.  Out: ids. Nobody is sent to sit beside a person without deals, and nobody of another job is asked about
deals.
"""

import pandas as pd

from playbook.remembering import remembered
from playbook.team import Team


@remembered
def without_deals(team: Team) -> frozenset[str]:
    """The reps of whom the export holds no deal; nobody where it holds none of anybody."""
    owners = set(team.company.opportunities["rep_id"])
    reps = set(team.reps["person_id"])
    return frozenset(reps - owners) if reps & owners else frozenset()


@remembered
def of_another_job(team: Team) -> frozenset[str]:
    """The reps whose title is not a seller's, as the diagnosis read it."""
    diagnosis = team.finding("diagnosis")
    if diagnosis.empty or "sells" not in diagnosis:
        return frozenset()
    sells = diagnosis.groupby("rep_id")["sells"].any()
    return frozenset(str(rep) for rep in sells.index[~sells])


def to_watch(team: Team) -> pd.DataFrame:
    """The reps with whom there is something to watch: who sell, and own a deal; in the order of the team."""
    return team.reps[~team.reps["person_id"].isin(of_another_job(team) | without_deals(team))]
