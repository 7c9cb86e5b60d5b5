"""The stage history of deals, from a history table, a field history, or one column per stage.

A step is one row of the history in the order of time; a row whose stage equals the one before is kept, as its
expected close date or amount may have moved. A field history is put together from the changes of each field
(`changed_fields`).
"""

import pandas as pd

from playbook.company import TABLES
from playbook.crm.account.ledger import Ledger, without_deleted
from playbook.crm.tables.changed_fields import steps_of_changes
from playbook.crm.values.identity import long_ids
from playbook.crm.values.typed import Typed
from playbook.crm.values.words import by_unique, closely_folded, meaning_by_word
from playbook.members import is_among

_TABLE = "stage_history"
_STATE = ["stage", "amount", "expected_close_on", "forecast_category"]


def stage_history(
    tables: list[Typed],
    wide: list[Typed],
    deals: pd.DataFrame,
    labels: dict[str, str],
    spelling: dict[str, str],
    ledger: Ledger,
    followed: frozenset[str],
) -> pd.DataFrame:
    """The canonical stage history of `deals`.

    Parameters
    ----------
    tables, wide : history files; deals' files with one date column per stage.
    deals : canonical opportunities.
    labels : stage id → label.
    spelling : a stage closely folded → as the deals spell it.
    followed : the fields that the field histories, of which `tables` may be a piece, follow.
    """
    parts = [_long(t, deals, followed, ledger) for t in tables] + [_from_wide(t) for t in wide]
    if not parts:
        return pd.DataFrame(columns=list(TABLES[_TABLE]))
    rows = pd.concat(parts, ignore_index=True)
    known = is_among(rows["opportunity_id"], deals["opportunity_id"])
    ledger.drop(rows[~known & (rows["_row"] >= 0)], "history of deals that are not among the deals")
    rows = rows[known]
    complete = rows["stage"].notna() & rows["entered_on"].notna()
    ledger.drop(rows[~complete & (rows["_row"] >= 0)], "history without a stage or a day")
    rows = rows[complete].assign(
        stage=by_unique(rows.loc[complete, "stage"], lambda s: _spelled(labels.get(s, s), spelling))
    )
    rows = rows.sort_values(["opportunity_id", "entered_on"], kind="stable")
    content = ["opportunity_id", "entered_on", *_STATE]
    again = rows.reindex(columns=content).duplicated()
    ledger.drop(rows[again & (rows["_row"] >= 0)], "exact duplicates of another row")
    rows = rows[~again]
    rows = rows.assign(step=rows.groupby("opportunity_id", sort=False).cumcount() + 1)
    rows = rows.assign(entered_on=rows["entered_on"].dt.normalize())
    return rows.reindex(columns=list(TABLES[_TABLE])).reset_index(drop=True)


def _spelled(stage: str, spelling: dict[str, str]) -> str:
    return spelling.get(closely_folded(stage), stage)


def _long(table: Typed, deals: pd.DataFrame, followed: frozenset[str], ledger: Ledger) -> pd.DataFrame:
    rows = table.rows.assign(_row=table.rows.index)
    if table.recognised.crm == "Salesforce":
        rows = rows.assign(opportunity_id=long_ids(rows["opportunity_id"]))
    rows = without_deleted(rows, ledger, "history rows")
    if "field" in rows:
        return steps_of_changes(rows, deals, followed, ledger)
    if "owner" in rows:
        rows = _without_changes_of_owner_alone(rows)
    if "forecast_category" in rows:
        rows = rows.assign(forecast_category=meaning_by_word(rows["forecast_category"], "forecast_category"))
    return pd.concat([_first_stages(rows, deals), rows], ignore_index=True) if "from_stage" in rows else rows


def _without_changes_of_owner_alone(rows: pd.DataFrame) -> pd.DataFrame:
    """The states in which more changed than who owned the deal; the others are read by `owner_changes`."""
    rows = rows.sort_values(["opportunity_id", "entered_on"], kind="stable")
    state = rows.reindex(columns=["opportunity_id", *_STATE])
    before = state.shift()
    as_before = ((state == before) | (state.isna() & before.isna())).all(axis=1)
    return rows[~(as_before & (rows["owner"] != rows["owner"].shift()))]


def _first_stages(rows: pd.DataFrame, deals: pd.DataFrame) -> pd.DataFrame:
    """A history of changes does not say how a deal began: its first `from` stage, entered when it was created."""
    first = (
        rows.sort_values("entered_on", kind="stable").drop_duplicates("opportunity_id").dropna(subset=["from_stage"])
    )
    created = first["opportunity_id"].map(deals.set_index("opportunity_id")["created_on"])
    began = first.assign(stage=first["from_stage"], entered_on=created, _row=-1)[
        ["opportunity_id", "stage", "entered_on", "_row", "_file"]
    ]
    return began[began["entered_on"].notna() & (created <= first["entered_on"])]


def _from_wide(table: Typed) -> pd.DataFrame:
    """One row per deal and stage that has a day."""
    rows = table.rows
    parts = []
    for heading, (stage, _) in table.recognised.wide_stage_dates.items():
        entered = rows[heading].dropna()
        parts.append(
            pd.DataFrame(
                {
                    "opportunity_id": rows.loc[entered.index, "opportunity_id"],
                    "stage": stage,
                    "entered_on": entered,
                    "_row": -1,
                    "_file": table.recognised.raw.label,
                }
            )
        )
    return (
        pd.concat(parts, ignore_index=True)
        if parts
        else pd.DataFrame(columns=["opportunity_id", "stage", "entered_on", "_row", "_file"])
    )
