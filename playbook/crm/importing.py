"""Export files in, a company out, with an account of what was made of them.

The way of a file: read as text (`tables`), recognised by its headings (`recognising`), its values read (`typed`), put
together with the others (`deals`, `people`, `history`, …), and held against rules (`opportunities`).
"""

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from playbook.company import Company, Settings, settings_from, shaped, validate
from playbook.crm import deals as gathering
from playbook.crm import opportunities as rules
from playbook.crm.accounting import file_reports
from playbook.crm.activities import activities, coaching_log
from playbook.crm.fields import SAID
from playbook.crm.history import stage_history
from playbook.crm.ledger import Ledger
from playbook.crm.mapping import Mapping, shipped, users
from playbook.crm.meaning import KnownHeadings
from playbook.crm.outcomes import outcome_words, outcomes
from playbook.crm.people import Directory, directory, owners, spelling_of_names, usual_spellings, without_owner
from playbook.crm.quotas import quotas
from playbook.crm.raw import NoTable
from playbook.crm.recognising import Recognised, recognised
from playbook.crm.report import ImportReport
from playbook.crm.reporting_lines import people_table
from playbook.crm.stages import Listed, listed, stages_table, usual_stages
from playbook.crm.switched_off import next_export, switched_off
from playbook.crm.tables import raw_tables
from playbook.crm.typed import Options, Typed, all_typed
from playbook.crm.words import closely_folded, examples
from playbook.errors import UnusableInput
from playbook.escaping import for_file_name


@dataclass(frozen=True)
class Imported:
    """A company made of exports, the report on how, and the unknown columns of each table, keyed by its id."""

    company: Company
    report: ImportReport
    kept_aside: Dict[str, pd.DataFrame] = field(default_factory=dict)


def import_exports(
    paths: list[Path],
    *,
    mapping: Path | None = None,
    dates: str | None = None,
    today: date,
    company_name: str | None = None,
    skip_bad_rows: bool = False,
) -> Imported:
    """The company that the files under `paths` tell of. The files are only read.

    Parameters
    ----------
    paths : folders and files, as the CRM gave them.
    mapping : a user's mapping file, which wins over what the headings say.
    dates : dmy or mdy, for columns of days that nothing else decides.
    today : the day of the import; what lies after it is questioned.
    company_name : else the mapping file's, else the name of the folder or file.
    skip_bad_rows : leave out (and count) rows that cannot be read instead of stopping at the first.

    Raises
    ------
    UnusableInput : if no company can be made of the files; names the file, row, heading and the remedy.
    """
    if dates not in (None, "", "dmy", "mdy"):
        raise UnusableInput(
            f"{dates!r} is no order of a date.", where="--dates", remedy="Use dmy (day first) or mdy (month first)."
        )
    user = users(mapping) if mapping else None
    settings = _settings(paths, company_name, user)
    ledger = Ledger()
    mappings = shipped()
    known = KnownHeadings((*mappings, user) if user else mappings)
    found, no_tables = _recognised_files(paths, user, mappings, known)
    options = Options(
        today=pd.Timestamp(today), dates=dates or (user.dates if user else ""), decimal=user.decimal if user else "",
        time_zone=settings.time_zone, skip_bad_rows=skip_bad_rows, user=user,
    )  # fmt: skip
    _refuse_without_deals(found, no_tables)
    by_kind = all_typed(found, options, ledger)
    company, kept_aside = _company(by_kind, settings, options, ledger)
    validate(company)
    in_use = _mappings_in_use(by_kind["opportunities"], user)
    report = ImportReport(
        company=company.settings.name,
        imported_on=f"{today:%d %b %Y}".lstrip("0"),
        files=file_reports(found, no_tables, ledger),
        tables={name: len(company.table(name)) for name in kept_tables()},
        repairs=tuple(ledger.repairs),
        assumptions=tuple(ledger.assumptions),
        switched_off=tuple(switched_off(company)),
        next_export=next_export(company, in_use),
        warnings=ledger.warnings,
    )
    return Imported(company, report, kept_aside)


