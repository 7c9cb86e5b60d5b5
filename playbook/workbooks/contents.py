"""The chapters of a workbook: found in their folder, in the order of their file names.

A chapter's title and minutes stand in its own metadata; no list of chapters exists anywhere in code.
"""

import ast
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playbook.chapter_numbers import notebooks_folder
from playbook.errors import UnusableInput
from playbook.workbook import CHAPTER

PARAMETER = "team"


@dataclass(frozen=True)
class Chapter:
    """One chapter as it was written: `key` is its file's name without the ending, `source` the hash of its bytes."""

    file: Path
    key: str
    number: int
    title: str
    minutes: int
    source: str

    @property
    def anchor(self) -> str:
        """The id of the chapter's section in a workbook's page."""
        return "chapter-" + self.key.replace("_", "-")


def chapters_in(folder: Path | None = None) -> list[Chapter]:
    """The chapters in `folder`, in order; without a folder, those of the kit.

    Raises
    ------
    UnusableInput : if there is none, or one cannot be run in a workbook; the text says what it lacks.
    """
    place = folder or notebooks_folder()
    named = [(file, CHAPTER.fullmatch(file.name)) for file in sorted(place.glob("*.ipynb"))]
    chapters = [_chapter(file, int(match[1])) for file, match in named if match]
    if not chapters:
        raise UnusableInput(
            "there are no chapters here.",
            where=str(place),
            remedy="Install the kit again, or say where with --chapters.",
        )
    return chapters


def _chapter(file: Path, number: int) -> Chapter:
    raw = file.read_bytes()
    try:
        notebook = json.loads(raw)
        about = notebook["metadata"]["playbook"]
        title, minutes = str(about["title"]), int(about["minutes"])
        parameters = _parameters(notebook)
    except (ValueError, KeyError, TypeError, SyntaxError) as error:
        raise UnusableInput(
            f"the chapter cannot be read ({type(error).__name__}: {error}).",
            where=file.name,
            remedy='Its metadata needs: "playbook": {"title": "...", "minutes": 10}, and its code must be Python.',
        ) from None
    if PARAMETER not in parameters:
        raise UnusableInput(
            f"the chapter has no parameter {PARAMETER!r}.",
            where=file.name,
            remedy=f'It needs a code cell tagged "parameters" with the line: {PARAMETER} = ""',
        )
    return Chapter(file, file.stem, number, title, minutes, hashlib.sha256(raw).hexdigest())


def _parameters(notebook: dict[str, Any]) -> set[str]:
    """The names assigned in the cell tagged `parameters`; papermill only warns where it does not find one."""
    names: set[str] = set()
    for cell in notebook["cells"]:
        if "parameters" in cell.get("metadata", {}).get("tags", []):
            source = cell["source"]
            tree = ast.parse(source if isinstance(source, str) else "".join(source))
            targets = [t for node in tree.body if isinstance(node, ast.Assign) for t in node.targets]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names
