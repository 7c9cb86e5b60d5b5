"""A history of changed fields (field, old value, new value, when) in, the states that each deal went through out.

Each change of the stage, the expected close date or the forecast category is a step; what did not change then stays as
it was. Before a field's first change it was what that change replaced; a field of a deal that never changed was always
what it is now. Values come as `with_plain_changes` wrote them while the table was read.
"""

import pandas as pd

from playbook.crm.account.ledger import Ledger
from playbook.crm.values.changed_values import CARRIED, OWNER
from playbook.crm.values.words import examples, matches, meaning_by_word

_ISO_DAY = r"^\d{4}-\d{2}-\d{2}$"


def steps_of_changes(rows: pd.DataFrame, deals: pd.DataFrame, followed: frozenset[str], ledger: Ledger) -> pd.DataFrame:
    """The steps of each deal: opportunity_id, entered_on and CARRIED, with the `_row` and `_file` of the change.

    `followed` are the fields that the whole history follows. What a deal was when it was created is a row without a
    number (-1).
    """
    meant = meaning_by_word(rows["field"], "changed_field").astype("str")
    carried = meant.isin(CARRIED)
    ledger.drop(
        rows[~carried & (meant != OWNER)],
        "changes of other fields than the stage, the expected close date, the forecast category and the owner",
    )
    rows, meant = rows[carried], meant[carried]
    if rows.empty:
        return rows.reindex(columns=["opportunity_id", "entered_on", "_row", "_file", *CARRIED])
    old = rows["from_stage"] if "from_stage" in rows else pd.Series(None, index=rows.index, dtype="str")
    steps = rows[["opportunity_id", "entered_on", "_row", "_file"]].assign(
        **{name: _values(name, rows["stage"].where(meant == name)) for name in CARRIED},
        **{_before(name): _values(name, old.where(meant == name)) for name in CARRIED},
        **{_changed(name): meant == name for name in CARRIED},
    )
    unread = rows["stage"][(meant == "expected_close_on") & rows["stage"].notna() & steps["expected_close_on"].isna()]
    ledger.repair(
        "stage_history", "expected close date: no date in any order; taken as missing", len(unread), examples(unread)
    )
    steps = steps.sort_values(["opportunity_id", "entered_on"], kind="stable")
    steps = pd.concat([_beginnings(steps, deals, followed), steps], ignore_index=True)
    steps = steps.sort_values(["opportunity_id", "entered_on"], kind="stable")
    by_deal = steps.groupby("opportunity_id", sort=False)
    for name in CARRIED:
        steps[name] = by_deal[name].ffill()
    steps["stage"] = by_deal["stage"].bfill()
    last_of_moment = ~steps.duplicated(["opportunity_id", "entered_on", "stage"], keep="last")
    return steps.loc[last_of_moment, ["opportunity_id", "entered_on", "_row", "_file", *CARRIED]]


def _values(name: str, texts: pd.Series) -> pd.Series:
    if name == "expected_close_on":
        iso = texts.where(matches(texts, _ISO_DAY))
        return pd.to_datetime(iso, format="%Y-%m-%d", errors="coerce").astype("datetime64[us]")
    return meaning_by_word(texts, name).astype("str") if name == "forecast_category" else texts


def _before(name: str) -> str:
    return f"_{name}_before"


def _changed(name: str) -> str:
    return f"_{name}_changed"


def _beginnings(steps: pd.DataFrame, deals: pd.DataFrame, followed: frozenset[str]) -> pd.DataFrame:
    """What each deal was when it was created, as far as its history and its present tell; at its first change, if
    nobody knows when it was created."""
    first = steps.drop_duplicates("opportunity_id").set_index("opportunity_id")
    now = deals.set_index("opportunity_id").reindex(first.index)
    is_open = (now["outcome"] == "open").fillna(False).astype(bool)
    present = {
        "stage": now["stage"],
        "expected_close_on": now["expected_close_on"].fillna(now["closed_on"]),
        "forecast_category": now["forecast_category"].where(is_open),  # of a closed deal it tells how it ended
    }
    created = now["created_on"]
    begins = created.where(created <= first["entered_on"], first["entered_on"])
    values = {}
    for name in CARRIED:
        changes = steps[steps[_changed(name)]].drop_duplicates("opportunity_id").set_index("opportunity_id")
        unchanged = ~first.index.isin(changes.index) & (name in followed)
        before = changes[_before(name)].reindex(first.index)
        values[name] = before.where(~unchanged, present[name].astype(before.dtype))
    began = pd.DataFrame({"entered_on": begins, "_row": -1, "_file": first["_file"], **values}, index=first.index)
    known = began[list(CARRIED)].notna().any(axis=1)
    return began[known].reset_index()
