"""The rules for odd rows: each counts, shows an example, and drops or changes nothing silently."""

import json
import re

import pandas as pd
import pytest

from playbook.crm.saving import save_imported
from playbook.errors import UnusableInput
from tests.crm.export_files import PLAIN, import_files, write, write_rows

HEAD = PLAIN[0]


def _import_with(tmp_path, *rows, head=HEAD, **options):
    return import_files(
        write_rows(tmp_path, "deals.csv", [head, *PLAIN[1:], *rows] if head is HEAD else [head, *rows]), **options
    )


def _repair(imported, words):
    return [r for r in imported.report.repairs if words in r.what]


def _dropped(imported):
    return {d.reason: d.rows for f in imported.report.files for d in f.dropped}


def test_rows_read_are_rows_kept_and_rows_dropped_in_every_file(tmp_path):
    imported = _import_with(
        tmp_path,
        PLAIN[1],
        ["D9", "", "Acme", "Closed Won", "1", "2026-01-01", "2026-02-01"],
        ["", "", "", "", "", "", ""],
    )
    (file,) = imported.report.files
    assert file.rows_read == 6
    assert file.rows_kept == len(imported.company.opportunities) == 3
    assert file.rows_read == file.rows_kept + sum(d.rows for d in file.dropped)
    assert _dropped(imported) == {"blank lines": 1, "exact duplicates of another row": 1, "deals without an owner": 1}


def test_a_deal_closed_before_it_was_created_loses_its_day_of_creation(tmp_path):
    imported = _import_with(tmp_path, ["D9", "Bo Lee", "Acme", "Closed Won", "1", "2026-05-01", "2026-02-01"])
    assert pd.isna(imported.company.opportunities.set_index("opportunity_id").loc["D9", "created_on"])
    (rule,) = _repair(imported, "closed before it was created")
    assert rule.count == 1
    assert "D9" in rule.example


def test_a_negative_amount_is_unknown(tmp_path):
    imported = _import_with(tmp_path, ["D9", "Bo Lee", "Acme", "Closed Won", "(100)", "2026-01-01", "2026-02-01"])
    assert pd.isna(imported.company.opportunities.set_index("opportunity_id").loc["D9", "amount"])
    assert _repair(imported, "negative amount")[0].count == 1


def test_a_day_of_creation_after_today_is_unknown(tmp_path):
    imported = _import_with(tmp_path, ["D9", "Bo Lee", "Acme", "Proposal", "100", "2027-01-01", "2027-02-01"])
    assert pd.isna(imported.company.opportunities.set_index("opportunity_id").loc["D9", "created_on"])


def test_an_open_deal_with_a_past_close_is_kept_and_counted(tmp_path):
    imported = _import_with(tmp_path, ["D9", "Bo Lee", "Acme", "Proposal", "100", "2026-01-01", "2026-02-01"])
    assert _repair(imported, "expected close before the data's last day")[0].count == 1
    assert imported.company.opportunities.set_index("opportunity_id").loc["D9", "expected_close_on"] == pd.Timestamp(
        "2026-02-01"
    )


def test_of_two_rows_with_one_id_the_last_counts(tmp_path):
    imported = _import_with(tmp_path, ["D3", "Bo Lee", "Gamma", "Closed Won", "700", "2026-03-02", "2026-06-01"])
    assert imported.company.opportunities.set_index("opportunity_id").loc["D3", "amount"] == 700
    assert sum(_dropped(imported).values()) == 1


@pytest.mark.parametrize(
    "owner", ["Unassigned", "Sales Queue", "Integration User", "Nicht zugewiesen", "No owner", "-", "EMEA Lead Queue"]
)
def test_queues_programs_and_unassigned_are_no_reps(tmp_path, owner):
    imported = _import_with(tmp_path, ["D9", owner, "Acme", "Closed Won", "100", "2026-01-01", "2026-02-01"])
    assert set(imported.company.people["name"]) == {"Ana García", "Bo Lee"}
    assert sum(_dropped(imported).values()) == 1


def test_one_person_in_several_spellings_is_one_person(tmp_path):
    imported = _import_with(
        tmp_path,
        ["D8", "ana  garcía", "Acme", "Closed Won", "1", "2026-01-01", "2026-02-01"],
        ["D9", "ANA GARCÍA ", "Acme", "Closed Won", "1", "2026-01-01", "2026-02-01"],
    )
    assert len(imported.company.people) == 2
    assert "Ana García" in set(imported.company.people["name"])


def test_a_date_that_cannot_be_stops_the_import_and_is_named(tmp_path):
    with pytest.raises(UnusableInput) as raised:
        _import_with(tmp_path, ["D9", "Bo Lee", "Acme", "Closed Won", "1", "2026-13-41", "2026-02-01"])
    assert str(raised.value).splitlines() == [
        "deals.csv, row 5, column 'Created Date': '2026-13-41' is no date in any order.",
        "Correct the cell, or run again with --skip-bad-rows to leave the row out (it will be listed in the report).",
    ]