def kept_tables() -> tuple[str, ...]:
    """The canonical tables, in the order of the report."""
    return ("people", "opportunities", "stages", "stage_history", "activities", "quotas", "coaching_log")


def _settings(paths: list[Path], company_name: str | None, user: Mapping | None) -> Settings:
    told = dict(user.company) if user else {}
    unknown = sorted(set(told) - set(Settings.__dataclass_fields__))
    if unknown:
        raise UnusableInput(
            f"{unknown[0]!r} is no setting.",
            where="mapping file, [company]",
            remedy=f"Settings are: {', '.join(Settings.__dataclass_fields__)}.",
        )
    folder = paths[0].resolve() if paths else Path("company")
    stem = folder.name if folder.is_dir() or len(paths) == 1 else folder.parent.name
    plain_name = " ".join(stem.split(".")[0].replace("_", " ").split()) or "Company"
    name = company_name or told.get("name") or (plain_name.title() if plain_name.islower() else plain_name)
    return settings_from(
        {"company_id": for_file_name(name, fallback="company"), **told, "name": name}, where="mapping file, [company]"
    )


def _recognised_files(
    paths: list[Path], user: Mapping | None, mappings: tuple[Mapping, ...], known: KnownHeadings
) -> tuple[list[Recognised], list[NoTable]]:
    if not paths:
        raise UnusableInput(
            "no export was given.",
            remedy="Name a folder or files: python3 scripts/kit.py import EXPORT... --to COMPANY",
        )
    found, no_tables = [], []
    extra = [user.roster] if user and user.roster else []
    for raw in raw_tables([*paths, *extra], known):
        if isinstance(raw, NoTable):
            no_tables.append(raw)
        else:
            found.append(recognised(raw, mappings, user))
    return found, no_tables


def _refuse_without_deals(found: list[Recognised], no_tables: list[NoTable]) -> None:
    deals = [f for f in found if f.kind == "opportunities"]
    if not deals:
        met = [
            f"{f.raw.label}: {f.why or f.kind}" if not f.kind else f"{f.raw.label}: taken for {SAID[f.kind]}"
            for f in found
        ]
        met += [f"{n.file}: {n.why}" for n in no_tables]
        if not met:
            raise UnusableInput(
                "there is no file here.", remedy="Put the CRM's exports there (CSV, Excel), and run the same again."
            )
        raise UnusableInput(
            "none of the files was recognised as deals (opportunities). " + "; ".join(met[:8]),
            where=found[0].raw.label if len(found) == 1 else "",
            remedy="Give the export with one row per deal: its owner, its stage or status, amount and dates. "
            "If it is among these, open notebooks/bring_your_data.ipynb and say what its columns mean, or write a "
            'mapping file: [files] "name.csv" = "opportunities".',
        )
    ownerless = [f for f in deals if not {"rep_id", "rep_name", "rep_email"} & set(f.columns)]
    if len(ownerless) == len(deals):
        raise UnusableInput(
            f"no column says who owns the deals. Its headings are: {', '.join(deals[0].raw.headings[:30])}.",
            where=deals[0].raw.label,
            remedy="Export it again with the owner (in Salesforce: Opportunity Owner, or OwnerId). If one of these "
            'columns is the owner, name it in a mapping file: [opportunities] rep_id = ["…"], or pick it in '
            "notebooks/bring_your_data.ipynb. Without owners no rep can be told from another, so nothing can be built.",
        )


def _mappings_in_use(tables: list[Typed], user: Mapping | None) -> list[Mapping]:
    used = [t.found.mapping for t in tables if t.found.mapping is not None]
    return list(dict.fromkeys([user, *used] if user else used))


