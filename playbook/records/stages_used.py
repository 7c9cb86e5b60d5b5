"""Which stages a rep's deals go through on record: stages left out, and several passed on one day.

In: `RecordInputs`.  Out: a trait per rep.
Whoever brings the CRM up to date in the evening passes three stages on one day, and whoever finds a stage useless does
not enter it; neither says how a deal was sold. Negative controls; *form-based event capture* in Suriadi et al. (2017).
"""

import numpy as np
import pandas as pd

from playbook.records.inputs import RecordInputs
from playbook.records.measures import share_of


def stages_left_out(inputs: RecordInputs) -> pd.DataFrame | None:
    """Share of the stages between a deal's first and its farthest (or its win) that it never entered on record."""
    ways = _ways(inputs)
    return share_of(ways["left_out"], ways["rep_id"]) if len(ways) else None


def stages_on_one_day(inputs: RecordInputs) -> pd.DataFrame | None:
    """Share of the steps forward from one stage to the next that came on the day of the step before."""
    ways = _ways(inputs)
    entered = ways[~ways["left_out"]]
    return share_of(entered["same_day"], entered["rep_id"]) if len(entered) else None


def left_out_after(inputs: RecordInputs) -> pd.DataFrame:
    """Of the deals that went beyond the stage after next: how often each rep's record leaves the next stage out.

    Returns
    -------
    DataFrame: rep_id, stage (the one before), value, n, error; a low share out of `stage` may come from losses that
    belong to the stage that is left out, or from one that only winners enter.
    """
    ways = _ways(inputs)
    if ways.empty:
        return pd.DataFrame(columns=["rep_id", "stage", "value", "n", "error"])
    before = ways["before"]
    odd = ways["left_out"] | ways["same_day"]
    tables = [
        share_of(odd[before == stage], ways.loc[before == stage, "rep_id"]).reset_index().assign(stage=stage)
        for stage in sorted(before.dropna().unique())
    ]
    return pd.concat(tables, ignore_index=True)[["rep_id", "stage", "value", "n", "error"]]


def _ways(inputs: RecordInputs) -> pd.DataFrame:
    """One row per deal and stage strictly between its first and the farthest place it reached.

    Columns: rep_id, before (name of the stage before it), left_out, same_day (entered and left on one day).
    """
    columns = ["rep_id", "before", "left_out", "same_day"]
    stages = inputs.company.stages
    open_stages = stages[(stages["outcome"] == "open") & stages["position"].notna()]
    steps = inputs.moves[inputs.moves["stage_outcome"] == "open"]
    if steps.empty or open_stages.empty:
        return pd.DataFrame(columns=columns)
    steps = steps.drop_duplicates(["opportunity_id", "position"])
    places = np.sort(open_stages["position"].astype("int64").unique())
    name = open_stages.drop_duplicates("position").set_index("position")["stage"]
    index = {place: i for i, place in enumerate(places)}
    at = steps["position"].map(index)
    steps, at = steps[at.notna()], at.dropna().astype("int64").to_numpy()
    deal, deals = pd.factorize(steps["opportunity_id"])
    entered = np.full((len(deals), len(places) + 1), np.nan)
    days = (steps["entered_on"] - pd.Timestamp("2000-01-01")).dt.days.to_numpy(dtype="float64")
    entered[deal, at] = days
    known = inputs.deals.reindex(deals)
    won = (known["outcome"] == "won").to_numpy()
    closed = (known["closed_on"] - pd.Timestamp("2000-01-01")).dt.days.to_numpy(dtype="float64")
    entered[:, -1] = np.where(won, closed, np.nan)
    seen = ~np.isnan(entered)
    first = seen.argmax(axis=1)
    last = entered.shape[1] - 1 - seen[:, ::-1].argmax(axis=1)
    place = np.arange(len(places))[None, :]
    between = (place > first[:, None]) & (place < last[:, None])
    # The day of the next entry to the right of each place.
    following = np.full(len(deals), np.nan)
    next_on = np.empty((len(deals), len(places)))
    for i in range(len(places) - 1, -1, -1):
        following = np.where(seen[:, i + 1], entered[:, i + 1], following)
        next_on[:, i] = following
    own, where = np.nonzero(between)
    there = seen[own, where]
    return pd.DataFrame(
        {
            "rep_id": known["rep_id"].to_numpy()[own],
            "before": name.reindex(places[where - 1]).to_numpy(),
            "left_out": ~there,
            "same_day": there & (next_on[own, where] <= entered[own, where]),
        }
    )
