"""Deals that one person works and another owns: handed over, shared, or won for somebody else.

In: `RecordInputs`.  Out: a trait per rep.
The current owner is one name; whoever opened, demonstrated or closed is told by the activities (*scattered case* in
Suriadi et al. 2017). Somebody who owns deals and no win among them hands them on: that is a role, not a weak stage.
"""

import pandas as pd

from playbook.records.inputs import RecordInputs
from playbook.records.measures import log_of_count, share_of


def worked_by_others(inputs: RecordInputs) -> pd.DataFrame | None:
    """Share of the activities on a rep's own deals that somebody else did."""
    done = inputs.activities_on_deals
    return share_of(done["rep_id"] != done["owner"], done["owner"]) if len(done) else None


def works_for_others(inputs: RecordInputs) -> pd.DataFrame | None:
    """Share of a rep's activities on deals that somebody else owns now."""
    done = inputs.activities_on_deals
    done = done[done["rep_id"].isin(inputs.people.index)]
    return share_of(done["rep_id"] != done["owner"], done["rep_id"]) if len(done) else None


def owns_wins(inputs: RecordInputs) -> pd.DataFrame | None:
    """Logarithm of the share of closed deals that were won; a quarter of the usual is a role in which others close."""
    closed = inputs.deals[inputs.deals["outcome"] != "open"]
    if closed.empty:
        return None
    won = (closed["outcome"] == "won").groupby(closed["rep_id"]).agg(["sum", "size"])
    return log_of_count(won["sum"], won["size"].astype("float64")).assign(n=won["size"])
