"""Every remedy that the kit can print names only commands, options and pages that exist, whichever room prints it.

That an import's remedy also leads on is followed in `crm/test_every_remedy_leads_on.py`, that of the file of
circumstances in `workbooks/test_remedies_of_circumstances.py`.
"""

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook.arguments import parser
from tests.scripts.requirements_files import ROOT

_COMMAND = re.compile(r"(?:scripts/kit\.py|\bplaybook)\s+([a-z]+)\b")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
_PAGE = re.compile(r"\b(?:docs|notebooks|playbook/guide)/[\w./-]+\.(?:md|ipynb)\b")
OF_THE_KIT = {"setup", "test", "check"}  # of scripts/kit.py alone
OF_OTHERS = {"--upgrade", "--user"}  # of pip


def remedies() -> Iterator[tuple[str, str]]:
    """Each remedy that is written where an error is raised: its place, its text with `{}` for what data fills in."""
    for file in sorted((ROOT / "playbook").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "remedy":
                for text in _texts(node.value):
                    yield f"{Path(file).relative_to(ROOT)}:{node.value.lineno}", text


def _texts(node: ast.expr) -> list[str]:
    """The texts that an expression can be; none of one that is handed on from elsewhere."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)]
    return [*_texts(node.body), *_texts(node.orelse)] if isinstance(node, ast.IfExp) else []


REMEDIES = tuple(remedies())


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command of `playbook` with its own parser."""
    names = ("import", "fetch", "diagnose", "build", "lab", "journal", "agenda", "progress", "certificate", "sample")
    words = parser(dict.fromkeys(names, lambda args: 0))
    (subparsers,) = [a for a in words._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(subparsers.choices)


def missing_ways(text: str) -> list[str]:
    """What a remedy names that is not there."""
    known = commands()
    named = [name for name in _COMMAND.findall(text) if name not in OF_THE_KIT]
    missing = [f"command {name}" for name in named if name not in known]
    asked_of = [known[name] for name in named if name in known] or list(known.values())
    options = {option for each in asked_of for option in each._option_string_actions}
    missing += [option for option in _OPTION.findall(text) if option not in options | OF_OTHERS]
    return missing + [page for page in _PAGE.findall(text) if not (ROOT / page).is_file()]


def test_a_remedy_names_nothing_that_is_not_there():
    assert len(REMEDIES) > 150
    assert [(place, text, missing) for place, text in REMEDIES if (missing := missing_ways(text))] == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Make it again with: python3 scripts/kit.py bild", ["command bild"]),
        ("Write: playbook import --skip-rows", ["--skip-rows"]),
        ("docs/your-dates.md says how.", ["docs/your-dates.md"]),
    ],
)
def test_what_is_not_there_is_noticed(text, missing):
    assert missing_ways(text) == missing
