"""A new chapter's first files: its notebook, its package and a test, each with as little in it as runs.

In: key, title, number, and the title of the chapter that follows.  Out: texts by their place in the project. They say
"To be written" where something is to be written.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playbook.wording import lower_first

NOTEBOOKS = Path("notebooks", "workbook")
MINUTES = 10
_MODULE = '''"""{title}. To be written: what of it is in this file.

In: a team.  Out: what the chapter's cells show.
"""

from playbook import wording
from playbook.display import PagePart, say
from playbook.team import Team


def whom_it_is_about(team: Team) -> PagePart:
    """How many people the chapter is about."""
    return say("This is about {{reps}} of yours.", reps=wording.count(len(team.reps), "rep"))
'''
_TEST_NAME = "test_it_is_about_the_own_reps"
_TEST = '''"""To be written: what the chapter "{title}" holds."""

from playbook.chapters.{key} import {key}
from tests.coaching.small_team import REPS, team


def {test}():
    assert {key}.whom_it_is_about(team()).text == f"This is about {{len(REPS)}} reps of yours."
'''
_OPENING = """# Open the team, and say how old its data is and what is off
from playbook.chapters import opening
from playbook.chapters.{key} import {key}
from playbook.team import open_team

my_team = open_team(team)
opening.opening(my_team)"""
_TEAM = """# Which team: a workbook or its folder "team"; empty means the one beside this notebook, or the sample
team = \"\""""


@dataclass(frozen=True)
class NewChapter:
    """A chapter to be made. `number` is the one that it gets; `next_title` is empty where none follows."""

    key: str
    title: str
    number: int
    next_title: str

    @property
    def notebook(self) -> Path:
        """Where its notebook will lie in the project."""
        return NOTEBOOKS / f"{self.number:02}_{self.key}.ipynb"


def first_files(chapter: NewChapter) -> dict[Path, str]:
    """The texts of the files that a chapter begins with."""
    package = Path("playbook", "chapters", chapter.key)
    return {
        chapter.notebook: as_json(_notebook(chapter)),
        package / "__init__.py": f'"""What the cells of the chapter "{chapter.title}" show."""\n',
        package / f"{chapter.key}.py": _MODULE.format(title=chapter.title),
        Path("tests", "chapters", f"test_{chapter.key}.py"): _TEST.format(
            test=_TEST_NAME, key=chapter.key, title=chapter.title
        ),
    }


def as_json(notebook: Mapping[str, Any]) -> str:
    """A notebook as all are written here."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _notebook(chapter: NewChapter) -> dict[str, Any]:
    key, closing = chapter.key, "## What you hold now\n\nTo be written: what you hold."
    leads_on = f" **Next: chapter {chapter.number + 1:02}**, {lower_first(chapter.next_title)}."
    return {
        "cells": [
            _text("title", f"# {chapter.title}\n\nTo be written: what you hold at the end.\nAbout {MINUTES} minutes."),
            _code("parameters", _TEAM, tags=["parameters"]),
            _code("your-team", _OPENING.format(key=key)),
            _text("question-whom", "## To be written: a question?"),
            _code("whom", f"# How many people this is about\n{key}.whom_it_is_about(my_team)"),
            _text("close", closing + leads_on if chapter.next_title else closing),
        ],
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "playbook": {"title": chapter.title, "minutes": MINUTES},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _text(name: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source.splitlines(keepends=True)}


def _code(name: str, source: str, **metadata: object) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {"jupyter": {"source_hidden": True}, **metadata},
        "execution_count": None,
        "outputs": [],
        "source": source.splitlines(keepends=True),
    }