def _company(
    by_kind: dict[str, list[Typed]], settings: Settings, options: Options, ledger: Ledger
) -> tuple[Company, dict[str, pd.DataFrame]]:
    mappings = _mappings_in_use(by_kind["opportunities"], options.user)
    lists = listed(by_kind["stages"], by_kind["pipelines"])
    known = directory(by_kind["people"], ledger)
    rows, aside = _deal_rows(by_kind, lists, known, ledger)
    settings = _with_currency(settings, rows, options, ledger)
    told = {
        name: outcome
        for m in ([options.user] if options.user else [])
        for outcome, names in m.outcomes.items()
        for name in names
    }
    by_stage = lists.outcome_by_stage() | {
        s: o
        for s in (rows["stage"].dropna().unique() if "stage" in rows else ())
        for n, o in told.items()
        if closely_folded(n) == closely_folded(s)
    }
    outcome = outcomes(
        rows, by_stage, outcome_words(mappings), ledger, _where(by_kind["opportunities"]), usual_stages(mappings)
    )
    nameless = outcome.isna()
    ledger.drop(rows[nameless], "deals without a stage or a status")
    rows, outcome = rows[~nameless], outcome[~nameless]
    rows = _cleaned(rows, outcome, by_kind, settings, options, ledger)
    quota_table = quotas(
        by_kind["quotas"],
        by_kind["people"],
        known,
        rows["closed_on"].where(rows["closed_on"] <= options.today),
        settings.fiscal_year_starts,
        ledger,
    )
    activity_table = activities(by_kind["activities"], by_kind["activity_deals"], known, rows, options.today, ledger)
    coaching = coaching_log(by_kind["coaching_log"], known)
    said_of_owners = rows.rename(columns={"rep_id": "person_id"}).sort_values(
        "created_on", kind="stable", na_position="first"
    )
    said_of_owners = said_of_owners.reindex(
        columns=["person_id", *(c for c in ("manager_name", "territory", "job") if c in rows)]
    )
    usual_spellings(known)
    people = people_table(
        known, said_of_owners, set(rows["rep_id"]) | set(quota_table["rep_id"].dropna()), options.today, ledger
    )
    spelling_of_names(known, ledger)
    rows = rules.with_rules(rows, outcome, people, options.today, ledger)
    opportunities = shaped("opportunities", rules.canonical(rows, outcome))
    spelling = {closely_folded(s): s for s in opportunities["stage"].dropna().unique()}
    wide = [
        Typed(t.found, t.rows.assign(opportunity_id=_ids_in(t)), t.aside)
        for t in by_kind["opportunities"]
        if t.found.wide_stage_dates
    ]
    history = stage_history(by_kind["stage_history"], wide, opportunities, lists.labels, spelling, ledger)
    chances = rows.set_index("opportunity_id")["probability"] if "probability" in rows else None
    chances = opportunities["opportunity_id"].map(chances) if chances is not None else None
    by_stage_alone = "status" not in rows or not any("stage" in t.found.columns for t in by_kind["opportunities"])
    stages = stages_table(opportunities, history, lists, mappings, chances, by_stage_alone, ledger)
    company = Company(settings=settings, people=shaped("people", people), opportunities=opportunities).with_tables(
        stages=stages, stage_history=history, activities=activity_table, quotas=quota_table, coaching_log=coaching
    )
    _say_what_is_odd(company, by_kind, ledger)
    return company, _kept_aside(rows, aside)


