"""Who is who: rosters, managers, names and ids."""
# ruff: noqa: E501  (a table reads best as a table)

import pandas as pd
import pytest

from tests.crm.export_files import PLAIN, import_files, write_rows
from tests.crm.larger_than_memory import both_ways


def _import_with_roster(tmp_path, roster, deals=PLAIN, **options):
    write_rows(tmp_path, "deals.csv", deals)
    write_rows(tmp_path, "team.csv", roster)
    return import_files(tmp_path, **options)


def test_managers_of_managers_are_leaders(tmp_path):
    people = _import_with_roster(
        tmp_path, [["Name", "Manager"], ["Ana García", "Mo Kay"], ["Bo Lee", "Mo Kay"], ["Mo Kay", "Vi Pea"]]
    ).company.people
    assert people.set_index("name")["role"].to_dict() == {
        "Ana García": "rep",
        "Bo Lee": "rep",
        "Mo Kay": "manager",
        "Vi Pea": "leader",
    }


def test_last_name_first_is_the_same_person(tmp_path):
    people = _import_with_roster(
        tmp_path, [["Name", "Manager"], ["García, Ana", "Kay, Mo"], ["Lee, Bo", "Mo Kay"]]
    ).company.people
    assert len(people) == 3
    assert (people["role"] == "manager").sum() == 1


def test_a_medal_beside_a_name_makes_nobody_a_second_person(tmp_path):
    people = _import_with_roster(
        tmp_path, [["Name", "Manager"], ["🥇 Ana García", "Mo Kay"], ["Bo Lee ⭐", "Mo Kay"]]
    ).company.people
    assert len(people) == 3 and people["manager_id"].notna().sum() == 2


def test_two_people_of_one_name_are_not_guessed_at(tmp_path):
    roster = [
        ["Rep ID", "Name", "Manager"],
        ["7", "Ana García", "Mo"],
        ["8", "Ana García", "Vi"],
        ["9", "Bo Lee", "Mo"],
    ]
    imported = _import_with_roster(
        tmp_path, roster, [*PLAIN, ["D4", "Bo Lee", "Beta", "Closed Won", "1", "2026-01-01", "2026-02-01"]]
    )
    assert imported.company.opportunities["opportunity_id"].tolist() == ["D3", "D4"]
    assert any("two people" in d.reason and d.rows == 2 for f in imported.report.files for d in f.dropped)


_BY_ID = [
    ["Opportunity ID", "Owner ID", "Owner", "Account", "Stage", "Amount", "Created", "Closed"],
    ["1", "U7", "Max Muster", "A", "Closed Won", "10", "2026-01-01", "2026-02-01"],
    ["2", "U8", "Max Muster", "B", "Closed Lost", "20", "2026-01-01", "2026-02-01"],
    ["3", "U9", "Eva Klein", "C", "Closed Won", "30", "2026-01-01", "2026-02-01"],
]


def test_two_owners_of_one_name_with_ids_of_their_own_are_kept_apart_without_a_roster_and_it_is_said(tmp_path):
    write_rows(tmp_path, "deals.csv", _BY_ID)
    imported = import_files(tmp_path)
    assert imported.company.opportunities["rep_id"].tolist() == ["U7", "U8", "U9"]
    assert any("2 owners are called Max Muster ('U7', 'U8')" in w for w in imported.report.warnings)
    assert both_ways([tmp_path / "deals.csv"], tmp_path) == ""


def test_two_owners_of_one_name_of_which_the_roster_lists_one_are_one_person_and_it_is_said(tmp_path):
    imported = _import_with_roster(tmp_path, [["Name", "Manager"], ["Max Muster", "Mo"], ["Eva Klein", "Mo"]], _BY_ID)
    assert imported.company.opportunities["rep_id"].nunique() == 2
    assert any("('U7', 'U8'), and the list of people has one" in w for w in imported.report.warnings)
    both = [
        ["ID", "Name", "Manager"],
        ["U7", "Max Muster", "Mo"],
        ["U8", "Max Muster", "Mo"],
        ["U9", "Eva Klein", "Mo"],
    ]
    apart = _import_with_roster(tmp_path, both, _BY_ID)
    assert apart.company.opportunities["rep_id"].tolist() == ["U7", "U8", "U9"]


def test_one_name_under_the_ids_of_two_crms_is_one_person(tmp_path):
    rows = [_BY_ID[0], ["1", "005Ax000001", *_BY_ID[1][2:]], ["2", "77120", *_BY_ID[2][2:]], _BY_ID[3]]
    write_rows(tmp_path, "deals.csv", rows)
    assert import_files(tmp_path).company.opportunities["rep_id"].nunique() == 2


