"""Exports larger than memory in, a company's folder out: the same tables and the same report as in memory.

Files are read in pieces and put down as text; then the rules go the way of every import (`company_steps`), with the
rows on disk. Deals, history and activities never stand in memory whole; people, stages, quotas and the lists of
customers and products do.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Dict
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa

from playbook.atomic import write_beside
from playbook.company import (
    TABLES,
    Company,
    empty,
    save_table,
    save_toml,
    settings_as_dict,
    shaped,
    validate,
)
from playbook.crm.account.growing import GrowingLedger
from playbook.crm.account.ledger import Ledger
from playbook.crm.account.mapping_entries import values_in_memory
from playbook.crm.account.report import ImportReport
from playbook.crm.files.raw_table import NoTable, RawTable
from playbook.crm.headings.deal_evidence import LOOKED_THROUGH, names_deals
from playbook.crm.headings.mapping import shipped
from playbook.crm.headings.meaning import KnownHeadings, Meanings
from playbook.crm.headings.recognised import Recognised
from playbook.crm.import_options import ImportOptions
from playbook.crm.larger.activities_in_pieces import DealsOnDisk, activities_in_order
from playbook.crm.larger.duckdb_engine import DuckDbEngine, quoted
from playbook.crm.larger.final import one_row, write_table, write_unused_columns
from playbook.crm.larger.history_in_pieces import followed_in, history_ranges, owner_histories
from playbook.crm.larger.on_disk import TableWriter, text_schema
from playbook.crm.larger.reading import Sizes, Staged, tables_in_pieces
from playbook.crm.larger.reading_values import OnDisk, values_read
from playbook.crm.larger.room import workroom
from playbook.crm.larger.rows_on_disk import RowsOnDisk
from playbook.crm.larger.work import Work
from playbook.crm.saving import save_report
from playbook.crm.steps.activity_steps import DealsAbout
from playbook.crm.steps.company_steps import HistoryRange, ReadTables, company_by
from playbook.crm.tables.gathered_deals import columns_of_deals, rows_in_use
from playbook.crm.values.typed import Options, Typed

_LIBRARIES = 200 * 1024**2  # what the interpreter and its libraries take before any row is read
_GROWN = ("opportunities", "stage_history", "activities")
_FILE = "opportunities.parquet"
_ID = "opportunity_id"


def sizes_within(memory: int) -> Sizes:
    """How much is taken at once so that the whole stays within `memory` bytes."""
    left = max(memory - _LIBRARIES, memory // 3)
    return Sizes(
        memory=memory, bytes=min(max(left // 64, 2 * 1024**2), 64 * 1024**2),
        rows=min(max(left // 8192, 20_000), 1_000_000), engine=left * 3 // 10,
    )  # fmt: skip


def import_in_pieces(
    import_options: ImportOptions, folder: Path, sizes: Sizes, say: Callable[[str], None]
) -> ImportReport:
    """Import into `folder` what `import_options` names, without ever holding it in memory whole; the report.

    Raises
    ------
    UnusableInput : as `import_exports`; also for large files of a form that is read whole.
    DiskFull : if the disk beside `folder` has no room for the pieces.
    """
    with _returned_memory(), workroom(folder) as room, DuckDbEngine(sizes.engine, room) as engine:
        way = InPieces(Work(engine, room, sizes, Ledger(), say))
        company, report = company_by(way, import_options)
        _save(company, report, room, folder)
        return report


@contextmanager
def _returned_memory() -> Iterator[None]:
    """Arrow gives memory back to the system at once, instead of reserving it ahead and keeping it."""
    before = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(before)


class InPieces:
    """The way (`company_steps.ImportWay`) of exports that do not fit into memory: rows stand on disk."""

    def __init__(self, work: Work) -> None:
        self.ledger = work.ledger
        self._work = work
        self._large: dict[str, list[OnDisk]] = {}
        self._rows: dict[str, int] = {}

    def say(self, line: str) -> None:
        """As `ImportWay`."""
        self._work.say(line)

    def raw_tables(
        self, paths: list[Path], known: KnownHeadings, encodings: Dict[str, str]
    ) -> Iterable[RawTable | NoTable]:
        """As `ImportWay`; of large tables those rows are in memory that tell what they are."""
        work = self._work
        for raw in tables_in_pieces(paths, known, work.room, work.sizes, work.say, encodings):
            yield _with_an_id_again(raw, work) if isinstance(raw, Staged) else raw

    def names_deals(self, raw: RawTable, heading: str, deals: RawTable, id_heading: str) -> float:
        """As `ImportWay`, of the cells by which the table is known."""
        if not isinstance(deals, Staged):
            return names_deals(raw.cells[heading], deals.cells[id_heading])
        own = raw.cells[heading].dropna().head(LOOKED_THROUGH)
        if own.empty:
            return 0.0
        engine = self._work.engine
        engine.create_view("deals", deals.place)
        engine.register("own", pa.table({"cell": pa.array(own.astype("str"), pa.string())}))
        among = f"SELECT {deals.column(id_heading)} FROM deals"
        ((named,),) = engine.rows(f"SELECT count(*) FROM own WHERE cell IN ({among})")
        return float(named) / len(own)

    def different(self, raw: RawTable, heading: str) -> Iterable[str]:
        """As `ImportWay`, wherever its table is."""
        if not isinstance(raw, Staged):
            return values_in_memory(raw, heading)
        name = raw.column(heading)
        self._work.engine.create_view("raw", raw.place)
        met = self._work.engine.rows(f"SELECT DISTINCT {name} FROM raw WHERE {name} IS NOT NULL")
        return [text for (text,) in met]

    def read(self, tables: list[Recognised], options: Options) -> ReadTables:
        """As `ImportWay`."""
        lists, self._large = values_read(tables, options, self._work)
        deals = self._large["opportunities"]
        return ReadTables(lists, [table.without_rows for table in deals], sum(table.many for table in deals))

    def deals(self) -> RowsOnDisk:
        """As `ImportWay`."""
        work, tables = self._work, self._large["opportunities"]
        of_deals = [c for t in tables for c in columns_of_deals(t.columns)]
        columns = list(dict.fromkeys([*of_deals, "_file", "_row", "_crm", "_pos"]))
        names = self._unused_headings()
        place = 0
        with (
            work.writer("deals-all", "opportunities", columns) as writer,
            TableWriter(work.room / "aside-all.parquet", text_schema([*names.values(), "_pos"])) as aside_writer,
            GrowingLedger(self.ledger) as ledger,
        ):
            for table in tables:
                own = {f"a{i}": names[h] for i, h in enumerate(table.recognised.left_aside)}
                asides = table.aside_pieces(work.sizes.rows)
                for piece, beside in zip(work.pieces(table.rows), asides, strict=True):
                    rows = rows_in_use(table.typed(piece), place, ledger)
                    writer.add(rows.assign(_pos=rows.index))
                    of_rows = beside.rename(columns=own).iloc[rows.index - place]
                    aside_writer.add(of_rows.assign(_pos=rows.index))
                    place += len(piece)
        return RowsOnDisk(writer.file, "opportunities", writer.rows, work, beside=aside_writer.file)

    def _unused_headings(self) -> dict[str, str]:
        """The headings that mean nothing to the kit → their columns on disk."""
        headings = dict.fromkeys(h for t in self._large["opportunities"] for h in t.recognised.left_aside)
        return {heading: f"a{number}" for number, heading in enumerate(headings)}

    def activities(self) -> list[tuple[Typed, RowsOnDisk]]:
        """As `ImportWay`."""
        made = []
        for number, table in enumerate(self._large["activities"]):
            rows = RowsOnDisk(
                table.rows, "activities", table.many, self._work, place="_row", prefix=f"{number}-",
                dressed=_typed_rows(table),
            )  # fmt: skip
            made.append((table.without_rows, rows))
        return made

    def deals_about(self, deals: RowsOnDisk) -> DealsAbout:
        """As `ImportWay`."""
        by_name = any("deal_name" in table.columns for table in self._large["activities"])
        return DealsOnDisk(deals.file, by_name, self._work).about

    def keep_opportunities(self, opportunities: RowsOnDisk, company: Company) -> None:
        """As `ImportWay`; what was there before is removed."""
        self._work.say("Writing the deals")
        table = quoted(self._work.view_of(opportunities.file))
        columns = ", ".join(map(quoted, TABLES["opportunities"]))

        def held() -> Iterator[pd.DataFrame]:
            question = f"SELECT {columns} FROM {table} ORDER BY opportunity_id"
            for piece in self._work.engine.pieces(question, self._work.sizes.rows):
                validate(replace(company, opportunities=shaped("opportunities", piece)))
                yield piece

        self._rows["opportunities"] = write_table("opportunities", held(), self._place("opportunities"))
        self._keep_unused_columns(opportunities)
        opportunities.file.unlink()

    def _keep_unused_columns(self, opportunities: RowsOnDisk) -> None:
        """Write the columns that mean nothing to the kit, by the deals' ids."""
        names = {column: heading for heading, column in self._unused_headings().items()}
        if not names or opportunities.beside is None:
            return
        work = self._work
        beside, table = quoted(work.view_of(opportunities.beside)), quoted(work.view_of(opportunities.file))
        joined = f"{beside} AS a JOIN {table} AS o ON a._pos = o._pos"
        (counts,) = work.engine.rows(f"SELECT {', '.join(f'count(a.{n})' for n in names)} FROM {joined}")
        filled = {n: h for (n, h), many in zip(names.items(), counts, strict=True) if many}
        if not filled:
            return
        headings = {n: "opportunity_id (export)" if h == _ID else h for n, h in filled.items()}
        pieces = work.engine.pieces(
            f"SELECT o.opportunity_id, {', '.join(f'a.{n}' for n in filled)} FROM {joined} ORDER BY o.opportunity_id",
            work.sizes.rows,
        )
        columns = [_ID, *headings.values()]
        (work.room / "kept_aside").mkdir()
        write_unused_columns((p.set_axis(columns, axis=1) for p in pieces), work.room / "kept_aside" / _FILE, columns)

    def owner_histories(self) -> list[Typed]:
        """As `ImportWay`."""
        return owner_histories(self._large["stage_history"], self._work)

    def followed(self) -> frozenset[str]:
        """As `ImportWay`."""
        return followed_in(self._large["stage_history"], self._work)

    def histories(self) -> Iterator[HistoryRange]:
        """As `ImportWay`."""
        return history_ranges(
            self._large["stage_history"], self._large["opportunities"], self._place("opportunities"), self._work
        )

    def keep_history(self, pieces: Iterator[pd.DataFrame]) -> None:
        """As `ImportWay`."""
        self._rows["stage_history"] = write_table("stage_history", pieces, self._place("stage_history"))

    def history(self) -> Iterator[pd.DataFrame]:
        """As `ImportWay`."""
        return self._work.pieces(self._place("stage_history"))

    def keep_activities(self, activities: list[RowsOnDisk]) -> None:
        """As `ImportWay`."""
        self._work.say("Writing the activities")
        ordered = activities_in_order([each.file for each in activities if each.many], self._work)
        self._rows["activities"] = write_table("activities", ordered, self._place("activities"))

    def with_kept(self, company: Company) -> Company:
        """As `ImportWay`: of the tables on disk a few rows that say what they hold."""
        company = replace(company, **{name: self._digest(name) for name in _GROWN})
        validate(replace(company, **{name: empty(name) for name in _GROWN}))
        return company

    def rows_kept(self) -> dict[str, int]:
        """As `ImportWay`."""
        return self._rows

    def _place(self, table: str) -> Path:
        return self._work.room / f"{table}.parquet"

    def _digest(self, table: str) -> pd.DataFrame:
        """A few rows of a grown table that say all that is asked of a whole one: which columns hold values, whose deals
        have which outcome and stage."""
        filled = self._work.filled(self._place(table))
        sample = one_row(table, filled)
        if table != "opportunities":
            return sample
        sorts = self._work.engine.frame(
            f"SELECT min(opportunity_id) AS opportunity_id, rep_id, outcome, stage FROM {table} "
            "GROUP BY rep_id, outcome, stage ORDER BY 1"
        )
        rest = [c for c in sample.columns if c in filled and c not in sorts.columns]
        return shaped(table, sorts.assign(**{c: sample[c].iloc[0] for c in rest}))