def _deal_rows(
    by_kind: dict[str, list[Typed]], lists: Listed, known: Directory, ledger: Ledger
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The deals that have an owner, with one spelling for each thing and what the lists of customers add."""
    rows, aside = gathering.gathered(by_kind["opportunities"], ledger)
    if rows.empty:
        raise UnusableInput(
            "has headings and no deals below them.", where=_where(by_kind["opportunities"]), remedy="Export it again."
        )
    rows = gathering.with_merges(rows, by_kind["merges"], ledger)
    salesforce = bool((rows["_crm"] == "Salesforce").all())
    owner = owners(rows, known, salesforce)
    kept = without_owner(owner, rows, ledger, "deals")
    if not kept.any():
        raise UnusableInput(
            "no deal has a person as its owner.", where=_where(by_kind["opportunities"]),
            remedy="Export it again with the owner's name filled in, or name the right column in a mapping file.",
        )  # fmt: skip
    rows = rows.assign(rep_id=owner)[kept]
    if "stage" in rows:
        rows = rows.assign(stage=rows["stage"].replace(lists.labels) if lists.labels else rows["stage"])
    elif "status" in rows:
        rows = rows.assign(stage=rows["status"])
    if "pipeline" in rows and lists.pipelines:
        rows = rows.assign(pipeline=rows["pipeline"].replace(lists.pipelines))
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


def _with_currency(settings: Settings, rows: pd.DataFrame, options: Options, ledger: Ledger) -> Settings:
    if settings.currency or "currency" not in rows or not rows["currency"].notna().any():
        return settings
    counts = rows["currency"].value_counts()
    currency = str(counts.index[0])
    if len(counts) > 1:
        ledger.warn(
            f"Amounts are in {', '.join(sorted(counts.index))}. The company's currency was taken to be "
            f"{currency}, the most frequent; "
            "amounts in others count only with rates: [rates] in a mapping file."
        )
    return Settings(**{**settings.__dict__, "currency": currency})


def _where(tables: list[Typed]) -> str:
    return ", ".join(t.found.raw.label for t in tables[:3])


def _ids_in(table: Typed) -> pd.Series:
    made = pd.Series(table.rows.index.astype("str"), index=table.rows.index)
    made = table.rows["_file"].str.replace(r"\.\w+$", "", regex=True) + "-" + made
    return table.rows["opportunity_id"].fillna(made) if "opportunity_id" in table.rows else made


def _kept_aside(rows: pd.DataFrame, aside: pd.DataFrame) -> dict[str, pd.DataFrame]:
    kept = aside.reindex(rows.index)
    kept = kept.loc[:, kept.notna().any()] if len(kept.columns) else kept
    if kept.empty or not len(kept.columns):
        return {}
    named = kept.rename(columns={"opportunity_id": "opportunity_id (export)"})
    named.insert(0, "opportunity_id", rows["opportunity_id"])
    return {"opportunities": named.sort_values("opportunity_id", ignore_index=True)}


def _say_what_is_odd(company: Company, by_kind: dict[str, list[Typed]], ledger: Ledger) -> None:
    deals, people = company.opportunities, company.people
    if not people["manager_id"].notna().any():
        ledger.warn(
            "Nobody's manager is known, so no workbook can be made yet. Put a list beside the exports with one "
            "row per person and "
            'the columns Name and Manager (a roster), or name one in a mapping file: roster = "roster.csv".'
        )
    elif (lost := deals["rep_id"].map(people.set_index("person_id")["manager_id"]).isna()).any():
        reps = sorted(people.set_index("person_id")["name"].reindex(deals.loc[lost, "rep_id"].unique()).dropna())
        names = f"{', '.join(reps[:5])}{' and others' if len(reps) > 5 else ''}"
        ledger.warn(f"{len(reps)} owners of deals have no manager and are in nobody's workbook: {names}.")
    is_open = deals["outcome"] == "open"
    held_open = f" Held for open: {examples(deals.loc[is_open, 'stage'].dropna(), 8)}." if is_open.any() else ""
    if not (deals["outcome"] == "lost").any():
        ledger.warn(
            "There are no lost deals in the export, so nothing can be said about win rates. Export lost deals as well; "
            f"or, if a stage means lost, say which in a mapping file: [outcomes] lost = […].{held_open}"
        )
    if not (deals["outcome"] == "won").any():
        ledger.warn(
            "There are no won deals in the export, so nothing can be said about revenue or win rates. Export won deals "
            f"as well; or, if a stage means won, say which in a mapping file: [outcomes] won = […].{held_open}"
        )
    if not (deals["outcome"] == "open").any():
        ledger.warn("There are no open deals in the export, so nothing can be said about the pipeline.")
    if not by_kind["people"]:
        ledger.assume("There is no list of people: whoever owns a deal is a rep, and reps without deals are not known.")
    quota_less = company.quotas["rep_id"].nunique()
    if 0 < quota_less < len(people[people["role"] == "rep"]):
        ledger.assume(f"{quota_less} people have a quota.")
