"""The deals of all files, piece by piece in the files' order: one row per id, an owner, one spelling, an outcome.

Each step reads the table that the step before has put down, and asks the engine what is true of all of it first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from playbook.crm.account.ledger import Ledger
from playbook.crm.import_options import no_deals, no_owner
from playbook.crm.larger.duckdb_engine import literal, quoted
from playbook.crm.larger.growing import GrowingLedger
from playbook.crm.larger.on_disk import TableWriter, columns_in, text_schema
from playbook.crm.larger.reading_values import OnDisk
from playbook.crm.larger.work import Work
from playbook.crm.tables import gathered_deals as gathering
from playbook.crm.tables.people import Directory, owners, without_owner
from playbook.crm.tables.stages import Listed
from playbook.crm.tables.taken_over import with_opener
from playbook.crm.values.typed import Typed

_OWNER = ("rep_id", "rep_name", "rep_email")


@dataclass(frozen=True)
class DealsOnDisk:
    """The deals as a step left them: where, and which file holds the columns that mean nothing to the kit."""

    file: Path
    aside: Path
    aside_names: list[str]
    many: int

    @property
    def columns(self) -> list[str]:
        """The columns of the deals."""
        return columns_in(self.file)


def step(
    deals: DealsOnDisk, name: str, work: Work, change: Callable[[pd.DataFrame, Ledger], pd.DataFrame]
) -> DealsOnDisk:
    """The deals after `change`, which is given a piece (indexed by its place among all) and a ledger.

    What the step before put down is removed.
    """
    writer: TableWriter | None = None
    with GrowingLedger(work.ledger) as ledger:
        for rows in work.pieces(deals.file):
            changed = change(rows.set_index("_pos", drop=False).rename_axis(None), ledger)
            if writer is None:
                writer = work.writer(name, "opportunities", list(changed.columns))
            writer.add(changed)
    if writer is None:  # no rows, so nothing to change
        return deals
    writer.close()
    deals.file.unlink()
    return DealsOnDisk(writer.file, deals.aside, deals.aside_names, writer.rows)


def gathered(tables: list[OnDisk], merges: list[Typed], work: Work) -> DealsOnDisk:
    """Deals of all files, one row per id, without those that the CRM deleted or merged."""
    deals = _one_below_the_other(tables, work)
    deals, no_ids = _with_ids(deals, work)
    gone, sums = _repeated_rows(deals, no_ids, work)

    def once(rows: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
        once_each = gathering.with_sums(rows[~np.isin(rows.index.to_numpy(), gone)], sums)
        return gathering.with_merges(once_each, merges, ledger)

    deals = step(deals, "deals-once", work, once)
    if not deals.many:  # all were merged into deals that are not there
        raise no_owner([t.without_rows for t in tables])
    return deals


def _one_below_the_other(tables: list[OnDisk], work: Work) -> DealsOnDisk:
    of_deals = [c for t in tables for c in gathering.columns_of_deals(t.columns)]
    columns = list(dict.fromkeys([*of_deals, "_file", "_row", "_crm"]))
    names = list(dict.fromkeys(h for t in tables for h in t.recognised.left_aside))
    place = {h: f"a{i}" for i, h in enumerate(names)}
    schema = text_schema([*place.values(), "_pos"])
    at = 0
    with (
        work.writer("deals-all", "opportunities", [*columns, "_pos"]) as writer,
        TableWriter(work.room / "aside-all.parquet", schema) as aside_writer,
        GrowingLedger(work.ledger) as ledger,
    ):
        for table in tables:
            own = {f"a{i}": place[h] for i, h in enumerate(table.recognised.left_aside)}
            asides = table.aside_pieces(work.sizes.rows)
            for piece, beside in zip(work.pieces(table.rows), asides, strict=True):
                rows = gathering.with_crm(table.typed(piece), ledger).reset_index(drop=True)
                rows = rows.assign(_pos=np.arange(at, at + len(rows)))
                at += len(rows)
                not_deleted = gathering.not_deleted(rows, ledger)
                writer.add(not_deleted)
                aside_writer.add(beside.rename(columns=own).assign(_pos=rows["_pos"].to_numpy()).loc[not_deleted.index])
    if not writer.rows:
        raise no_deals([t.without_rows for t in tables], sum(t.many for t in tables))
    return DealsOnDisk(writer.file, aside_writer.file, names, writer.rows)


def _with_ids(deals: DealsOnDisk, work: Work) -> tuple[DealsOnDisk, bool]:
    table, engine, total = work.view_of(deals.file), work.engine, deals.many
    if "opportunity_id" not in deals.columns:
        cut = pd.DataFrame({"v": pd.Series(dtype="str"), "n": pd.Series(dtype="int64")})
        without, missing = total, "true"
    else:
        cut = engine.frame(
            f"SELECT opportunity_id AS v, count(*) AS n, min(_pos) AS p FROM {quoted(table)} "
            f"WHERE regexp_matches(opportunity_id, {literal(gathering.CUT_ID)}) GROUP BY 1 HAVING count(*) > 1 "
            "ORDER BY p"
        )
        missing = f"opportunity_id IS NULL OR opportunity_id IN ({', '.join(map(literal, cut['v'])) or 'NULL'})"
        ((without,),) = engine.rows(f"SELECT count(*) FROM {quoted(table)} WHERE {missing}")
    first = engine.frame(f"SELECT _file, _row FROM {quoted(table)} WHERE {missing} ORDER BY _pos LIMIT 1")
    first_made = gathering.made_ids(first).iloc[0] if len(first) else ""
    first_cut = cut["v"].iloc[0] if len(cut) else ""
    gathering.say_ids(total, int(cut["n"].sum()), first_cut, without, first_made, work.ledger)
    no_ids = without == total
    content = [c for c in deals.columns if c not in (*gathering.NOT_CONTENT, "_pos", "opportunity_id")]

    def with_ids(rows: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
        made = gathering.made_ids(rows)
        given = rows["opportunity_id"] if "opportunity_id" in rows else made.mask(made.notna())
        given = given.mask(given.isin(cut["v"]))
        same = pd.util.hash_pandas_object(rows[content], index=False) if no_ids else 0
        return rows.assign(opportunity_id=given.fillna(made), _made_id=given.isna(), _hash=same)

    return step(deals, "deals-ids", work, with_ids), no_ids


def _repeated_rows(deals: DealsOnDisk, no_ids: bool, work: Work) -> tuple[np.ndarray, pd.Series]:
    """The places of rows that say again what another row says; and by id the amounts of deals in a row per product."""
    engine, key = work.engine, "_hash" if no_ids else "opportunity_id"
    table, beside = quoted(work.view_of(deals.file)), quoted(work.view_of(deals.aside))
    twice = f"SELECT {key} FROM {table} GROUP BY 1 HAVING count(*) > 1"
    ((many,),) = engine.rows(f"SELECT count(*) FROM {table} WHERE {key} IN ({twice})")
    parts = -(-many // work.sizes.rows)
    columns = [c for c in deals.columns if c != "_hash"]
    gone, sums, older = [np.array([], dtype="int64")], [pd.Series(dtype="float64")], 0

    def part(number: int) -> tuple[pd.DataFrame, pd.DataFrame]:
        which = f"{key} IN ({twice}) AND hash({key}) % {parts} = {number}"
        among = engine.frame(f"SELECT {', '.join(map(quoted, columns))} FROM {table} WHERE {which} ORDER BY _pos")
        among = among.set_index("_pos").rename_axis(None)
        aside = engine.frame(f"SELECT * FROM {beside} WHERE _pos IN (SELECT _pos FROM {table} WHERE {which})")
        return among, aside.set_index("_pos").rename_axis(None).reindex(among.index)

    products = None if parts < 2 or no_ids else _products(part, parts)
    with GrowingLedger(work.ledger) as ledger:
        for number in range(parts):
            repeated = gathering.repeated_rows(*part(number), no_ids, ledger, products)
            gone += [repeated.exact.to_numpy(), repeated.older.to_numpy()]
            sums.append(repeated.sums)
            older += len(repeated.older) - len(repeated.added)
    gathering.assume_products(sum(map(len, sums)), work.ledger)
    gathering.warn_of_several_rows(older, deals.many, work.ledger)
    return np.sort(np.concatenate(gone)), pd.concat(sums)


def _products(part: Callable[[int], tuple[pd.DataFrame, pd.DataFrame]], parts: int) -> bool:
    """Whether the deals that stand in several rows stand in one per product."""
    deals = differ = 0
    for number in range(parts):
        among, aside = part(number)
        gone = gathering.repeated_rows(among, aside, no_ids=False, ledger=Ledger(), products=False).exact
        _, amounts_differ = gathering.rows_of_products(among.drop(index=gone))
        deals, differ = deals + len(amounts_differ), differ + int(amounts_differ.sum())
    return deals > 0 and differ >= 0.5 * deals


def owned(
    deals: DealsOnDisk,
    known: Directory,
    lists: Listed,
    tables: list[OnDisk],
    changes: pd.DataFrame | None,
    work: Work,
) -> DealsOnDisk:
    """The deals whose owner is a person, with stages and pipelines by name instead of by id.

    `changes` of owner as `owner_changes` has them.

    Raises
    ------
    UnusableInput : if no deal has such an owner.
    """
    ((others,),) = work.engine.rows(
        f"SELECT count(*) FROM {quoted(work.view_of(deals.file))} WHERE _crm <> 'Salesforce'"
    )
    settle(deals.file, "_pos", known, not others, work)

    def with_owner(rows: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
        owner = owners(rows, known, not others)
        has_owner = without_owner(owner, rows, ledger, "deals")
        owned_rows = with_opener(rows, owner, known, changes).assign(rep_id=owner)[has_owner]
        return gathering.with_labels(owned_rows, lists.labels, lists.pipelines)

    deals = step(deals, "deals-owned", work, with_owner)
    known.unsettle()
    if not deals.many:
        raise no_owner([t.without_rows for t in tables])
    return deals


def settle(file: Path, order: str, known: Directory, salesforce: bool, work: Work) -> None:
    """Have the directory take up everyone whom the table in `file` names as an owner, in its order."""
    columns = [quoted(c) for c in _OWNER if c in columns_in(file)]
    listed = ", ".join(columns)
    sorts = work.engine.frame(
        f"SELECT {listed}, count(*) AS _rows, min({order}) AS _first FROM {quoted(work.view_of(file))} "
        f"GROUP BY {listed} ORDER BY _first"
    )
    owners(sorts, known, salesforce, sorts["_rows"])


def with_accounts(deals: DealsOnDisk, accounts: list[Typed], work: Work) -> DealsOnDisk:
    """With what the lists of customers add."""
    for number, table in enumerate(accounts):
        whole = work.filled(deals.file)

        def added(
            rows: pd.DataFrame, ledger: Ledger, table: Typed = table, whole: frozenset[str] = whole
        ) -> pd.DataFrame:
            return gathering.with_accounts(rows, [table], ledger, whole)

        deals = step(deals, f"deals-accounts-{number}", work, added)
    return deals


def spelled(deals: DealsOnDisk, products: list[Typed], work: Work) -> dict[str, dict]:
    """By column, which spellings become which."""
    table = quoted(work.view_of(deals.file))
    counts = {}
    for column in (c for c in gathering.FOLDED if c in deals.columns):
        name = quoted(column)
        met = work.engine.frame(f"SELECT {name} AS v, count(*) AS n FROM {table} WHERE {name} IS NOT NULL GROUP BY 1")
        counts[column] = pd.Series(met["n"].to_numpy(), index=pd.Index(met["v"]))
    return gathering.spellings_of_deals(counts, products, work.ledger)
