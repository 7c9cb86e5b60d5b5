"""Batches for tests: a small company, a few tiny chapters, and what a folder of workbooks holds.

books = batch(company, tmp_path / "books", chapters(tmp_path, "01_team", "02_words"))
"""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from playbook.workbooks.batch import BatchResult, Request, build

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
