"""One class knows every path in a workbook's folder: what it is, whose, and whom it speaks of."""

import os
import re

import pytest

from playbook.workbook import FILES, MANAGER, NOBODY, PASSING, PRESERVED, REMADE, REPS, Workbook, workbook_around
from tests.forms.at_work import workbook
from tests.scripts.requirements_files import ROOT

NAMES = {
    "index.html": (REMADE, REPS),
    "workbook.pdf": (REMADE, REPS),
    "guide.html": (REMADE, NOBODY),
    "guide.md": (REMADE, NOBODY),
    "sheet-for-your-leader.html": (REMADE, MANAGER),
    "sheet-for-your-team.html": (REMADE, MANAGER),
    "05_each_rep.ipynb": (REMADE, REPS),
    "team/team.toml": (REMADE, REPS),
    "team/opportunities.parquet": (REMADE, REPS),
    "05_each_rep.mine.ipynb": (PRESERVED, REPS),
    "05_each_rep.mine-2.ipynb": (PRESERVED, REPS),
    "journal.jsonl": (PRESERVED, REPS),
    "journal.moved.jsonl": (PRESERVED, REPS),
    "journal.damaged.jsonl": (PRESERVED, REPS),
    "journal.damaged-2.jsonl": (PRESERVED, REPS),
    "agenda-ana-ruiz.html": (PRESERVED, REPS),
    "commitments.ics": (PRESERVED, REPS),
    "my calendar.ics": (PRESERVED, REPS),
    ".journal.jsonl.lock": (PASSING, NOBODY),
    ".index.html.x7d_k2p1.part.html": (PASSING, REPS),
    "team/.people.parquet.abc.part.parquet": (PASSING, REPS),
    ".ipynb_checkpoints/05_each_rep-checkpoint.ipynb": (PASSING, REPS),
}


@pytest.mark.parametrize("name", NAMES)
def test_each_file_says_what_becomes_of_it_and_whom_it_speaks_of(tmp_path, name):
    known = Workbook(tmp_path).known(tmp_path / name)
    assert (known.life, known.speaks_of) == NAMES[name]


def test_every_kind_of_file_has_a_name_that_only_its_own_pattern_takes_first():
    met = {Workbook(ROOT).known(ROOT / name).what for name in NAMES}
    assert met == {known.what for known in FILES}


@pytest.mark.parametrize("name", ["notes.txt", "journal.jsonl.bak", "team/deeper/x.parquet", "05_each_rep.html"])
def test_what_somebody_else_put_there_is_not_known(tmp_path, name):
    assert Workbook(tmp_path).known(tmp_path / name) is None


def test_the_journal_and_what_was_put_aside_of_it_are_found_together(tmp_path):
    for name in ("journal.jsonl", "journal.damaged.jsonl", "journal.damaged-2.jsonl", "journal.txt"):
        (tmp_path / name).touch()
    names = [file.name for file in Workbook(tmp_path).journals]
    assert names == ["journal.jsonl", "journal.damaged-2.jsonl", "journal.damaged.jsonl"]
    assert Workbook(tmp_path).damaged_journal().name == "journal.damaged-3.jsonl"


def test_a_team_belongs_to_a_workbook_even_where_its_journal_is_odd(tmp_path):
    workbook(tmp_path / "book")
    (tmp_path / "book" / "journal.jsonl").unlink()
    assert workbook_around(tmp_path / "book" / "team") is None
    os.mkfifo(tmp_path / "book" / "journal.jsonl")
    assert workbook_around(tmp_path / "book" / "team") == Workbook((tmp_path / "book").resolve())
    assert workbook_around(ROOT / "data" / "samples" / "team") is None


def test_no_other_module_names_a_file_of_a_workbook():
    names = re.compile(
        r'"(journal\.(jsonl|moved\.jsonl|damaged)|workbook\.pdf|guide\.(html|md)|team\.toml|commitments\.ics'
        r'|sheet-for-your-(leader|team)\.html)"'
    )
    files = [f for f in (ROOT / "playbook").rglob("*.py") if f != ROOT / "playbook" / "workbook.py"]
    assert [file.name for file in files if names.search(file.read_text(encoding="utf-8"))] == []
