"""Make the sample exports of data/samples/exports again: .venv/bin/python scripts/make_sample_exports.py

One small simulated company, as six CRMs in as many languages would export it: the same deals, people and amounts, each
in its own headings, words, dates, numbers and encoding. Nothing in them is anybody's data, or a CRM maker's file.
"""

import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from export_dresses import DRESSES, ISO, STAMP, Deal, Dress, text_of  # noqa: E402

from playbook.company import Company  # noqa: E402
from playbook.crm.values.identity import long_ids  # noqa: E402
from playbook.simulate.sample import sample_plan  # noqa: E402
from playbook.simulate.simulated_company import simulate  # noqa: E402

EXPORTS = ROOT / "data" / "samples" / "exports"
SEED, MANAGERS, REPS, MONTHS = 5, 2, 8, 3
_NULL = "000000000000000AAA"
_OPPORTUNITY = (
    "Id", "IsDeleted", "AccountId", "Name", "StageName", "Amount", "CloseDate", "Type", "LeadSource", "IsClosed",
    "IsWon", "ForecastCategoryName", "OwnerId", "CreatedDate", "Loss_Reason__c",
)  # fmt: skip
_MANAGER = {"manager": "Opportunity Owner: Manager", "source": "Lead Source", "kind": "Type", "reason": "Loss Reason"}


def main() -> None:
    """Write every folder, in place of what it held."""
    for folder, files in sample_exports(the_company()).items():
        shutil.rmtree(EXPORTS / folder, ignore_errors=True)
        (EXPORTS / folder).mkdir(parents=True)
        for name, content in files.items():
            (EXPORTS / folder / name).write_bytes(content)
        print(f"{folder}: {', '.join(f'{name} ({len(content):,} bytes)' for name, content in files.items())}")


def the_company() -> Company:
    """The company that all the exports tell of."""
    return simulate(sample_plan(MANAGERS, REPS, MONTHS), SEED).company


def sample_exports(company: Company) -> dict[str, dict[str, bytes]]:
    """For each folder its files, by name."""
    deals = _deals(company)
    team = _people_with_managers(company)
    german = _with_columns(DRESSES["HubSpot, German"], {"pipeline": "Pipeline", "reason": "Grund für verlorenen Deal"})
    wide = {f"in {stage}": f'Datum des Eintritts in "{stage} (Sales)"' for stage in _open_stages(company)}
    french = _with_columns(DRESSES["Pipedrive, French"], {"reason": "Affaire - Raison de la perte"})
    return {
        "salesforce-report": {
            "report1789732800000.csv": replace(
                _with_columns(DRESSES["Salesforce report, US"], _MANAGER), quote_all=True
            ).text(deals)
        },
        "salesforce-data-export": _data_export(company),
        "hubspot": {
            "hubspot-crm-exports-alle-deals-2026-09-18.csv": _with_columns(german, wide).text(deals),
            "mitarbeiter.csv": _list(team, ("Name", "Vorgesetzter", "Position"), ",", "utf-8"),
        },
        "pipedrive": {
            "affaires-20260918.csv": french.text(deals),
            "equipe.csv": _list(team, ("Nom", "Responsable", "Poste"), ";", "utf-8"),
        },
        "dynamics365": {
            "Todas las oportunidades 18-9-2026.csv": DRESSES["Dynamics 365, Spanish"].text(deals),
            "personas.csv": _list(team, ("Nombre", "Gerente", "Puesto"), ";", "utf-8-sig"),
        },
        "zoho": {
            "Negocios_2026_09_18.csv": DRESSES["Zoho, Portuguese"].text(deals),
            "equipe.csv": _list(team, ("Nome", "Gerente", "Cargo"), ",", "utf-8"),
        },
    }


def _with_columns(dress: Dress, more: dict[str, str]) -> Dress:
    """The dress with further columns: what stands below → heading."""
    return replace(dress, columns=dress.columns | {heading: what for what, heading in more.items()})


def _open_stages(company: Company) -> list[str]:
    stages = company.stages
    return stages.loc[stages["outcome"] == "open", "stage"].tolist()


def _as_opened(company: Company) -> pd.DataFrame:
    """The deals in the order in which they were opened, as a CRM numbers them."""
    return company.opportunities.sort_values(["created_on", "opportunity_id"], ignore_index=True)


