"""The rows of all files with deals, put together: ids, deleted rows, duplicates, and what accounts and products add.

In: typed tables.  Out: one frame of raw deals, one row per deal, which `opportunities.py` makes canonical.
"""

import pandas as pd

from playbook.crm.headings import SIGNS
from playbook.crm.identity import long_ids, one_spelling, spelling_key
from playbook.crm.ledger import Ledger
from playbook.crm.typed import Typed
from playbook.crm.words import by_unique, closely_folded, examples, matches, word_list

_FOLDED = ("stage", "pipeline", "segment", "region", "source", "account")
_LIST_PRICE_FITS = (0.3, 2.0)  # won amounts within this of the list price: one unit was sold
_NEARLY_ALL = 0.95


def gathered(tables: list[Typed], ledger: Ledger) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Deals of all files, one row per id; and their columns that mean nothing to the kit, with the same index.

    The frame's columns are the fields of the files, and `_file`, `_row` (the row's number in it), `_made_id`.
    """
    frames, asides = [], []
    for table in tables:
        rows = table.rows.assign(_row=table.rows.index)
        if table.found.crm == "Salesforce":
            rows = rows.assign(**{c: long_ids(rows[c]) for c in ("opportunity_id", "account_id") if c in rows})
        frames.append(rows.assign(_crm=pd.Series(table.found.crm, index=rows.index, dtype="str")))
        asides.append(table.aside)
    rows = pd.concat(frames, ignore_index=True)
    aside = pd.concat(asides, ignore_index=True)
    if "currency" in rows:
        rows = rows.assign(currency=_currency_codes(rows["currency"]))
    if "is_deleted" in rows:
        gone = rows["is_deleted"].fillna(False).astype(bool)
        ledger.drop(rows[gone], "deals deleted in the CRM")
        rows = rows[~gone]
    rows = _with_ids(rows, ledger)
    rows = _once_each(rows, aside, ledger)
    return rows, aside.reindex(rows.index)


def _currency_codes(said: pd.Series) -> pd.Series:
    """Currencies as three letters, where they are written as a name (US Dollar), a sign, or in small letters."""
    names = word_list("currency")

    def code(text: str) -> str:
        return SIGNS.get(text.strip()) or names.get(closely_folded(text)) or text.strip().upper()

    return by_unique(said, code)


def _with_ids(rows: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Every deal has an id; one that the file does not give is made of the file's name and the row's number."""
    made = rows["_file"].str.replace(r"\.\w+$", "", regex=True) + "-" + rows["_row"].astype("str")
    given = (
        rows["opportunity_id"]
        if "opportunity_id" in rows
        else pd.Series(pd.array([None] * len(rows), dtype="str"), index=rows.index)
    )
    cut = matches(given, r"^\d(\.\d+)?[eE]\+\d{2}$") & given.duplicated(keep=False)
    if cut.any():
        ledger.warn(
            f"{int(cut.sum()):,} deal ids were cut by a spreadsheet ({given[cut].iloc[0]}), so they tell no deals "
            "apart and were not used. Open the CSV without Excel, or export it again."
        )
    given = given.mask(cut)
    without = given.isna()
    if without.all():
        ledger.warn(
            "The deals have no id, so the row's number stands for it: a later export of the same deals will not "
            "be known again."
        )
    else:
        ledger.repair(
            "opportunities",
            "no id; the file and the row's number stand for it",
            int(without.sum()),
            made[without].head(1).squeeze() if without.any() else "",
        )
    return rows.assign(opportunity_id=given.fillna(made), _made_id=without)


