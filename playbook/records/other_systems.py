"""Whether somebody's deals lie elsewhere: few in this export beside a full calendar or quota.

In: `RecordInputs`.  Out: a trait per rep.
An export is a part of the work. Somebody with a full week of calls and hardly a deal sells from another list.
"""

import numpy as np
import pandas as pd

from playbook.metrics.absences import MOST_WEEKS
from playbook.metrics.quota_by_rep import MONEY, unit_of
from playbook.records.inputs import RecordInputs
from playbook.records.measures import log_of_count


def deals_per_activity(inputs: RecordInputs) -> pd.DataFrame | None:
    """Logarithm of the deals opened for each activity that the rep noted, on deals or not."""
    since = inputs.day - pd.Timedelta(weeks=MOST_WEEKS)
    done = inputs.activities
    done = done[(done["on"] > since) & done["rep_id"].isin(inputs.people.index)]["rep_id"].value_counts()
    if done.empty:
        return None
    opened = inputs.deals[inputs.deals["created_on"] > since].groupby("rep_id").size().reindex(done.index).fillna(0)
    return log_of_count(opened, done.astype("float64"))


def deals_per_quota(inputs: RecordInputs) -> pd.DataFrame | None:
    """Logarithm of the money in deals opened in the last year, for each unit of the quota of that time."""
    since = inputs.day - pd.Timedelta(days=365)
    quotas = inputs.company.quotas
    quotas = quotas[(unit_of(quotas["unit"]) == MONEY) & quotas["rep_id"].isin(inputs.people.index)]
    quotas = quotas[(quotas["ends_on"] > since) & (quotas["starts_on"] <= inputs.day)]
    quota = quotas.groupby("rep_id")["amount"].sum()
    quota = quota[quota > 0]
    opened = inputs.deals[(inputs.deals["created_on"] > since) & (inputs.deals["amount"] > 0)]
    if quota.empty or opened.empty:
        return None
    money = opened.groupby("rep_id")["amount"].sum().reindex(quota.index)
    n = opened.groupby("rep_id").size().reindex(quota.index)
    table = pd.DataFrame({"value": np.log(money / quota), "n": n, "error": 1.2 / np.sqrt(n)}).rename_axis("rep_id")
    return table[table["value"].notna()]