def _typed_rows(table: OnDisk) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Pieces of the table's file as its rows with values."""
    return lambda piece: table.typed(piece).rows


def _with_an_id_again(raw: Staged, work: Work) -> Staged:
    """With two rows of one id among those by which the table is known, if it has such: a history is told by them."""
    meanings = Meanings(raw)
    history = [m.kinds["stage_history"] for m in shipped() if "stage_history" in m.kinds]
    ids = {h for h in raw.headings for k in history if (m := meanings.of(h, "stage_history", k)) and m.field == _ID}
    for heading in ids:
        if raw.cells[heading].duplicated().any():
            continue
        name = raw.column(heading)
        work.engine.create_view("raw", raw.place)
        twice = work.engine.rows(f"SELECT min(_row), max(_row) FROM raw GROUP BY {name} HAVING count(*) > 1 LIMIT 1")
        for first, last in twice:
            rows = work.engine.frame(f"SELECT * FROM raw WHERE _row IN ({first}, {last})").set_index("_row")
            cells = pd.concat([raw.cells, rows.rename_axis(None).set_axis(raw.headings, axis=1)])
            raw = replace(raw, cells=cells[~cells.index.duplicated()].sort_index())
    return raw


def _save(company: Company, report: ImportReport, room: Path, folder: Path) -> None:
    """Everything into the company's folder, each file beside its place and then renamed."""
    made = [f"{name}.parquet" for name in _GROWN] + [f"kept_aside/{_FILE}"]
    for name in (n for n in made if (room / n).is_file()):
        with write_beside(folder / name) as beside:
            (room / name).chmod(0o600)  # it may speak of people
            os.replace(room / name, beside)
    for name in TABLES:
        if name not in _GROWN:
            save_table(company.table(name), folder / f"{name}.parquet")
    save_toml(settings_as_dict(company.settings), folder / "company.toml")
    save_report(report, folder)
