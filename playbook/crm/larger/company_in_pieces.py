"""Exports larger than memory in, a company's folder out: the same tables and the same report as in memory.

Files are read in pieces and put down as text; what columns and rows say as a whole is asked of the engine; every rule
is then applied piece by piece. Deals, history and activities never stand in memory whole; people, stages, quotas and
the lists of customers and products do.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa

from playbook.atomic import write_beside
from playbook.company import (
    TABLES,
    Company,
    Settings,
    empty,
    save_table,
    save_toml,
    settings_as_dict,
    shaped,
    validate,
)
from playbook.crm.account.file_accounts import file_reports
from playbook.crm.account.ledger import Ledger
from playbook.crm.account.mapping_entries import values_in_memory, warn_of_entries_that_fit_nothing
from playbook.crm.account.oddities import say_what_is_odd, say_what_may_be_meant, with_currency
from playbook.crm.account.report import ImportReport
from playbook.crm.account.switched_off import next_export, switched_off
from playbook.crm.account.warnings_of_files import warn_of_files
from playbook.crm.files.raw_table import NoTable, RawTable
from playbook.crm.headings.deal_evidence import LOOKED_THROUGH, names_deals
from playbook.crm.headings.folder_reading import recognised_folder
from playbook.crm.headings.mapping import Mapping, shipped
from playbook.crm.headings.meaning import KnownHeadings, Meanings
from playbook.crm.headings.recognised import Recognised
from playbook.crm.import_options import ImportOptions, company_settings, mappings_in_use, refuse_without_deals
from playbook.crm.importing import table_names
from playbook.crm.larger import activities_in_pieces, deals_cleaned, deals_in_pieces, history_in_pieces
from playbook.crm.larger.duckdb_engine import DuckDbEngine, quoted
from playbook.crm.larger.final import one_row, write_table, write_unused_columns
from playbook.crm.larger.on_disk import columns_in
from playbook.crm.larger.reading import Sizes, Staged, tables_in_pieces
from playbook.crm.larger.reading_values import OnDisk, values_read
from playbook.crm.larger.room import workroom
from playbook.crm.larger.work import Work
from playbook.crm.saving import save_report
from playbook.crm.tables import stages as staging
from playbook.crm.tables.activities import coaching_log
from playbook.crm.tables.owner_changes import gave_all_away_at_once
from playbook.crm.tables.people import directory, spelling_of_names, usual_spellings
from playbook.crm.tables.quota_currencies import in_company_currency
from playbook.crm.tables.quota_units import without_other_units
from playbook.crm.tables.quotas import quotas
from playbook.crm.tables.reporting_lines import people_table
from playbook.crm.values.typed import Options, Typed
from playbook.crm.values.words import closely_folded

_LIBRARIES = 200 * 1024**2  # what the interpreter and its libraries take before any row is read
_GROWN = ("opportunities", "stage_history", "activities")


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
    user = import_options.user()
    settings = company_settings(import_options.paths, import_options.company_name, user)
    with _returned_memory(), workroom(folder) as room, DuckDbEngine(sizes.engine, room) as engine:
        work = Work(engine, room, sizes, Ledger(), say)
        tables, no_tables = _recognised_files(import_options.files(user), user, work)
        refuse_without_deals(tables, no_tables)
        warn_of_entries_that_fit_nothing(user, tables, no_tables, partial(_different_values, work), work.ledger)
        warn_of_files(tables, work.ledger)
        options = import_options.options(user, settings)
        lists, large = values_read(tables, options, work)
        company, rows = _company_of_pieces(lists, large, settings, options, work)
        in_use = mappings_in_use([t.without_rows for t in large["opportunities"]], user)
        report = ImportReport(
            company=company.settings.name,
            imported_on=f"{import_options.today:%d %b %Y}".lstrip("0"),
            files=file_reports(tables, no_tables, work.ledger),
            tables={name: rows.get(name, len(company.table(name))) for name in table_names()},
            repairs=tuple(work.ledger.repairs),
            assumptions=tuple(work.ledger.assumptions),
            switched_off=tuple(switched_off(company)),
            next_export=next_export(company, in_use),
            warnings=work.ledger.warnings,
        )
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


def _recognised_files(paths: list[Path], user: Mapping | None, work: Work) -> tuple[list[Recognised], list[NoTable]]:
    mappings = shipped()
    known = KnownHeadings((*mappings, user) if user else mappings)
    tables, no_tables = [], []
    for raw in tables_in_pieces(paths, known, work.room, work.sizes, work.say, user.encoding if user else None):
        if isinstance(raw, NoTable):
            no_tables.append(raw)
        else:
            sampled = _with_an_id_again(raw, mappings, work) if isinstance(raw, Staged) else raw
            tables.append(sampled)
    return recognised_folder(tables, mappings, user, partial(_names_deals, work)), no_tables


def _names_deals(work: Work, raw: RawTable, heading: str, deals: RawTable, id_heading: str) -> float:
    """The share of the cells of a column, among those by which its table is known, that are ids of the `deals`."""
    if not isinstance(deals, Staged):
        return names_deals(raw.cells[heading], deals.cells[id_heading])
    own = raw.cells[heading].dropna().head(LOOKED_THROUGH)
    if own.empty:
        return 0.0
    work.engine.create_view("deals", deals.place)
    work.engine.register("own", pa.table({"cell": pa.array(own.astype("str"), pa.string())}))
    among = f"SELECT {deals.column(id_heading)} FROM deals"
    ((named,),) = work.engine.rows(f"SELECT count(*) FROM own WHERE cell IN ({among})")
    return float(named) / len(own)


def _different_values(work: Work, raw: RawTable, heading: str) -> Iterable[str]:
    """The different values of a column, wherever its table is."""
    if not isinstance(raw, Staged):
        return values_in_memory(raw, heading)
    name = raw.column(heading)
    work.engine.create_view("raw", raw.place)
    return [row[0] for row in work.engine.rows(f"SELECT DISTINCT {name} FROM raw WHERE {name} IS NOT NULL")]


def _with_an_id_again(raw: Staged, mappings: tuple[Mapping, ...], work: Work) -> Staged:
    """With two rows of one id among those by which the table is known, if it has such: a history is told by them."""
    meanings = Meanings(raw)
    history = [m.kinds["stage_history"] for m in mappings if "stage_history" in m.kinds]
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


_ID = "opportunity_id"


def _company_of_pieces(
    lists: dict[str, list[Typed]],
    large: dict[str, list[OnDisk]],
    settings: Settings,
    options: Options,
    work: Work,
) -> tuple[Company, dict[str, int]]:
    """The company with its small tables, and of the grown ones a few rows that say what they hold; the grown are in
    the room. And the rows of the grown."""
    ledger, tables, today = work.ledger, large["opportunities"], options.today
    mappings = mappings_in_use([t.without_rows for t in tables], options.user)
    stage_lists = staging.listed(lists["stages"], lists["pipelines"])
    known = directory(lists["people"], ledger)
    work.say("Putting the deals together")
    deals = deals_in_pieces.gathered(tables, lists["merges"], work)
    changes = history_in_pieces.owner_changes_on_disk(large["stage_history"], work)
    deals = deals_in_pieces.owned(deals, known, stage_lists, tables, changes, work)
    deals = deals_in_pieces.with_accounts(deals, lists["accounts"], work)
    spellings = deals_in_pieces.spelled(deals, lists["products"], work)
    rates = options.user.rates if options.user else {}
    currencies = deals_cleaned.currency_counts(deals, work)
    settings = with_currency(settings, currencies, rates, ledger)
    deals = deals_cleaned.with_outcome(deals, spellings, stage_lists, tables, options, work)
    deals = deals_cleaned.cleaned(deals, lists["products"], settings, options, work)
    closing = deals_cleaned.days_of_closing(deals, today, work)
    quota_table = quotas(lists["quotas"], lists["people"], known, closing, settings.fiscal_year_starts, ledger)
    quota_table = in_company_currency(quota_table, settings.currency, len(currencies), rates, ledger)
    quota_table = without_other_units(quota_table, deals_cleaned.money_won(deals, work), closing, ledger)
    activities = activities_in_pieces.activities_on_disk(large["activities"], deals.file, known, today, work)
    coaching = coaching_log(lists["coaching_log"], known)
    usual_spellings(known)
    sellers = deals_cleaned.owners_of(deals, work) | set(quota_table["rep_id"].dropna())
    people = people_table(known, deals_cleaned.owner_details(deals, work), sellers, today, ledger)
    spelling_of_names(known, ledger)
    work.say("Holding the deals against the rules")
    by_status = "status" in deals.columns
    in_order = deals_cleaned.held_against_rules(deals, people, gave_all_away_at_once(changes), today, work)
    company = Company(settings, shaped("people", people), empty("opportunities"))
    rows = {"opportunities": _opportunities(in_order, company, work)}
    _write_unused_columns(deals, in_order, work)
    in_order.unlink()
    history = work.room / "stage_history.parquet"
    passed: list[pd.DataFrame] = []
    opportunities = work.room / "opportunities.parquet"
    pieces = history_in_pieces.history_pieces(
        large["stage_history"], tables, opportunities, stage_lists.labels, _spelling(opportunities, work), passed, work
    )
    rows["stage_history"] = write_table("stage_history", pieces, history)
    by_stage_alone = not by_status or not any("stage" in t.recognised.columns for t in tables)
    counts = _stage_counts(opportunities, history, passed, work)
    stages = staging.stages_table(counts, stage_lists, mappings, by_stage_alone, ledger)
    work.say("Writing the activities")
    ordered = activities_in_pieces.activities_in_order(activities, lists["activity_deals"], opportunities, work)
    rows["activities"] = write_table("activities", ordered, work.room / "activities.parquet")
    company = company.with_tables(stages=stages, quotas=quota_table, coaching_log=coaching)
    company = replace(company, **{name: _digest(name, work) for name in _GROWN})
    validate(replace(company, **{name: empty(name) for name in _GROWN}))
    say_what_may_be_meant([t.without_rows for t in tables], ledger)
    say_what_is_odd(company, bool(lists["people"]), ledger)
    return company, rows


def _opportunities(in_order: Path, company: Company, work: Work) -> int:
    """Write the canonical opportunities by their ids, each piece held against what every room relies on."""
    work.say("Writing the deals")
    columns = ", ".join(quoted(c) for c in columns_in(in_order) if c not in ("probability", "_pos"))
    table = quoted(work.view_of(in_order))

    def held() -> Iterator[pd.DataFrame]:
        question = f"SELECT {columns} FROM {table} ORDER BY opportunity_id"
        for piece in work.engine.pieces(question, work.sizes.rows):
            validate(replace(company, opportunities=shaped("opportunities", piece)))
            yield piece

    rows = write_table("opportunities", held(), work.room / "opportunities.parquet")
    chances = "SELECT opportunity_id, probability FROM {table} WHERE probability IS NOT NULL"
    work.engine.materialize("chances", chances.format(table=table), work.room / "chances.parquet")
    return rows


def _write_unused_columns(deals: deals_in_pieces.DealsOnDisk, in_order: Path, work: Work) -> None:
    """Write the columns that mean nothing to the kit, by the deals' ids."""
    names = {f"a{i}": h for i, h in enumerate(deals.aside_names)}
    beside, table = quoted(work.view_of(deals.aside)), quoted(work.view_of(in_order))
    joined = f"{beside} AS a JOIN {table} AS o ON a._pos = o._pos"
    if not names:
        return
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


