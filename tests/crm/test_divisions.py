"""A roster's division, business unit or practice: whom somebody is compared with."""

from datetime import date

import pytest

from playbook.diagnosis.diagnose import diagnose
from tests.crm.export_files import import_files, write_rows
from tests.crm.larger_than_memory import both_ways

HEAD = ["Deal ID", "Owner", "Stage", "Amount", "Created Date", "Close Date"]


def folder_with(folder, heading: str, divisions: dict[str, str], more: dict[str, dict[str, str]] | None = None):
    """Two deals of each owner of `divisions`, and a roster that has `heading`; `more`: further columns of it."""
    more = more or {}
    stages = ("Closed Won", "Closed Lost")
    deals = [[f"{owner}{n}", owner, stages[n], "10", "2026-01-05", "2026-02-10"] for owner in divisions for n in (0, 1)]
    roster = [[o, "Mo", d, *(values[o] for values in more.values())] for o, d in divisions.items()]
    write_rows(folder, "deals.csv", [HEAD, *deals])
    write_rows(
        folder, "roster.csv", [["Name", "Manager", heading, *more], *roster, ["Mo", "", "HQ", *("" for _ in more)]]
    )
    return folder


def column(imported, name: str) -> dict[str, str]:
    people = imported.company.people.set_index("name")[name]
    return people.drop("Mo").dropna().to_dict()


HEADINGS = ["Division", "Business Unit", "Line of Business", "Practice", "Department", "Sparte", "Unidad de negocio",
            "Unité commerciale", "Unidade de negócios"]  # fmt: skip
BY_LINE = {"Ana": "Filing", "Bo": "Rooms", "Cy": "Rooms"}


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_division_is_the_segment_of_its_reps(heading, tmp_path):
    assert column(import_files(folder_with(tmp_path, heading, BY_LINE)), "segment") == BY_LINE


def test_the_report_says_what_the_divisions_were_taken_for_and_why(tmp_path):
    assumed = import_files(folder_with(tmp_path, "Division", BY_LINE)).report.assumptions
    (sentence,) = [a for a in assumed if "divisions" in a]
    assert "'Filing', 'Rooms'" in sentence
    assert "taken for the segment, as a line of business has customers of its own" in sentence


def test_divisions_whose_words_are_jobs_are_the_job(tmp_path):
    by_job = {"Ana": "SDR Team", "Bo": "Account Management", "Cy": "Account Management"}
    imported = import_files(folder_with(tmp_path, "Department", by_job))
    assert column(imported, "job") == by_job
    assert column(imported, "segment") == {}


def test_the_segment_that_the_list_says_itself_stands(tmp_path):
    segment = {"Ana": "SMB", "Bo": "SMB", "Cy": "Enterprise"}
    imported = import_files(folder_with(tmp_path, "Division", BY_LINE, {"Segment": segment}))
    assert column(imported, "segment") == segment
    assert not [a for a in imported.report.assumptions if "divisions" in a]


def test_one_division_of_all_sellers_tells_nobody_apart(tmp_path):
    imported = import_files(folder_with(tmp_path, "Department", dict.fromkeys(BY_LINE, "Sales")))
    assert column(imported, "segment") == {}


def test_divisions_are_read_alike_in_pieces(tmp_path):
    assert both_ways([folder_with(tmp_path / "in", "Division", BY_LINE)], tmp_path / "out") == ""


def test_three_of_a_division_of_their_own_are_not_told_to_open_more_deals(tmp_path):
    each = {"Filing": (6, 60), "Overlay": (3, 20)}
    owners = {f"{d} {i}": d for d, (people, _) in each.items() for i in range(people)}
    deals = []
    for owner, division in owners.items():
        many = each[division][1]
        for n in range(many):
            opened = date.fromordinal(date(2024, 7, 1).toordinal() + n * 540 // many).isoformat()
            stage = "Closed Won" if n % 3 else "Closed Lost"
            deals.append([f"{owner}-{n}", owner, stage, "1000", opened, "2026-03-01"])
    write_rows(tmp_path, "deals.csv", [HEAD, *deals])
    roster = [[o, f"Boss {d}", d, "2020-01-01"] for o, d in owners.items()]
    write_rows(tmp_path, "people.csv", [["Name", "Manager", "Division", "Hire Date"], *roster])
    rows = diagnose(import_files(tmp_path).company, date(2026, 3, 31))
    of_overlay = rows[(rows["driver"] == "pipeline_generation") & rows["rep_id"].str.startswith("overlay")]
    assert set(of_overlay["verdict"]) == {"not_comparable"}
