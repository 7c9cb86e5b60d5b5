"""The number that each of the workbook's chapters has today, for whoever names one in a sentence.

In: a chapter's key, the name of its notebook without the number: `each_rep`.  Out: `05`, "chapter 05", `05_each_rep`.
Numbers stand in the notebooks' names alone, which are read once. So a chapter can be put between two others.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import playbook
from playbook.errors import PlaybookError
from playbook.workbook import CHAPTER

_PACKAGE = Path(playbook.__file__).parent
# In an installed package the chapters lie inside it; in the project they are where people look for them.
_PLACES = (_PACKAGE / "notebooks" / "workbook", _PACKAGE.parent / "notebooks" / "workbook")


def notebooks_folder() -> Path:
    """Where the kit's own chapters lie."""
    return next((place for place in _PLACES if place.is_dir()), _PLACES[-1])


@cache
def numbers() -> Mapping[str, str]:
    """Each chapter's number by its key, in the order of the chapters."""
    return numbers_in(notebooks_folder())


def numbers_in(folder: Path) -> Mapping[str, str]:
    """The same for the chapters in `folder`."""
    matches = (CHAPTER.fullmatch(file.name) for file in sorted(folder.glob("*.ipynb")))
    return {match[2]: match[1] for match in matches if match}


def number_of(key: str) -> str:
    """A chapter's number as texts write it: `05`.

    Raises
    ------
    PlaybookError : if no chapter has this key.
    """
    if key not in numbers():
        raise PlaybookError(
            f"there is no chapter {key!r}.",
            where=str(notebooks_folder()),
            remedy=f"A chapter's key is its notebook's name without the number: {', '.join(numbers())}.",
        )
    return numbers()[key]


def named(*keys: str) -> str:
    """Chapters as a sentence names them, in their order: "chapter 05", "chapters 04, 05 and 09"."""
    *before, last = sorted(number_of(key) for key in keys)
    return f"chapters {', '.join(before)} and {last}" if before else f"chapter {last}"


def notebook_of(key: str) -> str:
    """The name of a chapter's notebook, without the ending: `05_each_rep`."""
    return f"{number_of(key)}_{key}"