_FILE = "opportunities.parquet"


def _spelling(opportunities: Path, work: Work) -> dict[str, str]:
    stages = work.engine.rows(
        f"SELECT stage FROM {quoted(work.view_of(opportunities))} WHERE stage IS NOT NULL "
        "GROUP BY 1 ORDER BY min(opportunity_id)"
    )
    return {closely_folded(stage): stage for (stage,) in stages}


def _stage_counts(opportunities: Path, history: Path, passed: list[pd.DataFrame], work: Work) -> staging.StageCounts:
    table = quoted(work.view_of(opportunities))
    own = work.engine.frame(
        f"SELECT pipeline, stage, outcome, count(*) AS rows FROM {table} WHERE stage IS NOT NULL GROUP BY 1, 2, 3 "
        "ORDER BY pipeline NULLS LAST, stage, outcome"
    )
    work.engine.create_view("chances", work.room / "chances.parquet")
    chances = work.engine.frame(
        f"SELECT pipeline, stage, outcome, probability AS chance, count(*) AS rows FROM {table} "
        "JOIN chances USING (opportunity_id) WHERE stage IS NOT NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
    )
    nothing = pd.DataFrame({"pipeline": pd.Series(dtype="str"), "stage": pd.Series(dtype="str")})
    return staging.StageCounts(
        own,
        pd.concat([nothing, *passed], ignore_index=True).drop_duplicates(),
        chances if len(chances) else None,
        lambda names: history_in_pieces.moves_on_disk(history, names, work),
    )


def _digest(table: str, work: Work) -> pd.DataFrame:
    """A few rows of a grown table that say all that is asked of a whole one: which columns hold values, whose deals
    have which outcome and stage."""
    filled = work.filled(work.room / f"{table}.parquet")
    sample = one_row(table, filled)
    if table != "opportunities":
        return sample
    sorts = work.engine.frame(
        f"SELECT min(opportunity_id) AS opportunity_id, rep_id, outcome, stage FROM {table} "
        "GROUP BY rep_id, outcome, stage ORDER BY 1"
    )
    rest = [c for c in sample.columns if c in filled and c not in sorts.columns]
    return shaped(table, sorts.assign(**{c: sample[c].iloc[0] for c in rest}))


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
