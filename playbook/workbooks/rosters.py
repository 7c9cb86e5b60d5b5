"""Who gets a workbook, who was asked for, and who gets none and why."""

import difflib
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from playbook import roster
from playbook.company import Company
from playbook.errors import UnusableInput
from playbook.escaping import for_file_name, plain, short_hash
from playbook.workbook import Workbook


def managers_named(company: Company, names_or_ids: Sequence[str] = ()) -> pd.DataFrame:
    """The managers who get a workbook, by name: the people table's columns.

    Parameters
    ----------
    names_or_ids : names or ids; empty means everyone who gets one.

    Raises
    ------
    UnusableInput : if nobody gets a workbook, or one asked for is unknown, not unique, or gets none.
    """
    everyone = roster.managers(company)
    if everyone.empty:
        raise UnusableInput(
            "nobody gets a workbook: no active person has a direct report who is an active rep.",
            where="people",
            remedy="Add the list of people with each one's manager to the exports (a column Manager or Reports To).",
        )
    if not names_or_ids:
        return everyone
    chosen = {_find(company, everyone, name) for name in names_or_ids}
    return everyone[everyone["person_id"].isin(chosen)].reset_index(drop=True)


def without_workbook(company: Company) -> pd.DataFrame:
    """Active people with a manager's or a leader's role who get no workbook: person_id, name, why; by name."""
    people = company.people
    leads = people["role"].isin(("manager", "leader")) & people["active"].fillna(True).astype(bool)
    left_out = roster.by_name(people[leads & ~people["person_id"].isin(roster.managers(company)["person_id"])])
    had_reps = left_out["person_id"].isin(roster.reps(company)["manager_id"].dropna())
    leads_managers = left_out["person_id"].isin(roster.managers(company)["manager_id"].dropna())
    why = pd.Series("no rep reports to them", index=left_out.index, dtype="str")
    why = why.mask(leads_managers, "they lead managers; no rep reports to them").mask(had_reps, "their reps have left")
    return left_out[["person_id", "name"]].assign(why=why)


def name_of(person: Any) -> str:
    """The name of a row of people as it is shown; the id where there is none."""
    return plain(person.name) or str(person.person_id)


def folder_name(company_id: str, person_id: str, name: str) -> str:
    """The name of a manager's workbook: readable, safe on every system, and unlike that of anybody of the same name."""
    return f"{for_file_name(name, fallback='manager')}-{short_hash(company_id, person_id)}"


def workbook_folder(workbooks: Path, company_id: str, person_id: str, name: str) -> Path:
    """The manager's folder in `workbooks`: the one they have had since an earlier build, even under an earlier name."""
    wanted = workbooks / folder_name(company_id, person_id, name)
    if wanted.is_dir():
        return wanted
    ending = f"-{short_hash(company_id, person_id)}"
    earlier = [f for f in sorted(workbooks.glob(f"*{ending}")) if f.is_dir() and _belongs_to(f, person_id)]
    return earlier[0] if earlier else wanted


def _belongs_to(folder: Path, person_id: str) -> bool:
    facts = Workbook(folder).facts
    return facts.is_file() and tomllib.loads(facts.read_text(encoding="utf-8")).get("manager_id") == person_id


def _find(company: Company, everyone: pd.DataFrame, name_or_id: str) -> str:
    """The person_id of the manager with this name or id."""
    folded = name_or_id.strip().casefold()
    by_id = everyone[everyone["person_id"] == name_or_id]
    matches = by_id if len(by_id) else everyone[everyone["name"].str.casefold() == folded]
    if len(matches) == 1:
        return str(matches["person_id"].iloc[0])
    if len(matches) > 1:
        ids = ", ".join(matches["person_id"])
        raise UnusableInput(f"{len(matches)} managers have this name.", where=name_or_id, remedy=f"Ask by id: {ids}.")
    others = without_workbook(company)
    other = others[(others["person_id"] == name_or_id) | (others["name"].str.casefold() == folded)]
    if len(other):
        raise UnusableInput(
            f"no workbook can be made for this manager: {other['why'].iloc[0]}.",
            where=name_or_id,
            remedy="Check whom the exports name as the reps' manager.",
        )
    here = company.people[
        (company.people["person_id"] == name_or_id) | (company.people["name"].str.casefold() == folded)
    ]
    if len(here):
        raise UnusableInput(
            "no workbook can be made for this person: no active rep reports to them directly.",
            where=name_or_id,
            remedy="Ask for the manager whom the exports name as the reps' own.",
        )
    names = [str(name) for name in everyone["name"].fillna(everyone["person_id"])]
    near = difflib.get_close_matches(name_or_id, [*names, *everyone["person_id"]], n=3, cutoff=0.5) or names[:5]
    raise UnusableInput("no manager has this name or id.", where=name_or_id, remedy=f"Did you mean: {'; '.join(near)}?")
