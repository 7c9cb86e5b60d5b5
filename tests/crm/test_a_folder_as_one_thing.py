"""What each file is, is decided for the folder: what names the deals, or carries less than they do, is none of them."""

import pandas as pd
import pytest

from playbook.crm.account.report_page import report_page
from playbook.crm.headings.suggestion import suggestion
from playbook.errors import UnusableInput
from tests.crm.export_files import PLAIN, import_files, write, write_rows
from tests.crm.larger_than_memory import both_ways

HEAD = PLAIN[0]
STAGES, REPS = ("Closed Won", "Closed Lost", "Proposal"), ("Ana García", "Bo Lee", "Cy Voss")
DEALS = [HEAD] + [
    [f"D{n}", REPS[n % 3], f"Customer {n}", STAGES[n % 3], str(900 + n), f"2026-01-{n + 1:02}", f"2026-03-{n + 1:02}"]
    for n in range(12)
]
# Each is a table that a folder of exports holds beside the deals, and that its headings alone take for deals.
BESIDE = {
    "lead moves, by lead": [["lead_id", "stage", "in", "out", "owner"]]
    + [[f"L{n // 3}", ("New", "Contacted", "Closed Lost")[n % 3], "x", "y", "Sid Sands"] for n in range(9)],
    "totals, a row per owner": [["owner_name", "status", "closed_won", "closed_lost", "pipeline_value_usd"]]
    + [[rep, "ACTIVE", "4", "4", "1,200,000"] for rep in REPS],
    "instalments of deals": [["instalment_id", "deal_id", "amount", "status"]]
    + [[f"P{n}", f"D{n}", "50", "paid"] for n in range(0, 12, 3)],
    "invoices, by the deal": [["Invoice No", "Owner", "Deal", "Status", "Amount", "Close Date"]]
    + [[f"I{n}", REPS[n % 3], f"D{n}", "Closed Won", "10", "2026-04-01"] for n in range(6)],
    "tasks of deals": [["Task ID", "Deal ID", "Owner", "Status", "Close Date"]]
    + [[f"T{n}", f"D{n // 2}", REPS[n % 2], "Completed", "2026-02-01"] for n in range(8)],
    "orders": [["Id", "Owner", "Status", "Total Amount", "Close Date"]]
    + [[f"80{n}", REPS[n % 3], "Activated", "5", "2026-03-01"] for n in range(5)],
    "an older copy of some deals": [["Deal ID", "Owner", "Stage", "Amount", "Remark", "Campaign", "Score"]]
    + [[f"D{n}", "Old Owner", "Proposal", "1", "r", "c", "9"] for n in range(4)],
}


def refused_text(*paths) -> str:
    with pytest.raises(UnusableInput) as refused:
        import_files(*paths)
    return str(refused.value)


@pytest.fixture
def folder(tmp_path):
    write_rows(tmp_path / "exports", "deals.csv", DEALS)
    return tmp_path / "exports"


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """What becomes of the deals where nothing lies beside them."""
    return import_files(write_rows(tmp_path_factory.mktemp("alone"), "deals.csv", DEALS)).company


@pytest.mark.parametrize("name", BESIDE)
def test_a_table_about_the_deals_or_of_less_than_a_deal_changes_no_deal(name, folder, alone):
    write_rows(folder, "beside.csv", BESIDE[name])
    imported = import_files(folder)
    assert imported.company.opportunities.equals(alone.opportunities)
    (aside,) = [file for file in imported.report.files if file.file == "beside.csv"]
    assert not aside.kind and "no deals of their own (its headings are like those of deals)" in aside.why


def test_what_is_imported_in_pieces_is_told_apart_alike(folder, tmp_path, alone):
    for number, rows in enumerate(BESIDE.values()):
        write_rows(folder, f"beside{number}.csv", rows)
    assert both_ways([folder], tmp_path) == ""
    assert len(pd.read_parquet(tmp_path / "in_pieces" / "opportunities.parquet")) == len(alone.opportunities)


