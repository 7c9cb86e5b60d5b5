"""A rule stands once: in memory and in pieces an import goes one way, and what keeps its rows decides nothing."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from playbook.crm.larger.reading import Sizes
from tests.conftest import exports_path
from tests.crm.export_files import PLAIN, write_rows
from tests.crm.larger_than_memory import both_ways
from tests.crm.test_larger_than_memory import plain_rows
from tests.crm.test_meridian import SAMPLE

ROOT = Path(__file__).resolve().parents[2]
CRM = ROOT / "playbook" / "crm"
WAYS = [CRM / "importing.py", *sorted((CRM / "larger").glob("*.py"))]
SAYS_IN_THE_ACCOUNT = {"repair", "repair_values", "warn", "assume", "drop_from", "note"}
# Of the rules' modules, what lays rows out for a rule and decides nothing.
LAYS_OUT = {
    "rows_in_use",
    "columns_of_deals",
    "ids_in",
    "with_ids_of_rows",
    "ids_that_may_be_meant",
    "names_that_may_be_meant",
}
SAMPLES = [SAMPLE, *sorted(folder for folder in (ROOT / "data" / "samples" / "exports").iterdir() if folder.is_dir())]
SOME_PIECES = Sizes(memory=256 * 1024**2, bytes=4096, rows=100, engine=64 * 1024**2)


def nodes(source: str) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(source))


def account_lines_in(source: str) -> set[str]:
    """What a module says in the account of an import."""
    calls = [n.func for n in nodes(source) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
    return {call.attr for call in calls} & SAYS_IN_THE_ACCOUNT


def rules_in(source: str) -> set[str]:
    """The rules that a module takes from the rooms that hold them."""
    imports = [n for n in nodes(source) if isinstance(n, ast.ImportFrom) and n.module]
    rooms = ("playbook.crm.tables", "playbook.crm.account.oddities", "playbook.crm.account.file_accounts")
    return {each.name for n in imports if n.module.startswith(rooms) for each in n.names} - LAYS_OUT


@pytest.mark.parametrize("module", WAYS, ids=lambda module: module.stem)
def test_what_keeps_the_rows_says_nothing_in_the_account_and_knows_no_rule(module):
    source = module.read_text(encoding="utf-8")
    assert not account_lines_in(source) and not rules_in(source)


def test_a_rule_or_a_word_of_the_account_in_what_keeps_the_rows_is_noticed():
    assert account_lines_in("ledger.warn('odd')") == {"warn"}
    assert rules_in("from playbook.crm.tables.outcomes import outcomes") == {"outcomes"}


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_every_sample_export_gives_the_same_tables_and_report_both_ways(folder, tmp_path):
    assert both_ways([folder], tmp_path, SOME_PIECES, today=date(2026, 11, 24)) == ""


@pytest.mark.soak
@pytest.mark.exports("cases")
@pytest.mark.parametrize("part", range(6))
def test_every_case_that_was_read_wrongly_gives_the_same_both_ways(part, tmp_path):
    folders = sorted(folder for folder in (exports_path() / "cases").iterdir() if folder.is_dir())
    cases = [folder for folder in folders if any(folder.glob("*.csv")) or any(folder.glob("*.xlsx"))]
    for case in cases[part::6]:
        both_ways([case], tmp_path / case.name, _sizes(case), today=date(2026, 11, 24))


def _sizes(folder: Path) -> Sizes:
    """So small that the largest file comes in a dozen pieces."""
    largest = max(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Sizes(memory=256 * 1024**2, bytes=max(512, largest // 12), rows=max(5, largest // 800), engine=64 * 1024**2)


def test_a_history_whose_amounts_name_their_currency_is_the_same_both_ways(tmp_path):
    days = ["2026-01-05", "2026-02-10"]
    deals = [[f"D{n}", "Ana", "Acme", ("Closed Won", "Closed Lost")[n % 2], "900", *days] for n in range(8)]
    steps = [[f"D{n % 8}", ("Prospecting", "Proposal")[n // 8], f"2026-01-{n + 1:02}", "USD 900"] for n in range(16)]
    write_rows(tmp_path / "x", "deals.csv", [PLAIN[0], *deals])
    write_rows(tmp_path / "x", "history.csv", [["Deal ID", "Stage", "Entered On", "Amount"], *steps])
    assert both_ways([tmp_path / "x"], tmp_path) == ""


def test_the_example_of_rows_of_one_deal_is_the_first_of_the_file_both_ways(tmp_path):
    head = [*PLAIN[0], "Split %"]
    days = ["2026-01-05", "2026-02-10"]
    rows = [
        [f"D{n}", rep, "Acme", ("Closed Won", "Closed Lost")[n % 2], "900", *days, share]
        for n in range(9)
        for rep, share in (("Ana", "60"), ("Bo", "40"))
    ]
    assert both_ways([write_rows(tmp_path, "deals.csv", [head, *rows])], tmp_path) == ""


def test_reasons_stand_in_the_order_of_the_rules_whichever_piece_meets_one_first(tmp_path):
    rows = plain_rows(14)
    rows[0][1], rows[13][1] = "Integration User", "Unassigned"
    assert both_ways([write_rows(tmp_path, "deals.csv", [PLAIN[0], *rows])], tmp_path) == ""
