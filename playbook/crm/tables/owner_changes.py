"""Who owned a deal before its owner of today, and for how long, from the history.

In: a history of changed fields, or of whole states with the owner of the time.  Out: a row for each change of owner.
A deal that is given to its owner within a day of its creation was theirs from the start: that is how deals are routed.
"""

from collections.abc import Sequence

import pandas as pd

from playbook.crm.tables.people import Directory
from playbook.crm.values.changed_values import names_of_owner
from playbook.crm.values.identity import long_ids, spelling_key
from playbook.crm.values.typed import Typed
from playbook.crm.values.words import by_unique, missing_texts

COLUMNS = ["opportunity_id", "former", "entered_on"]
_ROUTING = pd.Timedelta(days=1)
_AT_ONCE, _MOST = pd.Timedelta(days=31), 0.8  # of somebody's hand-overs within so many days: they left, or moved on


def owner_changes(tables: Sequence[Typed]) -> pd.DataFrame | None:
    """Each change of owner that the history files tell of; None where they do not follow the owner. COLUMNS."""
    parts = [part for part in map(_of_table, tables) if part is not None]
    return pd.concat(parts, ignore_index=True) if parts else None


def _of_table(table: Typed) -> pd.DataFrame | None:
    rows = table.rows.dropna(subset=["opportunity_id", "entered_on"])
    if "field" in rows:
        names = names_of_owner(rows["field"].dropna())
        return changes_of_field(rows[rows["field"].isin(names)], table.recognised.crm) if names else None
    if "owner" not in rows or rows["owner"].isna().all():
        return None
    rows = rows.dropna(subset=["owner"]).sort_values(["opportunity_id", "entered_on"], kind="stable")
    former = rows.groupby("opportunity_id", sort=False)["owner"].shift()
    changed = former.notna() & (former != rows["owner"])
    return rows.assign(former=former)[changed].reindex(columns=COLUMNS)


def changes_of_field(rows: pd.DataFrame, crm: str) -> pd.DataFrame:
    """The changes of owner in `rows` of a field history, all of which tell of one. COLUMNS."""
    if crm == "Salesforce":
        rows = rows.assign(opportunity_id=long_ids(rows["opportunity_id"]))
    rows = rows.sort_values(["opportunity_id", "entered_on"], kind="stable")
    before = rows.groupby("opportunity_id", sort=False)["stage"].shift()
    former = before if "from_stage" not in rows else rows["from_stage"].fillna(before)
    return rows.assign(former=former)[former.notna()].reindex(columns=COLUMNS)


def gave_all_away_at_once(changes: pd.DataFrame | None) -> frozenset[str]:
    """Who handed most of their deals over within a month, as a leaver does, and not one by one as a desk does."""
    if changes is None or changes.empty:
        return frozenset()
    days = changes["entered_on"].groupby(changes["former"])
    near = (changes["entered_on"] - days.transform("median")).abs() <= _AT_ONCE / 2
    share = near.groupby(changes["former"]).mean()
    return frozenset(share.index[share >= _MOST])


def with_former_owner(
    rows: pd.DataFrame, owner: pd.Series, known: Directory, changes: pd.DataFrame | None
) -> pd.DataFrame:
    """`rows` with who owned the deal before its `owner` (person_ids) as who created it, where `changes` tell of one.

    Of a deal that was its owner's all the time it is the owner, unless the export names its creator.
    """
    if changes is None:
        return rows
    created_by = rows.get("created_by", missing_texts(rows.index))
    of_these = changes[changes["opportunity_id"].isin(rows["opportunity_id"])]
    place = of_these["opportunity_id"].map(pd.Series(rows.index, index=rows["opportunity_id"]))
    created = place.map(rows["created_on"]) if "created_on" in rows else pd.NaT
    since = of_these.groupby("opportunity_id", sort=False)["entered_on"].shift().fillna(created)
    routed = of_these["entered_on"] - since <= _ROUTING
    others = of_these.assign(_place=place)[~routed & ~_same(of_these["former"], place, rows, owner, known)]
    former = others.drop_duplicates("_place").set_index("_place")["former"]
    own = by_unique(owner, lambda person: known.names.get(person, person))
    return rows.assign(created_by=former.reindex(rows.index).fillna(created_by).fillna(own).astype("str"))


def _same(former: pd.Series, place: pd.Series, rows: pd.DataFrame, owner: pd.Series, known: Directory) -> pd.Series:
    """Whether a `former` owner is the owner of the deal at `place`."""
    at = pd.DataFrame({"created_by": former.to_numpy()}, index=former.index)
    for column in ("rep_name", "rep_email", "rep_id"):
        if column in rows:
            at[column] = place.map(rows[column]).astype("str")
    return is_owner(at, place.map(owner).astype("str"), known)


def is_owner(rows: pd.DataFrame, owner: pd.Series, known: Directory) -> pd.Series:
    """Whether whoever stands in `created_by` is the `owner` (person_ids).

    The owner is known by name, by id or by email in the row itself, or by the name on the list of people.
    """
    creator = by_unique(rows["created_by"], spelling_key)
    same = creator == by_unique(owner, lambda person: spelling_key(known.names.get(person, person)))
    for column in ("rep_name", "rep_email", "rep_id"):
        if column in rows:
            same |= creator == by_unique(rows[column], spelling_key)
    if "rep_id" in rows:
        same |= long_ids(rows["created_by"]) == long_ids(rows["rep_id"])
    return same.fillna(False).astype(bool)