def test_a_list_of_names_and_managers_finds_the_people_whom_another_list_knows_by_id(tmp_path):
    ids = {"Owner": "rep_id", "Ana García": "R7", "Bo Lee": "R8"}
    users = [
        ["rep_id", "name", "region", "hire_date"],
        *([ids[name], name, "West", "2024-01-02"] for name in ids if name != "Owner"),
    ]
    write_rows(tmp_path, "sales_reps.csv", users)
    deals = [[row[0], ids[row[1]], *row[2:]] for row in PLAIN]
    imported = _import_with_roster(
        tmp_path, [["Name", "Manager"], ["Ana García", "Mo Kay"], ["Bo Lee", "Mo Kay"]], deals
    )
    people = imported.company.people.set_index("name")
    assert set(people.index) == {"Ana García", "Bo Lee", "Mo Kay"}
    assert people.loc["Ana García", "person_id"] == "R7"
    assert people["manager_id"].dropna().nunique() == 1
    assert not any("Two people on the roster" in warning for warning in imported.report.warnings)


def test_a_person_who_leads_themselves_is_led_by_nobody(tmp_path):
    imported = _import_with_roster(
        tmp_path, [["Name", "Manager"], ["Ana García", "Ana García"], ["Bo Lee", "Ana García"]]
    )
    people = imported.company.people.set_index("name")
    assert pd.isna(people.loc["Ana García", "manager_id"])
    assert people.loc["Ana García", "role"] == "manager"


def test_lines_that_go_in_a_circle_are_cut(tmp_path):
    imported = _import_with_roster(tmp_path, [["Name", "Manager"], ["Ana García", "Bo Lee"], ["Bo Lee", "Ana García"]])
    assert imported.company.people["manager_id"].isna().sum() == 1
    assert any("circle" in r.what for r in imported.report.repairs)


def test_a_rep_without_deals_is_there(tmp_path):
    people = _import_with_roster(
        tmp_path, [["Name", "Manager"], ["Ana García", "Mo"], ["Bo Lee", "Mo"], ["Cy New", "Mo"]]
    ).company.people
    assert people.set_index("name").loc["Cy New", "role"] == "rep"


def test_who_left_stays_and_is_not_active(tmp_path):
    roster = [
        ["Name", "Manager", "Status", "End Date"],
        ["Ana García", "Mo", "Inactive", ""],
        ["Bo Lee", "Mo", "Active", "2026-03-31"],
        ["Mo", "", "Active", ""],
    ]
    people = _import_with_roster(tmp_path, roster).company.people.set_index("name")
    assert people["active"].to_dict() == {"Ana García": False, "Bo Lee": False, "Mo": True}


@pytest.mark.parametrize("left", ["inactive", "inattivo", "Deactivated User", "désactivée", "nieaktywny"])
def test_who_is_marked_as_gone_behind_the_name_has_left_in_any_language(tmp_path, left):
    rows = [[*PLAIN[0]], [PLAIN[1][0], f"Ana García ({left})", *PLAIN[1][2:]], *PLAIN[3:]]
    people = import_files(write_rows(tmp_path, "deals.csv", rows)).company.people.set_index("name")
    assert people["active"].to_dict() == {"Ana García": False, "Bo Lee": None}


def test_without_any_manager_the_import_works_and_says_how_to_give_a_roster(tmp_path):
    imported = import_files(write_rows(tmp_path, "deals.csv", PLAIN))
    assert any("roster" in w for w in imported.report.warnings)
    assert "list of your people" in imported.report.next_export


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Quota Q1 2026", [("2026-01-01", "2026-03-31")]),
        ("quota_2026_01", [("2026-01-01", "2026-01-31")]),
        ("Target FY2026", [("2026-01-01", "2026-12-31")]),
        ("Monthly quota", [(f"2026-0{m}-01", f"2026-0{m}-{d}") for m, d in ((2, 28), (3, 31))]),
        ("Annual Target", [("2026-01-01", "2026-12-31")]),
    ],
)
def test_the_period_of_a_quota_is_read_from_its_heading(tmp_path, heading, expected):
    imported = _import_with_roster(tmp_path, [["Name", "Manager", heading], ["Ana García", "Mo", "1,000"]])
    quotas = imported.company.quotas
    periods = [(f"{r.starts_on:%Y-%m-%d}", f"{r.ends_on:%Y-%m-%d}") for r in quotas.itertuples()]
    assert periods == expected
    assert set(quotas["amount"]) == {1000}


def test_a_quota_without_a_period_is_left_out_and_asked_about(tmp_path):
    imported = _import_with_roster(tmp_path, [["Name", "Manager", "Quota"], ["Ana García", "Mo", "1000"]])
    assert imported.company.quotas.empty
    assert any("'Quota' does not say" in w for w in imported.report.warnings)


@pytest.mark.parametrize(
    "periods", [("Q1 2026", "Q2 2026"), ("2026-Q1", "2026-Q2"), ("2026-01-01", "2026-04-01"), ("FY26 Q1", "FY26 Q2")]
)
def test_a_table_of_quotas_by_period_is_read(tmp_path, periods):
    write_rows(tmp_path, "deals.csv", PLAIN)
    write_rows(
        tmp_path,
        "quotas.csv",
        [["Sales Rep", "Period", "Quota"], ["Ana García", periods[0], "10"], ["Ana García", periods[1], "20"]],
    )
    quotas = import_files(tmp_path).company.quotas
    assert quotas["starts_on"].dt.month.tolist() == [1, 4]
    assert quotas["ends_on"].dt.month.tolist() == [3, 6]


