"""From export files to a company, in the order of the rules; the one way that is gone in memory and in pieces.

In: what whoever imports asked for, and an `ImportWay`, which keeps rows in memory or on disk.  Out: company and report.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Protocol

import pandas as pd

from playbook.company import Company, Settings, empty, shaped
from playbook.crm.account.file_accounts import file_reports
from playbook.crm.account.growing import GrowingLedger
from playbook.crm.account.ledger import Ledger
from playbook.crm.account.mapping_entries import warn_of_entries_that_fit_nothing
from playbook.crm.account.oddities import say_what_is_odd, say_what_may_be_meant, with_currency
from playbook.crm.account.report import ImportReport
from playbook.crm.account.switched_off import next_export, switched_off
from playbook.crm.account.warnings_of_files import warn_of_files
from playbook.crm.files.raw_table import NoTable, RawTable
from playbook.crm.headings.folder_reading import recognised_folder
from playbook.crm.headings.mapping import Mapping, shipped
from playbook.crm.headings.meaning import KnownHeadings
from playbook.crm.headings.recognised import Recognised
from playbook.crm.import_options import ImportOptions, company_settings, mappings_in_use, refuse_without_deals
from playbook.crm.steps import deal_steps
from playbook.crm.steps.activity_steps import DealsAbout, canonical_activities
from playbook.crm.steps.all_rows import AllRows, R, counts
from playbook.crm.tables.activities import coaching_log
from playbook.crm.tables.owner_changes import gave_all_away_at_once, owner_changes
from playbook.crm.tables.people import directory, spelling_of_names, usual_spellings
from playbook.crm.tables.quota_currencies import in_company_currency
from playbook.crm.tables.quota_units import without_other_units
from playbook.crm.tables.quotas import quotas
from playbook.crm.tables.reporting_lines import people_table
from playbook.crm.tables.stage_history import stage_history
from playbook.crm.tables.stages import Listed, StageCounts, listed, moves_over, passed_in, passed_together, stages_table
from playbook.crm.values.dates import Elsewhere, orders_elsewhere
from playbook.crm.values.typed import Options, Typed, headings_of_days
from playbook.crm.values.words import closely_folded

TABLES_IN_REPORT = ("people", "opportunities", "stages", "stage_history", "activities", "quotas", "coaching_log")


@dataclass(frozen=True)
class ReadTables:
    """The tables of all files with their values read: `lists` by kind; of `deals` and `histories` what each is."""

    lists: dict[str, list[Typed]]
    deals: list[Typed]
    rows_of_deals: int


@dataclass(frozen=True)
class HistoryRange:
    """The steps of some deals, all of each deal's: history tables, deals' tables with a day per stage, the deals."""

    tables: list[Typed]
    wide: list[Typed]
    deals: pd.DataFrame


class ImportWay(Protocol[R]):
    """How rows are kept while they become a company."""

    ledger: Ledger

    def say(self, line: str) -> None:
        """Tell whoever waits how far the import is."""

    def raw_tables(
        self, paths: list[Path], known: KnownHeadings, encodings: Dict[str, str]
    ) -> Iterable[RawTable | NoTable]:
        """Every table under `paths`, and every file that holds none."""
        ...

    def names_deals(self, raw: RawTable, heading: str, deals: RawTable, id_heading: str) -> float:
        """The share of the filled cells of a column that are ids of the `deals`."""
        ...

    def different(self, raw: RawTable, heading: str) -> Iterable[str]:
        """The different values of a column."""
        ...

    def read(self, tables: list[Recognised], options: Options) -> ReadTables:
        """The values of all tables."""
        ...

    def deals(self) -> R:
        """The deals of all files, one table below the other (`gathered_deals.rows_in_use`)."""
        ...

    def activities(self) -> list[tuple[Typed, R]]:
        """Each table of activities: what it is, and its rows."""
        ...

    def deals_about(self, deals: R) -> DealsAbout:
        """The deals that activities may be about."""
        ...

    def keep_opportunities(self, opportunities: R, company: Company) -> None:
        """Keep the canonical opportunities by their ids, held against what every room relies on."""
        ...

    def owner_histories(self) -> list[Typed]:
        """The history tables, at least with the rows that tell who owned a deal."""
        ...

    def followed(self) -> frozenset[str]:
        """The fields that the histories of changed fields follow."""
        ...

    def histories(self) -> Iterator[HistoryRange]:
        """The steps of all deals, range by range of their ids."""
        ...

    def keep_history(self, pieces: Iterator[pd.DataFrame]) -> None:
        """Keep the canonical stage history, whose pieces come in its order."""
        ...

    def history(self) -> Iterator[pd.DataFrame]:
        """The canonical stage history, piece by piece, in its order."""
        ...

    def keep_activities(self, activities: list[R]) -> None:
        """Keep the canonical activities in their order."""
        ...

    def with_kept(self, company: Company) -> Company:
        """The company with what was kept; of tables on disk a few rows that say what they hold."""
        ...

    def rows_kept(self) -> dict[str, int]:
        """The rows of the tables that were kept."""
        ...


def company_by(way: ImportWay[R], import_options: ImportOptions) -> tuple[Company, ImportReport]:
    """The company that the exports tell of, and the report of how. The files are only read.

    Raises
    ------
    UnusableInput : if no company can be made of the files; names the file, row, heading and the remedy.
    """
    user, ledger = import_options.user(), way.ledger
    settings = company_settings(import_options.paths, import_options.company_name, user)
    tables, no_tables = _recognised(way, import_options.files(user), user)
    options = import_options.options(user, settings)
    refuse_without_deals(tables, no_tables)
    warn_of_entries_that_fit_nothing(user, tables, no_tables, way.different, ledger)
    warn_of_files(tables, ledger)
    read = way.read(tables, replace(options, dates_elsewhere=cache(lambda: _orders_of_days(tables, way))))
    company = _company_of_tables(read, settings, options, way)
    rows = {name: len(company.table(name)) for name in TABLES_IN_REPORT} | way.rows_kept()
    report = ImportReport(
        company=company.settings.name,
        imported_on=f"{import_options.today:%d %b %Y}".lstrip("0"),
        files=file_reports(tables, no_tables, ledger),
        tables=rows,
        repairs=tuple(ledger.repairs),
        assumptions=tuple(ledger.assumptions),
        switched_off=tuple(switched_off(company)),
        next_export=next_export(company, mappings_in_use(read.deals, user)),
        warnings=ledger.warnings,
    )
    return company, report


def _recognised(way: ImportWay[R], paths: list[Path], user: Mapping | None) -> tuple[list[Recognised], list[NoTable]]:
    mappings = shipped()
    known = KnownHeadings((*mappings, user) if user else mappings)
    everything = list(way.raw_tables(paths, known, user.encoding if user else {}))
    tables = [raw for raw in everything if not isinstance(raw, NoTable)]
    no_tables = [raw for raw in everything if isinstance(raw, NoTable)]
    return recognised_folder(tables, mappings, user, way.names_deals), no_tables


def _orders_of_days(tables: list[Recognised], way: ImportWay[R]) -> dict[str, Elsewhere]:
    """How days stand in the files of the folder, by their shape."""
    columns = ((t.raw, h) for t in tables if t.kind for h in headings_of_days(t))
    return orders_elsewhere((raw.label, h, pd.Series(list(way.different(raw, h)), dtype="str")) for raw, h in columns)


def _company_of_tables(read: ReadTables, settings: Settings, options: Options, way: ImportWay[R]) -> Company:
    lists, ledger, today = read.lists, way.ledger, options.today
    mappings = mappings_in_use(read.deals, options.user)
    stage_lists = listed(lists["stages"], lists["pipelines"])
    known = directory(lists["people"], ledger)
    way.say("Putting the deals together")
    deals = deal_steps.gathered(way.deals(), read.deals, read.rows_of_deals, lists["merges"], ledger)
    changes = owner_changes(way.owner_histories())
    deals = deal_steps.owned(deals, known, stage_lists, read.deals, changes)
    deals = deal_steps.with_accounts(deals, lists["accounts"])
    changed = deal_steps.spellings(deals, lists["products"], ledger)
    currencies, rates = counts(deals, "currency"), options.user.rates if options.user else {}
    settings = with_currency(settings, currencies, rates, ledger)
    deals = deal_steps.with_outcome(deals, changed, stage_lists, read.deals, options, ledger)
    deals = deal_steps.cleaned(deals, lists["products"], settings, options, ledger)
    closing = deal_steps.days_of_closing(deals, today)
    quota_table = quotas(lists["quotas"], lists["people"], known, closing, settings.fiscal_year_starts, ledger)
    quota_table = in_company_currency(quota_table, settings.currency, len(currencies), rates, ledger)
    quota_table = without_other_units(quota_table, deal_steps.money_won(deals), closing, ledger)
    about, links = way.deals_about(deals), lists["activity_deals"]
    activities = [canonical_activities(rows, t, links, about, known, today) for t, rows in way.activities()]
    coaching = coaching_log(lists["coaching_log"], known)
    usual_spellings(known)
    sellers = deal_steps.owners_of(deals) | set(quota_table["rep_id"].dropna())
    people = people_table(known, deal_steps.owner_details(deals), sellers, today, ledger)
    spelling_of_names(known, ledger)
    way.say("Holding the deals against the rules")
    by_stage_alone = "status" not in deals.columns or not any("stage" in t.recognised.columns for t in read.deals)
    opportunities = deal_steps.held_against_rules(deals, people, gave_all_away_at_once(changes), today, ledger)
    (own, chances), spelling = _stages_counted(opportunities), _spelling(opportunities)
    company = Company(settings, shaped("people", people), empty("opportunities"))
    way.keep_opportunities(opportunities, company)
    passed: list[pd.DataFrame] = []
    way.keep_history(_canonical_history(spelling, stage_lists, passed, way))
    stage_counts = StageCounts(own, passed_together(passed), chances, lambda names: moves_over(way.history(), names))
    stage_table = stages_table(stage_counts, stage_lists, mappings, by_stage_alone, ledger)
    way.keep_activities(activities)
    company = way.with_kept(company.with_tables(stages=stage_table, quotas=quota_table, coaching_log=coaching))
    say_what_may_be_meant(read.deals, ledger)
    say_what_is_odd(company, bool(lists["people"]), ledger)
    return company


def _stages_counted(opportunities: AllRows) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """The deals by pipeline, stage and outcome (`rows`); and those with a probability by that as well (`chance`)."""
    by = ["pipeline", "stage", "outcome"]
    own = opportunities.sorts(by).dropna(subset=["stage"]).sort_values(by, ignore_index=True)
    by_chance = opportunities.sorts([*by, "probability"]).dropna(subset=["stage", "probability"])
    by_chance = by_chance.sort_values([*by, "probability"], ignore_index=True)
    names = {"_rows": "rows", "probability": "chance"}
    return own.rename(columns=names), by_chance.rename(columns=names) if len(by_chance) else None


def _spelling(opportunities: AllRows) -> dict[str, str]:
    """A stage closely folded → as the deals spell it."""
    first = opportunities.sorts(["stage"], first_id=("opportunity_id", "min")).dropna(subset=["stage"])
    return {closely_folded(stage): stage for stage in first.sort_values("first_id")["stage"]}


def _canonical_history(
    spelling: dict[str, str], lists: Listed, passed: list[pd.DataFrame], way: ImportWay[R]
) -> Iterator[pd.DataFrame]:
    """The canonical stage history, range by range of ids; the stages passed in each are put into `passed`."""
    followed = way.followed()
    with GrowingLedger(way.ledger) as ledger:
        for part in way.histories():
            steps = stage_history(part.tables, part.wide, part.deals, lists.labels, spelling, ledger, followed)
            if len(steps):
                passed.append(passed_in(part.deals, steps))
                yield steps
