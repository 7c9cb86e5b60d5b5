"""The account of a batch: a line for each finished workbook, and a manifest that is rewritten seldom."""

import json
from pathlib import Path

import pytest

from playbook.workbooks import account as accounts
from playbook.workbooks.account import FINISHED, Account
from playbook.workbooks.manifest import MADE, ChapterState, WorkbookState
from playbook.workbooks.overview import Overview

FACTS = {"as_of": "2026-03-31"}


def state(books: Path, number: int) -> WorkbookState:
    folder = books / f"mo-{number}"
    folder.mkdir(exist_ok=True)
    return WorkbookState(f"m{number}", f"Mo {number}", folder, {"01_x": ChapterState(MADE)}, page=MADE)


def account(books: Path, expected: int = 3) -> Account:
    return Account(books, FACTS, Overview("Acme", "31 Mar 2026"), expected)


def known(books: Path) -> dict[str, str]:
    entries = json.loads((books / "manifest.json").read_text(encoding="utf-8"))["managers"]
    return {entry["id"]: entry["status"] for entry in entries}


def test_what_was_finished_before_the_run_was_killed_is_known_to_the_next(tmp_path):
    killed = account(tmp_path)
    for number in (1, 2):
        killed.begun(state(tmp_path, number))
        killed.finished(state(tmp_path, number))
    with (tmp_path / FINISHED).open("a") as file:
        file.write('{"id": "m3", "na')  # the line that was being written
    assert known(tmp_path) == {}
    account(tmp_path)
    assert known(tmp_path) == {"m1": "complete", "m2": "complete"} and not (tmp_path / FINISHED).exists()


def test_at_its_end_the_manifest_tells_everything_and_the_lines_are_gone(tmp_path):
    made = account(tmp_path)
    made.begun(state(tmp_path, 2))
    made.finished(state(tmp_path, 2))
    made.begun(WorkbookState("m9", "Zoë", tmp_path / "zoe-9", {"01_x": ChapterState()}))
    made.close()
    assert known(tmp_path) == {"m2": "complete", "m9": "waiting"} and not (tmp_path / FINISHED).exists()
    assert "Not everything is made yet" not in (tmp_path / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("managers", [100, 400])
def test_the_writing_grows_with_the_managers_and_not_with_their_square(tmp_path, monkeypatch, managers):
    written = []
    monkeypatch.setattr(accounts, "_SECONDS_BETWEEN", 0.0)
    monkeypatch.setattr(accounts, "write_manifest", lambda place, facts, entries: written.append(len(entries)))
    monkeypatch.setattr(accounts, "write_overview", lambda place, facts, entries: None)
    made = account(tmp_path, managers)
    for number in range(managers):
        made.begun(one := state(tmp_path, number))
        made.finished(one)
    made.close()
    assert sum(written) <= 7 * managers
