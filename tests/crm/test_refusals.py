"""Honest refusal: what is missing is named, and what to do about it."""

import pytest

from playbook.errors import UnusableInput
from tests.crm.export_files import PLAIN, import_files, write, write_rows


def _without(column):
    at = PLAIN[0].index(column)
    return [[c for i, c in enumerate(row) if i != at] for row in PLAIN]


def test_deals_without_an_owner_are_refused(tmp_path):
    with pytest.raises(UnusableInput, match=r"(?s)no column says who owns the deals.*Opportunity Owner") as raised:
        import_files(write_rows(tmp_path, "deals.csv", _without("Owner")))
    assert raised.value.exit_status == 2


def test_deals_whose_stages_mean_nothing_are_refused_with_the_stages(tmp_path):
    rows = [[*row] for row in PLAIN]
    for row in rows[1:]:
        row[3] = "Blue"
    with pytest.raises(
        UnusableInput, match=r"(?s)no deal is known to be won or lost: its stage is one of 'Blue'.*\[outcomes\]"
    ):
        import_files(write_rows(tmp_path, "deals.csv", rows))


def test_leads_only_are_refused_as_leads(tmp_path):
    rows = [["Lead ID", "Lead Owner", "Lead Status", "Company"], ["1", "Ana", "Open", "Acme"]]
    with pytest.raises(UnusableInput, match="leads: they are not deals yet"):
        import_files(write_rows(tmp_path, "leads.csv", rows))


@pytest.mark.parametrize(
    "rows",
    [
        [["Row Labels", "Sum of Amount", "Count"], ["Ana", "100", "2"], ["Bo", "50", "1"]],
        [["call_id", "agent", "started", "queue", "wait_seconds"], ["1", "Ana", "2026-01-01 10:00", "north", "12"]],
        [["a", "b"], ["1", "2"]],
    ],
)
def test_pivots_call_logs_and_strangers_are_refused(tmp_path, rows):
    with pytest.raises(UnusableInput, match="none of the files was recognised as deals"):
        import_files(write_rows(tmp_path, "table.csv", rows))


def test_an_empty_folder_and_an_empty_file_are_refused(tmp_path):
    with pytest.raises(UnusableInput):
        import_files(tmp_path)
    with pytest.raises(UnusableInput):
        import_files(write(tmp_path, "empty.csv", ""))


def test_headings_without_rows_are_refused(tmp_path):
    with pytest.raises(UnusableInput):
        import_files(write_rows(tmp_path, "deals.csv", PLAIN[:1]))


def test_only_won_deals_are_taken_and_said(tmp_path):
    imported = import_files(write_rows(tmp_path, "deals.csv", PLAIN[:2]))
    assert any("no lost deals" in w for w in imported.report.warnings)
    assert any("no open deals" in w for w in imported.report.warnings)


def test_an_empty_folder_is_called_empty(tmp_path):
    with pytest.raises(UnusableInput, match="there is no file here"):
        import_files(tmp_path)
