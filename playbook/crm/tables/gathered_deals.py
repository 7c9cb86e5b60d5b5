"""The rows of all files with deals, put together: ids, deleted rows, duplicates, and what accounts and products add.

In: typed tables.  Out: one frame of raw deals, one row per deal, which `opportunities.py` makes canonical.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from babel.numbers import list_currencies

from playbook.crm.account.ledger import Ledger, without_deleted
from playbook.crm.headings.alike import SIGNS
from playbook.crm.values.identity import long_ids, spelling_key, spellings
from playbook.crm.values.typed import Typed
from playbook.crm.values.words import by_unique, closely_folded, examples, missing_texts, word_list
from playbook.wording import listing

FOLDED = ("stage", "pipeline", "segment", "region", "source", "account", "product")
_LIST_PRICE_FITS = (0.3, 2.0)  # won amounts within this of the list price: one unit was sold
_NEARLY_ALL = 0.95
_AMOUNTS = ("once_amount", "recurring_amount")
_OF_THE_DEAL = (
    "rep_id", "rep_name", "rep_email", "name", "stage", "status", "is_won", "is_closed", "created_on", "closed_on",
    "expected_close_on", "modified_on",
)  # fmt: skip
LATEST_BY = ("split_share", "modified_on")  # of several rows of a deal that with the largest, else latest, counts
CUT_ID = r"^\d(\.\d+)?[eE]\+\d{2}$"  # a long number that a spreadsheet wrote in its short way
NOT_CONTENT = (
    "_row",
    "_file",
    "_made_id",
    "_crm",
    "_content",
)  # by these, two rows of one deal may differ and be the same


def rows_in_use(table: Typed, place: int, ledger: Ledger) -> pd.DataFrame:
    """A table's rows that the CRM did not delete, each in its newest version (`with_crm`).

    Their index is the place of each among all deals, of which the table's first has `place`.
    """
    rows = without_deleted(with_crm(table, ledger), ledger, "deals")
    if "is_current" in rows:
        older = ~rows["is_current"].fillna(True).astype(bool)
        ledger.drop(rows[older], "older versions of a deal")
        rows = rows[~older]
    return rows.set_axis(table.rows.index.get_indexer(rows.index) + place)


def with_crm(table: Typed, ledger: Ledger) -> pd.DataFrame:
    """A table's rows with `_row`, `_crm`, one amount, currencies as codes, and ids that can be compared."""
    rows = _with_one_amount(table, ledger).assign(_row=table.rows.index)
    if table.recognised.crm == "Salesforce":
        rows = rows.assign(**{c: long_ids(rows[c]) for c in ("opportunity_id", "account_id") if c in rows})
    if "currency" in rows:
        of_heading = table.recognised.currencies.get("amount")
        codes = currency_codes(rows["currency"])
        codes = codes.fillna(of_heading) if of_heading else codes
        what = "a word where the currency should stand, left out"
        ledger.repair_values("opportunities", what, rows["currency"][codes.isna()].dropna())
        rows = rows.assign(currency=codes)
    return rows.assign(_crm=pd.Series(table.recognised.crm, index=rows.index, dtype="str"))


def columns_of_deals(columns: list[str]) -> list[str]:
    """The columns that `with_crm` makes of a table's `columns`."""
    parts = [column for column in _AMOUNTS if column in columns]
    return [*(c for c in columns if c not in parts), *(["amount"] if parts and "amount" not in columns else [])]


def _with_one_amount(table: Typed, ledger: Ledger) -> pd.DataFrame:
    """A table's rows, whose amount is the sum of what is paid once and what recurs, where it gives the two."""
    rows, heading = table.rows, table.recognised.columns
    parts = [column for column in _AMOUNTS if column in rows]
    if not parts:
        return rows
    if "amount" in rows:
        left_out = listing([repr(heading[column]) for column in parts])
        ledger.warn(
            f"{table.recognised.raw.label}: a deal's amount is {heading['amount']!r}; {left_out} beside it was not "
            "added, as nothing says whether it is part of it."
        )
        return rows.drop(columns=parts)
    if len(parts) == 2:
        ledger.assume(
            f"A deal's amount is {heading['once_amount']!r} plus {heading['recurring_amount']!r}, as the export parts "
            "what is paid once from what recurs."
        )
    return rows.assign(amount=rows[parts].sum(axis=1, min_count=1)).drop(columns=parts)


