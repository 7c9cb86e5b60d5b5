"""What does not fit into memory is imported in pieces, and becomes the same company with the same report."""

import errno
import gzip
import random
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from export_dresses import DRESSES, Deal

from playbook.crm.import_options import ImportOptions
from playbook.crm.into_folder import import_into
from playbook.crm.larger import memory
from playbook.crm.larger.company_in_pieces import import_in_pieces
from playbook.crm.larger.room import DiskFull, MemoryShort, workroom
from playbook.errors import UnusableInput
from tests.crm.export_files import PLAIN, TODAY, text_of, workbook, write, write_rows, zipped
from tests.crm.larger_than_memory import TINY, both_ways
from tests.crm.test_meridian import SAMPLE

HEAD = PLAIN[0]
REPS = ("Ana Ruiz", "Bo Lee", "José Núñez", "Müller, Jörg")
ACCOUNTS = ('Sägewerk "Süd"; GmbH', "O'Brien, Ltd", "Nul\nLigne", "acme", "Acme", "N&A | tab\tco")


def deals(many: int = 17) -> list[Deal]:
    """Deals whose accounts are spelled in more than one way and hold what separates cells."""
    draw = random.Random(3)
    made = []
    for number in range(many):
        created = date(2025, 1, 1) + timedelta(days=draw.randrange(400))
        outcome = ("won", "lost", "open")[number % 3]
        amount = draw.randrange(1, 9_999_999) / 100
        closed = created + timedelta(days=draw.randrange(60))
        made.append(Deal(f"D{number:04d}", draw.choice(REPS), draw.choice(ACCOUNTS), outcome, amount, created, closed))
    return made


def plain_rows(many: int = 12) -> list[list[str]]:
    """Deals as a plain table has them."""
    stages, days = ("Closed Won", "Closed Lost", "Proposal"), ("2026-01-05", "2026-02-10")
    return [[f"D{n}", REPS[n % 2], "Acme", stages[n % 3], f"{n}00", *days] for n in range(many)]


# One dress of each CRM; between them they hold every separator, encoding and order of days. Each day two of them are
# read both ways; in memory test_round_trips.py reads them all.
_WORN = ("Salesforce report, French", "A plain table")
_ALSO_WORN = ("Salesforce, weekly export", "HubSpot, German", "Pipedrive, French", "Dynamics 365, English")


@pytest.mark.parametrize("name", [*_WORN, *(pytest.param(name, marks=pytest.mark.soak) for name in _ALSO_WORN)])
def test_deals_in_the_dress_of_each_crm_are_the_same(name, tmp_path):
    file = write(tmp_path, "export.csv", DRESSES[name].text(deals()))
    assert both_ways([file], tmp_path) == ""


def test_a_whole_export_with_users_history_activities_quotas_and_lists_is_the_same(tmp_path):
    assert both_ways([SAMPLE], tmp_path, today=date(2026, 4, 1)) == ""


def test_rows_that_are_odd_are_dropped_and_mended_alike(tmp_path):
    rows = [
        HEAD, *plain_rows(),
        plain_rows()[4], ["D5", "Bo Lee", "Acme", "Closed Lost", "777", "2026-01-06", "2026-02-10"],
        ["", "Bo Lee", "Acme", "Closed Lost", "50", "2026-01-06", "2026-02-10"],
        ["D20", "", "Acme", "Closed Won", "1", "2026-01-01", "2026-02-01"],
        ["D21", "Integration User", "Acme", "Closed Won", "1", "2026-01-01", "2026-02-01"],
        ["D22", "bo  lee", "ACME", "closed won", "(100)", "2026-05-01", "2026-02-01"],
        ["D23", "Bo Lee", "", "Closed Lost", "0", "2027-01-01", "2027-02-01"],
        ["D24", "Bo Lee", "Acme", "", "12", "2026-01-01", "2026-02-01"],
        ["", "", "", "", "", "", ""], ["Total", "", "", "", "99", "", ""], HEAD,
    ]  # fmt: skip
    assert both_ways([write_rows(tmp_path, "deals.csv", rows)], tmp_path) == ""


