"""How much of a seller's time stands behind the numbers: share of a quota, weeks away, when they really began.

In: `RecordInputs`.  Out: a trait per rep.
A quota is the company's own word for how much of a job somebody has. Somebody with half of it opens half the deals.
"""

import numpy as np
import pandas as pd

from playbook.metrics.absences import MOST_WEEKS, weeks_away
from playbook.metrics.quota_by_rep import MONEY, unit_of
from playbook.records.inputs import RecordInputs
from playbook.records.measures import known_of

_FEWEST_ALIKE = 4  # others of the segment with a quota; with fewer, all are compared
_LATEST = pd.Timedelta(days=365)


def share_of_a_quota(inputs: RecordInputs) -> pd.DataFrame | None:
    """Logarithm of a rep's quota per day, over the middle one of the colleagues with the same main segment."""
    quotas = inputs.company.quotas
    quotas = quotas[(unit_of(quotas["unit"]) == MONEY) & quotas["rep_id"].isin(inputs.people.index)]
    quotas = quotas[(quotas["ends_on"] > inputs.day - _LATEST) & (quotas["starts_on"] <= inputs.day)]
    if quotas.empty:
        return None
    days = (quotas["ends_on"] - quotas["starts_on"]).dt.days + 1
    per_day = (quotas["amount"] / days).groupby(quotas["rep_id"]).median().dropna()
    per_day = per_day[per_day > 0]
    segment = main_segment(inputs).reindex(per_day.index).fillna("")
    alike = np.log(per_day).groupby(segment).transform(lambda q: q.median() if len(q) > _FEWEST_ALIKE else np.nan)
    usual = alike.fillna(np.log(per_day).median())
    return known_of(np.log(per_day) - usual, quotas.groupby("rep_id").size().reindex(per_day.index))


def weeks_not_at_work(inputs: RecordInputs) -> pd.DataFrame | None:
    """Share of the weeks looked at in which the rep left no trace for a month or more (`metrics.absences`)."""
    first = inputs.deals["created_on"].min()
    weeks = min((inputs.day - first).days // 7, MOST_WEEKS) if pd.notna(first) else 0
    if weeks < 1:
        return None
    away = weeks_away(inputs.company, inputs.day.date(), inputs.people.index, weeks)
    share = pd.Series(away.mean(axis=1), index=inputs.people.index)
    return known_of(share, pd.Series(weeks, index=share.index))


def main_segment(inputs: RecordInputs) -> pd.Series:
    """The segment of each rep: as the people table says, else that of most of the rep's deals."""
    segment = inputs.people["segment"]
    deals = inputs.deals.dropna(subset=["segment"])
    most = deals.groupby("rep_id")["segment"].agg(lambda s: s.mode().iloc[0]) if len(deals) else pd.Series(dtype="str")
    return segment.fillna(most.reindex(segment.index))
