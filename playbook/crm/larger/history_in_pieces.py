"""The stage history in pieces of whole deals: routed by the deals' ids, so that all steps of a deal come together.

The pieces are ranges of ids, so that what is made of one after the other is in the order of the canonical table.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from playbook.crm.larger.duckdb_engine import literal, quoted
from playbook.crm.larger.growing import GrowingLedger
from playbook.crm.larger.on_disk import TableWriter, whole
from playbook.crm.larger.reading_values import OnDisk
from playbook.crm.larger.work import Work
from playbook.crm.tables import gathered_deals as gathering
from playbook.crm.tables.owner_changes import changes_of_field
from playbook.crm.tables.stage_history import stage_history
from playbook.crm.tables.stages import Moves, moves_in, passed_in
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


def history_pieces(
    tables: list[OnDisk],
    deal_tables: list[OnDisk],
    opportunities: Path,
    labels: dict[str, str],
    spelling: dict[str, str],
    passed: list[pd.DataFrame],
    work: Work,
) -> Iterator[pd.DataFrame]:
    """The canonical stage history, range by range of ids; the stages passed in each are put into `passed`.

    `opportunities` are the canonical ones, in the order of their ids; the others as `history.stage_history`.
    """
    wide = [t for t in deal_tables if t.recognised.wide_stage_dates]
    if not tables and not wide:
        return
    bounds = _bounds(opportunities, sum(t.many for t in [*tables, *wide]), work)
    followed = frozenset(name for t in tables if "field" in t.columns for name in _followed(t, work))
    work.say("Sorting the stage history by deals")
    long = [_routed(t, f"history-{n}", bounds, _ids, work) for n, t in enumerate(tables)]
    spread = [_routed(t, f"spread-{n}", bounds, _wide_ids, work) for n, t in enumerate(wide)]
    work.say("Putting the stage history together")
    with GrowingLedger(work.ledger) as ledger:
        for number in range(len(bounds) + 1):
            deals = _deals_between(opportunities, bounds, number, work)
            own = [r.part(number) for r in long]
            of_deals = [_with_ids(r.part(number)) for r in spread]
            made = stage_history(own, of_deals, deals, labels, spelling, ledger, followed)
            for routed in (*long, *spread):
                routed.parts[number].file.unlink()
            if len(made):
                passed.append(passed_in(deals, made))
                yield made


def owner_changes_on_disk(tables: list[OnDisk], work: Work) -> pd.DataFrame | None:
    """The same as `owner_changes`: they alone come into memory, a row for each time that a deal changed hands."""
    parts = [part for part in (_owner_changes_of(table, work) for table in tables) if part is not None]
    return pd.concat(parts, ignore_index=True) if parts else None


def _owner_changes_of(table: OnDisk, work: Work) -> pd.DataFrame | None:
    view, known = quoted(work.view_of(table.rows)), "opportunity_id IS NOT NULL AND entered_on IS NOT NULL"
    if {"opportunity_id", "entered_on"} - set(table.columns):
        return None
    if "field" in table.columns:
        met = work.engine.rows(f"SELECT DISTINCT field FROM {view} WHERE field IS NOT NULL AND {known}")
        names = names_of_owner(pd.Series([name for (name,) in met], dtype="str"))
        if not names:
            return None
        values = ", ".join(quoted(c) for c in ("stage", "from_stage") if c in table.columns)
        rows = work.engine.frame(
            f"SELECT opportunity_id, entered_on, {values} FROM {view} WHERE {known} "
            f"AND field IN ({', '.join(map(literal, names))}) ORDER BY _row"
        )
        return changes_of_field(rows, table.recognised.crm)
    if "owner" not in table.columns:
        return None
    ((many,),) = work.engine.rows(f"SELECT count(owner) FROM {view} WHERE {known}")
    before = "lag(owner) OVER (PARTITION BY opportunity_id ORDER BY entered_on, _row)"
    changes = work.engine.frame(
        f"SELECT * EXCLUDE owner FROM (SELECT opportunity_id, {before} AS former, entered_on, owner FROM {view} "
        f"WHERE {known} AND owner IS NOT NULL) WHERE former <> owner ORDER BY opportunity_id, entered_on"
    )
    return changes if many else None


def _followed(table: OnDisk, work: Work) -> frozenset[str]:
    """The fields that a field history follows."""
    rows = work.engine.rows(f"SELECT DISTINCT field FROM {quoted(work.view_of(table.rows))} WHERE field IS NOT NULL")
    return followed_fields(pd.Series([name for (name,) in rows], dtype="str"))


def _with_ids(table: Typed) -> Typed:
    return Typed(table.recognised, table.rows.assign(opportunity_id=gathering.ids_in(table)), table.aside)


def _ids(table: Typed) -> pd.Series:
    ids = table.rows["opportunity_id"]
    return long_ids(ids) if table.recognised.crm == "Salesforce" else ids


def _wide_ids(table: Typed) -> pd.Series:
    return gathering.ids_in(table)


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


def moves_on_disk(history: Path, names: list[str], work: Work) -> Moves:
    """The moves among the stages `names` in the canonical history in `file`, which is in its order."""
    counts: dict[tuple[str, str], int] = {}
    firsts: dict[str, int] = {}
    left: pd.DataFrame | None = None
    for piece in work.pieces(history):
        steps = piece[["opportunity_id", "step", "stage"]]
        steps = steps if left is None else pd.concat([left, steps], ignore_index=True)
        last = steps["opportunity_id"] == steps["opportunity_id"].iloc[-1]  # its steps may go on in the next piece
        left = steps[last]
        _add(moves_in(steps[~last], names), counts, firsts)
    if left is not None:
        _add(moves_in(left, names), counts, firsts)
    return Moves(counts, firsts)


def _add(moves: Moves, counts: dict[tuple[str, str], int], firsts: dict[str, int]) -> None:
    for move, many in moves.counts.items():
        counts[move] = counts.get(move, 0) + many
    for stage, many in moves.firsts.items():
        firsts[stage] = firsts.get(stage, 0) + many
