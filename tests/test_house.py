"""The house stands as design and CONTRIBUTING say: who may import whom, no circles, doors that hold nothing.

Read from the code itself. A new room gets a line in MAY_IMPORT.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.scripts.requirements_files import ROOT

PACKAGE = ROOT / "playbook"
# Open to all, and to nothing but itself.
GROUND_FLOOR = {
    "circumstances",
    "errors",
    "escaping",
    "wording",
    "atomic",
    "alone",
    "scratch",
    "stray_days",
    "workbook",
    "chapter_numbers",
    "members",
    "remembering",
    "jupyter_imports",
}
TABLES = {"company", "catalogue", "roster", "as_of"}
MEASURES = TABLES | {"metrics", "drivers"}
MAY_IMPORT = {
    **dict.fromkeys(GROUND_FLOOR, set()),
    "company": set(),
    "catalogue": set(),
    "data_gaps": MEASURES,
    "frames": set(),
    "display": set(),
    "journal": set(),  # knows neither the company nor the drivers
    "lab": set(),
    "arguments": set(),
    "connect": set(),  # writes export files; what they mean is crm's affair
    "roster": {"company"},
    "as_of": {"company"},
    "team": {"company", "roster"},
    "crm": {"company", "catalogue", "drivers", "data_gaps"},
    "simulate": {"company", "drivers"},
    "metrics": TABLES,
    "drivers": TABLES | {"metrics"},
    "records": MEASURES,
    "diagnosis": MEASURES | {"records"},
    "forecast": MEASURES | {"diagnosis"},
    "coaching": MEASURES | {"diagnosis"},
    "disclosure": MEASURES | {"diagnosis", "coaching", "forecast", "team"},  # the door of a manager's folder
    "sentences": MEASURES | {"diagnosis", "coaching"},  # of these only the columns of their findings
    "figures": MEASURES | {"diagnosis", "coaching", "forecast", "display"},
    "recurrences": set(),
    "calendars": {"recurrences"},
    "forms": MEASURES | {"coaching", "display", "team", "journal"},
    "bring_your_data": {"crm", "display", "forms"},
    "training": MEASURES | {"simulate", "diagnosis", "coaching", "forms", "journal", "figures", "display", "team"},
    # Of records, diagnosis and forecast only the modules of row classes (held below).
    "chapters": MEASURES
    | {"records", "diagnosis", "forecast", "coaching", "sentences"}
    | {"figures", "display", "team", "forms", "journal", "calendars", "data_gaps"},
    "warm_engine": set(),  # knows papermill and Jupyter, and nothing of what the notebooks are about
    "workbooks": MEASURES
    | {
        "warm_engine",
        "forms",
        "calendars",
        "diagnosis",
        "disclosure",
        "forecast",
        "coaching",
        "sentences",
        "crm",
        "journal",
        "team",
        "chapters",
        "training",
        "display",
    },
    "cli": {"arguments", "workbooks", "connect", "crm", "lab", "simulate", "training", "team"},
    "__main__": {"cli"},
}
# What a chapter's kernel never loads: these are done once for the whole company, before any chapter runs.
TOO_HEAVY = {
    "scipy",
    "statsmodels",
    "lifelines",
    "duckdb",
    "sqlalchemy",
    "papermill",
    "nbconvert",
    "sklearn",
    "seaborn",
}

# That a value was met somewhere says nothing of it; a reader guesses `companies_with_deals`, `answer`, `sheet`.
SAYS_NOTHING = {"found", "said", "told", "asked", "kept", "shown"}
MEET_NOWHERE = {"Habit", "Kind"}  # of the simulation, and of what is known of people


@cache
def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name; a room's door by the room's."""
    files = {}
    for file in PACKAGE.rglob("*.py"):
        parts = file.relative_to(ROOT).with_suffix("").parts
        files[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return files


@cache
def imports() -> dict[str, frozenset[str]]:
    """For each module, the modules of the package that it imports, also inside functions."""
    return {name: frozenset(_imported(ast.parse(file.read_text(encoding="utf-8")))) for name, file in modules().items()}


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            for alias in node.names if (node.module or "").partition(".")[0] == "playbook" else ():
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in modules() else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.partition(".")[0] == "playbook")


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("name", sorted(name for name in modules() if room(name)))
def test_a_module_imports_only_what_lies_below_its_room(name):
    assert room(name) in MAY_IMPORT, f"the room {room(name)} has no line in MAY_IMPORT"
    allowed = MAY_IMPORT[room(name)] | GROUND_FLOOR | {room(name), ""}
    upwards = sorted(other for other in imports()[name] if room(other) not in allowed)
    assert not upwards


