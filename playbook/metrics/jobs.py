"""Which jobs are alike: a development rep is not compared with an account executive, nor a hunter with a farmer.

In: job titles as the company writes them.  Out: a family per title.
"""

import re

import pandas as pd

SELLERS, DEVELOPMENT, FARMERS, TECHNICAL = "sellers", "development reps", "account managers", "sales engineers"
_FAMILIES = (
    (DEVELOPMENT, r"\b(sdr|bdr|ldr|development|prospect\w*|inside sales development|lead gen\w*|appointment)\b"),
    (TECHNICAL, r"\b(engineer|solution\w* (consultant|architect)|pre-?sales|technical)\b"),
    (FARMERS, r"\b(account manager|farmer|customer success|csm|renewal\w*|key account|client (manager|partner)|kam)\b"),
)


def job_family(jobs: pd.Series) -> pd.Series:
    """The family of each job title, with the index of `jobs`; an unknown or unsaid title is a seller's."""
    said = jobs.astype("str").str.casefold().fillna("")
    family = pd.Series(SELLERS, index=jobs.index, dtype="str")
    for name, pattern in reversed(_FAMILIES):
        family = family.mask(said.str.contains(re.sub(r"\((?!\?)", "(?:", pattern), regex=True), name)
    return family