@pytest.mark.parametrize("ids", [["", ""], ["1.5E+14", "1.5E+14"], ["00123", ""]], ids=["none", "cut", "some"])
def test_deals_without_an_id_of_their_own_are_the_same(ids, tmp_path):
    rows = [[ids[n % 2], *row[1:]] for n, row in enumerate(plain_rows(8))]
    assert both_ways([write_rows(tmp_path, "deals.csv", [HEAD, *rows, *rows[:3]])], tmp_path) == ""


def test_the_last_row_decides_how_dates_and_amounts_of_all_are_read(tmp_path):
    head = [*HEAD, "Probability"]
    rows = [[f"D{n}", "Ana", "Acme", "Closed Won", "1.234", "03/04/2026", "05/04/2026", "1"] for n in range(9)]
    last = ["D99", "Ana", "Acme", "Closed Lost", "1.234,50", "31/03/2026", "05/04/2026", "80"]
    assert both_ways([write_rows(tmp_path, "deals.csv", [head, *rows, last], separator=";")], tmp_path) == ""
    read = pd.read_parquet(tmp_path / "in_pieces" / "opportunities.parquet").set_index("opportunity_id")
    assert read.loc["D0", ["amount", "created_on"]].tolist() == [1234, pd.Timestamp("2026-04-03")]


def test_dates_that_nothing_decides_are_asked_for_alike(tmp_path):
    rows = [[*row[:5], "03/04/2026", "05/04/2026"] for row in plain_rows()]
    error = both_ways([write_rows(tmp_path, "deals.csv", [HEAD, *rows])], tmp_path)
    assert "--dates dmy" in error


def test_a_cell_that_cannot_be_read_is_refused_or_left_out_alike(tmp_path):
    rows = [HEAD, *plain_rows(), ["D90", "Ana", "Acme", "Closed Won", "many", "2026-01-05", "2026-02-10"]]
    file = write_rows(tmp_path, "deals.csv", rows)
    assert "'many' is no amount" in both_ways([file], tmp_path)
    assert both_ways([file], tmp_path / "again", skip_bad_rows=True) == ""


def test_currencies_customers_and_list_prices_are_the_same(tmp_path):
    head = [*HEAD, "Product", "Currency"]
    sold = (("GTX Pro", "EUR"), ("GTXPro", "eur"), ("Basic", "USD"))
    rows = [[*row, *sold[n % 3]] for n, row in enumerate(plain_rows())]
    write_rows(tmp_path / "x", "deals.csv", [head, *rows])
    write_rows(tmp_path / "x", "accounts.csv", [["Account", "Sector", "Region"], ["Acme", "Retail", "North"]])
    write_rows(tmp_path / "x", "products.csv", [["Product", "Price"], ["GTX Pro", "500"], ["Basic", "400"]])
    assert both_ways([tmp_path / "x"], tmp_path) == ""


def test_a_history_comes_together_by_deal_in_whatever_order_its_rows_stand(tmp_path):
    stages = ("Prospecting", "Proposal", "Negotiation", "Proposal")
    steps = [
        [f"D{d}", stages[s], f"2026-01-{s + 5:02d}", f"{d}00", "Commit"] for s in range(4) for d in range(14)
    ]  # of 12 of these deals the export holds the deal
    steps += [steps[0], ["D1", "", "2026-01-09", "1", ""], ["D2", "Proposal", "", "1", ""]]
    write_rows(tmp_path / "x", "deals.csv", [HEAD, *plain_rows()])
    write_rows(
        tmp_path / "x", "history.csv", [["Deal ID", "Stage", "Entered On", "Amount", "Forecast Category"], *steps]
    )
    assert both_ways([tmp_path / "x"], tmp_path) == ""
    assert len(pd.read_parquet(tmp_path / "in_pieces" / "stage_history.parquet")) == 48


def test_stages_in_columns_become_the_same_history(tmp_path):
    head = ["Record ID", "Deal Name", "Deal Stage", "Amount", "Create Date", "Close Date", "Deal owner"]
    head += ['Date entered "Contract sent (Sales Pipeline)"', 'Date entered "Closed won (Sales Pipeline)"']
    rows = [
        [f"{n}", f"Deal {n}", ("Closed won", "Closed lost")[n % 2], "10", "2026-01-05 10:00", "2026-02-10 10:00", "Ana",
         "2026-01-09 10:00", "2026-02-10 10:00" if n % 2 == 0 else ""]
        for n in range(12)
    ]  # fmt: skip
    assert both_ways([write_rows(tmp_path, "deals.csv", [head, *rows])], tmp_path) == ""


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_text_in_every_encoding_is_read_in_pieces(encoding, tmp_path):
    rows = [[row[0], "Zoë Ünal", *row[2:]] for row in plain_rows(40)]
    assert both_ways([write_rows(tmp_path, "deals.csv", [HEAD, *rows], encoding=encoding)], tmp_path) == ""


