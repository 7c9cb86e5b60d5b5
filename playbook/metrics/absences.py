"""Weeks in which a rep left no trace at all, long enough that they were away: leave, illness, not begun yet.

In: a company as known at a day.  Out: which of each rep's weeks, counted back from that day, belong to such a gap.
Somebody who sells opens, moves, closes or notes something nearly every week. Four weeks without any of it are a
matter of who was there, not of how they sell; a gap counts only if it would hardly come by chance at the rep's own
usual pace, so that thin data makes nobody absent. A deal's moves are the trace of whoever worked on it then, not of who
owns it today: what a colleague did on it meanwhile, or before it was handed over, makes nobody present.
"""

from datetime import date

import numpy as np
import pandas as pd

from playbook.company import Company
from playbook.remembering import remembered

MOST_WEEKS = 78  # a year and a half is looked at
SHORTEST_GAP = 4  # weeks
_BY_CHANCE = 0.001  # a gap likelier than this at the rep's own pace is no absence


def weeks_away(company: Company, as_of: date, reps: pd.Index, weeks: int) -> np.ndarray:
    """Flags of shape (reps, weeks); column 0 is the week that ends at `as_of`. At most MOST_WEEKS are looked at.

    A rep without any trace is away in no week: there is nothing to tell an absence by.
    """
    everybody = pd.Index(company.people["person_id"])
    place = everybody.get_indexer(reps)
    traces = _traces(company, as_of)[place, :weeks] & (place >= 0)[:, None]
    away = np.zeros_like(traces)
    for row, seen in enumerate(traces):
        edges = np.flatnonzero(np.diff(np.concatenate([[1], seen.astype("int8"), [1]])))
        begins, ends = edges[::2], edges[1::2]  # the runs of weeks without a trace
        long = ends - begins >= SHORTEST_GAP
        if not seen.any() or not long.any():
            continue
        for begin, end in zip(begins[long], ends[long], strict=True):
            pace = seen.sum() / (weeks - (end - begin))  # of the other weeks
            away[row, begin:end] = (1 - pace) ** (end - begin) < _BY_CHANCE
    return away


@remembered
def _traces(company: Company, as_of: date) -> np.ndarray:
    """In which of the last MOST_WEEKS each person opened or closed a deal, moved one, or noted an activity."""
    people, weeks = pd.Index(company.people["person_id"]), MOST_WEEKS
    deals, history, done = company.opportunities, company.stage_history, company.activities
    on_deals = [
        deals[["opportunity_id", "created_on"]].set_axis(["opportunity_id", "on"], axis=1),
        deals[["opportunity_id", "closed_on"]].set_axis(["opportunity_id", "on"], axis=1),
        history[["opportunity_id", "entered_on"]].set_axis(["opportunity_id", "on"], axis=1),
    ]
    moved = pd.concat(on_deals, ignore_index=True).dropna(subset=["on"])
    by = pd.concat([_who_moved(moved, deals, done), done["rep_id"]])
    week = (pd.Timestamp(as_of) - pd.concat([moved["on"], done["on"]])).dt.days // 7
    row = people.get_indexer(pd.Index(by))
    known = ((row >= 0) & week.between(0, weeks - 1)).to_numpy()
    traces = np.zeros((len(people), weeks), dtype=bool)
    traces[row[known], week[known].to_numpy(dtype="int64")] = True
    return traces


def _who_moved(moved: pd.DataFrame, deals: pd.DataFrame, done: pd.DataFrame) -> pd.Series:
    """Whose trace each move of a deal is: of who did the nearest activity on it; the owner's where nobody did any."""
    owner = moved["opportunity_id"].map(deals.set_index("opportunity_id")["rep_id"])
    noted = done.loc[done["opportunity_id"].notna() & done["on"].notna(), ["opportunity_id", "on", "rep_id"]]
    if noted.empty or moved.empty:
        return owner
    # The same two types on both sides, whatever file each table came from.
    place = pd.Index(deals["opportunity_id"])
    sides = [
        rows.assign(deal=place.get_indexer(pd.Index(rows["opportunity_id"])), on=rows["on"].astype("datetime64[us]"))
        for rows in (moved, noted)
    ]
    left, right = (side[side["deal"] >= 0].sort_values("on", kind="stable") for side in sides)
    near = pd.merge_asof(
        left[["deal", "on"]].reset_index(names="move"),
        right[["deal", "on", "rep_id"]],
        on="on",
        by="deal",
        direction="nearest",
    )
    return near.set_index("move")["rep_id"].reindex(moved.index).fillna(owner)
