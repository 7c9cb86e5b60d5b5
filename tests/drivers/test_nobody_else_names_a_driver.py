"""What depends on a driver stands in its file: no other module compares with its key, or lists drivers of its own."""

import ast
from collections.abc import Iterator

import pytest

from playbook.drivers.registry import DRIVERS
from tests.scripts.requirements_files import ROOT

PACKAGE = ROOT / "playbook"
KEYS = set(DRIVERS) - {"stage"}  # a column is called so too
MAY = {"drivers", "simulate"}  # a simulation plants causes by their names
MODULES = [file for file in PACKAGE.rglob("*.py") if file.relative_to(PACKAGE).parts[0] not in MAY]


def decided_by(tree: ast.AST) -> Iterator[str]:
    """The constants that a module compares with, looks up by, or lists."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            yield from _constants([node.left, *node.comparators])
        elif isinstance(node, ast.Dict):
            yield from _constants([key for key in node.keys if key is not None])
        elif isinstance(node, ast.MatchValue):
            yield from _constants([node.value])
        elif isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            listed = list(_constants(node.elts))
            yield from listed if len(listed) == len(node.elts) and set(listed) <= set(DRIVERS) else ()


def _constants(nodes: list[ast.expr]) -> Iterator[str]:
    yield from (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_module_decides_by_a_driver_s_key(file):
    assert not KEYS & set(decided_by(ast.parse(file.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    "code",
    [
        'x = 1 if key == "slippage" else 2',
        'x = {"deal_size": "won deals"}[key]',
        'x = key in ("stage", "win_rate")',
        '_OF_SHARES = ("stage", "win_rate", "forecast_accuracy")',
        'match key:\n    case "activity":\n        pass',
    ],
)
def test_such_a_decision_is_seen(code):
    assert KEYS & set(decided_by(ast.parse(code)))
