"""The account of a batch while it runs and at its end: the manifest and the page of the batch.

Each finished workbook is one line appended to a hidden file, so that what is done is known after any end of the run.
The manifest and the page are written at the beginning, at the end, and between whenever a quarter more workbooks are
finished: all the writing of a batch grows with its managers, not with their square.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from playbook.atomic import append_privately
from playbook.escaping import plain
from playbook.workbooks.manifest import WorkbookState, entries_in_place, read_manifest, write_manifest
from playbook.workbooks.overview import Overview, write_overview

FINISHED = ".finished.jsonl"
_SECONDS_BETWEEN = 2.0  # people do not read more often
_GROWN = 1.25


class Account:
    """What became of the managers' workbooks, kept in `workbooks`.

    `facts` are the manifest's about the run, `overview` the page's; `expected` is how many workbooks were asked for.
    What an earlier run said of other managers stays, while their folders are there.
    """

    def __init__(self, workbooks: Path, facts: Mapping[str, Any], overview: Overview, expected: int) -> None:
        self._workbooks, self._facts, self._overview, self._expected = workbooks, facts, overview, expected
        self._earlier = entries_in_place(workbooks, [*read_manifest(workbooks), *_lines(workbooks)])
        self._states: dict[str, WorkbookState] = {}
        self._entries: dict[str, dict[str, Any]] = {}
        self._written_at, self._written_with = 0.0, 0
        self._write(under_way=True)
        (workbooks / FINISHED).unlink(missing_ok=True)  # the manifest holds it now

    @property
    def states(self) -> list[WorkbookState]:
        """The workbooks that were begun, in the order in which they were."""
        return list(self._states.values())

    def begun(self, state: WorkbookState) -> None:
        """A workbook was begun; `state` goes on changing until it is finished."""
        self._states[state.person_id] = state

    def finished(self, state: WorkbookState) -> None:
        """Nothing will change in this workbook any more."""
        entry = self._entries[state.person_id] = state.as_dict()
        with append_privately(self._workbooks / FINISHED) as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
        due = len(self._entries) >= self._written_with * _GROWN
        if due and time.monotonic() - self._written_at >= _SECONDS_BETWEEN:
            self._write(under_way=True)

    def close(self) -> None:
        """The batch has ended: write what became of everything."""
        self._write(under_way=False)
        (self._workbooks / FINISHED).unlink(missing_ok=True)

    def _write(self, *, under_way: bool) -> None:
        self._written_at, self._written_with = time.monotonic(), len(self._entries)
        unfinished = {key: state.as_dict() for key, state in self._states.items() if key not in self._entries}
        everyone = self._earlier | unfinished | self._entries
        entries = sorted(everyone.values(), key=lambda entry: (plain(entry["name"]).casefold(), entry["id"]))
        write_manifest(self._workbooks, self._facts, entries)
        to_begin = self._expected - len(self._states) if under_way else 0
        write_overview(self._workbooks, replace(self._overview, under_way=under_way, to_begin=to_begin), entries)


def _lines(workbooks: Path) -> list[Any]:
    """The entries that a run appended before it was stopped; a line that was being written then is none."""
    try:
        lines = (workbooks / FINISHED).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    entries = []
    for line in lines:
        try:
            entries.append(json.loads(line))
        except ValueError:
            continue
    return entries
