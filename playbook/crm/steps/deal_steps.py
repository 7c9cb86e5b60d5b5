"""The deals of all files, step by step: gathered, owned, with what became of them, cleaned, held against rules.

In: tables with their values read.  Out: `AllRows` of deals, one row per deal. Every step is a rule of `tables/` applied
to pieces, with the facts of all deals that it needs.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from playbook.company import Settings
from playbook.crm.account.growing import WeighedLedger
from playbook.crm.account.ledger import Ledger
from playbook.crm.import_options import mappings_in_use, no_deals, no_owner, where_of
from playbook.crm.steps.all_rows import AllRows, R, counts
from playbook.crm.tables import gathered_deals as gathering
from playbook.crm.tables import opportunities as rules
from playbook.crm.tables.outcomes import outcome_by_stage, outcome_words, outcomes, without_no_deals
from playbook.crm.tables.people import Directory, owners, without_owner
from playbook.crm.tables.stages import Listed, usual_stages
from playbook.crm.tables.taken_over import PAIR, taken_over_pairs, with_opener, with_taken_over
from playbook.crm.values.typed import Options, Typed

OWNER = ("rep_id", "rep_name", "rep_email")
_TELLING = ("stage", "status", "is_won", "is_closed", "is_lost", "lost_reason")  # these, and a day of closing


def gathered(deals: R, tables: list[Typed], had: int, merges: list[Typed], ledger: Ledger) -> R:
    """One row per deal, each with an id, without those that the CRM merged into others.

    Parameters
    ----------
    deals : the rows of all files that the CRM did not delete.
    tables, had : the files they come from, and how many rows these had.

    Raises
    ------
    UnusableInput : if no deal is left.
    """
    if not deals.many:
        raise no_deals(tables, had)
    deals, no_ids = _with_ids(deals, ledger)
    repeated = _repeated_rows(deals, no_ids, ledger)

    def once(rows: pd.DataFrame, piece_ledger: Ledger) -> pd.DataFrame:
        return gathering.with_merges(gathering.once_each(rows, repeated, piece_ledger), merges, piece_ledger)

    deals = deals.changed("deals-once", once)
    if not deals.many:  # all were merged into deals that are not there
        raise no_owner(tables)
    return deals


def _with_ids(deals: R, ledger: Ledger) -> tuple[R, bool]:
    """The deals, each with an id; and whether all of these had to be made up."""
    no_column = "opportunity_id" not in deals.columns
    cut = pd.Series(dtype="int64") if no_column else deals.repeated_texts("opportunity_id", gathering.CUT_ID)
    deals = deals.changed("deals-ids", lambda rows, _: gathering.with_ids(rows, cut.index))
    without = int(counts(deals, "_made_id").get(True, 0))
    first_made = _first_made(deals) if without else ""
    gathering.say_ids(deals.many, int(cut.sum()), str(cut.index[0]) if len(cut) else "", without, first_made, ledger)
    if without < deals.many:
        return deals, False
    return deals.changed("deals-content", lambda rows, _: gathering.with_content(rows)), True


def _first_made(deals: AllRows) -> str:
    made = (piece.loc[piece["_made_id"], "opportunity_id"] for piece in deals.pieces(["opportunity_id", "_made_id"]))
    return next(str(ids.iloc[0]) for ids in made if len(ids))


def _repeated_rows(deals: AllRows, no_ids: bool, ledger: Ledger) -> gathering.RepeatedRows:
    """The rows that say again what another row says; and by id the amounts of deals in a row per product."""
    parts = deals.sharing("_content" if no_ids else "opportunity_id")
    latest_by = [c for c in gathering.LATEST_BY if c in deals.filled()]
    of_products = not no_ids and gathering.are_of_products(part() for part in parts)
    repeated = gathering.together(
        [gathering.repeated_rows(*part(), no_ids, latest_by, of_products) for part in parts], latest_by
    )
    gathering.assume_products(len(repeated.sums), ledger)
    gathering.warn_of_several_rows(len(repeated.older) - len(repeated.added), deals.many, ledger)
    return repeated


def owned(deals: R, known: Directory, lists: Listed, tables: list[Typed], changes: pd.DataFrame | None) -> R:
    """The deals whose owner is a person, with stages and pipelines by name instead of by id.

    `changes` of owner as `owner_changes` has them.

    Raises
    ------
    UnusableInput : if no deal has such an owner.
    """
    salesforce = set(deals.sorts(["_crm"])["_crm"]) == {"Salesforce"}
    settle(deals, known, salesforce)

    def with_owner(rows: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
        owner = owners(rows, known, salesforce)
        has_owner = without_owner(owner, rows, ledger, "deals")
        owned_rows = with_opener(rows, owner, known, changes).assign(rep_id=owner)[has_owner]
        return gathering.with_labels(owned_rows, lists.labels, lists.pipelines)

    deals = deals.changed("deals-owned", with_owner)
    known.unsettle()
    if not deals.many:
        raise no_owner(tables)
    return deals


def settle(rows: AllRows, known: Directory, salesforce: bool) -> None:
    """Have the directory take up everyone whom the rows name as an owner, in their order."""
    sorts = rows.sorts([c for c in OWNER if c in rows.columns])
    owners(sorts, known, salesforce, sorts["_rows"])


def with_accounts(deals: R, accounts: Sequence[Typed]) -> R:
    """With what the lists of customers add."""
    for number, table in enumerate(accounts):
        added = partial(_with_one_list, table=table, filled=deals.filled())
        deals = deals.changed(f"deals-accounts-{number}", added)
    return deals


def _with_one_list(rows: pd.DataFrame, ledger: Ledger, table: Typed, filled: frozenset[str]) -> pd.DataFrame:
    return gathering.with_accounts(rows, table, ledger, filled)


def spellings(deals: AllRows, products: list[Typed], ledger: Ledger) -> dict[str, dict]:
    """By column, which spellings become which."""
    rows_of_each = {c: counts(deals, c) for c in gathering.FOLDED if c in deals.columns}
    return gathering.spellings_of_deals(rows_of_each, products, ledger)


def with_outcome(
    deals: R, changed: dict[str, dict], lists: Listed, tables: list[Typed], options: Options, ledger: Ledger
) -> R:
    """With one spelling for each thing, and in `_outcome` what became of each deal; without those that do not say it.

    Raises
    ------
    UnusableInput : if nothing says which deals were won or lost.
    """
    columns = [c for c in _TELLING if c in deals.columns]
    day = ["closed_on"] if "closed_on" in deals.columns else []
    sorts = deals.sorts(columns, known=day, **{c: (c, "min") for c in day})
    key = _sort(sorts, columns)
    respelled = gathering.respelled(sorts, changed)
    mappings = mappings_in_use(tables, options.user)
    stages = respelled["stage"].dropna().unique() if "stage" in respelled else ()
    outcome_of_sorts = outcomes(
        respelled, outcome_by_stage(lists.outcome_by_stage(), stages, options.user), outcome_words(mappings),
        WeighedLedger(ledger, sorts["_rows"]), where_of(tables), usual_stages(mappings), sorts["_rows"],
    )  # fmt: skip
    by_sort = pd.Series(outcome_of_sorts.to_numpy(), index=pd.Index(key), dtype="str")

    def named(rows: pd.DataFrame, piece_ledger: Ledger) -> pd.DataFrame:
        outcome = _sort(rows, columns).map(by_sort).astype("str")
        return without_no_deals(gathering.respelled(rows, changed).assign(_outcome=outcome), piece_ledger)

    return deals.changed("deals-named", named)


def _sort(rows: pd.DataFrame, columns: list[str]) -> pd.Series:
    """One number for each sort of rows that have the same in all `columns`, and a day of closing or none."""
    has_day = rows["closed_on"].notna() if "closed_on" in rows else pd.Series(False, index=rows.index)
    return pd.util.hash_pandas_object(rows[columns].assign(_has_day=has_day), index=False)


def cleaned(deals: R, products: list[Typed], settings: Settings, options: Options, ledger: Ledger) -> R:
    """With days, list prices, money and words as the kit has them."""
    words = tuple(sorted(counts(deals, "forecast_category").index))
    all_deals = rules.AllDeals(deals.filled(), tuple(sorted(counts(deals, "currency").index)), forecast_words=words)
    rules.say_of_forecast_words(words, options.user, ledger)
    rates = dict(options.user.rates) if options.user else {}
    sold = _sold_at(deals, products, all_deals.filled)

    def clean(rows: pd.DataFrame, piece_ledger: Ledger) -> pd.DataFrame:
        outcome = rows["_outcome"]
        rows = rules.with_days(rows, outcome, piece_ledger, all_deals)
        rows = gathering.with_list_prices(rows, products, piece_ledger, all_deals.filled, sold)
        rows = rules.with_money(rows, outcome, settings.currency, rates, piece_ledger, all_deals)
        return rules.with_words(rows, outcome, options.user, piece_ledger, all_deals)

    return deals.changed("deals-clean", clean)


def _sold_at(deals: AllRows, products: list[Typed], filled: frozenset[str]) -> pd.Series:
    """Of each won deal the amount as a share of its product's list price, where the deals give no list amount."""
    columns = ["product", "amount", "_outcome"]
    if not products or "list_amount" in filled or not {"product", "amount"} <= set(deals.columns):
        return pd.Series(dtype="float64")
    sold = [gathering.sold_at(piece, products, piece["_outcome"]) for piece in deals.pieces(columns)]
    return pd.concat(sold, ignore_index=True)


