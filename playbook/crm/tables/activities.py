"""Calls, meetings, tasks and coaching sessions, each with whose it was and when."""

import pandas as pd

from playbook.crm.account.ledger import Ledger
from playbook.crm.tables.people import Directory, without_owner
from playbook.crm.values.identity import long_ids
from playbook.crm.values.typed import Typed
from playbook.crm.values.words import meaning_by_word, missing_texts

_PER_MINUTE = {"seconds": 60.0, "milliseconds": 60_000.0, "hours": 1 / 60}
_LONGEST = 24 * 60.0
_KIND_OF_FILE = (
    ("call", "call"),
    ("event", "meeting"),
    ("meeting", "meeting"),
    ("task", "task"),
    ("email", "email"),
    ("note", "note"),
)


def owned(table: Typed, rows: pd.DataFrame, owner: pd.Series, today: pd.Timestamp, ledger: Ledger) -> pd.DataFrame:
    """Those of the `rows` of a table of activities that a person did, before the end of `today`; as the kit has them.

    The frame has rep_id, opportunity_id (if the file names deals), kind, on, minutes, and the file's other fields.
    """
    salesforce = table.recognised.crm == "Salesforce"
    has_owner = without_owner(owner, rows, ledger, "activities")
    rows = rows.assign(rep_id=owner)[has_owner]
    dated = rows["on"].notna() if "on" in rows else pd.Series(False, index=rows.index)
    ledger.drop(rows[~dated], "activities without a day")
    rows = rows[dated]
    if "status" in rows:
        undone = (meaning_by_word(rows["status"], "activity_status") == "not_done").fillna(False).astype(bool)
        ledger.drop(rows[undone], "activities that are not done")
        rows = rows[~undone]
    ahead = rows["on"] > today + pd.Timedelta(days=1)
    ledger.drop(rows[ahead], "activities planned for after today")
    rows = rows[~ahead]
    if "opportunity_id" in rows:
        first = rows["opportunity_id"].str.split(";").str[0].str.strip()  # HubSpot names all of a call's deals
        rows = rows.assign(opportunity_id=long_ids(first) if salesforce else first)
    return rows.assign(
        minutes=_minutes(rows, ledger), kind=_kind(rows, table.recognised.raw.file), on=rows["on"].dt.normalize()
    )


def _minutes(rows: pd.DataFrame, ledger: Ledger) -> pd.Series:
    minutes = rows["minutes"] if "minutes" in rows else pd.Series(float("nan"), index=rows.index)
    for column, many in _PER_MINUTE.items():
        if column in rows:
            minutes = minutes.fillna(rows[column] / many)
    if "ends_on" in rows:
        minutes = minutes.fillna((rows["ends_on"] - rows["on"]).dt.total_seconds() / 60)
    odd = (minutes < 0) | (minutes > _LONGEST)
    ledger.repair_values("activities", "a length below nothing or above a day; taken as unknown", minutes[odd])
    return minutes.mask(odd)


def _kind(rows: pd.DataFrame, file: str) -> pd.Series:
    by_file = next((kind for word, kind in _KIND_OF_FILE if word in file.lower()), None)
    kind = rows["kind"].str.casefold() if "kind" in rows else missing_texts(rows.index)
    return kind.fillna(by_file) if by_file else kind


def coaching_log(tables: list[Typed], known: Directory) -> pd.DataFrame:
    """The canonical coaching log."""
    columns = ["manager_id", "rep_id", "on", "kind", "minutes", "focus"]
    parts = []
    for table in tables:
        rows = table.rows
        people = {c: known.resolve(rows[c], None) for c in ("manager_id", "rep_id")}
        rows = rows.assign(**people)
        usable = rows[["manager_id", "rep_id", "on"]].notna().all(axis=1)
        parts.append(rows[usable].reindex(columns=columns))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
