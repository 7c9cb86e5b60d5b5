"""A sentence is written once and whole, so that an editor changes its words without touching logic.

Read from the code itself; docs/decisions says why.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.scripts.requirements_files import ROOT

PACKAGE = ROOT / "playbook"
# Answers --help without loading pandas, which `wording` needs; it opens one text per command with a capital.
NO_WORDING = {"playbook/arguments.py"}
CASES = {"upper", "lower", "capitalize"}


def test_the_case_of_a_first_letter_is_changed_in_one_place():
    elsewhere = [
        f"{name}:{node.lineno}"
        for name, tree in _modules().items()
        if name not in {"playbook/wording.py", *NO_WORDING}
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _changes_the_first_letter(node)
    ]
    assert not elsewhere, "wording.upper_first and wording.lower_first do this"


@cache
def _modules() -> dict[str, ast.Module]:
    return {str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8")) for file in _files()}


def _files() -> Iterator[Path]:
    return iter(sorted(PACKAGE.rglob("*.py")))


def _changes_the_first_letter(call: ast.Call) -> bool:
    """`text.capitalize()`, `text[0].upper()`, `text[:1].lower()`."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in CASES:
        return False
    if call.func.attr == "capitalize":
        return True
    text = call.func.value
    first = isinstance(text, ast.Subscript) and ast.unparse(text.slice) in ("0", ":1")
    return first and isinstance(text.value, ast.Name | ast.Attribute)
