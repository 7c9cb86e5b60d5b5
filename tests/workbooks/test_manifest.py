"""The manifest and the summary: what became of each workbook, and where to look."""

import json
from datetime import date
from pathlib import Path

import pytest

from playbook.workbooks.batch import BatchResult
from playbook.workbooks.chapter_run import Trouble
from playbook.workbooks.manifest import (
    COMPLETE,
    FAILED,
    INCOMPLETE,
    MADE,
    UP_TO_DATE,
    WAITING,
    ChapterState,
    WorkbookState,
    entries_in_place,
    read_manifest,
    write_manifest,
)
from playbook.workbooks.summary import as_json, summary_lines


def book(*states, page=MADE, trouble=None, name="Mo", folder=Path("mo-1")):
    chapters = {f"0{i}_x": state for i, state in enumerate(states, start=1)}
    return WorkbookState("m1", name, folder, chapters, page=page, trouble=trouble, seconds=3.0)


GOOD, STILL, BAD = (
    ChapterState(MADE, 1.5),
    ChapterState(UP_TO_DATE),
    ChapterState(FAILED, trouble=Trouble("It broke.", "x")),
)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (book(GOOD, STILL), COMPLETE),
        (book(GOOD, BAD), INCOMPLETE),
        (book(BAD, BAD), FAILED),
        (book(GOOD, ChapterState()), WAITING),
        (book(GOOD, GOOD, page=WAITING), WAITING),
        (book(GOOD, GOOD, page=FAILED, trouble=Trouble("No page.")), INCOMPLETE),
        (book(BAD, page=WAITING, trouble=Trouble("No data.")), FAILED),
    ],
    ids=["all there", "one failed", "none there", "a chapter waits", "the page waits", "the page failed", "no data"],
)
def test_a_workbook_is_complete_only_when_all_of_it_is_there(state, status):
    assert state.status == status


def test_an_entry_tells_status_seconds_warnings_and_trouble():
    warned = ChapterState(MADE, 1.25, warnings=("old data",), edited_copy="01_x.mine.ipynb")
    entry = book(warned, BAD).as_dict()
    assert entry["id"] == "m1" and entry["status"] == INCOMPLETE and entry["seconds"] == 3.0
    assert entry["warnings"] == ["01_x: old data"]
    assert entry["chapters"]["01_x"]["edited_version_kept_as"] == "01_x.mine.ipynb"
    assert entry["chapters"]["02_x"]["trouble"] == {"sentence": "It broke.", "technical": "x"}


def test_what_an_earlier_run_said_is_known_while_the_folder_is_there(tmp_path):
    (tmp_path / "mo-1").mkdir()
    entries = [book(GOOD).as_dict(), {**book(GOOD).as_dict(), "id": "m2", "folder": "gone-2"}]
    write_manifest(tmp_path, {"as_of": "2026-03-31"}, entries)
    assert list(entries_in_place(tmp_path, read_manifest(tmp_path))) == ["m1"]
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["as_of"] == "2026-03-31"


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"managers": 3}', '{"managers": [{}]}'])
def test_a_damaged_manifest_is_as_none(tmp_path, damage):
    (tmp_path / "manifest.json").write_text(damage, encoding="utf-8")
    assert entries_in_place(tmp_path, read_manifest(tmp_path)) == {}


def result(*books):
    return BatchResult(Path("books"), date(2026, 3, 31), books, 75.0)


def test_the_summary_counts_workbooks_chapters_minutes_and_warnings():
    lines = summary_lines(result(book(GOOD, STILL), book(ChapterState(MADE, warnings=("a",)), STILL)))
    made = "2 workbooks complete, 4 chapters (2 were still true and left alone), in 75 seconds."
    assert lines[0] == f"{made} 1 warning of the chapters: see manifest.json."
    assert lines[-1] == f"Look here: {Path('books') / 'index.html'}"


def test_the_summary_names_who_is_not_complete_why_and_what_to_do():
    lines = summary_lines(result(book(GOOD), book(GOOD, BAD, name="Zoë")))
    assert "  not complete: Zoë" in lines and "    02_x: It broke." in lines
    assert any("--resume" in line for line in lines)


def test_the_summary_says_where_an_edited_chapter_went():
    lines = summary_lines(result(book(ChapterState(MADE, edited_copy="01_x.mine.ipynb"))))
    assert "  Mo: 01_x.mine.ipynb" in lines


def test_for_a_program_the_same_is_json():
    account = json.loads(as_json(result(book(GOOD, BAD))))
    assert account["complete"] is False and account["as_of"] == "2026-03-31"
    assert account["managers"] == [{"id": "m1", "name": "Mo", "folder": "mo-1", "status": "incomplete", "chapters": 1}]
