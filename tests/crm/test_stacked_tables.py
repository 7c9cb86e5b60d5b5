"""Several tables on one sheet are told apart; what only looks so stays one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.crm.files.stacked_tables import beginnings
from tests.crm.export_files import PLAIN, import_files, workbook, write

QUOTAS = [["Rep Name", "Annual Quota"], ["Ana García", "400000"], ["Bo Lee", "300000"]]
BY_MONTH = [["Month", "Total"], ["Jan 2025", "380000"], ["Feb 2025", "390000"]]
BLANK = [["", ""]]


@pytest.mark.parametrize(
    ("rows", "begins"),
    [
        ([*QUOTAS, *BLANK, *BY_MONTH], [0, 4]),
        ([*QUOTAS, *BLANK, *BLANK, ["By month", ""], *BY_MONTH], [0, 5]),
        ([["Board", ""], *QUOTAS, *BLANK, ["By month", ""], *BY_MONTH, *BLANK, *QUOTAS], [0, 5, 10]),
    ],
)
def test_a_table_begins_below_a_blank_line_with_names_above_figures(rows, begins):
    assert beginnings(rows) == begins


@pytest.mark.parametrize(
    "rows",
    [
        [*QUOTAS, *BLANK, ["Cy Orr", "200000"], ["Di Fox", "100000"]],
        [*QUOTAS, *BLANK, *QUOTAS],  # the headings again, as on the next page
        [*QUOTAS, *BLANK, ["Total", ""], ["", "700000"]],
        [["Name", "Manager"], ["Ana", "Meg"], *BLANK, ["Bo", "Meg"], ["Cy", "Nils"]],
        [*QUOTAS, *BY_MONTH],  # no blank line between
    ],
)
def test_a_blank_line_in_a_table_begins_no_other(rows):
    assert beginnings(rows) == [0]


@given(st.lists(st.lists(st.text(max_size=5), max_size=4), max_size=25))
def test_whatever_stands_on_a_sheet_its_tables_begin_in_order_and_from_the_top(rows):
    begins = beginnings(rows)
    assert begins[0] == 0 and begins == sorted(set(begins)) and begins[-1] <= max(len(rows) - 1, 0)


def test_a_second_table_below_the_people_makes_nobody_a_person_and_is_left_aside_by_its_place(tmp_path):
    board = [["Leaderboard", ""], *QUOTAS, *BLANK, *BLANK, ["By month", ""], *BY_MONTH]
    imported = import_files(write(tmp_path, "board.xlsx", workbook({"Deals": PLAIN, "Board": board})))
    assert sorted(imported.company.people["name"]) == ["Ana García", "Bo Lee"]
    assert "board.xlsx, sheet 'Board, from row 8'" in [file.file for file in imported.report.files]
