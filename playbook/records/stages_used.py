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


def _ways(inputs: RecordInputs) -> pd.DataFrame:
    """One row per deal and stage strictly between its first and the farthest place it reached.

    Columns: rep_id, left_out, same_day (entered and left on one day).
    """
    stages = inputs.company.stages
    open_stages = stages[(stages["outcome"] == "open") & stages["position"].notna()]
    steps = inputs.moves[inputs.moves["stage_outcome"] == "open"]
    if steps.empty or open_stages.empty:
        return pd.DataFrame(columns=["rep_id", "left_out", "same_day"])
    steps = steps.drop_duplicates(["opportunity_id", "position"])
    places = np.sort(open_stages["position"].astype("int64").unique())
    index = {place: i for i, place in enumerate(places)}
    at = steps["position"].map(index)
    steps, at = steps[at.notna()], at.dropna().astype("int64").to_numpy()
    deal, deals = pd.factorize(steps["opportunity_id"])
    entered = np.full((len(deals), len(places) + 1), np.nan)
    entered[deal, at] = _days(steps["entered_on"])
    known = inputs.deals.reindex(deals)
    won = (known["outcome"] == "won").to_numpy()
    entered[:, -1] = np.where(won, _days(known["closed_on"]), np.nan)
    seen = ~np.isnan(entered)
    first = seen.argmax(axis=1)
    last = entered.shape[1] - 1 - seen[:, ::-1].argmax(axis=1)
    place = np.arange(len(places))[None, :]
    between = (place > first[:, None]) & (place < last[:, None])
    own, where = np.nonzero(between)
    there = seen[own, where]
    return pd.DataFrame(
        {
            "rep_id": known["rep_id"].to_numpy()[own],
            "left_out": ~there,
            "same_day": there & (_next_entry(entered)[own, where] <= entered[own, where]),
        }
    )


def _days(on: pd.Series) -> np.ndarray:
    """Days as numbers that can be compared, NaN where there is none."""
    return (on - pd.Timestamp("2000-01-01")).dt.days.to_numpy(dtype="float64")


def _next_entry(entered: np.ndarray) -> np.ndarray:
    """Of each place but the last, the day of the next entry to its right; `entered`: deals by places, NaN for none."""
    next_on = np.empty((len(entered), entered.shape[1] - 1))
    following = np.full(len(entered), np.nan)
    for place in range(entered.shape[1] - 2, -1, -1):
        right = entered[:, place + 1]
        following = np.where(np.isnan(right), following, right)
        next_on[:, place] = following
    return next_on