def days_of_closing(deals: AllRows, today: pd.Timestamp) -> pd.Series:
    """The different days up to `today` on which a deal was closed."""
    days = deals.sorts(["closed_on"])["closed_on"]
    return days[days <= today].reset_index(drop=True)


def money_won(deals: AllRows) -> pd.Series:
    """The money that each rep won, by rep_id."""
    if "amount" not in deals.columns:
        return pd.Series(dtype="float64")
    by_rep = deals.sorts(["rep_id", "_outcome"], known=["amount"], won=("amount", "sum"), most=("amount", "max"))
    won = by_rep[(by_rep["_outcome"] == "won") & by_rep["most"].notna()]
    return won.sort_values("rep_id").set_index("rep_id")["won"]


def owner_details(deals: AllRows) -> pd.DataFrame:
    """What deals say of their owners: the last row of each sort, oldest first; person_id and what the export has."""
    columns = ["rep_id", *(c for c in ("manager_name", "territory", "job") if c in deals.columns)]

    def last_of_each(rows: pd.DataFrame) -> pd.DataFrame:
        oldest_first = rows.sort_values("created_on", kind="stable", na_position="first")
        return oldest_first.drop_duplicates(columns, keep="last")

    of_pieces = [last_of_each(piece) for piece in deals.pieces([*columns, "created_on"])]
    return last_of_each(pd.concat(of_pieces))[columns].rename(columns={"rep_id": "person_id"})