def test_a_date_that_cannot_be_can_be_left_out_with_its_row(tmp_path):
    imported = _import_with(
        tmp_path, ["D9", "Bo Lee", "Acme", "Closed Won", "1", "2026-13-41", "2026-02-01"], skip_bad_rows=True
    )
    assert len(imported.company.opportunities) == 3
    assert _dropped(imported) == {"Created Date: no date in any order": 1}


def test_amounts_in_a_second_currency_are_unknown_without_a_rate(tmp_path):
    head = ["Deal ID", "Owner", "Stage", "Amount", "Currency", "Close Date"]
    rows = [
        ["1", "Ana", "Won", "10", "EUR", "2026-02-01"],
        ["2", "Ana", "Won", "20", "EUR", "2026-02-01"],
        ["3", "Bo", "Lost", "30", "USD", "2026-02-01"],
    ]
    imported = _import_with(tmp_path, *rows, head=head)
    assert imported.company.settings.currency == "EUR"
    assert imported.company.opportunities["amount"].fillna(-1).tolist() == [10, 20, -1]
    mapping = write(tmp_path / "m", "rates.toml", "[rates]\nUSD = 0.9\n")
    again = import_files(tmp_path / "deals.csv", mapping=mapping)
    assert again.company.opportunities["amount"].tolist() == [10, 20, 27]


def test_a_column_nobody_knows_is_kept_aside_by_the_deals_id(tmp_path):
    rows = [[*row, extra] for row, extra in zip(PLAIN, ["Shoe size", "44", "", "38"], strict=True)]
    imported = import_files(write_rows(tmp_path, "deals.csv", rows))
    assert imported.report.files[0].left_aside == ("Shoe size",)
    assert imported.unused_columns["opportunities"].dropna().to_numpy().tolist() == [["D1", "44"], ["D3", "38"]]


def test_the_report_lies_beside_the_tables_as_data_text_and_page_and_says_the_same(tmp_path):
    rows = [[*row, extra] for row, extra in zip(PLAIN, ["<img src=x>", "1", "2", "3"], strict=True)]
    imported = import_files(write_rows(tmp_path, "deals.csv", [*rows, ["", "", "", "", "", "", "", ""]]))
    save_imported(imported, tmp_path / "company")
    page = (tmp_path / "company" / "import-report.html").read_text(encoding="utf-8")
    data = json.loads((tmp_path / "company" / "import-report.json").read_text(encoding="utf-8"))
    text = (tmp_path / "company" / "import-report.md").read_text(encoding="utf-8")
    assert data["files"][0]["rows_read"] == 4
    assert "dropped: blank lines" in page and "dropped: blank lines" in text
    assert "<img" not in page and "<script" not in page and "http" not in page


def test_names_in_the_report_do_no_harm_in_markdown(tmp_path):
    imported = _import_with(
        tmp_path, ["D9", "Bo Lee", "<script>alert(1)</script>", "Closed Won", "-1", "2026-01-01", "2026-02-01"]
    )
    rows = [[*row, extra] for row, extra in zip(PLAIN, ["<img src=x> | [a](http://b)", "1", "2", "3"], strict=True)]
    page = (
        import_files(write_rows(tmp_path / "b", "deals.csv", rows)).report.as_markdown() + imported.report.as_markdown()
    )
    assert not re.search(r"(?<!\\)(<img|<script|\[a)", page)


def test_the_spellings_taken_for_one_person_are_listed_and_the_usual_one_is_kept(tmp_path):
    imported = _import_with(
        tmp_path,
        ["D8", "ANA GARCÍA", "Acme", "Closed Won", "1", "2026-01-01", "2026-02-01"],
        ["D9", "Bo Lеe", "Acme", "Closed Won", "1", "2026-01-01", "2026-02-01"],  # the first e is Cyrillic
    )
    assert set(imported.company.people["name"]) == {"Ana García", "Bo Lee"}
    listed = {r.example: r.count for r in imported.report.repairs if r.what.startswith("spellings of one name")}
    assert listed == {"'ANA GARCÍA' is 'Ana García'": 1, "'Bo Lеe' is 'Bo Lee'": 1}


def test_names_that_differ_in_an_accent_stay_apart_and_are_named(tmp_path):
    imported = _import_with(tmp_path, ["D9", "Ana Garcia", "Acme", "Closed Won", "1", "2026-01-01", "2026-02-01"])
    assert len(imported.company.people) == 3
    assert "Ana Garcia and Ana García may be one person; they are kept apart." in imported.report.warnings
