"""The old and new values of a history of changed fields: which fields are read from it; their days written alike."""

import pandas as pd

from playbook.crm.values import dates
from playbook.crm.values.words import matches, meaning_by_word

OWNER = "owner"  # read for whom a deal was taken over from (`owner_changes`); no step of its own
CARRIED = ("stage", "expected_close_on", "forecast_category")
_OPEN_ORDER = r"^\d{1,2}\s*[/\-\s]\s*\d{1,2}\b"  # 03/04/2026 or 03-04-26: day or month first


def followed_fields(fields: pd.Series) -> frozenset[str]:
    """Which of CARRIED a field history follows, from its names of fields."""
    return frozenset(meaning_by_word(fields, "changed_field").dropna().unique()) & frozenset(CARRIED)


def names_of_owner(fields: pd.Series) -> list[str]:
    """By which names a field history calls the owner."""
    return sorted(fields[meaning_by_word(fields, "changed_field") == OWNER].unique())


def with_plain_changes(rows: pd.DataFrame, order: str, today: pd.Timestamp, time_zone: str) -> pd.DataFrame:
    """`rows` of a field history with the days among their old and new values as 2026-03-31, whatever they were.

    `order` of day and month is that of the moments of the changes. Where it is open, so are days like 03/04/2026: they
    stay as they are, and `steps_of_changes` counts them.
    """
    of_days = (meaning_by_word(rows["field"], "changed_field") == "expected_close_on").fillna(False).astype(bool)
    plain = {}
    for column in ("stage", "from_stage"):
        if column in rows:
            days = rows[column].where(of_days)
            readable = days if order else days.mask(matches(days, _OPEN_ORDER))
            read = dates.moments(readable, order, today, time_zone, numeric=False).values
            plain[column] = rows[column].mask(read.notna(), read.dt.strftime("%Y-%m-%d"))
    return rows.assign(**plain)
