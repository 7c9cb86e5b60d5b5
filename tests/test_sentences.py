"""A sentence is written once and whole, so that an editor changes its words without touching logic.

Read from the code itself; docs/decisions says why.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.scripts.requirements_files import ROOT

PACKAGE = ROOT / "playbook"
# Answers --help without loading pandas, which `wording` needs; it opens one text per command with a capital.
NO_WORDING = {"playbook/arguments.py"}
# Not held to whole sentences: what is measured says nothing, but it names a span by its two ends.
NOT_HELD = {"metrics"}
# A space keeps a label off the bar or line of a picture, and a unit off its number; a comma goes on there as elsewhere.
LABELS_STAND_APART = ("playbook/figures/", "playbook/connect/fetching.py")
CONTINUES = re.compile(r"[ ,;]+[“(]?[\w…]")
CASES = {"upper", "lower", "capitalize"}


def _files() -> Iterator[Path]:
    return iter(sorted(PACKAGE.rglob("*.py")))


def test_the_case_of_a_first_letter_is_changed_in_one_place():
    elsewhere = [
        f"{name}:{node.lineno}"
        for name, tree in _modules().items()
        if name not in {"playbook/wording.py", *NO_WORDING}
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _changes_the_first_letter(node)
    ]
    assert not elsewhere, "wording.upper_first and wording.lower_first do this"


@pytest.mark.parametrize("name", sorted({file.relative_to(PACKAGE).parts[0] for file in _files()} - NOT_HELD))
def test_no_text_goes_on_where_another_stopped(name):
    pieces = [
        f"{file}:{line}: {text!r}"
        for file, tree in _modules().items()
        if file.split("/")[1] == name
        for line, text in _texts(tree)
        if CONTINUES.match(text.lstrip(" ") if file.startswith(LABELS_STAND_APART) else text)
    ]
    assert not pieces, "write whole sentences, and join them with wording.paragraph"


def test_a_piece_of_a_sentence_is_found_however_it_is_written():
    code = """f'{n} deals{", worth " + w if w else ""}' f' ({n} more)'; say('a' + ' of it'); f'{a}, {b} and {c:,.0f}'"""
    pieces = [text for _, text in _texts(ast.parse(code)) if CONTINUES.match(text)]
    assert sorted(pieces) == [" of it", ", worth "]
    assert [t for _, t in _texts(ast.parse("f' ({n} more)'"))] == [" (… more)"]


def _texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each text of the code with its line; a value within it is …, and a text within a value is one of its own."""
    within: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in within:
            values = [v for v in node.values if isinstance(v, ast.FormattedValue)]
            within |= {id(v) for v in node.values} | {id(v.format_spec) for v in values if v.format_spec}
            yield node.lineno, "".join(v.value if isinstance(v, ast.Constant) else "…" for v in node.values)
        elif isinstance(node, ast.JoinedStr):
            within |= {id(v) for v in node.values}  # how a value is written: `,.0f`
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in within:
            yield node.lineno, node.value


@cache
def _modules() -> dict[str, ast.Module]:
    return {str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8")) for file in _files()}


def _changes_the_first_letter(call: ast.Call) -> bool:
    """`text.capitalize()`, `text[0].upper()`, `text[:1].lower()`."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in CASES:
        return False
    if call.func.attr == "capitalize":
        return True
    text = call.func.value
    first = isinstance(text, ast.Subscript) and ast.unparse(text.slice) in ("0", ":1")
    return first and isinstance(text.value, ast.Name | ast.Attribute)
