"""How lost deals leave the record: how long after their last sign of life, together on few days, or not at all.

In: `RecordInputs`.  Out: a trait per rep.
A loss has no author and no date but the one that is typed in. Suriadi et al. (2017) call entries made together at some
later time *form-based event capture*, and days that are not those of the deed *inadvertent time travel*.
"""

import pandas as pd

from playbook.records.inputs import RecordInputs
from playbook.records.measures import mean_of, share_of

TOGETHER = 3  # lost deals of one rep on one day
_STALE = 90  # days without a sign of life


def closing_lag(inputs: RecordInputs) -> pd.DataFrame | None:
    """Days from the last sign of life to the loss, on average; no deal counts for more than half a year."""
    lost = inputs.deals[inputs.deals["outcome"] == "lost"]
    if lost.empty or (inputs.history.empty and inputs.activities["opportunity_id"].isna().all()):
        return None
    days = (lost["closed_on"] - inputs.last_sign_of_life.reindex(lost.index)).dt.days
    return mean_of(days.clip(lower=0, upper=182), lost["rep_id"])


def closed_in_bulk(inputs: RecordInputs) -> pd.DataFrame | None:
    """Share of the lost deals that were closed on a day on which the rep closed three or more as lost."""
    lost = inputs.deals[(inputs.deals["outcome"] == "lost") & inputs.deals["closed_on"].notna()]
    if lost.empty:
        return None
    together = lost.groupby(["rep_id", "closed_on"])["closed_on"].transform("size")
    return share_of(together >= TOGETHER, lost["rep_id"])


def left_open(inputs: RecordInputs) -> pd.DataFrame | None:
    """Share of the deals not won that stand open after a quarter without any sign of life."""
    rest = inputs.deals[inputs.deals["outcome"] != "won"]
    quiet = (inputs.day - inputs.last_sign_of_life.reindex(rest.index)).dt.days
    old = rest[quiet > _STALE]
    return share_of(old["outcome"] == "open", old["rep_id"]) if len(old) else None


def lost_copies(inputs: RecordInputs) -> pd.DataFrame | None:
    """Share of the lost deals that have a twin of the same account and name with the same owner: copies put away."""
    deals = inputs.deals
    named = deals["account"].notna() & deals["name"].notna() & deals["created_on"].notna()
    lost = deals[named & (deals["outcome"] == "lost")]
    if lost.empty:
        return None
    twins = deals[named].groupby(["rep_id", "account", "name", "amount"], dropna=False)["outcome"].transform("size") > 1
    return share_of(twins.reindex(lost.index), lost["rep_id"])
