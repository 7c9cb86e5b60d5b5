"""The sample exports are what their script makes, small, and read as one company whichever CRM they come from."""

from datetime import date
from functools import cache

import pytest
from make_sample_exports import EXPORTS, sample_exports, the_company

from playbook import cli
from playbook.company import load
from tests.crm.export_files import import_files

FOLDERS = {
    "salesforce-report": "Salesforce",
    "salesforce-data-export": "Salesforce",
    "hubspot": "HubSpot",
    "pipedrive": "Pipedrive",
    "dynamics365": "Dynamics 365",
    "zoho": "Zoho",
}


@pytest.fixture(scope="module")
def company():
    return the_company()


@pytest.fixture(scope="module")
def made(company):
    return sample_exports(company)


@cache
def imported_from(folder):
    """One import of that folder for all tests, which only read it."""
    return import_files(EXPORTS / folder, today=date(2027, 1, 1))  # no deal of theirs lies in the future


def deals_of(company):
    """Each deal as rep, customer, name, outcome, amount and day, in an order that no CRM decides."""
    names = company.people.set_index("person_id")["name"]
    rows = company.opportunities
    columns = [rows["rep_id"].map(names), rows["account"], rows["name"], rows["outcome"], rows["amount"].round(2)]
    return sorted(zip(*columns, rows["created_on"].dt.normalize(), strict=True))


def managers_of(company):
    names = company.people.set_index("person_id")["name"]
    reps = company.people[company.people["person_id"].isin(company.opportunities["rep_id"])]
    return sorted(zip(reps["name"], reps["manager_id"].map(names), strict=True))


def test_each_folder_is_one_that_the_script_makes(made):
    assert set(made) == set(FOLDERS) == {folder.name for folder in EXPORTS.iterdir() if folder.is_dir()}


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_committed_is_what_the_script_makes(made, folder):
    committed = {file.name: file.read_bytes() for file in (EXPORTS / folder).iterdir()}
    assert committed == made[folder]


def test_they_are_small():
    assert sum(file.stat().st_size for file in EXPORTS.glob("*/*")) <= 300_000


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_is_imported_as_it_lies_there_and_gives_the_same_company(company, folder):
    imported = imported_from(folder).company
    assert deals_of(imported) == deals_of(company)
    assert managers_of(imported) == managers_of(company)


def test_the_command_needs_no_more_than_the_folder(company, tmp_path):
    assert cli.main(["import", str(EXPORTS / "hubspot"), "--to", str(tmp_path / "company")]) == 0
    assert deals_of(load(tmp_path / "company")) == deals_of(company)


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_deals_are_recognised_as_that_crms_to_the_last_column(folder):
    files = imported_from(folder).report.files
    (deals,) = [file for file in files if file.kind == "opportunities"]
    assert deals.crm == FOLDERS[folder] and not deals.left_aside
    assert all(file.kind for file in files)


@pytest.mark.parametrize("folder", ["salesforce-data-export", "hubspot"])
def test_where_the_crm_tells_of_stages_their_history_comes_along(company, folder):
    history = imported_from(folder).company.stage_history
    stages = company.stages.loc[company.stages["outcome"] == "open", "stage"].tolist()
    counts = [rows.drop_duplicates(["opportunity_id", "stage"])["stage"].value_counts().reindex(stages).tolist()
              for rows in (history, company.stage_history)]  # fmt: skip
    assert counts[0] == counts[1]