def test_people_without_a_share_in_sales_are_other_in_a_list_of_all_logins(tmp_path):
    write_rows(tmp_path, "deals.csv", PLAIN)
    users = [["User ID", "Full Name", "Title", "Manager", "Active", "Email"], ["1", "Ana García", "AE", "Mo Kay", "1", "a@x"], ["2", "Ada Books", "Accountant", "Cy Coin", "1", "b@x"], ["3", "Mo Kay", "Director", "", "1", "c@x"], ["4", "Cy Coin", "CFO", "", "1", "d@x"]]  # fmt: skip
    write_rows(tmp_path, "users.csv", users)
    people = import_files(tmp_path).company.people.set_index("name")
    assert people["role"].to_dict() == {
        "Ada Books": "other",
        "Ana García": "rep",
        "Bo Lee": "rep",
        "Cy Coin": "other",
        "Mo Kay": "manager",
    }


TWO = [
    ["Deal ID", "Owner", "Stage", "Amount", "Created Date", "Close Date"],
    *([f"D{n}", ("Ada Brandt", "Ben Okoro", "Ada Brandt, Ben Okoro")[n % 3], ("Closed Won", "Closed Lost")[n % 2], "9",
       "2026-01-05", "2026-02-10"] for n in range(12)),
]  # fmt: skip


@pytest.mark.parametrize("between", [", ", "; ", " / ", " & ", " and "])
def test_two_people_in_one_cell_are_no_third_and_the_first_counts(between, tmp_path):
    rows = [[cell.replace(", ", between) for cell in row] for row in TWO]
    imported = import_files(write_rows(tmp_path, "deals.csv", rows))
    assert sorted(imported.company.people["name"]) == ["Ada Brandt", "Ben Okoro"]
    (repair,) = [r for r in imported.report.repairs if "several people" in r.what]
    assert repair.count == 4


def test_a_name_with_a_comma_that_no_two_others_make_up_is_one_person(tmp_path):
    rows = [[cell.replace("Ada Brandt, Ben Okoro", "Okoro, Ada") for cell in row] for row in TWO]
    names = set(import_files(write_rows(tmp_path, "deals.csv", rows)).company.people["name"])
    assert "Okoro, Ada" in names or "Ada Okoro" in names


def test_two_people_in_one_cell_are_read_alike_in_pieces(tmp_path):
    assert both_ways([write_rows(tmp_path, "deals.csv", TWO)], tmp_path) == ""


def split_rows(*shares: str) -> list[list[str]]:
    """Each deal once for each of its owners, with the share that is theirs."""
    head = ["Opportunity ID", "Sales Rep", "Split %", "Stage", "Amount", "Close Date"]
    return [head] + [
        [f"D{n}", ("Ada Brandt", "Ben Okoro")[place], share, ("Closed Won", "Closed Lost")[n % 2], "900", "2026-02-10"]
        for n in range(4) for place, share in enumerate(shares)
    ]  # fmt: skip


@pytest.mark.parametrize(("shares", "owner"), [(("60", "40"), "Ada Brandt"), (("30%", "70%"), "Ben Okoro")])
def test_a_deal_in_a_row_for_each_share_is_whose_share_is_the_largest(shares, owner, tmp_path):
    imported = import_files(write_rows(tmp_path, "deals.csv", split_rows(*shares)))
    names = imported.company.people.set_index("person_id")["name"]
    assert set(imported.company.opportunities["rep_id"].map(names)) == {owner}
    (file,) = imported.report.files
    assert any("the largest share counts" in row.reason for row in file.dropped)


def test_shares_of_a_deal_are_read_alike_in_pieces(tmp_path):
    assert both_ways([write_rows(tmp_path, "deals.csv", split_rows("60", "40"))], tmp_path) == ""


@pytest.mark.parametrize("newest_first", [True, False])
def test_of_two_managers_the_one_counts_whose_days_are_the_latest_whatever_the_order_of_rows(newest_first, tmp_path):
    lines = [["Ana García", "Mo Kay", "2024-01-01", "2025-12-31"], ["Ana García", "Nils Berg", "2026-01-01", ""]]
    roster = [["Name", "Manager", "Valid from", "Valid to"], *(reversed(lines) if newest_first else lines)]
    imported = _import_with_roster(tmp_path, [*roster, ["Bo Lee", "Mo Kay", "2024-01-01", ""]])
    people = imported.company.people.set_index("name")
    assert people.loc["Ana García", "manager_id"] == people.loc["Nils Berg", "person_id"]
    assert not [w for w in imported.report.warnings if "more than once" in w]


def test_a_manager_named_in_one_word_is_known_by_a_name_and_not_by_an_id(tmp_path):
    imported = _import_with_roster(tmp_path, [["Name", "Manager"], ["Ana García", "김민준"], ["Bo Lee", "김민준"]])
    assert not [warning for warning in imported.report.warnings if "by their id only" in warning]