def test_the_name_of_a_file_or_its_place_in_the_folder_decides_nothing(folder):
    write_rows(folder, "aaa_deals.csv", BESIDE["instalments of deals"])
    assert len(import_files(folder).company.opportunities) == 12


def test_another_year_of_the_same_export_is_more_deals(folder):
    write_rows(folder, "last_year.csv", [HEAD, *([f"E{row[0]}", *row[1:]] for row in DEALS[1:])])
    assert len(import_files(folder).company.opportunities) == 24


def test_exports_of_one_sort_that_overlap_are_one_set_of_deals(folder):
    write_rows(folder, "again.csv", [HEAD, *DEALS[7:], ["D99", *DEALS[1][1:]]])
    assert len(import_files(folder).company.opportunities) == 13


def test_a_pipeline_of_open_deals_in_another_layout_is_more_deals(folder):
    other = [["Opportunity ID", "Sales Rep", "Phase", "Value", "Expected Close"]]
    other += [[f"X{n}", "Bo Lee", "Negotiation", "70", "2026-08-01"] for n in range(3)]
    write_rows(folder, "open.csv", other)
    assert len(import_files(folder).company.opportunities) == 15


def test_deals_of_two_layouts_are_imported_in_pieces_as_they_are_in_memory(folder, tmp_path):
    other = [["Opportunity ID", "Sales Rep", "Phase", "Value", "Expected Close"]]
    write_rows(
        folder, "open.csv", [*other, *([f"X{n}", "Bo Lee", "Negotiation", "70", "2026-08-01"] for n in range(3))]
    )
    assert both_ways([folder], tmp_path) == ""


def test_what_the_user_says_a_file_is_it_is(folder):
    write_rows(folder, "beside.csv", BESIDE["orders"])
    says = write(folder.parent, "mapping.toml", '[files]\n"beside.csv" = "opportunities"\n')
    assert len(import_files(folder, mapping=says).company.opportunities) == 17


def test_the_menus_of_bring_your_data_show_the_same_decision_and_its_reason(folder):
    write_rows(folder, "beside.csv", BESIDE["instalments of deals"])
    shown = {file.name: file for file in suggestion([folder]).files}
    assert shown["beside.csv"].kind == "" and "'deal_id'" in shown["beside.csv"].why


@pytest.mark.parametrize(
    "rows",
    [
        [["Contact ID", "Name", "Job Title", "Status"], ["C1", "Zoe Buyer", "Procurement Manager", "Active"]],
        [["Name", "Title", "Is Active"], ["Wall panel", "Panel", "true"], ["Door", "Door", "true"]],
        [["Ticket ID", "Email", "Level"], ["T1", "zoe@example.com", "High"], ["T2", "max@example.com", "Low"]],
    ],
    ids=["customers' contacts", "products", "tickets"],
)
def test_a_list_in_which_nobody_owns_a_deal_is_not_the_team(rows, folder, alone):
    write_rows(folder, "list.csv", rows)
    assert import_files(folder).company.people.equals(alone.people)


def test_a_list_of_those_who_own_the_deals_is_the_team_whatever_the_order_of_their_names(folder):
    write_rows(folder, "team.csv", [["Name", "Job"], ["García, Ana", "AE"], ["LEE Bo", "AE"], ["Nadia Wirth", "AE"]])
    assert "Nadia Wirth" in set(import_files(folder).company.people["name"])


def test_a_list_of_managers_alone_is_the_team_where_the_deals_name_them(folder):
    write_rows(folder, "deals.csv", [[*row, "Manager" if row is DEALS[0] else "Mona Reyes"] for row in DEALS])
    write_rows(folder, "leads.csv", [["Name", "Job", "Hired On"], ["Mona Reyes", "Sales Manager", "2020-01-01"]])
    people = import_files(folder).company.people.set_index("name")
    assert str(people.loc["Mona Reyes", "hired_on"].date()) == "2020-01-01"


