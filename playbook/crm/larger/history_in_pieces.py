"""The stage history in pieces of whole deals: routed by the deals' ids, so that all steps of a deal come together.

The pieces are ranges of ids, so that what is made of one after the other is in the order of the canonical table.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from playbook.crm.larger.duckdb_engine import literal, quoted
from playbook.crm.larger.on_disk import TableWriter, whole
from playbook.crm.larger.reading_values import OnDisk
from playbook.crm.larger.work import Work
from playbook.crm.steps.company_steps import HistoryRange
from playbook.crm.tables.gathered_deals import ids_in, with_ids_of_rows
from playbook.crm.values.changed_values import followed_fields, names_of_owner
from playbook.crm.values.identity import long_ids
from playbook.crm.values.typed import Typed


@dataclass(frozen=True)
class _Routed:
    """A table whose rows lie in one file for each range of ids."""

    table: OnDisk
    parts: list[TableWriter]

    def part(self, number: int) -> Typed:
        """The rows of a range, in the file's order."""
        return self.table.typed(whole(self.parts[number].file).drop(columns="_key"))


def history_ranges(
    tables: list[OnDisk], deal_tables: list[OnDisk], opportunities: Path, work: Work
) -> Iterator[HistoryRange]:
    """The steps of all deals, range by range of their ids.

    `opportunities` are the canonical ones, in the order of their ids.
    """
    wide = [t for t in deal_tables if t.recognised.wide_stage_dates]
    if not tables and not wide:
        return
    bounds = _bounds(opportunities, sum(t.many for t in [*tables, *wide]), work)
    work.say("Sorting the stage history by deals")
    long = [_routed(t, f"history-{n}", bounds, _ids, work) for n, t in enumerate(tables)]
    spread = [_routed(t, f"spread-{n}", bounds, ids_in, work) for n, t in enumerate(wide)]
    work.say("Putting the stage history together")
    for number in range(len(bounds) + 1):
        deals = _deals_between(opportunities, bounds, number, work)
        of_deals = [with_ids_of_rows(r.part(number)) for r in spread]
        yield HistoryRange([r.part(number) for r in long], of_deals, deals)
        for routed in (*long, *spread):
            routed.parts[number].file.unlink()


def owner_histories(tables: list[OnDisk], work: Work) -> list[Typed]:
    """Of the tables that follow the owner, the rows of deals that had several."""
    needed = {"opportunity_id", "entered_on"}
    follow = [t for t in tables if needed <= set(t.columns) and {"field", "owner"} & set(t.columns)]
    return [_of_owners(table, work) for table in follow]


def _of_owners(table: OnDisk, work: Work) -> Typed:
    view = quoted(work.view_of(table.rows))
    if "field" in table.columns:
        met = work.engine.rows(f"SELECT DISTINCT field FROM {view} WHERE field IS NOT NULL")
        names = names_of_owner(pd.Series([name for (name,) in met], dtype="str"))
        which = f"field IN ({', '.join(map(literal, names)) or 'NULL'})"
    else:
        several = f"SELECT opportunity_id FROM {view} GROUP BY 1 HAVING count(DISTINCT owner) > 1"
        first = f"SELECT min(_row) FROM {view} WHERE owner IS NOT NULL"  # tells that the owner is followed
        which = f"opportunity_id IN ({several}) OR _row = ({first})"
    return table.typed(work.engine.frame(f"SELECT * FROM {view} WHERE {which} ORDER BY _row"))


def followed_in(tables: list[OnDisk], work: Work) -> frozenset[str]:
    """The fields that the histories of changed fields follow."""
    names = [
        name
        for t in tables
        if "field" in t.columns
        for (name,) in work.engine.rows(
            f"SELECT DISTINCT field FROM {quoted(work.view_of(t.rows))} WHERE field IS NOT NULL"
        )
    ]
    return followed_fields(pd.Series(names, dtype="str"))


def _ids(table: Typed) -> pd.Series:
    ids = table.rows["opportunity_id"]
    return long_ids(ids) if table.recognised.crm == "Salesforce" else ids


def _bounds(opportunities: Path, rows: int, work: Work) -> list[str]:
    """Ids that part the deals into ranges, each with about a piece's share of the history."""
    parts = max(rows // (work.sizes.rows // 2 or 1), 1)
    ((deals,),) = work.engine.rows(f"SELECT count(*) FROM {quoted(work.view_of(opportunities))}")
    each = max(-(-deals // parts), 1)
    bounds = work.engine.rows(
        f"SELECT opportunity_id FROM read_parquet({literal(str(opportunities))}, file_row_number = true) "
        f"WHERE file_row_number > 0 AND file_row_number % {each} = 0 ORDER BY 1"
    )
    return [bound for (bound,) in bounds]


def _routed(table: OnDisk, name: str, bounds: list[str], ids_of: Callable[[Typed], pd.Series], work: Work) -> _Routed:
    columns = [*table.columns, "_row", "_key"]
    parts = [work.writer(f"{name}-{n}", table.recognised.kind, columns) for n in range(len(bounds) + 1)]
    limits = np.array(bounds, dtype=object)
    for piece in work.pieces(table.rows):
        ids = ids_of(table.typed(piece)).reset_index(drop=True)
        codes, different = pd.factorize(ids)
        ranges = np.searchsorted(limits, different.astype(object).to_numpy(), side="right") if len(bounds) else None
        number = np.append(ranges if ranges is not None else np.zeros(len(different), dtype="int64"), 0)[codes]
        for part, rows in piece.groupby(number, sort=False):
            parts[int(part)].add(rows)
    for part in parts:
        part.close()
    return _Routed(table, parts)


def _deals_between(opportunities: Path, bounds: list[str], number: int, work: Work) -> pd.DataFrame:
    first = f"opportunity_id >= {literal(bounds[number - 1])}" if number else "true"
    after = f"opportunity_id < {literal(bounds[number])}" if number < len(bounds) else "true"
    return work.engine.frame(
        "SELECT opportunity_id, created_on, pipeline, stage, outcome, closed_on, expected_close_on, forecast_category "
        f"FROM {quoted(work.view_of(opportunities))} "
        f"WHERE {first} AND {after} ORDER BY opportunity_id"
    )
