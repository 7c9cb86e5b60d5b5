"""Every remedy that an import, a diagnosis or a build can print, gathered from the code itself."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from tests.scripts.requirements_files import ROOT

ROOMS = (
    "playbook/crm",
    "playbook/as_of.py",
    "playbook/company.py",
    "playbook/workbooks/batch.py",
    "playbook/workbooks/company_source.py",
    "playbook/workbooks/diagnosis_file.py",
    "playbook/workbooks/rosters.py",
)
# What names a way on, wherever it stands: an option, an entry of the mapping file, a command, a notebook.
_WAY_ON = re.compile(r"in (?:a|the) mapping file|\s--[a-z]{2}|kit\.py|notebooks/|Your mapping file")
_PASSED_ON = {
    "in_a_file",
    "error.remedy",
    "why.remedy",
    "content['remedy']",
    "_remedy(recognised, name, heading, judged, options)",
}


@dataclass(frozen=True)
class PrintedRemedy:
    """One remedy as the code has it: where, and its text, with `{}` for each part that the data fills in."""

    place: str
    text: str

    def prints(self, output: str) -> re.Match[str] | None:
        """Where `output` holds it."""
        parts = (re.escape(part) for part in self.text.split("{}"))
        return re.search(r"[^\n]*?".join(parts), output)


def gathered() -> tuple[PrintedRemedy, ...]:
    """All of them, in the order of the files."""
    return gathered_in(ROOMS)


@cache
def gathered_in(rooms: tuple[str, ...]) -> tuple[PrintedRemedy, ...]:
    """Those of some rooms or modules."""
    files = [f for room in rooms for f in (sorted((ROOT / room).rglob("*.py")) or [ROOT / room])]
    return tuple(dict.fromkeys(r for file in files for r in _of_file(file)))


def _of_file(file: Path) -> Iterator[PrintedRemedy]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    place = file.relative_to(ROOT).as_posix()
    constants = {
        name.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for name in node.targets
        if isinstance(name, ast.Name)
    }
    documented = {id(text) for node in ast.walk(tree) if (text := _documentation(node)) is not None}
    inside: set[int] = set()
    for node in ast.walk(tree):
        keywords = node.keywords if isinstance(node, ast.Call) else []
        if given := next((k.value for k in keywords if k.arg == "remedy"), None):
            inside |= {id(part) for part in ast.walk(given)}
            for text in _texts(given, constants):
                yield PrintedRemedy(place, text)
        elif _is_text(node) and id(node) not in inside and id(node) not in documented:
            inside |= {id(part) for part in ast.walk(node)}
            yield from (PrintedRemedy(place, text) for text in _texts(node, constants) if _WAY_ON.search(text))


def _documentation(node: ast.AST) -> ast.AST | None:
    if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) or not node.body:
        return None
    first = node.body[0]
    return first.value if isinstance(first, ast.Expr) and _is_text(first.value) else None


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _texts(node: ast.AST, constants: dict[str, ast.expr]) -> list[str]:
    """The texts that an expression can be; each branch of a choice is one."""
    if isinstance(node, ast.Constant):
        return [str(node.value)] if node.value else []
    if isinstance(node, ast.JoinedStr):
        return ["".join(parts) for parts in product(*(_part(value) for value in node.values))]
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body, constants), *_texts(node.orelse, constants)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "replace":
        return _texts(node.func.value, constants)
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "paragraph":
        return [text for sentence in node.args for text in _texts(sentence, constants)]
    if isinstance(node, ast.Name) and node.id in constants:
        return _texts(constants[node.id], {})
    if ast.unparse(node) in _PASSED_ON:
        return []
    raise AssertionError(f"{ast.unparse(node)} is no text that can be gathered: write the remedy where it is raised")


def _part(value: ast.expr) -> list[str]:
    return [str(value.value)] if isinstance(value, ast.Constant) else ["{}"]
