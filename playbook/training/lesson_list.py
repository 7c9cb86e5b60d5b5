"""The lessons that there are: their notebooks, in order, each with its title, its minutes and its exercises.

Read from the notebooks themselves, once: a lesson exists once, and nobody keeps a second list.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import playbook
from playbook.errors import PlaybookError

_PACKAGE = Path(playbook.__file__).parent
# In an installed package the lessons lie inside it; in the project they are where people look for them.
_PLACES = (_PACKAGE / "notebooks" / "training", _PACKAGE.parent / "notebooks" / "training")
_LESSON = re.compile(r"(\d\d)_(\w+)\.ipynb")
FOLLOW_UP = "follow_up.ipynb"  # a notebook without a number: it is asked for several times
_ASKED = re.compile(r"training\.ask\(\s*lesson,\s*\"([^\"]+)\"")
_COVER = "00_my_training"
_UNANNOUNCED = "transfer/"


@dataclass(frozen=True)
class LessonFacts:
    """A lesson's notebook: its `key` is the file's name without the number; `items` are asked in this order.

    `on_page` are these and what stands among them unannounced. `exam` says of an exam's page which one it is
    (`exam_forms`); empty of a lesson.
    """

    file: Path
    number: str
    key: str
    title: str
    minutes: int
    doing: int
    items: tuple[str, ...]
    exam: str = ""
    on_page: tuple[str, ...] = ()

    @property
    def unannounced(self) -> tuple[str, ...]:
        """Items of another lesson's subject, which count for none (`transfer.py`)."""
        return tuple(item for item in self.on_page if item not in self.items)


def lessons_folder() -> Path:
    """Where the kit's own lessons lie."""
    return next((place for place in _PLACES if place.is_dir()), _PLACES[-1])


def training_notebooks() -> list[Path]:
    """Every notebook of the training, the cover first, what has no number last."""
    return sorted(
        file for file in lessons_folder().glob("*.ipynb") if _LESSON.fullmatch(file.name) or file.name == FOLLOW_UP
    )


@cache
def lesson_list() -> tuple[LessonFacts, ...]:
    """The lessons in their order, without the cover and the exams."""
    return tuple(facts for facts in _pages() if not facts.exam)


@cache
def exam_pages() -> tuple[LessonFacts, ...]:
    """The pages of the exams, in the order in which they are taken."""
    return tuple(facts for facts in _pages() if facts.exam)


@cache
def _pages() -> tuple[LessonFacts, ...]:
    numbered = (file for file in training_notebooks() if _LESSON.fullmatch(file.name))
    return tuple(_facts_of(file) for file in numbered if file.stem != _COVER)


def lesson_called(key: str) -> LessonFacts:
    """The lesson of this key. Raises PlaybookError where there is none."""
    for lesson in lesson_list():
        if lesson.key == key:
            return lesson
    raise PlaybookError(
        f"there is no lesson {key!r}.",
        where=str(lessons_folder()),
        remedy="A lesson's key is its notebook's name without the number.",
    )


def _facts_of(file: Path) -> LessonFacts:
    number, key = file.stem.split("_", 1)
    notebook = json.loads(file.read_text(encoding="utf-8"))
    about: Mapping[str, object] = notebook["metadata"]["playbook"]
    code = "\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    items = tuple(_ASKED.findall(code))
    return LessonFacts(
        file=file,
        number=number,
        key=key,
        title=str(about["title"]),
        minutes=int(str(about["minutes"])),
        doing=int(str(about.get("doing", 0))),
        items=tuple(item for item in items if not item.startswith(_UNANNOUNCED)),
        exam=str(about.get("exam", "")),
        on_page=items,
    )
