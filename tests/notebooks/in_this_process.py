"""The chapters' cells run in this process, without a kernel: quick enough to look at hundreds of companies.

for chapter, shown in cells_of_every_chapter(folder_of_a_team): ...
"""

import ast
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from playbook import display
from playbook import team as team_module
from playbook.display import PagePart
from tests.scripts.requirements_files import ROOT

Cell = tuple[CodeType, CodeType | None]  # its statements, and the expression at its end


def cells_of_every_chapter(team: Path) -> Iterator[tuple[str, Iterator[PagePart]]]:
    """Each chapter's name and what its cells show of `team`, one after the other; what a cell raises comes through.

    The chapters share one opened team. Pictures are not drawn.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(team_module, "open_team", cache(team_module.open_team))
        patched.setattr(display, "_drawn", lambda picture: ("", ""))
        for name, cells in _chapters():
            yield name, _page_parts(cells, team)


def _page_parts(cells: list[Cell], team: Path) -> Iterator[PagePart]:
    names: dict[str, Any] = {}
    parameters, *others = cells
    exec(parameters[0], names)
    names["team"] = str(team)
    for statements, expression in others:
        exec(statements, names)
        value = eval(expression, names) if expression else None
        if isinstance(value, PagePart):
            yield value
        elif value is not None:
            repr(value)


@cache
def _chapters() -> list[tuple[str, list[Cell]]]:
    chapters = []
    for file in sorted((ROOT / "notebooks" / "workbook").glob("*.ipynb")):
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        chapters.append((file.stem, [_compiled(source, file.stem) for source in code]))
    return chapters


def _compiled(source: str, name: str) -> Cell:
    tree = ast.parse(source)
    last = ast.Expression(tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    return compile(tree, name, "exec"), compile(last, name, "eval") if last else None