def currency_codes(currencies: pd.Series) -> pd.Series:
    """Currencies as three letters, also of a name (US Dollar), a sign, or small letters; missing where it is none."""
    names, codes = word_list("currency"), list_currencies()

    def code(text: str) -> str | None:
        written = text.strip().upper()
        return SIGNS.get(text.strip()) or names.get(closely_folded(text)) or (written if written in codes else None)

    return by_unique(currencies, code)


def with_ids(rows: pd.DataFrame, cut: pd.Index) -> pd.DataFrame:
    """Every deal has an id; one that the file does not give is made of the file's name and the row's number.

    So are the ids that a spreadsheet `cut`. `_made_id` says where.
    """
    given = rows["opportunity_id"] if "opportunity_id" in rows else missing_texts(rows.index)
    given = given.mask(given.isin(cut))
    return rows.assign(opportunity_id=given.fillna(made_ids(rows)), _made_id=given.isna())


def with_content(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with one number in `_content` for all that say the same."""
    content = [c for c in rows.columns if c not in (*NOT_CONTENT, "opportunity_id")]
    return rows.assign(_content=pd.util.hash_pandas_object(rows[content], index=False))


def made_ids(rows: pd.DataFrame) -> pd.Series:
    """An id for each row, made of the file's name and the row's number."""
    return rows["_file"].str.replace(r"\.\w+$", "", regex=True) + "-" + rows["_row"].astype("str")


def say_ids(rows: int, cut: int, first_cut: str, without: int, first_made: str, ledger: Ledger) -> None:
    """Note how many of the `rows` have no id of their own, and how many ids a spreadsheet cut."""
    if cut:
        ledger.warn(
            f"{cut:,} deal ids were cut by a spreadsheet ({first_cut}), so they tell no deals "
            "apart and were not used. Open the CSV without Excel, or export it again."
        )
    if without == rows:
        ledger.warn(
            "The deals have no id, so the row's number stands for it: a later export of the same deals will not "
            "be known again."
        )
    else:
        ledger.repair("opportunities", "no id; the file and the row's number stand for it", without, first_made)


def once_each(rows: pd.DataFrame, repeated: "RepeatedRows", ledger: Ledger) -> pd.DataFrame:
    """`rows` without those that are `repeated`, which are counted, and with the sums of deals in a row per product."""
    exact, older, added = (rows.index.isin(i) for i in (repeated.exact, repeated.older, repeated.added))
    ledger.drop(rows[exact], "exact duplicates of another row")
    ledger.drop(rows[added], "another product of the same deal, whose amount was added to the deal's")
    of_same_id = rows[older & ~added]
    ledger.drop(
        of_same_id,
        f"another row of the same deal id, of which {repeated.counts} counts",
        examples(of_same_id["opportunity_id"], 1, before="id "),
    )
    return with_sums(rows[~(exact | older)], repeated.sums)


def with_sums(rows: pd.DataFrame, sums: pd.Series) -> pd.DataFrame:
    """`rows` with the amounts of `sums`, which are by deal id."""
    if sums.empty:
        return rows
    return rows.assign(amount=rows["opportunity_id"].map(sums).astype("float64").fillna(rows["amount"]))


@dataclass(frozen=True)
class RepeatedRows:
    """Rows that say again what another row says: in everything, or of a deal that a later row counts for.

    `added` are those of the `older` that tell of another product of their deal; `sums` is the amount of such a deal;
    `counts` says which of a deal's rows counts.
    """

    exact: np.ndarray
    older: np.ndarray
    added: np.ndarray
    sums: pd.Series
    counts: str = ""


def repeated_rows(
    among: pd.DataFrame, aside: pd.DataFrame, no_ids: bool, latest_by: Sequence[str], of_products: bool
) -> RepeatedRows:
    """Which of the rows `among`, each of which shares its id (or all it says) with another, say it again.

    Parameters
    ----------
    latest_by : those of LATEST_BY by which the row that counts is known; without, it is the last.
    of_products : whether the deals stand in one row per product.
    """
    exact = _exact(among, aside, no_ids)
    nothing = among.index[:0].to_numpy()
    if no_ids:
        return RepeatedRows(exact.to_numpy(), nothing, nothing, pd.Series(dtype="float64"))
    left = among.drop(index=exact)
    by = list(latest_by)
    order = left.sort_values(by, kind="stable", na_position="first") if by else left
    older = order.index[order["opportunity_id"].duplicated(keep="last")]
    sums = _sums_of_products(left) if of_products else pd.Series(dtype="float64")
    added = older[left.loc[older, "opportunity_id"].isin(sums.index)]
    return RepeatedRows(exact.to_numpy(), older.to_numpy(), added.to_numpy(), sums)


def together(parts: Sequence[RepeatedRows], latest_by: Sequence[str]) -> RepeatedRows:
    """What the parts of all such rows say."""
    which = {"split_share": "the one with the largest share", "modified_on": "the one modified last"}
    counts = which[latest_by[0]] if latest_by else "the last one"
    nothing = [np.array([], dtype="int64")]
    exact, older, added = (
        np.concatenate(nothing + [getattr(part, name) for part in parts]) for name in ("exact", "older", "added")
    )
    sums = pd.concat([pd.Series(dtype="float64"), *(part.sums for part in parts)])
    return RepeatedRows(exact, older, added, sums, counts)


def _exact(among: pd.DataFrame, aside: pd.DataFrame, no_ids: bool) -> pd.Index:
    """Rows that equal another in everything; without ids such a row is the same deal."""
    content = [c for c in among.columns if c not in NOT_CONTENT and not (no_ids and c == "opportunity_id")]
    same = pd.concat([among[content], aside], axis=1).duplicated(keep="first" if no_ids else "last")
    return among.index[same] if len(among) else among.index


def are_of_products(parts: Iterable[tuple[pd.DataFrame, pd.DataFrame]]) -> bool:
    """Whether the deals that stand in several rows stand in one per product; `parts` are all such rows."""
    deals = differ = 0
    for among, aside in parts:
        _, amounts_differ = rows_of_products(among.drop(index=_exact(among, aside, no_ids=False)))
        deals, differ = deals + len(amounts_differ), differ + int(amounts_differ.sum())
    return deals > 0 and differ >= 0.5 * deals


def _sums_of_products(left: pd.DataFrame) -> pd.Series:
    """The amount of each deal that stands in one row per product, by deal id."""
    rows, amounts_differ = rows_of_products(left)
    return rows.groupby("opportunity_id")["amount"].sum(min_count=1)[amounts_differ.index]


def rows_of_products(left: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Rows of deals with several, and of each deal that may stand in one row per product whether its amounts differ.

    Its rows agree in all that is of the deal, and differ in the product; in most deals the amounts differ too (else
    each row repeats the whole deal's amount).
    """
    rows = left[left["opportunity_id"].duplicated(keep=False)]
    if rows.empty or not {"product", "amount"} <= set(left.columns):
        return rows, pd.Series(dtype="bool")
    by_deal = rows.groupby("opportunity_id")
    alike = (by_deal[[c for c in _OF_THE_DEAL if c in rows]].nunique(dropna=False) == 1).all(axis=1)
    of_products = alike & (by_deal["product"].nunique() > 1)
    return rows, (by_deal["amount"].nunique() > 1)[of_products]


def assume_products(deals: int, ledger: Ledger) -> None:
    """Note that the amounts of so many deals are sums."""
    if deals:
        many = f"{deals:,} {'deal' if deals == 1 else 'deals'}"
        ledger.assume(f"The amount of {many} is the sum of its rows, one per product.")


def warn_of_several_rows(older: int, rows: int, ledger: Ledger) -> None:
    """Warn where so many of the deals' rows are `older` ones that the file is hardly one row per deal."""
    if older > 0.05 * rows:
        many = "1 deal stands" if older == 1 else f"{older:,} deals stand"
        ledger.warn(
            f"{many} in more than one row. If the file has one row per product or per month, export one row per deal."
        )


def with_merges(rows: pd.DataFrame, merges: list[Typed], ledger: Ledger) -> pd.DataFrame:
    """Without deals that the CRM merged into another one."""
    gone = {i for t in merges for i in t.rows["merged_id"].dropna()}
    merged = rows["opportunity_id"].isin(gone)
    ledger.drop(rows[merged], "deals merged into another deal")
    return rows[~merged]


def with_labels(rows: pd.DataFrame, labels: dict[str, str], pipelines: dict[str, str]) -> pd.DataFrame:
    """Stages and pipelines by name where the CRM has ids; a status stands in where there is no stage."""
    if "stage" in rows:
        rows = rows.assign(stage=rows["stage"].replace(labels) if labels else rows["stage"])
    elif "status" in rows:
        rows = rows.assign(stage=rows["status"])
    if "pipeline" in rows and pipelines:
        rows = rows.assign(pipeline=rows["pipeline"].replace(pipelines))
    return rows


def spellings_of_deals(counts: dict[str, pd.Series], products: list[Typed], ledger: Ledger) -> dict[str, dict]:
    """By column, which spellings become which; `counts` are the rows of each spelling."""
    listed = pd.concat([t.rows["product"] for t in products]) if products else None
    return {
        c: spellings(own, "opportunities", f"spellings of one {c}", ledger, listed if c == "product" else None)
        for c, own in counts.items()
    }


def respelled(rows: pd.DataFrame, changed: dict[str, dict]) -> pd.DataFrame:
    """`rows` with those spellings changed."""
    return rows.assign(**{c: rows[c].replace(new) for c, new in changed.items() if new and c in rows})


def with_accounts(rows: pd.DataFrame, table: Typed, ledger: Ledger, filled: frozenset[str]) -> pd.DataFrame:
    """With what a list of customers adds: the account's name for its id, segment (or sector) and region.

    `filled` are the columns that any deal fills: these are the deals' own.
    """
    listed = table.rows
    key = "account_id" if "account_id" in rows and "account_id" in listed else "account"
    if key not in rows or key not in listed:
        ledger.note(table.recognised.raw.label, "the deals do not name their customers in a way that fits this list")
        return rows
    if table.recognised.crm == "Salesforce" and key == "account_id":
        listed = listed.assign(account_id=long_ids(listed["account_id"]))
    by_key = listed.dropna(subset=[key]).drop_duplicates(key, keep="last").set_index(key)
    added = {}
    for ours, theirs in (
        ("account", "account"),
        ("segment", "segment"),
        ("segment", "sector"),
        ("region", "region"),
    ):
        if theirs not in by_key or theirs == key or ours in added or ours in filled:
            continue
        if by_key[theirs].notna().sum() == 0:
            continue
        added[ours] = rows[key].map(by_key[theirs])
        heading = table.recognised.columns[theirs]
        if ours != "account":
            ledger.assume(f"A deal's {ours} is the {heading!r} of its customer, from {table.recognised.raw.label}.")
    unknown = rows[key].notna() & ~rows[key].isin(by_key.index)
    ledger.repair_values("opportunities", "a customer who is not on the list of customers", rows.loc[unknown, key])
    return rows.assign(**added)


def with_list_prices(
    rows: pd.DataFrame, products: list[Typed], ledger: Ledger, filled: frozenset[str], sold: pd.Series
) -> pd.DataFrame:
    """With the list price of the deal's product as its list amount, if won deals show that one unit is sold.

    `filled` are the columns that any deal fills, and `sold` what `sold_at` says of all deals.
    """
    if not products or "product" not in rows or "list_amount" in filled:
        return rows
    price = _list_price(rows, products)
    unknown = rows["product"].notna() & price.isna()
    ledger.repair_values("opportunities", "a product that is not on the price list", rows.loc[unknown, "product"])
    if "amount" not in rows:
        return rows
    if sold.empty or sold.between(*_LIST_PRICE_FITS).mean() < _NEARLY_ALL:
        ledger.assume("The price list was not used: amounts of won deals are not near the price of one unit.")
        return rows
    ledger.assume(
        "A deal's list amount is the list price of its product (one unit: won amounts are "
        f"{sold.quantile(0.05):.0%} to {sold.quantile(0.95):.0%} of it). A deal sold above list has a discount "
        "below zero."
    )
    return rows.assign(list_amount=price)


def sold_at(rows: pd.DataFrame, products: list[Typed], outcome: pd.Series) -> pd.Series:
    """Of each won deal the amount, as a share of its product's list price."""
    return (rows["amount"] / _list_price(rows, products))[(outcome == "won") & (rows["amount"] > 0)].dropna()


def _list_price(rows: pd.DataFrame, products: list[Typed]) -> pd.Series:
    listed = pd.concat([t.rows for t in products]).dropna(subset=["product", "list_amount"])
    prices = listed.drop_duplicates("product", keep="last").set_index("product")["list_amount"]
    keys = {spelling_key(name): price for name, price in prices.items()}
    return by_unique(rows["product"], lambda p: keys.get(spelling_key(p)), "Float64").astype("float64")


def with_ids_of_rows(table: Typed) -> Typed:
    """The table with the deals' ids, made up where it gives none."""
    return Typed(table.recognised, table.rows.assign(opportunity_id=ids_in(table)), table.aside)


def ids_in(table: Typed) -> pd.Series:
    """The deals' ids of a table, made up where it gives none."""
    made = pd.Series(table.rows.index.astype("str"), index=table.rows.index)
    made = table.rows["_file"].str.replace(r"\.\w+$", "", regex=True) + "-" + made
    return table.rows["opportunity_id"].fillna(made) if "opportunity_id" in table.rows else made
