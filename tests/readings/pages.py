"""What a reader finds in each chapter: its cells run once, in order, as text on one line; and numbers as said.

Nothing here, and nothing in the checklists beside it, imports what the chapters compute with. A checklist recomputes
each number from the raw tables (pandas and csv alone), says it as a person would, and asks whether the page says so.
"""

import ast
import json
import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from playbook.team import open_team

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = ROOT / "notebooks" / "workbook"
WORDS = ("nobody", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def read(team_folder: Path) -> dict[str, str]:
    """The text of every chapter on the team in `team_folder`, by the chapter's key (`each_rep`).

    Pictures are left undrawn, as nobody looks at them here. The chapters share one opened team.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("playbook.display._drawn", lambda picture: ("", ""))
        patched.setattr("playbook.team.open_team", cache(open_team))
        return {file.stem[3:]: _read(file, team_folder) for file in sorted(CHAPTERS.glob("*.ipynb"))}


def states(page: str, *facts: str) -> None:
    """Fails with every fact of the checklist that the page does not state."""
    missing = [fact for fact in facts if one_line(fact) not in page]
    assert not missing, f"not on the page: {missing}"


def one_line(text: str) -> str:
    """`text` with every run of white space as one blank, as tables are padded."""
    return re.sub(r"\s+", " ", text)


def exact(amount: float, sign: str = "") -> str:
    """`$915,581`"""
    return f"{sign}{amount:,.0f}"


def short(amount: float, sign: str = "") -> str:
    """`$1.4M`, `$412k`, `$8.7k`"""
    if amount >= 999_500:
        return f"{sign}{f'{amount / 1e6:.1f}'.removesuffix('.0')}M"
    if amount >= 9_950:
        return f"{sign}{amount / 1e3:,.0f}k"
    return f"{sign}{f'{amount / 1e3:.1f}'.removesuffix('.0')}k" if amount >= 1_000 else f"{sign}{amount:.0f}"


def rounded(amount: float, sign: str = "") -> str:
    """`$1.43M`, `$412k`, `$8.7k`: as prose says a sum"""
    near = float(f"{amount:.3g}")
    return f"{sign}{near / 1e6:.3g}M" if near >= 1e6 else short(near, sign)


def share(part: float, of: float = 1.0) -> str:
    """`29%`"""
    return f"{100 * part / of:.0f}%"


def day(value: pd.Timestamp) -> str:
    """`18 Sep 2026`"""
    return f"{value.day} {value:%b %Y}"


def deals(n: int) -> str:
    """`28 deals`, `1 deal`"""
    return f"{n:,} deal{'' if n == 1 else 's'}"


def listing(names: list[str]) -> str:
    """`Ana, Ben and Cara`"""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _read(notebook: Path, team_folder: Path) -> str:
    seen: dict[str, object] = {}
    texts = []
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            texts.append(source.replace("*", ""))
            continue
        *body, last = ast.parse(source).body
        if not isinstance(last, ast.Expr):
            body, last = [*body, last], None
        exec(compile(ast.Module(body, []), notebook.name, "exec"), seen)
        if "parameters" in cell["metadata"].get("tags", []):
            seen["team"] = str(team_folder)
        if last is not None:
            texts.append(eval(compile(ast.Expression(last.value), notebook.name, "eval"), seen).text)
    return one_line("\n".join(texts))