def owners_of(deals: AllRows) -> set[str]:
    """Everyone who owns a deal."""
    return set(deals.sorts(["rep_id"])["rep_id"])


def held_against_rules(
    deals: R, people: pd.DataFrame, leavers: frozenset[str], today: pd.Timestamp, ledger: Ledger
) -> R:
    """The canonical opportunities, with each deal's probability; `leavers` as `taken_over_pairs` has them."""
    days = [rules.days_of(piece, today) for piece in deals.pieces(["created_on", "closed_on"])]
    rules.warn_of_moved_deals(sum(d.backwards for d in days), sum(d.closed for d in days), ledger)
    last = max((d.last for d in days if d.last is not None), default=today)
    all_deals = rules.AllDeals(deals.filled(), last_day=last)
    taken = taken_over_pairs(_pairs(deals), leavers, ledger) if "created_by" in deals.columns else None

    def held(rows: pd.DataFrame, piece_ledger: Ledger) -> pd.DataFrame:
        outcome = rows["_outcome"]
        rows = rows if taken is None else with_taken_over(rows, taken)
        ruled = rules.with_rules(rows, outcome, people, today, piece_ledger, all_deals)
        chance = ruled.get("probability", np.nan)
        return rules.canonical(ruled, outcome).assign(probability=chance)

    return deals.changed("opportunities-in-order", held)


def _pairs(deals: AllRows) -> pd.DataFrame:
    """How many deals there are of each creator and owner; `many`."""
    pairs = deals.sorts(PAIR).dropna(subset=["created_by"]).sort_values(PAIR, kind="stable", ignore_index=True)
    return pairs[PAIR].assign(many=pairs["_rows"])
