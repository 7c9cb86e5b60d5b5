"""Deals that somebody else created than owns them now: revenue of the owner, and in no comparison of reps."""

import pytest

from playbook import roster
from playbook.company import Company
from tests.crm.export_files import import_files, write_rows
from tests.crm.larger_than_memory import both_ways

REPS = ("Ana García", "Bo Lee", "Cy Orr", "Di Fox")
HEAD = ["Opportunity ID", "Owner", "Created By", "Stage", "Amount", "Created Date", "Close Date"]


def deals(*creators: str, owners: tuple[str, ...] = ()) -> list[list[str]]:
    """Six own deals of each rep, and one deal of each of `owners` (all of the first rep's) by each of `creators`."""
    own = [(rep, rep) for rep in REPS for _ in range(6)]
    others = [(owner, creator) for creator in creators for owner in (owners or REPS[:1])]
    return [
        HEAD,
        *(
            [f"D{n}", owner, creator, "Closed Lost" if n % 2 else "Closed Won", "900", "2026-01-05", "2026-03-01"]
            for n, (owner, creator) in enumerate([*own, *others])
        ),
    ]


def taken_over(company: Company) -> dict[str, int]:
    """How many deals each rep took over, by name."""
    flagged = company.opportunities[company.opportunities["taken_over"].fillna(False).astype(bool)]
    names = company.people.set_index("person_id")["name"]
    return flagged["rep_id"].map(names).value_counts().to_dict()


@pytest.mark.parametrize("creator", ["Olga Past", "Bo Lee"])
def test_what_a_leaver_or_a_colleague_created_was_taken_over_and_is_compared_with_nobody(creator, tmp_path):
    imported = import_files(write_rows(tmp_path, "deals.csv", deals(creator)))
    assert taken_over(imported.company) == {"Ana García": 1}
    assert len(imported.company.opportunities) == 25 and len(roster.deals_to_compare(imported.company)) == 24
    assert any(line.startswith("1 deal was taken over") for line in imported.report.assumptions)


def test_whoever_only_created_a_deal_is_nobody_on_the_list_of_people(tmp_path):
    company = import_files(write_rows(tmp_path, "deals.csv", deals("Olga Past"))).company
    assert sorted(company.people["name"]) == sorted(REPS)


def test_what_a_desk_or_a_program_creates_for_everybody_is_taken_over_by_nobody(tmp_path):
    company = import_files(write_rows(tmp_path, "deals.csv", deals("Web Form", owners=REPS))).company
    assert taken_over(company) == {}


def test_where_most_deals_are_created_by_others_that_is_how_deals_are_entered(tmp_path):
    rows = deals(*(f"Assistant {n}" for n in range(20)))
    imported = import_files(write_rows(tmp_path, "deals.csv", rows))
    assert taken_over(imported.company) == {}
    assert any("that is how deals are entered here" in line for line in imported.report.assumptions)


def test_the_owner_in_another_spelling_or_by_id_is_the_owner(tmp_path):
    rows = [["Opportunity ID", "OwnerId", "CreatedById", *HEAD[3:]]]
    for n, own in enumerate(["0058000000AAAAA", "0058000000BBBBB"]):
        rows.append([f"D{n}", own, own, "Closed Won", "900", "2026-01-05", "2026-03-01"])
    assert taken_over(import_files(write_rows(tmp_path, "deals.csv", rows)).company) == {}
    spelled = [HEAD, *([*row[:2], row[2].upper(), *row[3:]] for row in deals()[1:])]
    assert taken_over(import_files(write_rows(tmp_path, "spelled.csv", spelled)).company) == {}


def test_deals_are_taken_over_alike_in_pieces(tmp_path):
    assert both_ways([write_rows(tmp_path, "deals.csv", deals("Olga Past", "Bo Lee"))], tmp_path) == ""
