"""On which days a rep brings the CRM up to date: a negative control.

In: `RecordInputs`.  Out: a trait per rep.
Customers buy on all days of the week. Whoever moves nearly everything on a Friday writes down what happened before
(*form-based event capture* in Suriadi et al. 2017); the days between are then those of the desk.
"""

import pandas as pd

from playbook.records.inputs import RecordInputs
from playbook.records.measures import share_of


def edits_on_one_weekday(inputs: RecordInputs) -> pd.DataFrame | None:
    """Share of the changes in the history, closings included, that fall on the rep's most frequent weekday."""
    rows = inputs.history[inputs.history["step"] > 1]
    if rows.empty:
        return None
    owner = inputs.deals["rep_id"].reindex(rows["opportunity_id"]).to_numpy()
    weekday = rows["entered_on"].dt.day_of_week
    counts = weekday.groupby([owner, weekday]).size()
    most = counts.groupby(level=0).idxmax().map(lambda pair: pair[1])
    owners = pd.Series(owner, index=rows.index)
    return share_of(weekday == owners.map(most), owners)
