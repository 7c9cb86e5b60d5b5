"""Whether expected close dates and forecast categories are brought up to date, or stand as they were first typed.

In: `RecordInputs`.  Out: a trait per rep.
Who never moves a date slips never, and who never says "commit" is never wrong: where a field is not kept, what is read
from it is the field's, not the rep's (*unanchored event*, *collateral events* in Suriadi et al. 2017).
"""

import pandas as pd

from playbook.members import is_among
from playbook.records.inputs import RecordInputs
from playbook.records.measures import share_of

_OVERDUE = 14  # days
_CALLED = ("commit", "best_case")


def dates_left_behind(inputs: RecordInputs) -> pd.DataFrame | None:
    """Share of the deals, won or open, that were won two weeks or more after the date last expected, or stand so."""
    rows = inputs.history[inputs.history["expected_close_on"].notna()]
    if rows.empty:
        return None
    stages = inputs.company.stages.drop_duplicates("stage").set_index("stage")["outcome"]
    rows = rows[rows["stage"].map(stages).fillna("open") == "open"]
    last = rows.drop_duplicates("opportunity_id", keep="last").set_index("opportunity_id")["expected_close_on"]
    deals = inputs.deals[inputs.deals["outcome"] != "lost"]
    ended = deals["closed_on"].where(deals["outcome"] == "won", inputs.day)
    late = (ended - last.reindex(deals.index)).dt.days
    known = late.notna()
    return share_of(late[known] > _OVERDUE, deals.loc[known, "rep_id"]) if known.any() else None


def categories_used(inputs: RecordInputs) -> pd.DataFrame | None:
    """Share of the won deals that were ever called anything beyond the category in which they began."""
    rows = inputs.history[inputs.history["forecast_category"].notna()]
    won = inputs.deals[inputs.deals["outcome"] == "won"]
    if rows.empty or won.empty:
        return None
    called = rows[rows["forecast_category"].isin(_CALLED)]["opportunity_id"]
    return share_of(pd.Series(is_among(won.index, called), index=won.index), won["rep_id"])
