"""How complete the log of activities is: wins on which nothing was noted, and what was noted away from deals.

In: `RecordInputs`.  Out: a trait per rep.
No deal is won without a word. A win without a logged activity is a gap of the log (*missing events*). What is logged
away from open deals is a negative control for activity on them (Lipsitch et al. 2010): a log that is thin everywhere is
a thin log first.
"""

import pandas as pd

from playbook.metrics.absences import MOST_WEEKS
from playbook.records.inputs import RecordInputs
from playbook.records.measures import log_of_count, share_of

_HARDLY = 1  # activities on a won deal
_FEWEST_AWAY = 0.05  # of the activities must be noted away from deals for them to say anything


def wins_without_activity(inputs: RecordInputs) -> pd.DataFrame | None:
    """Share of the won deals with one logged activity at most."""
    won = inputs.deals[inputs.deals["outcome"] == "won"]
    done = inputs.activities["opportunity_id"].value_counts()
    if won.empty or done.empty:
        return None
    return share_of(done.reindex(won.index).fillna(0) <= _HARDLY, won["rep_id"])


def logged_away_from_deals(inputs: RecordInputs) -> pd.DataFrame | None:
    """Logarithm of the activities a week that name no deal."""
    since = inputs.day - pd.Timedelta(weeks=MOST_WEEKS)
    done = inputs.activities[(inputs.activities["on"] > since) & inputs.activities["rep_id"].isin(inputs.people.index)]
    away = done["opportunity_id"].isna()
    if done.empty or away.mean() < _FEWEST_AWAY:
        return None
    counts = away.groupby(done["rep_id"]).sum().reindex(inputs.people.index).fillna(0)
    begun = inputs.deals.groupby("rep_id")["created_on"].min().reindex(inputs.people.index).clip(lower=since)
    return log_of_count(counts, ((inputs.day - begun).dt.days / 7).clip(lower=1))