def _deals(company: Company) -> list[Deal]:
    names = company.people.set_index("person_id")["name"]
    manager = company.people.set_index("person_id")["manager_id"].map(names)
    history = company.stage_history.drop_duplicates(["opportunity_id", "stage"])
    entered = {key: rows.set_index("stage")["entered_on"] for key, rows in history.groupby("opportunity_id")}
    stages = _open_stages(company)
    made = []
    for number, row in enumerate(_as_opened(company).itertuples(), 1):
        days = entered.get(row.opportunity_id, pd.Series(dtype="datetime64[s]"))
        reached = [stage for stage in stages if stage in days.index]
        closes = row.expected_close_on if pd.isna(row.closed_on) else row.closed_on
        more = {
            "name": row.name, "manager": _text(manager[row.rep_id]), "source": _text(row.source),
            "pipeline": row.pipeline,
            "kind": {"new": "New Business", "renewal": "Renewal", "expansion": "Existing Business"}.get(row.kind, ""),
            "reason": _text(row.lost_reason), **{f"in {stage}": f"{days[stage]:%Y-%m-%d} 09:00" for stage in reached},
        }  # fmt: skip
        made.append(
            Deal(
                str(number), names[row.rep_id], row.account, row.outcome,
                0.0 if pd.isna(row.amount) else row.amount, _day(row.created_on), _day(closes),
                reached[-1] if reached else stages[0], more,
            )
        )  # fmt: skip
    return made


def _people_with_managers(company: Company) -> list[tuple[str, str, str]]:
    people = company.people
    names = people.set_index("person_id")["name"]
    return [(row.name, _text(names.get(row.manager_id)), _text(row.job)) for row in people.itertuples()]


def _list(team: list[tuple[str, str, str]], headings: tuple[str, ...], separator: str, encoding: str) -> bytes:
    return text_of([list(headings), *map(list, team)], separator).encode(encoding)


def _data_export(company: Company) -> dict[str, bytes]:
    """What Salesforce's weekly export holds: an object a file, all quoted, 0 and 1, nulls of its own, ISO-8859-1."""
    deal, person = _ids("006Qm", _as_opened(company)["opportunity_id"]), _ids("005Qm", company.people["person_id"])
    account = _ids("001Qm", company.opportunities["account"].drop_duplicates())
    opportunities = [list(_OPPORTUNITY)]
    for row, made in zip(_as_opened(company).itertuples(), _deals(company), strict=True):
        word = {"won": "Closed Won", "lost": "Closed Lost"}.get(row.outcome, made.stage)
        closed, won = str(int(row.outcome != "open")), str(int(row.outcome == "won"))
        opportunities.append(
            [
                deal[row.opportunity_id], "0", account[row.account], row.name, word, f"{made.amount:.2f}",
                f"{made.closed:{STAMP}}", made.more["kind"], made.more["source"], closed, won,
                "Closed" if won == "1" else "Pipeline", person[row.rep_id], f"{made.created:{STAMP}}",
                made.more["reason"],
            ]
        )  # fmt: skip
    history = [["Id", "OpportunityId", "StageName", "Amount", "CloseDate", "CreatedDate"]]
    for number, row in enumerate(company.stage_history.itertuples(), 1):
        day = f"{row.expected_close_on:{ISO}}" if pd.notna(row.expected_close_on) else ""
        amount = f"{row.amount:.2f}" if pd.notna(row.amount) else ""
        key = f"008Qm{number:010d}"
        history.append([key, deal[row.opportunity_id], row.stage, amount, day, f"{row.entered_on:{STAMP}}"])
    users = [["Id", "Name", "Title", "ManagerId", "IsActive"]]
    users += [
        [person[p.person_id], p.name, _text(p.job), person.get(p.manager_id, _NULL), "1"]
        for p in company.people.itertuples()
    ]
    quotas = [["Id", "QuotaOwnerId", "StartDate", "QuotaAmount"]]
    quotas += [
        [f"0J9Qm{n:010d}", person[q.rep_id], f"{q.starts_on:{STAMP}}", f"{q.amount:.2f}"]
        for n, q in enumerate(company.quotas.itertuples(), 1)
    ]
    of_account = company.opportunities.drop_duplicates("account")
    accounts = [["Id", "Name", "Segment__c", "BillingCountry"]]
    accounts += [[account[a.account], a.account, _text(a.segment), ""] for a in of_account.itertuples()]
    files = {
        "Opportunity": opportunities,
        "OpportunityHistory": history,
        "User": users,
        "Account": accounts,
        "ForecastingQuota": quotas,
    }
    return {f"{name}.csv": text_of(rows, quote_all=True).encode("latin-1") for name, rows in files.items()}


def _ids(prefix: str, keys: pd.Series) -> dict[str, str]:
    """An id of Salesforce's kind for each key: 15 characters and the three that make it independent of case."""
    short = pd.Series([f"{prefix}{number:010d}" for number in range(1, len(keys) + 1)], dtype="str")
    return dict(zip(keys, long_ids(short), strict=True))


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)


def _day(moment: pd.Timestamp) -> date:
    return moment.date()


if __name__ == "__main__":
    main()