def test_rows_of_deals_without_a_day_or_an_amount_are_refused_as_what_they_are(tmp_path):
    rows = [["Product", "Seller", "Source", "Status"]]
    rows += [["P", f"Seller {n}", "Referral", ("Won", "Lost")[n % 2]] for n in range(6)]
    text = refused_text(write_rows(tmp_path, "deals.csv", rows))
    assert "neither a day nor an amount" in text and "list of people" not in text


def test_where_all_deals_are_deleted_the_refusal_says_so_and_not_what_orders_lack(tmp_path):
    head = ["Id", "OwnerId", "StageName", "Amount", "CloseDate", "CreatedDate", "IsDeleted", "IsWon", "IsClosed"]
    row = ["005A", "Closed Won", "5", "2026-03-01", "2026-01-01", "true", "true", "true"]
    write_rows(tmp_path, "opportunity.csv", [head, *([f"006{n:012}", *row] for n in range(5))])
    orders = [["Id", "OwnerId", "Status", "TotalAmount", "EffectiveDate"]]
    write_rows(
        tmp_path, "order.csv", [*orders, *([f"801{n:012}", "005A", "Activated", "5", "2026-03-01"] for n in range(5))]
    )
    assert "deleted" in refused_text(tmp_path)


def test_a_history_whose_day_is_called_changed_date_is_the_history(folder):
    rows = [["history_id", "opportunity_id", "stage", "amount", "close_date", "changed_date"]]
    rows += [
        [f"H{n}", f"D{n % 12}", ("Discovery", "Proposal")[n // 12], "9", "2026-03-01", f"2026-02-{n + 1:02}"]
        for n in range(24)
    ]
    write_rows(folder, "moves.csv", rows)
    imported = import_files(folder).company
    assert len(imported.stage_history) >= 24 and len(imported.opportunities) == 12


def test_a_table_of_rep_and_month_is_quotas_and_each_month_has_its_own(folder):
    rows = [["rep_name", "month", "monthly_quota", "bookings"]]
    rows += [[rep, f"2026-0{month}-01", str(1000 * month), "0"] for rep in REPS for month in (1, 2, 3)]
    write_rows(folder, "targets.csv", rows)
    quotas = import_files(folder).company.quotas
    assert sorted(quotas.groupby("rep_id")["amount"].agg(list).map(sorted).map(tuple).unique()) == [(1000, 2000, 3000)]


def test_the_report_says_first_in_three_lines_what_was_taken_for_what(folder):
    write_rows(folder, "team.csv", [["Name", "Manager"], *([rep, "Mona Reyes"] for rep in REPS)])
    write_rows(folder, "paid.csv", BESIDE["instalments of deals"])
    report = import_files(folder).report
    three_lines = report.summary_lines()[:3]
    assert three_lines == [
        "Deals: deals.csv (12 deals).",
        "Beside them: team.csv as a list of people.",
        "Left aside, each with its reason below: paid.csv.",
    ]
    page = report_page(report)
    assert 0 < page.index(three_lines[0]) < page.index("<p>")


@pytest.mark.parametrize(
    ("states", "is_status"),
    [
        (("TX", "CA", "NY"), False),
        (("Texas", "Ohio", "Utah"), False),
        (("open", "won", "lost"), True),
        (("Active", "Closed", "x"), True),
    ],
)
def test_a_state_beside_a_stage_is_a_status_only_if_it_says_so(states, is_status, tmp_path):
    rows = [[*PLAIN[0], "State"], *([*row, state] for row, state in zip(PLAIN[1:], states, strict=True))]
    (deals,) = import_files(write_rows(tmp_path, "deals.csv", rows)).report.files
    assert ("State" in [c.heading for c in deals.columns], "State" in deals.left_aside) == (is_status, not is_status)


def test_a_state_is_a_status_where_no_stage_stands_beside_it_or_a_person_says_so(tmp_path):
    rows = [["State" if h == "Stage" else h for h in PLAIN[0]], *PLAIN[1:]]
    assert set(import_files(write_rows(tmp_path, "deals.csv", rows)).company.opportunities["outcome"]) >= {
        "won",
        "lost",
    }
    mapping = write(
        tmp_path, "ours.toml", '[opportunities]\nstatus = ["State"]\n[outcomes]\nwon = ["TX"]\nlost = ["CA"]'
    )
    beside = [[*PLAIN[0], "State"], *([*row, state] for row, state in zip(PLAIN[1:], ("TX", "CA", "TX"), strict=True))]
    told = import_files(write_rows(tmp_path / "b", "deals.csv", beside), mapping=mapping).company.opportunities
    assert told["outcome"].tolist() == ["won", "lost", "won"]


def test_the_report_and_the_menus_say_what_a_table_is_most_like_next(folder):
    rows = [["history_id", "opportunity_id", "owner", "stage", "amount", "close_date", "changed_date"]]
    rows += [[f"H{n}", f"D{n % 12}", REPS[n % 3], STAGES[n // 12], "9", "2026-03-01", "2026-02-01"] for n in range(24)]
    write_rows(folder, "moves.csv", rows)
    (moves,) = [file for file in import_files(folder).report.files if file.file == "moves.csv"]
    assert moves.kind == "stage_history" and moves.why.endswith("after that it is most like deals (5 columns)")
    assert [file.why for file in suggestion([folder]).files if file.name == "moves.csv"] == [moves.why]


def test_what_became_of_deals_is_known_by_its_words_where_no_list_has_the_heading(folder, alone):
    write_rows(folder, "deals.csv", [["Where it is" if h == "Stage" else h for h in HEAD], *DEALS[1:]])
    imported = import_files(folder)
    assert imported.company.opportunities["outcome"].tolist() == alone.opportunities["outcome"].tolist()
    (why,) = [use.why for file in imported.report.files for use in file.columns if use.heading == "Where it is"]
    assert why == "its values say what was won and what was lost"


def test_words_for_outcomes_in_another_column_are_no_stage_beside_one(folder, alone):
    rows = [[*row, ("Won", "Lost")[n % 2]] for n, row in enumerate(DEALS[1:])]
    write_rows(folder, "deals.csv", [[*HEAD, "Last bid"], *rows])
    assert import_files(folder).company.opportunities.equals(alone.opportunities)


def test_customers_contacts_are_no_team_though_each_has_an_owner_of_the_team(folder, alone):
    contacts = [[f"C{n}", "Pat", f"Stone {n}", "Sales Manager", REPS[n % 3]] for n in range(9)]
    head = ["Person ID", "First Name", "Last Name", "Job Title", "Owner"]
    write_rows(folder, "people.csv", [head, *contacts])
    imported = import_files(folder)
    assert imported.company.people.equals(alone.people)
    (aside,) = [file for file in imported.report.files if file.file == "people.csv"]
    assert "'Owner' names most people again" in aside.why


def test_a_list_of_stages_that_calls_them_won_and_lost_says_the_outcomes(folder, alone):
    ids = {"Proposal": "11", "Closed Won": "12", "Closed Lost": "13"}
    write_rows(folder, "deals.csv", [HEAD, *([*row[:3], ids[row[3]], *row[4:]] for row in DEALS[1:])])
    names = [["11", "Proposal", "in progress", "1"], ["12", "Signed", "won", "2"], ["13", "Gone", "unqualified", "3"]]
    write_rows(folder, "stages.csv", [["id", "name", "category", "position"], *names])
    assert import_files(folder).company.opportunities["outcome"].tolist() == alone.opportunities["outcome"].tolist()


def test_deals_in_a_file_for_each_outcome_are_refused_for_want_of_a_column_that_says_it(tmp_path):
    head = [h for h in HEAD if h != "Stage"]
    for name, stage in (("won", "Closed Won"), ("lost", "Closed Lost")):
        write_rows(tmp_path, f"{name}.csv", [head, *([*r[:3], *r[4:]] for r in DEALS[1:] if r[3] == stage)])
    refusal = refused_text(tmp_path)
    assert "deals in a file for each outcome need a column that says it" in refusal
    assert "something of theirs" not in refusal
