"""Export files in, a company out, with an account of what was made of them.

The way of a file: read as text (`raw_tables`), recognised with its folder (`folder_reading`), its values read
(`typed`), put together with the others (`gathered_deals`, `people`, …), and held against rules (`opportunities`).
"""

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from playbook.company import Company, Settings, shaped, validate
from playbook.crm.account.file_accounts import file_reports
from playbook.crm.account.ledger import Ledger
from playbook.crm.account.mapping_entries import values_in_memory, warn_of_entries_that_fit_nothing
from playbook.crm.account.oddities import say_what_is_odd, say_what_may_be_meant, with_currency
from playbook.crm.account.report import ImportReport
from playbook.crm.account.switched_off import next_export, switched_off
from playbook.crm.account.warnings_of_files import warn_of_files
from playbook.crm.files.raw_table import NoTable
from playbook.crm.files.raw_tables import raw_tables
from playbook.crm.headings.folder_reading import recognised_folder
from playbook.crm.headings.mapping import Mapping, shipped
from playbook.crm.headings.meaning import KnownHeadings
from playbook.crm.headings.recognised import Recognised
from playbook.crm.import_options import (
    ImportOptions,
    company_settings,
    mappings_in_use,
    no_deals,
    no_owner,
    refuse_without_deals,
    where_of,
)
from playbook.crm.tables import gathered_deals as gathering
from playbook.crm.tables import opportunities as rules
from playbook.crm.tables.activities import activities, coaching_log
from playbook.crm.tables.outcomes import outcome_by_stage, outcome_words, outcomes, without_no_deals
from playbook.crm.tables.owner_changes import gave_all_away_at_once, owner_changes
from playbook.crm.tables.people import Directory, directory, owners, spelling_of_names, usual_spellings, without_owner
from playbook.crm.tables.quota_currencies import in_company_currency
from playbook.crm.tables.quota_units import without_other_units
from playbook.crm.tables.quotas import quotas
from playbook.crm.tables.reporting_lines import people_table
from playbook.crm.tables.stage_history import stage_history
from playbook.crm.tables.stages import Listed, listed, stage_counts, stages_table, usual_stages
from playbook.crm.tables.taken_over import pairs_of, taken_over_pairs, with_opener, with_taken_over
from playbook.crm.values.typed import Options, Typed, all_typed
from playbook.crm.values.words import closely_folded


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
    user = import_options.user()
    settings = company_settings(import_options.paths, import_options.company_name, user)
    ledger = Ledger()
    mappings = shipped()
    tables, no_tables = _recognised_files(import_options.files(user), user, mappings)
    options = import_options.options(user, settings)
    refuse_without_deals(tables, no_tables)
    warn_of_entries_that_fit_nothing(user, tables, no_tables, values_in_memory, ledger)
    warn_of_files(tables, ledger)
    by_kind = all_typed(tables, options, ledger)
    company, unused_columns = _company_of_tables(by_kind, settings, options, ledger)
    validate(company)
    in_use = mappings_in_use(by_kind["opportunities"], user)
    report = ImportReport(
        company=company.settings.name,
        imported_on=f"{import_options.today:%d %b %Y}".lstrip("0"),
        files=file_reports(tables, no_tables, ledger),
        tables={name: len(company.table(name)) for name in table_names()},
        repairs=tuple(ledger.repairs),
        assumptions=tuple(ledger.assumptions),
        switched_off=tuple(switched_off(company)),
        next_export=next_export(company, in_use),
        warnings=ledger.warnings,
    )
    return Imported(company, report, unused_columns)


def table_names() -> tuple[str, ...]:
    """The canonical tables, in the order of the report."""
    return ("people", "opportunities", "stages", "stage_history", "activities", "quotas", "coaching_log")


def _recognised_files(
    paths: list[Path], user: Mapping | None, mappings: tuple[Mapping, ...]
) -> tuple[list[Recognised], list[NoTable]]:
    known = KnownHeadings((*mappings, user) if user else mappings)
    everything = list(raw_tables(paths, known, user.encoding if user else None))
    tables = [raw for raw in everything if not isinstance(raw, NoTable)]
    return recognised_folder(tables, mappings, user), [raw for raw in everything if isinstance(raw, NoTable)]


