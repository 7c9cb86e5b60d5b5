"""Batches for tests: a small company, a few tiny chapters, and what a folder of workbooks holds.

books = batch(company, tmp_path / "books", chapters(tmp_path, "01_team", "02_words"))
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from playbook import as_of as time_machine
from playbook.company import Company
from playbook.team import Team
from playbook.workbooks import batch as batch_module
from playbook.workbooks.batch import BatchResult, Request, build
from playbook.workbooks.company_source import CompanySource
from playbook.workbooks.company_wide import CompanyWide, company_wide

CHAPTERS = Path(__file__).parent / "chapters"
TODAY = date(2026, 9, 30)


def chapters(place: Path, *names: str) -> Path:
    """A folder with copies of the chapters of these names, for --chapters."""
    folder = place / "chapters"
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copyfile(CHAPTERS / f"{name}.ipynb", folder / f"{name}.ipynb")
    return folder


def batch(
    company: Path, workbooks: Path, of: Path | None, *, say: Callable[[str], None] = lambda line: None, **options: Any
) -> BatchResult:
    """Build the workbooks of `company` into `workbooks` from the chapters in `of` (None: the kit's), as `build`."""
    return build(Request([company], workbooks, TODAY, chapters=of, **{"jobs": 2, **options}), say)


def quick_batch(company: Path, workbooks: Path, of: Path | None, **given: Any) -> BatchResult:
    """As `batch`, but what is worked out for the whole company is worked out once for all who ask it of the same files.

    It is most of the work where chapters are tiny. For tests of what a batch does with chapters, journals and files.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(batch_module, "company_wide", _worked_out_once)
        return batch(company, workbooks, of, **given)


class _WithTeams(CompanyWide):
    """What was found for a whole company, with the teams that were cut out of it."""

    @cached_property
    def _teams(self) -> dict[str, Team]:
        return {}

    def team_for(self, manager_id: str) -> Team:
        if manager_id not in self._teams:
            self._teams[manager_id] = super().team_for(manager_id)
        return self._teams[manager_id]


_WORKED_OUT: dict[object, CompanyWide] = {}


def _worked_out_once(
    source: CompanySource,
    as_of: date | None,
    today: date,
    noted: Callable[[Company], pd.DataFrame],
    known: Callable[[Company], pd.DataFrame],
) -> CompanyWide:
    """The same of the same files, days and journals; the journals are read each time."""
    company = time_machine.at(source.company, as_of or time_machine.latest_day(source.company, today))
    starts, circumstances = noted(company), known(company)
    given = (source.files, as_of, today, starts.to_csv(), circumstances.to_csv())
    if given not in _WORKED_OUT:
        wide = company_wide(source, as_of, today, lambda _: starts, lambda _: circumstances)
        _WORKED_OUT[given] = _WithTeams(**{field.name: getattr(wide, field.name) for field in fields(wide)})
    return _WORKED_OUT[given]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in `folder`, hidden ones included but for the lock: its path in it, and its bytes."""
    files = (f for f in sorted(folder.rglob("*")) if f.is_file() and f.name != ".build.lock")
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in files}


def workbooks_in(folder: Path) -> dict[str, bytes]:
    """The files of the workbooks alone: without the manifest, which tells seconds, and the page of the batch."""
    return {name: raw for name, raw in contents(folder).items() if "/" in name}


def times(folder: Path) -> dict[str, int]:
    """When each file of a workbook was written, in nanoseconds."""
    return {name: (folder / name).stat().st_mtime_ns for name in workbooks_in(folder)}


def manifest(folder: Path) -> dict[str, Any]:
    """What the manifest tells, with the managers by their ids."""
    entries = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return entries | {"managers": {entry["id"]: entry for entry in entries["managers"]}}


def folder_of(folder: Path, manager_id: str) -> Path:
    """The workbook of this manager."""
    return folder / manifest(folder)["managers"][manager_id]["folder"]
