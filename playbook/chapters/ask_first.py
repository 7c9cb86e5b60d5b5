"""What may be how the record is kept, and is asked before it is coached.

In: a rep's rows of the diagnosis.  Out: what is shown of the verdict `ask_first`, and what was ruled out. `each_rep`
and `the_coaching_conversation` show it.
"""

import pandas as pd

from playbook import wording
from playbook.chapter_numbers import number_of
from playbook.diagnosis.diagnosis_rows import RESULTS_HOLD
from playbook.display import PagePart, bullets, heading, say, together
from playbook.drivers.registry import label_of
from playbook.sentences.record_sentences import not_testable, ruled_out
from playbook.sentences.verdict_sentences import reasons

_KEYS_APART = ","


def ask_first(own: pd.DataFrame, currency: str) -> PagePart | None:
    """Each difference that may be how the record is kept: the numbers, what to ask, what would tell."""
    rows = own[own["verdict"] == "ask_first"]
    if rows.empty:
        return None
    return together(
        heading(f"Ask first: {_why_first(rows)}", 4),
        bullets(
            say("**{label}.** {why}", label=label_of(driver), why=reason.text)
            for driver, reason in zip(rows["driver"], reasons(rows, currency), strict=True)
        ),
        say("That is a habit or a circumstance, and no fault. Nothing here is to be coached before it is asked."),
    )


def ask_first_sentence(own: pd.DataFrame) -> str:
    """One sentence on a rep whose differences are to be asked first."""
    rows = own[own["verdict"] == "ask_first"].head(1)
    label = wording.lower_first(label_of(rows["driver"].iloc[0]))
    numbers = f"Chapter {number_of('each_rep')} has the numbers."
    return f"Ask first about {label}: {_why_first(rows)}. {numbers}"


def _why_first(rows: pd.DataFrame) -> str:
    """Why the differences of `rows` are asked about before anything is coached."""
    return "no result is behind" if (rows["way"] == RESULTS_HOLD).all() else "it may be how the record is kept"


def what_was_ruled_out(row: pd.Series) -> PagePart | None:
    """What else could have made a difference and did not, and what this export cannot show."""
    text = ruled_out_in_words(row)
    return say("{text}", text=text) if text else None


def ruled_out_in_words(row: pd.Series) -> str:
    """The same as text; empty where nothing was tested."""
    return wording.paragraph(ruled_out(_keys(row, "ruled_out")), not_testable(_keys(row, "not_testable")))


def _keys(row: pd.Series, column: str) -> list[str]:
    keys = row.get(column)
    return keys.split(_KEYS_APART) if isinstance(keys, str) and keys else []
