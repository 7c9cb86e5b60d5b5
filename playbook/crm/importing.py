"""Export files in, a company out, with an account of what was made of them; in memory.

The way of a file: read as text (`raw_tables`), recognised with its folder (`folder_reading`), its values read
(`typed`), then put together with the others in the order of `company_steps`.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from playbook.company import Company, empty, shaped, validate
from playbook.crm.account.growing import GrowingLedger
from playbook.crm.account.ledger import Ledger
from playbook.crm.account.mapping_entries import values_in_memory
from playbook.crm.account.report import ImportReport
from playbook.crm.files.raw_table import NoTable, RawTable
from playbook.crm.files.raw_tables import raw_tables
from playbook.crm.headings.deal_evidence import names_deals
from playbook.crm.headings.meaning import KnownHeadings
from playbook.crm.headings.recognised import Recognised
from playbook.crm.import_options import ImportOptions
from playbook.crm.steps.activity_steps import DealsAbout
from playbook.crm.steps.all_rows import RowsInMemory
from playbook.crm.steps.company_steps import HistoryRange, ReadTables, company_by
from playbook.crm.tables.gathered_deals import rows_in_use, with_ids_of_rows
from playbook.crm.values.changed_values import followed_fields
from playbook.crm.values.typed import Options, Typed, all_typed


@dataclass(frozen=True)
class Imported:
    """A company made of exports, the report on how, and the unknown columns of each table, keyed by its id."""

    company: Company
    report: ImportReport
    unused_columns: Dict[str, pd.DataFrame] = field(default_factory=dict)


def import_exports(import_options: ImportOptions) -> Imported:
    """The company that the exports tell of. The files are only read.

    Raises
    ------
    UnusableInput : if no company can be made of the files; names the file, row, heading and the remedy.
    """
    way = InMemory()
    company, report = company_by(way, import_options)
    return Imported(company, report, way.unused_columns)


class InMemory:
    """The way (`company_steps.ImportWay`) of exports that fit into memory: all rows are one piece."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.unused_columns: dict[str, pd.DataFrame] = {}
        self._by_kind: dict[str, list[Typed]] = {}
        self._opportunities = self._history = self._activities = pd.DataFrame()

    def say(self, line: str) -> None:
        """As `ImportWay`: it is over too soon for that."""

    def raw_tables(
        self, paths: list[Path], known: KnownHeadings, encodings: Dict[str, str]
    ) -> Iterable[RawTable | NoTable]:
        """As `ImportWay`."""
        return raw_tables(paths, known, encodings)

    def names_deals(self, raw: RawTable, heading: str, deals: RawTable, id_heading: str) -> float:
        """As `ImportWay`."""
        return names_deals(raw.cells[heading], deals.cells[id_heading])

    def different(self, raw: RawTable, heading: str) -> Iterable[str]:
        """As `ImportWay`."""
        return values_in_memory(raw, heading)

    def read(self, tables: list[Recognised], options: Options) -> ReadTables:
        """As `ImportWay`."""
        self._by_kind = all_typed(tables, options, self.ledger)
        deals = self._by_kind["opportunities"]
        return ReadTables(self._by_kind, deals, sum(len(table.rows) for table in deals))

    def deals(self) -> RowsInMemory:
        """As `ImportWay`."""
        rows, beside, place = [], [], 0
        with GrowingLedger(self.ledger) as ledger:
            for table in self._by_kind["opportunities"]:
                rows.append(rows_in_use(table, place, ledger))
                beside.append(table.aside)
                place += len(table.rows)
        return RowsInMemory(pd.concat(rows), self.ledger, pd.concat(beside, ignore_index=True))

    def activities(self) -> list[tuple[Typed, RowsInMemory]]:
        """As `ImportWay`."""
        tables = self._by_kind["activities"]
        return [(t, RowsInMemory(t.rows, self.ledger, pd.DataFrame(index=t.rows.index))) for t in tables]

    def deals_about(self, deals: RowsInMemory) -> DealsAbout:
        """As `ImportWay`: these are at hand, all of them."""
        return lambda activities, linked: deals.rows

    def keep_opportunities(self, opportunities: RowsInMemory, company: Company) -> None:
        """As `ImportWay`."""
        self._opportunities = shaped("opportunities", opportunities.rows.drop(columns="probability"))
        self.unused_columns = _unused_columns(opportunities.rows["opportunity_id"], opportunities.beside)

    def owner_histories(self) -> list[Typed]:
        """As `ImportWay`: with all rows."""
        return self._by_kind["stage_history"]

    def followed(self) -> frozenset[str]:
        """As `ImportWay`."""
        histories = (t.rows["field"] for t in self._by_kind["stage_history"] if "field" in t.rows)
        return frozenset().union(*(followed_fields(names) for names in histories))

    def histories(self) -> Iterator[HistoryRange]:
        """As `ImportWay`: the deals are one range."""
        tables = self._by_kind["stage_history"]
        wide = [with_ids_of_rows(t) for t in self._by_kind["opportunities"] if t.recognised.wide_stage_dates]
        if tables or wide:
            yield HistoryRange(tables, wide, self._opportunities)

    def keep_history(self, pieces: Iterator[pd.DataFrame]) -> None:
        """As `ImportWay`."""
        self._history = pd.concat([empty("stage_history"), *pieces], ignore_index=True)

    def history(self) -> Iterator[pd.DataFrame]:
        """As `ImportWay`."""
        if len(self._history):
            yield self._history

    def keep_activities(self, activities: list[RowsInMemory]) -> None:
        """As `ImportWay`."""
        filled = [each.rows for each in activities if each.many]
        self._activities = pd.concat(filled, ignore_index=True) if filled else empty("activities")

    def with_kept(self, company: Company) -> Company:
        """As `ImportWay`."""
        company = replace(company, opportunities=self._opportunities)
        company = company.with_tables(stage_history=self._history, activities=self._activities)
        validate(company)
        return company

    def rows_kept(self) -> dict[str, int]:
        """As `ImportWay`: the company has them all."""
        return {}


def _unused_columns(ids: pd.Series, beside: pd.DataFrame) -> dict[str, pd.DataFrame]:
    filled = beside.reindex(ids.index)
    filled = filled.loc[:, filled.notna().any()] if len(filled.columns) else filled
    if filled.empty or not len(filled.columns):
        return {}
    named = filled.rename(columns={"opportunity_id": "opportunity_id (export)"})
    named.insert(0, "opportunity_id", ids)
    return {"opportunities": named.sort_values("opportunity_id", ignore_index=True)}
