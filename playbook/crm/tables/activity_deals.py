"""Which deal an activity belongs to, by id or by name, and so whose it is where no owner is named.

HubSpot names all deals of a call in one cell. An activity without an owner goes to the owner of its deals if these
have one owner; of deals that several people own, it stays nobody's.
"""

import pandas as pd

from playbook.crm.account.ledger import Ledger
from playbook.crm.tables.people import Directory, owners
from playbook.crm.values.identity import long_ids
from playbook.crm.values.typed import Typed
from playbook.crm.values.words import folded, missing_texts

_BETWEEN = r"\s*;\s*"


def with_deals(
    rows: pd.DataFrame, deals: pd.DataFrame, known: Directory, salesforce: bool, ledger: Ledger
) -> tuple[pd.DataFrame, pd.Series]:
    """The rows with one `opportunity_id` each (missing where unknown), and the person_id of each row's owner.

    Parameters
    ----------
    rows : activities, with any of rep_id, rep_name, opportunity_id, deal_name.
    deals : opportunities with rep_id, opportunity_id and, if the export has it, name.
    """
    owner = _named(rows, known, salesforce)
    if not {"opportunity_id", "deal_name"} & set(rows):
        return rows, owner
    by_id = _by_id(rows, salesforce)
    by_name = _by_name(rows, deals)
    ids = pd.concat([by_id, by_name[~by_name.index.isin(by_id.index)]])
    nobodys = ids[ids.index.isin(rows.index[owner.isna()])]
    of_deal = _one_owner(nobodys, deals).reindex(rows.index)
    taken = owner.isna() & of_deal.notna()
    example = f"{rows['_file'][taken].iloc[0]}, row {rows.index[taken][0]}" if taken.any() else ""
    what = "no owner is named: counted for the owner of the activity's deal"
    ledger.repair("activities", what, int(taken.sum()), example)
    first = ids[~ids.index.duplicated()].reindex(rows.index)
    return rows.assign(opportunity_id=first), owner.mask(taken, of_deal)


def linked_deals(rows: pd.DataFrame, links: list[Typed]) -> pd.Series:
    """The deal that a list of links says each activity is about; missing where none does."""
    if not links or "activity_id" not in rows:
        return missing_texts(rows.index)
    joined = pd.concat([t.rows for t in links]).dropna(subset=["activity_id"]).drop_duplicates("activity_id")
    return rows["activity_id"].map(joined.set_index("activity_id")["opportunity_id"]).astype("str")


def ids_that_may_be_meant(rows: pd.DataFrame) -> pd.Series:
    """The different ids of deals that the activities name, as any CRM may mean them."""
    ids = _different(rows, "opportunity_id")
    return pd.concat([ids, long_ids(ids)]).drop_duplicates()


def names_that_may_be_meant(rows: pd.DataFrame) -> pd.Series:
    """The different names of deals that the activities name, folded: a name may hold a semicolon."""
    whole = rows["deal_name"].dropna().str.strip() if "deal_name" in rows else missing_texts(rows.index[:0])
    return pd.concat([whole, _different(rows, "deal_name")]).map(folded).drop_duplicates()


def _different(rows: pd.DataFrame, column: str) -> pd.Series:
    """The different texts between semicolons in a column."""
    if column not in rows:
        return pd.Series(dtype="str")
    return _each(rows[column].dropna()).drop_duplicates().reset_index(drop=True)


def _named(rows: pd.DataFrame, known: Directory, salesforce: bool) -> pd.Series:
    if {"rep_id", "rep_name"} & set(rows):
        return owners(rows, known, salesforce)
    return missing_texts(rows.index)


def _by_id(rows: pd.DataFrame, salesforce: bool) -> pd.Series:
    """The ids of the deals that each activity names; the index is the activity's, once for each deal."""
    if "opportunity_id" not in rows:
        return pd.Series(dtype="str")
    ids = _each(rows["opportunity_id"].dropna())
    return long_ids(ids) if salesforce else ids


def _by_name(rows: pd.DataFrame, deals: pd.DataFrame) -> pd.Series:
    """The same by name, where only one deal is called so."""
    if "deal_name" not in rows or "name" not in deals:
        return pd.Series(dtype="str")
    called = deals["name"].dropna().map(folded)
    called = called[~called.duplicated(keep=False)]
    by_name = pd.Series(deals.loc[called.index, "opportunity_id"].to_numpy(), index=called.to_numpy(), dtype="str")
    names = rows["deal_name"].dropna().str.strip()
    whole = names.map(folded).isin(by_name.index)  # a name may hold a semicolon
    each = pd.concat([names[whole], _each(names[~whole])])
    return each.map(folded).map(by_name).dropna()


def _each(cells: pd.Series) -> pd.Series:
    several = cells.str.contains(";", regex=False)
    parts = cells[several].str.strip().str.split(_BETWEEN, regex=True).explode()
    return pd.concat([cells[~several].str.strip(), parts]).astype("str")


def _one_owner(ids: pd.Series, deals: pd.DataFrame) -> pd.Series:
    """The owner of each activity's deals, where all that are known have the same."""
    rep_of = deals.drop_duplicates("opportunity_id").set_index("opportunity_id")["rep_id"]
    known = ids.map(rep_of).dropna()
    by_activity = known.groupby(known.index)
    return by_activity.first()[by_activity.nunique() == 1]
