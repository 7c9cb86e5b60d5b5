"""Activities in pieces: whose each is and when, with the deals that they are about asked of the engine."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa

from playbook.company import TABLES
from playbook.crm.account.ledger import without_deleted
from playbook.crm.larger.deals_in_pieces import settle
from playbook.crm.larger.duckdb_engine import quoted
from playbook.crm.larger.growing import GrowingLedger
from playbook.crm.larger.on_disk import TableWriter, columns_in, text_schema
from playbook.crm.larger.reading_values import OnDisk
from playbook.crm.larger.work import Work
from playbook.crm.tables.activities import owned
from playbook.crm.tables.activity_deals import with_deals
from playbook.crm.tables.people import Directory
from playbook.crm.values.identity import long_ids
from playbook.crm.values.typed import Typed
from playbook.crm.values.words import folded

_COLUMNS = list(TABLES["activities"])


def activities_on_disk(
    tables: list[OnDisk], deals: Path, known: Directory, today: pd.Timestamp, work: Work
) -> list[Path]:
    """The activities of each table, before links to deals are followed: the canonical columns, activity_id, `_pos`.

    `deals` are the cleaned ones.
    """
    named = [t for t in tables if "deal_name" in t.columns]
    called = _called(deals, work) if named and "name" in columns_in(deals) else None
    files, at = [], 0
    for number, table in enumerate(tables):
        if not table.many:
            continue
        work.say(f"Going through {table.recognised.raw.label}")
        once = _once(table, number, work)
        salesforce = table.recognised.crm == "Salesforce"
        if {"rep_id", "rep_name", "rep_email"} & set(table.columns):
            settle(once.file, "_row", known, salesforce, work)
        columns = [*_COLUMNS, *(["activity_id"] if "activity_id" in table.columns else []), "_pos"]
        writer = work.writer(f"activities-{number}", "activities", columns)
        with writer, GrowingLedger(work.ledger) as ledger:
            for piece in work.pieces(once.file):
                rows = table.typed(piece).rows
                rows, owner = with_deals(rows, _about(rows, deals, called, work), known, salesforce, ledger)
                made = owned(table.without_rows, rows, owner, today, ledger)
                writer.add(made.assign(_pos=range(at, at + len(made))))
                at += len(made)
        known.unsettle()
        once.file.unlink()
        if writer.rows:
            files.append(writer.file)
    return files


def _once(table: OnDisk, number: int, work: Work) -> TableWriter:
    """The table's rows without those that the CRM deleted, and each activity once."""
    again: set[int] = set()
    if "activity_id" in table.columns:
        is_in_use = "NOT coalesce(is_deleted, false)" if "is_deleted" in table.columns else "true"
        again = {
            row
            for (row,) in work.engine.rows(
                f"SELECT _row FROM (SELECT _row, row_number() OVER (PARTITION BY activity_id ORDER BY _row) AS n "
                f"FROM {quoted(work.view_of(table.rows))} WHERE activity_id IS NOT NULL AND {is_in_use}) WHERE n > 1"
            )
        }
    writer = work.writer(f"activities-once-{number}", "activities", [*table.columns, "_row"])
    with writer, GrowingLedger(work.ledger) as ledger:
        for piece in work.pieces(table.rows):
            rows = without_deleted(table.typed(piece).rows, ledger, "activities")
            twice = rows.index.isin(again)
            if "activity_id" in rows:
                ledger.drop(rows[twice], "another row of the same activity")
            writer.add(rows[~twice].assign(_row=rows.index[~twice]))
    return writer


def _called(deals: Path, work: Work) -> str:
    """The deals' names as they are compared, as a table of the engine."""
    place = work.room / "called.parquet"
    with TableWriter(place, text_schema(["opportunity_id", "rep_id", "name", "called"])) as writer:
        for rows in work.pieces(deals):
            writer.add(rows.assign(called=rows["name"].map(folded, na_action="ignore").astype("str")))
    return work.view_of(place)


def _about(rows: pd.DataFrame, deals: Path, called: str | None, work: Work) -> pd.DataFrame:
    """The deals that the activities may be about: those with such an id, and all with such a name."""
    ids = _each(rows, "opportunity_id")
    ids = pd.concat([ids, long_ids(ids)]).drop_duplicates()
    names = pd.concat([rows.get("deal_name", ids[:0]).dropna().str.strip(), _each(rows, "deal_name")]).map(folded)
    work.engine.register("wanted_ids", pa.table({"v": pa.array(ids, pa.large_string())}))
    columns = [c for c in ("opportunity_id", "rep_id", "name") if c in columns_in(deals)]
    listed = ", ".join(columns)
    selects = [f"SELECT {listed} FROM {quoted(work.view_of(deals))} WHERE opportunity_id IN (SELECT v FROM wanted_ids)"]
    if called is not None and len(names):
        work.engine.register("names", pa.table({"v": pa.array(names.unique(), pa.large_string())}))
        selects.append(f"SELECT {listed} FROM {called} WHERE called IN (SELECT v FROM names)")
    return work.engine.frame("\nUNION\n".join(selects))


def _each(rows: pd.DataFrame, column: str) -> pd.Series:
    """The different texts between semicolons in a column."""
    if column not in rows:
        return pd.Series(dtype="str")
    parts = rows[column].dropna().str.split(";").explode().str.strip().astype("str")
    return parts.drop_duplicates().reset_index(drop=True)


def activities_in_order(
    files: list[Path], links: list[Typed], opportunities: Path, work: Work
) -> Iterator[pd.DataFrame]:
    """The canonical activities in their order; those of deals that were not imported keep no deal."""
    if not files:
        return
    work.engine.create_view("activities", *files)
    source, deal = "activities AS a", "a.opportunity_id"
    if links and any("activity_id" in columns_in(file) for file in files):
        joined = pd.concat([t.rows for t in links]).dropna(subset=["activity_id"]).drop_duplicates("activity_id")
        work.engine.register(
            "links", pa.Table.from_pandas(joined[["activity_id", "opportunity_id"]], preserve_index=False)
        )
        source = "activities AS a LEFT JOIN links AS l ON a.activity_id = l.activity_id"
        deal = "coalesce(a.opportunity_id, l.opportunity_id)"
    work.engine.create_view("known_deals", opportunities)
    yield from work.engine.pieces(
        f'SELECT a.rep_id, d.opportunity_id, a.kind, a."on", a.minutes FROM {source} '
        f"LEFT JOIN (SELECT opportunity_id FROM known_deals) AS d ON d.opportunity_id = {deal} "
        'ORDER BY a.rep_id NULLS LAST, a."on" NULLS LAST, d.opportunity_id NULLS LAST, a.kind NULLS LAST, '
        "a.minutes NULLS LAST",
        work.sizes.rows,
    )