def _once_each(rows: pd.DataFrame, aside: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    ids = rows["opportunity_id"]
    if rows["_made_id"].all():  # no ids: a row that equals another in everything is the same deal
        content = [c for c in rows.columns if c not in ("opportunity_id", "_row", "_file", "_made_id", "_crm")]
        same = pd.concat([rows[content], aside.reindex(rows.index)], axis=1).duplicated()
        ledger.drop(rows[same], "exact duplicates of another row")
        return rows[~same]
    twice = ids.duplicated(keep=False)
    if not twice.any():
        return rows
    content = [c for c in rows.columns if c not in ("_row", "_file", "_made_id", "_crm")]
    among = rows[twice]
    same = pd.concat([among[content], aside.reindex(among.index)], axis=1).duplicated(keep="last")
    exact = among.index[same]
    ledger.drop(rows.loc[exact], "exact duplicates of another row")
    left = rows.drop(index=exact)
    order = left.sort_values("modified_on", kind="stable", na_position="first") if "modified_on" in left else left
    older = order.index[order["opportunity_id"].duplicated(keep="last")]
    if len(older):
        which = "the one modified last" if "modified_on" in left else "the last one"
        ledger.drop(
            rows.loc[older],
            f"another row of the same deal id, of which {which} counts",
            "id " + examples(rows.loc[older, "opportunity_id"], 1),
        )
        if len(older) > 0.05 * len(rows):
            ledger.warn(
                f"{len(older):,} deals stand in more than one row. If the file has one row per product or per "
                "month, export one row per deal."
            )
    return left.drop(index=older)


def with_merges(rows: pd.DataFrame, merges: list[Typed], ledger: Ledger) -> pd.DataFrame:
    """Without deals that the CRM merged into another one."""
    gone = {i for t in merges for i in t.rows["merged_id"].dropna()}
    merged = rows["opportunity_id"].isin(gone)
    ledger.drop(rows[merged], "deals merged into another deal")
    return rows[~merged]


def with_one_spelling(rows: pd.DataFrame, products: list[Typed], ledger: Ledger) -> pd.DataFrame:
    """Stages, products, accounts and the like with one spelling each."""
    folded = {c: one_spelling(rows[c], "opportunities", f"spellings of one {c}", ledger) for c in _FOLDED if c in rows}
    if "product" in rows:
        listed = pd.concat([t.rows["product"] for t in products]) if products else None
        folded["product"] = one_spelling(rows["product"], "opportunities", "spellings of one product", ledger, listed)
    return rows.assign(**folded)


def with_accounts(rows: pd.DataFrame, accounts: list[Typed], ledger: Ledger) -> pd.DataFrame:
    """With the account's name for its id; with the customer's segment (or sector) and region where deals have none."""
    for table in accounts:
        listed = table.rows
        key = "account_id" if "account_id" in rows and "account_id" in listed else "account"
        if key not in rows or key not in listed:
            ledger.note(table.found.raw.label, "the deals do not name their customers in a way that fits this list")
            continue
        if table.found.crm == "Salesforce" and key == "account_id":
            listed = listed.assign(account_id=long_ids(listed["account_id"]))
        by_key = listed.dropna(subset=[key]).drop_duplicates(key, keep="last").set_index(key)
        added = {}
        for ours, theirs in (
            ("account", "account"),
            ("segment", "segment"),
            ("segment", "sector"),
            ("region", "region"),
        ):
            if theirs not in by_key or theirs == key or ours in added:
                continue
            if ours in rows and rows[ours].notna().any():
                continue
            if by_key[theirs].notna().sum() == 0:
                continue
            added[ours] = rows[key].map(by_key[theirs])
            heading = table.found.columns[theirs]
            if ours != "account":
                ledger.assume(f"A deal's {ours} is the {heading!r} of its customer, from {table.found.raw.label}.")
        unknown = rows[key].notna() & ~rows[key].isin(by_key.index)
        ledger.repair_values("opportunities", "a customer who is not on the list of customers", rows.loc[unknown, key])
        rows = rows.assign(**added)
    return rows


def with_list_prices(rows: pd.DataFrame, products: list[Typed], outcome: pd.Series, ledger: Ledger) -> pd.DataFrame:
    """With the list price of the deal's product as its list amount, if won deals show that one unit is sold."""
    if not products or "product" not in rows or ("list_amount" in rows and rows["list_amount"].notna().any()):
        return rows
    listed = pd.concat([t.rows for t in products]).dropna(subset=["product", "list_amount"])
    prices = listed.drop_duplicates("product", keep="last").set_index("product")["list_amount"]
    keys = {spelling_key(name): price for name, price in prices.items()}
    price = rows["product"].map(lambda p: keys.get(spelling_key(p)), na_action="ignore").astype("float64")
    unknown = rows["product"].notna() & price.isna()
    ledger.repair_values("opportunities", "a product that is not on the price list", rows.loc[unknown, "product"])
    if "amount" not in rows:
        return rows
    ratio = (rows["amount"] / price)[(outcome == "won") & (rows["amount"] > 0)].dropna()
    if ratio.empty or ratio.between(*_LIST_PRICE_FITS).mean() < _NEARLY_ALL:
        ledger.assume("The price list was not used: amounts of won deals are not near the price of one unit.")
        return rows
    ledger.assume(
        "A deal's list amount is the list price of its product (one unit: won amounts are "
        f"{ratio.quantile(0.05):.0%} to {ratio.quantile(0.95):.0%} of it). A deal sold above list has a discount "
        "below zero."
    )
    return rows.assign(list_amount=price)
