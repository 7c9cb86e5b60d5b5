"""Weeks in which a rep left no trace at all, long enough that they were away: leave, illness, not begun yet.

In: a company as known at a day.  Out: which of each rep's weeks, counted back from that day, belong to such a gap.
Somebody who sells opens, moves, closes or notes something nearly every week. Four weeks without any of it are a
matter of who was there, not of how they sell; a gap counts only if it would hardly come by chance at the rep's own
usual pace, so that thin data makes nobody absent.
"""

from datetime import date

import numpy as np
import pandas as pd

from playbook.company import Company

SHORTEST_GAP = 4  # weeks
_BY_CHANCE = 0.001  # a gap likelier than this at the rep's own pace is no absence


def weeks_away(company: Company, as_of: date, reps: pd.Index, weeks: int) -> np.ndarray:
    """Flags of shape (reps, weeks); column 0 is the week that ends at `as_of`.

    A rep without any trace is away in no week: there is nothing to tell an absence by.
    """
    traces = _traces(company, as_of, reps, weeks)
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


def _traces(company: Company, as_of: date, reps: pd.Index, weeks: int) -> np.ndarray:
    """In which of the last weeks each rep opened or closed a deal, moved one, or noted an activity."""
    deals, history, done = company.opportunities, company.stage_history, company.activities
    traces = np.zeros((len(reps), weeks), dtype=bool)
    owner = reps.get_indexer(pd.Index(deals["rep_id"]))
    place = pd.Index(deals["opportunity_id"]).get_indexer(pd.Index(history["opportunity_id"]))
    moved_by = np.where(place >= 0, owner[place] if len(owner) else -1, -1)
    for row, on in (
        (owner, deals["created_on"]),
        (owner, deals["closed_on"]),
        (moved_by, history["entered_on"]),
        (reps.get_indexer(pd.Index(done["rep_id"])), done["on"]),
    ):
        week = (pd.Timestamp(as_of) - on).dt.days // 7
        known = ((row >= 0) & week.between(0, weeks - 1)).to_numpy()
        traces[row[known], week[known].astype("int64")] = True
    return traces
