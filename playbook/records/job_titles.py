"""Whether a rep's title is another than that of those whom they are set beside.

In: `RecordInputs`.  Out: a trait per rep.
Titles are cheap words, so one alone says nothing; but a junior or channel title that few others carry means that nobody
of that kind is there to compare with (*homonymous label* in Suriadi et al. 2017: one role, several jobs).
"""

import re

import pandas as pd

from playbook.metrics.jobs import job_family
from playbook.records.inputs import RecordInputs
from playbook.records.measures import known_of

_RANKS = re.compile(r"\b(i{1,3}|iv|v|[1-9])\b|[^a-z ]")


def plain_titles(jobs: pd.Series) -> pd.Series:
    """Each title in lower case without the numbers behind it: `Account Executive II` is an `account executive`."""
    return jobs.dropna().str.casefold().str.replace(_RANKS, " ", regex=True).str.split().str.join(" ")


def title_of_few(inputs: RecordInputs) -> pd.DataFrame | None:
    """1 where a rep's title is shared by a minority of the job family, though half or more carry one other; else 0.

    Numbers behind a title (Account Executive II) are left out.
    """
    jobs = inputs.people["job"].dropna()
    if jobs.empty:
        return None
    title = plain_titles(jobs)
    family = job_family(jobs)
    others = title.groupby([family, title]).transform("size")
    most = others.groupby(family).transform("max")
    size = title.groupby(family).transform("size")
    few = (others < most) & (most >= size / 2)
    return known_of(few.astype("float64"), pd.Series(1, index=few.index))