def test_archives_and_parquet_are_read_in_pieces(tmp_path):
    text = text_of([HEAD, *plain_rows(20)]).encode()
    write(tmp_path / "a", "deals.csv.gz", gzip.compress(text))
    write(tmp_path / "b", "export.zip", zipped({"deals.csv": text, "read.txt": b"no table"}))
    (tmp_path / "c").mkdir()
    frame = pd.DataFrame(plain_rows(20), columns=HEAD)
    frame.astype({"Amount": float, "Created Date": "datetime64[us]"}).to_parquet(tmp_path / "c" / "deals.parquet")
    for place in "abc":
        assert both_ways([tmp_path / place], tmp_path / f"into-{place}") == ""


def test_lines_above_ragged_rows_and_open_quotes_are_read_alike(tmp_path):
    text = "Report\n\n" + text_of([HEAD, *plain_rows(10)]) + "D50,Ana\nD51,Ana,Acme,Closed Won,5,2026-01-01,,,\n\n"
    assert both_ways([write(tmp_path, "a.csv", text)], tmp_path / "a") == ""
    broken = write(tmp_path, "b.csv", text + "D52,Ana,Acme,Closed Won,1,2026-01-01,,more\n" + 'D53,"Ana,Acme,Closed\n')
    assert "8 cells where there are 7" in both_ways([broken], tmp_path / "b")
    assert both_ways([broken], tmp_path / "c", skip_bad_rows=True) == ""


def test_a_workbook_is_read_whole_and_refused_where_that_does_not_fit(tmp_path):
    file = write(tmp_path, "deals.xlsx", workbook({"Deals": [HEAD, *plain_rows()]}))
    assert both_ways([file], tmp_path) == ""
    with pytest.raises(UnusableInput, match="workbook.*\n.*CSV"):
        import_in_pieces(ImportOptions([file], TODAY), tmp_path / "no", replace(TINY, memory=1024), lambda line: None)


def test_a_report_with_subtotals_that_is_too_large_is_refused(tmp_path):
    rows = [["Owner", "Deal ID", "Stage", "Amount", "Created Date", "Close Date"]]
    for rep in ("Ana", "Bo"):
        rows += [[rep if n == 0 else "", f"{rep}{n}", "Closed Won", "5", "2026-01-05", "2026-02-10"] for n in range(6)]
        rows += [["Subtotal", "", "", "30", "", ""]]
    file = write_rows(tmp_path, "report.csv", rows)
    with pytest.raises(UnusableInput, match="subtotals"):
        import_in_pieces(ImportOptions([file], TODAY), tmp_path / "no", TINY, lambda line: None)


def test_nothing_is_left_beside_the_target_after_an_error(tmp_path):
    file = write_rows(tmp_path / "x", "deals.csv", [HEAD, *[[*r[:5], "03/04/2026", ""] for r in plain_rows()]])
    with pytest.raises(UnusableInput):
        import_in_pieces(ImportOptions([file], TODAY), tmp_path / "company", TINY, lambda line: None)
    assert [f.name for f in tmp_path.iterdir()] == ["x"]


