"""Every code cell of the chapters, run in this process for a workbook with any journal: what it shows, what it asks."""

import ast
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from playbook import display
from playbook import team as team_module
from playbook.forms import form as form_module
from playbook.forms.sheets import Sheet
from tests.scripts.requirements_files import ROOT

CHAPTERS = ROOT / "notebooks" / "workbook"


def chapter_texts(workbook: Path, chapters: Path = CHAPTERS) -> dict[str, str]:
    """The HTML of each chapter's outputs, by the chapter's key; whatever a cell raises is raised.

    Pictures are left undrawn: they cost half the time, and no answer stands in one. The chapters share one opened team.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(team_module, "open_team", cache(team_module.open_team))
        patched.setattr(display, "_drawn", lambda picture: ("", ""))
        return {file.stem[3:]: "\n".join(_outputs(file, workbook)) for file in sorted(chapters.glob("*.ipynb"))}


@contextmanager
def recorded_sheets(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Sheet]]:
    """Takes every sheet that a form shows while the block runs."""
    sheets: list[Sheet] = []
    with monkeypatch.context() as patched:
        patched.setattr(form_module, "on_paper", _noting(sheets, form_module.on_paper))
        yield sheets


def _noting(sheets, on_paper):
    def noted(sheet, answers):
        sheets.append(sheet)
        return on_paper(sheet, answers)

    return noted


def _outputs(file: Path, workbook: Path) -> Iterator[str]:
    names: dict[str, object] = {}
    for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]))
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, file.name, "exec"), names)
        if "parameters" in cell["metadata"].get("tags", []):
            names["team"] = str(workbook)
        if last is not None:
            page_part = eval(compile(ast.Expression(last.value), file.name, "eval"), names)
            yield getattr(page_part, "html", "")
