"""What somebody's division, business unit or practice makes them comparable by: the segment, or the job.

In: the people as listed.  Out: the same, with `division` in its place. Whoever sells in another line of business has
other customers and another rhythm, and is set beside the reps of that line only.
"""

import pandas as pd

from playbook.crm.account.ledger import Ledger
from playbook.crm.values.words import examples, words_of

_MOSTLY = 0.5  # of the different names: then they are jobs


def with_divisions(people: pd.DataFrame, sellers: set[str], ledger: Ledger) -> pd.DataFrame:
    """`people` (indexed by person_id) without `division`: it is the job if its words are jobs, else the segment.

    Nothing is taken from it where the list says the job (or segment) itself, or where all sellers are of one division.
    """
    division = people["division"].astype("str")
    without = people.drop(columns="division")
    names = list(division[people.index.isin(sellers)].dropna().unique())
    column = "job" if _are_jobs(names) else "segment"
    if len(names) < 2 or people[column].nunique() > 1:
        return without
    why = "their words are jobs" if column == "job" else "a line of business has customers of its own"
    ledger.assume(
        f"The divisions of the people ({examples(names, 4)}) were taken for the {column}, as {why}: reps are compared "
        "within them."
    )
    return without.assign(**{column: division.fillna(people[column])})


def _are_jobs(names: list[str]) -> bool:
    words = words_of("job_of_a_division")
    with_job = sum(any(word in name.casefold() for word in words) for name in names)
    return with_job > _MOSTLY * len(names)
