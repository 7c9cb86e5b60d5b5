"""How much of a rep's result hangs on one account.

In: `RecordInputs`.  Out: a trait per rep.
A customer who goes under takes thirty deals along: that is one event, counted thirty times (*homonymous cases* in
Suriadi et al. 2017; clustering, Cameron, Gelbach and Miller 2011).
"""

import pandas as pd

from playbook.records.inputs import RecordInputs
from playbook.records.measures import known_of


def largest_account(inputs: RecordInputs) -> pd.DataFrame | None:
    """Share of a rep's deals that belong to the largest account."""
    deals = inputs.deals.dropna(subset=["account"])
    if deals.empty:
        return None
    sizes = deals.groupby(["rep_id", "account"]).size()
    n = inputs.deals.groupby("rep_id").size()
    return known_of(sizes.groupby("rep_id").max() / n, n)
