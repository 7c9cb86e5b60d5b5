"""What the whole company shows, in one sentence per group of deals.

In: the finding `company_wide` (rows of `diagnosis.diagnosis_rows.Pattern`).  Out: sentences.
"""

import pandas as pd

from playbook import wording
from playbook.diagnosis.diagnosis_rows import Pattern
from playbook.metrics.win_rate_by import TRAITS

_SENTENCE = (
    "Across the whole company, {seen} of about {n} closed deals {which} are won, and {others} of all others: that is "
    "no one person's doing."
)
_WHICH = {
    ("quarter_end", "yes"): "that closed in a quarter's last month",
    ("size", "1"): "in the smallest quarter by size",
    ("size", "2"): "in the second smallest quarter by size",
    ("size", "3"): "in the second largest quarter by size",
    ("size", "4"): "in the largest quarter by size",
    ("kind", "new"): "with new customers",
    ("kind", "renewal"): "that are renewals",
    ("kind", "expansion"): "that are expansions",
}
_WHICH_OF_A_TRAIT = "with {trait} {group}"


def pattern_sentences(patterns: pd.DataFrame) -> list[str]:
    """Per row of `patterns` the group's win rate beside that of all other deals, and that it is nobody's doing."""
    if patterns.empty:
        return []
    return [_sentence(Pattern(*row)) for row in patterns[list(Pattern._fields)].itertuples(index=False, name=None)]


def _sentence(row: Pattern) -> str:
    which = _WHICH.get((row.pattern, row.group)) or _WHICH_OF_A_TRAIT.format(
        trait=TRAITS[row.pattern].lower(), group=row.group
    )
    return _SENTENCE.format(
        seen=wording.share(row.seen), n=wording.number(row.n), which=which, others=wording.share(row.others)
    )
