"""No single cell decides: a few cells typed wrong, emptied, swapped or copied make no verdict and move no day far."""

import csv
import io
import shutil
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest

from playbook import as_of
from playbook.crm.import_options import ImportOptions
from playbook.crm.importing import import_exports
from playbook.crm.reading_options import ReadingOptions
from playbook.diagnosis.diagnose import diagnose
from tests.scripts.requirements_files import ROOT

TODAY = date(2026, 11, 24)
SAMPLE = ROOT / "data" / "samples" / "exports" / "salesforce-data-export"
ONE_IN = 1000
MOST_DAYS = 7
SEED = 13  # one in which the last of all days, rather than the last of the mass, would move by a month
Rows = list[list[str]]


def typed_wrong(rows: Rows, row: int, column: int, draw: Random) -> None:
    """Another sign in place of one of the cell's, as a slip of the finger has it: figures for figures."""
    text = rows[row][column] or "x"
    at = draw.randrange(len(text))
    other = str((int(text[at]) + draw.randrange(1, 10)) % 10) if text[at].isdecimal() else draw.choice("abcxyz")
    rows[row][column] = text[:at] + other + text[at + 1 :]


def emptied(rows: Rows, row: int, column: int, draw: Random) -> None:
    rows[row][column] = ""


def swapped(rows: Rows, row: int, column: int, draw: Random) -> None:
    other = draw.randrange(len(rows[row]))
    rows[row][column], rows[row][other] = rows[row][other], rows[row][column]


def copied(rows: Rows, row: int, column: int, draw: Random) -> None:
    rows[row][column] = draw.choice(rows)[column]


WAYS: list[Callable[[Rows, int, int, Random], None]] = [typed_wrong, emptied, swapped, copied]


def perturbed(source: Path, deals: str, into: Path, way: Callable, columns: list[str], seed: int) -> Path:
    """A copy of the exports in which one in ONE_IN cells of each of `columns` (all, if none is named) is changed."""
    shutil.copytree(source, into)
    head, *rows = csv.reader(io.StringIO((source / deals).read_text(encoding="utf-8-sig")))
    draw = Random(f"{way.__name__}/{columns}/{seed}")
    for column in columns or head:
        for row in draw.sample(range(len(rows)), max(1, len(rows) // ONE_IN)):
            way(rows, row, head.index(column), draw)
    with (into / deals).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *rows])
    return into


def day_and_coached(exports: Path) -> tuple[date, set[tuple[str, str]]]:
    """The day from which the company is looked at, and of whom `coach` is said for which driver."""
    company = import_exports(ImportOptions([exports], TODAY, ReadingOptions(skip_bad_rows=True))).company
    day = as_of.latest_day(company, TODAY)
    table = diagnose(company, day)
    coached = table[table["verdict"] == "coach"]
    return day, set(zip(coached["rep_id"], coached["driver"], strict=True))


@cache
def undisturbed(source: Path) -> tuple[date, set[tuple[str, str]]]:
    return day_and_coached(source)


def hold(source: Path, deals: str, tmp_path: Path, way: Callable, columns: list[str], seed: int) -> None:
    before = undisturbed(source)
    after = day_and_coached(perturbed(source, deals, tmp_path / "exports", way, columns, seed))
    assert after[1] <= before[1], "somebody is to be coached for a cell"
    assert abs((after[0] - before[0]).days) <= MOST_DAYS


def columns_of(source: Path, deals: str) -> list[str]:
    return next(csv.reader((source / deals).open(encoding="utf-8-sig")))


@pytest.mark.parametrize("way", WAYS)
def test_a_cell_of_every_column_makes_no_verdict_and_moves_no_day(way, tmp_path):
    hold(SAMPLE, "Opportunity.csv", tmp_path, way, [], SEED)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("column", columns_of(SAMPLE, "Opportunity.csv"))
def test_so_it_is_for_each_column_by_itself(column, way, seed, tmp_path):
    hold(SAMPLE, "Opportunity.csv", tmp_path, way, [column], seed)


@pytest.mark.soak
@pytest.mark.exports("maven_crm")
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("number", range(8))
def test_so_it_is_for_each_column_of_a_published_export(number, way, seed, exports, tmp_path):
    source = exports / "maven_crm"
    hold(source, "sales_pipeline.csv", tmp_path, way, [columns_of(source, "sales_pipeline.csv")[number]], seed)