def _company_of_tables(
    by_kind: dict[str, list[Typed]], settings: Settings, options: Options, ledger: Ledger
) -> tuple[Company, dict[str, pd.DataFrame]]:
    mappings = mappings_in_use(by_kind["opportunities"], options.user)
    lists = listed(by_kind["stages"], by_kind["pipelines"])
    known = directory(by_kind["people"], ledger)
    rows, aside = _deal_rows(by_kind, lists, known, ledger)
    currencies = rows["currency"].value_counts() if "currency" in rows else pd.Series(dtype="int64")
    rates = options.user.rates if options.user else {}
    settings = with_currency(settings, currencies, rates, ledger)
    stage_names = rows["stage"].dropna().unique() if "stage" in rows else ()
    by_stage = outcome_by_stage(lists.outcome_by_stage(), stage_names, options.user)
    outcome = outcomes(
        rows, by_stage, outcome_words(mappings), ledger, where_of(by_kind["opportunities"]), usual_stages(mappings)
    )
    rows, outcome = without_no_deals(rows, outcome, ledger)
    rows = _cleaned(rows, outcome, by_kind, settings, options, ledger)
    closing = rows["closed_on"].where(rows["closed_on"] <= options.today)
    quota_table = quotas(by_kind["quotas"], by_kind["people"], known, closing, settings.fiscal_year_starts, ledger)
    quota_table = in_company_currency(quota_table, settings.currency, len(currencies), rates, ledger)
    quota_table = without_other_units(quota_table, rules.money_won(rows, outcome), closing, ledger)
    activity_table = activities(by_kind["activities"], by_kind["activity_deals"], known, rows, options.today, ledger)
    coaching = coaching_log(by_kind["coaching_log"], known)
    owner_details = rows.rename(columns={"rep_id": "person_id"}).sort_values(
        "created_on", kind="stable", na_position="first"
    )
    owner_details = owner_details.reindex(
        columns=["person_id", *(c for c in ("manager_name", "territory", "job") if c in rows)]
    )
    usual_spellings(known)
    people = people_table(
        known, owner_details, set(rows["rep_id"]) | set(quota_table["rep_id"].dropna()), options.today, ledger
    )
    spelling_of_names(known, ledger)
    leavers = gave_all_away_at_once(owner_changes(by_kind["stage_history"]))
    rows = with_taken_over(rows, taken_over_pairs(pairs_of(rows), leavers, ledger))
    rows = rules.with_rules(rows, outcome, people, options.today, ledger)
    opportunities = shaped("opportunities", rules.canonical(rows, outcome))
    spelling = {closely_folded(s): s for s in opportunities["stage"].dropna().unique()}
    wide = [
        Typed(t.recognised, t.rows.assign(opportunity_id=gathering.ids_in(t)), t.aside)
        for t in by_kind["opportunities"]
        if t.recognised.wide_stage_dates
    ]
    history = stage_history(by_kind["stage_history"], wide, opportunities, lists.labels, spelling, ledger)
    chances = rows.set_index("opportunity_id")["probability"] if "probability" in rows else None
    chances = opportunities["opportunity_id"].map(chances) if chances is not None else None
    by_stage_alone = "status" not in rows or not any("stage" in t.recognised.columns for t in by_kind["opportunities"])
    stages = stages_table(stage_counts(opportunities, history, chances), lists, mappings, by_stage_alone, ledger)
    company = Company(settings=settings, people=shaped("people", people), opportunities=opportunities).with_tables(
        stages=stages, stage_history=history, activities=activity_table, quotas=quota_table, coaching_log=coaching
    )
    say_what_may_be_meant(by_kind["opportunities"], ledger)
    say_what_is_odd(company, bool(by_kind["people"]), ledger)
    return company, _unused_columns(rows, aside)


def _deal_rows(
    by_kind: dict[str, list[Typed]], lists: Listed, known: Directory, ledger: Ledger
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The deals that have an owner, with one spelling for each thing and what the lists of customers add."""
    rows, aside = gathering.gathered(by_kind["opportunities"], ledger)
    if rows.empty:
        raise no_deals(by_kind["opportunities"], sum(len(table.rows) for table in by_kind["opportunities"]))
    rows = gathering.with_merges(rows, by_kind["merges"], ledger)
    salesforce = bool((rows["_crm"] == "Salesforce").all())
    owner = owners(rows, known, salesforce)
    has_owner = without_owner(owner, rows, ledger, "deals")
    if not has_owner.any():
        raise no_owner(by_kind["opportunities"])
    changes = owner_changes(by_kind["stage_history"])
    rows = with_opener(rows, owner, known, changes).assign(rep_id=owner)[has_owner]
    rows = gathering.with_labels(rows, lists.labels, lists.pipelines)
    rows = gathering.with_accounts(rows, by_kind["accounts"], ledger)
    return gathering.with_one_spelling(rows, by_kind["products"], ledger), aside


def _cleaned(
    rows: pd.DataFrame,
    outcome: pd.Series,
    by_kind: dict[str, list[Typed]],
    settings: Settings,
    options: Options,
    ledger: Ledger,
) -> pd.DataFrame:
    rates = dict(options.user.rates) if options.user else {}
    rows = rules.with_days(rows, outcome, ledger)
    rows = gathering.with_list_prices(rows, by_kind["products"], outcome, ledger)
    rows = rules.with_money(rows, outcome, settings.currency, rates, ledger)
    return rules.with_words(rows, outcome, options.user, ledger)


def _unused_columns(rows: pd.DataFrame, aside: pd.DataFrame) -> dict[str, pd.DataFrame]:
    filled = aside.reindex(rows.index)
    filled = filled.loc[:, filled.notna().any()] if len(filled.columns) else filled
    if filled.empty or not len(filled.columns):
        return {}
    named = filled.rename(columns={"opportunity_id": "opportunity_id (export)"})
    named.insert(0, "opportunity_id", rows["opportunity_id"])
    return {"opportunities": named.sort_values("opportunity_id", ignore_index=True)}
