"""What became of the deals that come in pieces, and their days, money and words; held against the rules at the end."""

from pathlib import Path

import numpy as np
import pandas as pd

from playbook.company import TABLES, Settings
from playbook.crm.account.ledger import Ledger
from playbook.crm.import_options import mappings_in_use, where_of
from playbook.crm.larger.deals_in_pieces import DealsOnDisk, step
from playbook.crm.larger.duckdb_engine import quoted
from playbook.crm.larger.growing import GrowingLedger, WeighedLedger
from playbook.crm.larger.on_disk import TableWriter
from playbook.crm.larger.reading_values import OnDisk
from playbook.crm.larger.work import Work, keys
from playbook.crm.tables import gathered_deals as gathering
from playbook.crm.tables import opportunities as rules
from playbook.crm.tables.outcomes import outcome_by_stage, outcome_words, outcomes, without_no_deals
from playbook.crm.tables.stages import Listed, usual_stages
from playbook.crm.tables.taken_over import PAIR, pairs_of, taken_over_pairs, with_taken_over
from playbook.crm.values.typed import Options, Typed

_TELLING = (
    "stage",
    "status",
    "is_won",
    "is_closed",
    "is_lost",
    "lost_reason",
)  # of these, and a day of closing, comes the outcome


def with_outcome(
    deals: DealsOnDisk, spellings: dict[str, dict], lists: Listed, tables: list[OnDisk], options: Options, work: Work
) -> DealsOnDisk:
    """With one spelling for each thing, and in `_outcome` what became of each deal; without those that do not say it.

    Raises
    ------
    UnusableInput : if nothing says which deals were won or lost.
    """
    columns = [c for c in _TELLING if c in deals.columns]
    day = "closed_on" in deals.columns
    listed = [quoted(c) for c in columns] + (["closed_on IS NOT NULL"] if day else [])
    measures = ["count(*) AS _rows", "min(_pos) AS _first", *(["min(closed_on) AS closed_on"] if day else [])]
    sorts = work.engine.frame(
        f"SELECT {', '.join([*listed, *measures])} FROM {quoted(work.view_of(deals.file))} "
        f"{'GROUP BY ' + ', '.join(listed) if listed else ''} ORDER BY _first"
    )
    key = _sort(sorts, columns)
    respelled_sorts = gathering.respelled(sorts, spellings)
    used = [t.without_rows for t in tables]
    mappings = mappings_in_use(used, options.user)
    stage_names = respelled_sorts["stage"].dropna().unique() if "stage" in respelled_sorts else ()
    outcome_of_sorts = outcomes(
        respelled_sorts, outcome_by_stage(lists.outcome_by_stage(), stage_names, options.user), outcome_words(mappings),
        WeighedLedger(work.ledger, sorts["_rows"]), where_of(used), usual_stages(mappings), sorts["_rows"],
    )  # fmt: skip
    by_sort = dict(zip(key, outcome_of_sorts, strict=True))

    def named(rows: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
        outcome = _sort(rows, columns).map(by_sort).astype("str")
        rows = gathering.respelled(rows, spellings).assign(_outcome=outcome)
        return without_no_deals(rows, outcome, ledger)[0]

    return step(deals, "deals-named", work, named)


def _sort(rows: pd.DataFrame, columns: list[str]) -> pd.Series:
    closed = rows["closed_on"].notna().map({True: "y", False: "n"}) if "closed_on" in rows else ""
    return keys(rows, columns) + closed


def cleaned(deals: DealsOnDisk, products: list[Typed], settings: Settings, options: Options, work: Work) -> DealsOnDisk:
    """With days, list prices, money and words as the kit has them."""
    words = _different(deals, "forecast_category", work)
    all_deals = rules.AllDeals(work.filled(deals.file), _different(deals, "currency", work), forecast_words=words)
    rules.say_of_forecast_words(words, options.user, work.ledger)
    rates = dict(options.user.rates) if options.user else {}
    priced = products and {"product", "amount"} <= set(deals.columns) and "list_amount" not in all_deals.filled
    sold = [pd.Series(dtype="float64")]
    if priced:
        sold += [gathering.sold_at(rows, products, rows["_outcome"]) for rows in work.pieces(deals.file)]
    all_sold = pd.concat(sold, ignore_index=True)

    def clean(rows: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
        outcome = rows["_outcome"]
        rows = rules.with_days(rows, outcome, ledger, all_deals)
        rows = gathering.with_list_prices(rows, products, outcome, ledger, all_deals.filled, all_sold)
        rows = rules.with_money(rows, outcome, settings.currency, rates, ledger, all_deals)
        return rules.with_words(rows, outcome, options.user, ledger, all_deals)

    return step(deals, "deals-clean", work, clean)


def _different(deals: DealsOnDisk, column: str, work: Work) -> tuple[str, ...]:
    """The different texts of a column, in their order."""
    if column not in deals.columns:
        return ()
    table = quoted(work.view_of(deals.file))
    met = work.engine.rows(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL")
    return tuple(sorted(text for (text,) in met))


def currency_counts(deals: DealsOnDisk, work: Work) -> pd.Series:
    """The deals in each currency, the most frequent first."""
    if "currency" not in deals.columns:
        return pd.Series(dtype="int64")
    met = work.engine.frame(
        f"SELECT currency AS v, count(*) AS n FROM {quoted(work.view_of(deals.file))} WHERE currency IS NOT NULL "
        "GROUP BY 1 ORDER BY n DESC, min(_pos)"
    )
    return pd.Series(met["n"].to_numpy(), index=pd.Index(met["v"]))


def days_of_closing(deals: DealsOnDisk, today: pd.Timestamp, work: Work) -> pd.Series:
    """The first and the last day up to `today` on which a deal was closed."""
    day = f"TIMESTAMP '{today:%Y-%m-%d %H:%M:%S}'"
    return work.engine.frame(
        f"SELECT min(closed_on) AS v FROM {quoted(work.view_of(deals.file))} WHERE closed_on <= {day} "
        f"UNION ALL SELECT max(closed_on) FROM {quoted(work.view_of(deals.file))} WHERE closed_on <= {day}"
    )["v"].astype("datetime64[us]")


def money_won(deals: DealsOnDisk, work: Work) -> pd.Series:
    """The money that each rep won, by rep_id."""
    if "amount" not in deals.columns:
        return pd.Series(dtype="float64")
    won = work.engine.frame(
        f"SELECT rep_id, sum(amount) AS won FROM {quoted(work.view_of(deals.file))} WHERE _outcome = 'won' "
        "AND amount IS NOT NULL GROUP BY rep_id ORDER BY rep_id"
    )
    return won.set_index("rep_id")["won"]


def owner_details(deals: DealsOnDisk, work: Work) -> pd.DataFrame:
    """What deals say of their owners: the last row of each sort, oldest first; person_id and what the export has."""
    details = [c for c in ("manager_name", "territory", "job") if c in deals.columns]
    listed = ", ".join(quoted(c) for c in ["rep_id", *details])
    return work.engine.frame(
        f"SELECT {listed}, arg_max(_pos, (coalesce(created_on, TIMESTAMP '0001-01-01'), _pos)) AS p, "
        f"max((coalesce(created_on, TIMESTAMP '0001-01-01'), _pos)) AS latest FROM {quoted(work.view_of(deals.file))} "
        f"GROUP BY {listed} ORDER BY latest"
    )[["rep_id", *details]].rename(columns={"rep_id": "person_id"})


def owners_of(deals: DealsOnDisk, work: Work) -> set[str]:
    """Everyone who owns a deal."""
    return {who for (who,) in work.engine.rows(f"SELECT DISTINCT rep_id FROM {quoted(work.view_of(deals.file))}")}


def held_against_rules(
    deals: DealsOnDisk, people: pd.DataFrame, leavers: frozenset[str], today: pd.Timestamp, work: Work
) -> Path:
    """The canonical opportunities, with each deal's probability and place among all; `leavers`: `taken_over_pairs`."""
    day, table = f"TIMESTAMP '{today:%Y-%m-%d %H:%M:%S}'", quoted(work.view_of(deals.file))
    ((backwards, closed, created_last, closed_last),) = work.engine.rows(
        "SELECT count(*) FILTER (closed_on < created_on), count(closed_on), "
        f"max(created_on) FILTER (created_on <= {day}), max(closed_on) FILTER (closed_on <= {day}) FROM {table}"
    )
    rules.warn_of_moved_deals(backwards, closed, work.ledger)
    last = max((pd.Timestamp(d) for d in (created_last, closed_last) if d is not None), default=today)
    all_deals = rules.AllDeals(work.filled(deals.file), last_day=last)
    taken = taken_over_pairs(_pairs(deals, work), leavers, work.ledger)
    names = [*TABLES["opportunities"], "probability", "_pos"]
    writer: TableWriter = work.writer("opportunities-in-order", "opportunities", names)
    with writer, GrowingLedger(work.ledger) as ledger:
        for rows in work.pieces(deals.file):
            outcome = rows["_outcome"]
            ruled = rules.with_rules(with_taken_over(rows, taken), outcome, people, today, ledger, all_deals)
            made = rules.canonical(ruled, outcome)
            chance = ruled.get("probability", np.nan)
            writer.add(made.assign(probability=chance, _pos=ruled["_pos"]))
    deals.file.unlink()
    return writer.file


def _pairs(deals: DealsOnDisk, work: Work) -> pd.DataFrame:
    """How many deals there are of each creator and owner (`taken_over.pairs_of`)."""
    if "created_by" not in deals.columns:
        return pairs_of(pd.DataFrame())
    listed = ", ".join(map(quoted, PAIR))
    return work.engine.frame(
        f"SELECT {listed}, count(*) AS many FROM {quoted(work.view_of(deals.file))} WHERE created_by IS NOT NULL "
        f"GROUP BY {listed} ORDER BY {listed}"
    )