@pytest.mark.parametrize("name", sorted(name for name in modules() if room(name) == "chapters"))
def test_a_chapter_knows_of_records_diagnosis_and_forecast_only_what_their_rows_are_called(name):
    models = [other for other in imports()[name] if room(other) in ("records", "diagnosis", "forecast")]
    assert not [other for other in models if not other.endswith("rows")]


def test_the_table_itself_goes_only_downwards():
    left = {name: set(below) for name, below in MAY_IMPORT.items()}
    while free := {name for name, below in left.items() if not below & left.keys()}:
        left = {name: below for name, below in left.items() if name not in free}
    assert not left, "these rooms stand in a circle"


def test_no_modules_stand_in_a_circle():
    left = {name: set(below) - {name} for name, below in imports().items()}
    while free := {name for name, below in left.items() if not below & left.keys()}:
        left = {name: below for name, below in left.items() if name not in free}
    assert not left, "these modules import one another"


@pytest.mark.parametrize("door", sorted(name for name, file in modules().items() if file.name == "__init__.py"))
def test_a_door_says_what_the_room_is_for_and_holds_nothing_else(door):
    tree = ast.parse(modules()[door].read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    rest = [ast.unparse(node) for node in tree.body[1:]]
    assert all(text.startswith("__version__ = ") for text in rest) if door == "playbook" else not rest


def test_siblings_import_siblings_and_never_their_own_door():
    through = {n: d for n, d in ((n, room_door & imports()[n]) for n, room_door in _doors().items()) if d}
    assert not through


def _doors() -> dict[str, set[str]]:
    return {name: {f"playbook.{room(name)}"} for name in modules() if name.count(".") >= 2}


@pytest.mark.parametrize("name", sorted(modules()))
def test_a_module_opens_with_its_purpose_and_keeps_to_one_subject(name):
    text = modules()[name].read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= 400, "a drawer is growing: which subject has no room of its own?"


def test_nothing_is_called_utils():
    names = {"utils", "util", "helpers", "helper", "misc", "common", "tools"}
    assert not [file for file in [*PACKAGE.rglob("*"), *(ROOT / "tests").rglob("*.py")] if file.stem in names]


def test_no_two_modules_share_a_file_s_name():
    """Whoever searches for a file by its name comes to one; what it holds stands in its own name, not in the room's."""
    places: dict[str, list[str]] = {}
    for name, file in modules().items():
        if file.name != "__init__.py":
            places.setdefault(file.stem, []).append(name)
    twice = {name: sorted(where) for name, where in places.items() if len(where) > 1}
    assert not twice, "say in the name what is held there"


@pytest.mark.parametrize("name", sorted(modules()))
def test_a_name_says_what_the_value_is(name):
    names = set(_names(ast.parse(modules()[name].read_text(encoding="utf-8"))))
    assert not {each for each in names if each.strip("_") in SAYS_NOTHING}


def _names(tree: ast.AST) -> Iterator[str]:
    """What the code gives a name to: values, parameters, fields, functions and classes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.id if isinstance(node, ast.Name) else node.attr
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name


def test_a_public_class_has_a_name_of_its_own():
    places: dict[str, list[str]] = {}
    for name, file in modules().items():
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name[0] != "_":
                places.setdefault(node.name, []).append(name)
    twice = {name: where for name, where in places.items() if len(where) > 1 and name not in MEET_NOWHERE}
    assert not twice, "a search leads to the wrong room"


@pytest.mark.parametrize("name", sorted(modules()))
def test_whatever_is_public_says_what_it_does(name):
    tree = ast.parse(modules()[name].read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    silent = [n.name for n in tree.body if isinstance(n, kinds) and n.name[0] != "_" and not ast.get_docstring(n)]
    assert not silent


def test_metrics_draw_nothing_and_figures_read_no_files():
    for name, file in modules().items():
        text = file.read_text(encoding="utf-8")
        if room(name) in ("metrics", "diagnosis", "forecast", "coaching"):
            assert "matplotlib" not in text, name
        if room(name) in ("figures", "metrics", "diagnosis", "forecast", "chapters"):
            assert not any(word in text for word in ("read_parquet", "read_csv", "to_parquet", "to_csv")), name


def test_what_a_chapter_imports_is_light():
    rooms = sorted(n for n in modules() if room(n) in ("chapters", "figures", "team", "display", "drivers"))
    run = f"import sys, importlib\nfor name in {rooms!r}: importlib.import_module(name)\n"
    run += f"print(*sorted({TOO_HEAVY!r} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == ""