def test_what_a_killed_import_left_is_cleared_and_another_at_work_is_not(tmp_path):
    killed = (
        "import os, sys; from pathlib import Path; from playbook.crm.larger.room import workroom\n"
        "with workroom(Path(sys.argv[1])) as room: (room / 'piece').touch(); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", killed, str(tmp_path / "company")], check=False)
    (left,) = tmp_path.iterdir()
    with workroom(tmp_path / "company") as first:
        assert not left.exists()
        with workroom(tmp_path / "company"):
            assert first.exists()
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_said_in_plain_words(tmp_path):
    with pytest.raises(DiskFull, match="the disk is full.*\n.*Make room"), workroom(tmp_path / "company"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert not list(tmp_path.iterdir())


def test_too_little_memory_is_said_in_plain_words(tmp_path):
    with pytest.raises(MemoryShort, match="needs more memory.*\n.*--memory"), workroom(tmp_path / "company"):
        raise RuntimeError("Out of Memory Error: Failed to allocate block")


def test_tables_that_were_written_in_pieces_are_private(tmp_path):
    file = write_rows(tmp_path, "deals.csv", [HEAD, *plain_rows()])
    import_in_pieces(ImportOptions([file], TODAY), tmp_path / "company", TINY, lambda line: None)
    modes = {f.name: f.stat().st_mode & 0o077 for f in (tmp_path / "company").rglob("*") if f.is_file()}
    assert set(modes.values()) == {0}


def test_exports_go_in_pieces_of_their_own_accord_where_they_do_not_fit(tmp_path, monkeypatch):
    file = write_rows(tmp_path, "deals.csv", [HEAD, *plain_rows()])
    lines: list[str] = []
    monkeypatch.setattr(memory, "LEAST", 1)
    report = import_into(tmp_path / "company", ImportOptions([file], TODAY), memory="1KB", say=lines.append)
    assert "in pieces" in lines[0]
    assert report.tables["opportunities"] == 12
    lines.clear()
    import_into(tmp_path / "again", ImportOptions([file], TODAY), memory="1GB", say=lines.append)
    assert not lines


def test_the_memory_allowed_is_what_is_told_else_half_of_what_is_free(monkeypatch):
    monkeypatch.delenv(memory.VARIABLE, raising=False)
    monkeypatch.setattr(memory, "free_memory", lambda: 8 * 1024**3)
    assert memory.allowed() == 4 * 1024**3
    monkeypatch.setenv(memory.VARIABLE, "2 GB")
    assert memory.allowed() == 2 * 1024**3
    assert memory.allowed("1.5GB") == 3 * 1024**3 // 2
    with pytest.raises(UnusableInput, match="--memory: 'much' is no size"):
        memory.allowed("much")
    with pytest.raises(UnusableInput, match="'300MB' is too little.*\n.*512MB at least"):
        memory.allowed("300MB")


def test_an_import_in_memory_never_loads_the_engine(tmp_path):
    file = write_rows(tmp_path, "deals.csv", [HEAD, *plain_rows()])
    run = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from playbook.crm.import_options import ImportOptions; from playbook.crm.into_folder import import_into\n"
        "import_into(Path(sys.argv[2]), ImportOptions([Path(sys.argv[1])], date(2026, 6, 30)))\n"
        "assert 'duckdb' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", run, str(file), str(tmp_path / "company")], check=True)


@pytest.mark.parametrize("amounts", [("10", "20", "30"), ("60", "60", "60")], ids=["of each", "of the deal"])
def test_deals_in_a_row_per_product_are_known_as_such_over_all_pieces(amounts, tmp_path):
    head = [*HEAD, "Product"]
    rows = [[*row[:4], amount, *row[5:], f"Product {n}"] for row in plain_rows(6) for n, amount in enumerate(amounts)]
    rows += [[*plain_rows(8)[7], "Product 1"]]
    assert both_ways([write_rows(tmp_path, "deals.csv", [head, *rows])], tmp_path) == ""


def test_a_column_that_may_hold_the_amounts_is_named_alike(tmp_path):
    head = [*HEAD[:4], "Volumen total aprox", *HEAD[5:]]
    assert both_ways([write_rows(tmp_path, "deals.csv", [head, *plain_rows()])], tmp_path) == ""


@pytest.mark.parametrize("dates", ["", "mdy"])
def test_what_to_do_about_cells_that_cannot_be_read_is_said_alike_in_pieces(dates, tmp_path):
    head = ["Deal ID", "Owner", "Stage", "Amount", "Close Date"]
    rows = [
        [f"D{n}", "Ana", "Closed Won", "20" if n < 5 or dates else "high", f"{13 + n % 10}/01/2026"] for n in range(20)
    ]
    remedy = both_ways([write_rows(tmp_path, "deals.csv", [head, *rows])], tmp_path, dates=dates)
    assert ("--dates dmy" in remedy, '[opportunities] aside = ["Amount"]' in remedy) == (bool(dates), not dates)
