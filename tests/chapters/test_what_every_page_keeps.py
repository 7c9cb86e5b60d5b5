"""What holds for every cell of the chapters, on a full team, a thin one and none."""

import ast
import importlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from playbook import display
from playbook.display import NOTHING, PagePart
from playbook.team import Team
from tests.coaching.small_team import company, diagnosis, team, thin
from tests.scripts.requirements_files import ROOT


@dataclass(frozen=True)
class Cell:
    """A line of a chapter that shows something: a function of the package, and what the chapter gives it."""

    function: Callable[..., PagePart]
    arguments: tuple[object, ...]  # "my_team" stands for the team that is looked at
    name: str

    def page_part(self, team: Team) -> PagePart:
        return self.function(*(team if value is MY_TEAM else value for value in self.arguments))


def _cells(notebook: Path) -> Iterator[Cell]:
    """Every call of the chapter's own functions with the team, with the parameters as the chapter has them."""
    rooms: dict[str, str] = {}
    values: dict[str, object] = {"my_team": MY_TEAM}
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    for tree in (ast.parse("".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"):
        for node in tree.body:
            match node:
                case ast.ImportFrom(module=str(room), names=names):
                    rooms |= {alias.asname or alias.name: f"{room}.{alias.name}" for alias in names}
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=value)):
                    values[name] = value
                case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=module), attr=name), args=args)):
                    arguments = tuple(_value(argument, values) for argument in args)
                    if MY_TEAM in arguments:
                        function = getattr(importlib.import_module(rooms[module]), name)
                        yield Cell(function, arguments, f"{module}.{name}")


def _value(argument: ast.expr, values: dict[str, object]) -> object:
    return values[argument.id] if isinstance(argument, ast.Name) else ast.literal_eval(argument)


pytestmark = pytest.mark.usefixtures("drawn")  # what all its tests look at is made once
MY_TEAM = object()
NOTEBOOKS = sorted((ROOT / "notebooks" / "workbook").glob("*.ipynb"))
CELLS = tuple({cell.name: cell for notebook in NOTEBOOKS for cell in _cells(notebook)}.values())
# Luck names nobody; the map stands by group, and by name inside each (held by the tests of `each_rep`).
NOT_BY_NAME = ("commitments.luck_alone", "each_rep.team_map")
# A list of the deals that decide the quarter: nothing at all where no open deal does; the cell above it says so.
MAY_BE_SILENT = ("landing.deciding_deals",)
ALL_DRIVERS = ("pipeline_generation", "win_rate", "cycle_time", "activity", "forecast_accuracy")
TWO = {"r1": "Ana", "r2": "Ben"}
TEAMS = {
    "full": team(),
    "every driver": team(diagnosis(*((f"r{i}", driver, "coach", 1) for i, driver in enumerate(ALL_DRIVERS, start=1)))),
    "old data": team(diagnosis(("r1", "win_rate", "coach", 1)), company(TWO), days_old=900),
    "two reps": team(diagnosis(("r1", "win_rate", "watch", 1)), company(TWO)),
    "one rep, thin": team(diagnosis(("r1", "win_rate", "too_little_data", 1)), thin({"r1": "Ana"})),
    "no diagnosis": team(None, company(TWO)),
    "nobody": team(None, thin()),
    "nobody, empty diagnosis": team(diagnosis(), thin()),
}
BLAMING = re.compile(
    r"\b(underperform|weak rep|bad rep|worst|lowest performer|fails? to|lazy|rank(ed|ing)?\b(?! nobody)|score)",
    re.IGNORECASE,
)
LIKE_OTHERS = ("full", "old data", "no diagnosis")  # the first is looked at with its pictures
EVERYWHERE = [pytest.param(cell, which, id=f"{cell.name}: {which}") for which in TEAMS for cell in CELLS]


@cache
def once(cell: Cell, which: str) -> PagePart:
    return cell.page_part(TEAMS[which])


def test_the_cells_are_those_of_the_notebooks():
    assert len(NOTEBOOKS) >= 9 and len(CELLS) >= 45 and "each_rep.reps" in {cell.name for cell in CELLS}


@pytest.mark.parametrize(("cell", "which"), EVERYWHERE)
def test_a_cell_says_something_and_nothing_that_no_person_would_say(cell, which):
    page_part = once(cell, which)
    assert (page_part.text.strip() and page_part.html.strip()) or (cell.name in MAY_BE_SILENT and page_part == NOTHING)
    assert not re.search(r"\b(nan|NaN|None|NaT|inf|unknown|<NA>)\b|\{|\}|\*\*", page_part.text)
    assert not re.search(r"/(tmp|home|work|Users)/", page_part.html)
    assert not re.search(r"\b1 (reps|deals|days|people|weeks|sessions|things)\b", page_part.text)


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.name)
def test_a_cell_shows_the_same_twice_to_the_last_point_of_its_pictures(cell):
    assert once(cell, "full") == cell.page_part(TEAMS["full"])


@pytest.mark.parametrize(("cell", "which"), [case for case in EVERYWHERE if case.values[1] not in LIKE_OTHERS])
def test_a_cell_says_the_same_twice(cell, which, monkeypatch):
    monkeypatch.setattr(display, "_drawn", lambda picture: ("", ""))
    again, before = cell.page_part(TEAMS[which]), once(cell, which)
    without_pictures = re.sub(r'(src(?:set)?="data:image/svg\+xml;base64,)[^"]*', r"\1", before.html)
    assert (again.text, again.html) == (before.text, without_pictures)


@pytest.mark.parametrize(("cell", "which"), EVERYWHERE)
def test_no_cell_blames_or_ranks(cell, which):
    assert not BLAMING.search(once(cell, which).text)


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.name)
def test_sentences_are_short_on_average(cell):
    paragraphs = re.findall(r"<(?:p|li)\b[^>]*>(.*?)</(?:p|li)>", once(cell, "full").html, flags=re.DOTALL)
    text = " ".join(re.sub(r"<[^>]+>", "", paragraph) for paragraph in paragraphs)
    sentences = [s for s in re.split(r"(?<=[.?!:])\s+", text) if s.strip()]
    assert not sentences or sum(len(s.split()) for s in sentences) / len(sentences) <= 20


@pytest.mark.parametrize("cell", [c for c in CELLS if c.name not in NOT_BY_NAME], ids=lambda cell: cell.name)
def test_people_stand_by_name_whatever_the_verdicts(cell):
    """Within each table: where two names open rows, they open them in the order of the alphabet."""
    for block in once(cell, "full").text.split("\n\n"):
        opened = [
            line.split()[0]
            for line in block.splitlines()
            if line.strip() and line.split()[0] in ("Ana", "Ben", "Cara", "Dan", "Eve")
        ]
        assert opened == sorted(opened)
