"""Lay out a learner's folder: the lessons, whose they are, and room for the journal of the training.

Laying out again brings newer lessons and touches nothing else: answers stand in the journal. A lesson whose cells
somebody changed is put aside under a name of its own, never lost.
"""

import hashlib
import json
import secrets
import tomllib
from pathlib import Path

import tomli_w

from playbook.atomic import make_private, write_beside
from playbook.errors import UnusableInput
from playbook.training.lesson_list import lessons_folder, training_notebooks

TRAINING_FACTS = "training.toml"  # says that a folder is a learner's, and which variants are theirs
USUAL_FOLDER = Path("my-training")
_LARGEST_OWN_SEED = 2**31 - 1


def lay_out(folder: Path, *, own_seed: int | None = None, workbook: Path | None = None) -> Path:
    """The learner's folder with today's lessons in it; returns `folder`.

    `own_seed` decides which variants the learner meets; drawn by lot for a new folder unless it is given. `workbook` is
    that of the learner's own team, on which lessons show the same again; it is remembered until another is named.

    Raises
    ------
    UnusableInput : if something else lies there under this name, or a folder with files that are no training.
    """
    facts_file = folder / TRAINING_FACTS
    if (
        folder.exists()
        and not folder.is_dir()
        or folder.is_dir()
        and not facts_file.is_file()
        and any(folder.iterdir())
    ):
        raise UnusableInput(
            "something else lies there already.",
            where=str(folder),
            remedy="Name a folder that is new or empty: playbook lab --training FOLDER",
        )
    make_private(folder)
    facts = training_facts(facts_file) | ({"workbook": str(workbook.resolve())} if workbook else {})
    laid = facts.get("lessons")
    as_laid: dict[str, str] = dict(laid) if isinstance(laid, dict) else {}
    for source in training_notebooks():
        _lay(source, folder / source.name, as_laid)
    seed = facts.get("seed")
    if not isinstance(seed, int):
        seed = own_seed if own_seed is not None else 1 + secrets.randbelow(_LARGEST_OWN_SEED)
    with write_beside(facts_file) as beside:
        beside.write_text(tomli_w.dumps(facts | {"seed": seed, "lessons": as_laid}), encoding="utf-8")
    return folder


def beside_the_kits_lessons(place: Path) -> Path | None:
    """The learner's folder in the kit's own, for a lesson that is opened from the front door; made if it can be."""
    if place.resolve() != lessons_folder().resolve():
        return None
    try:
        return lay_out(place.resolve().parents[1] / USUAL_FOLDER)
    except (OSError, UnusableInput):
        return None


def _lay(source: Path, place: Path, as_laid: dict[str, str]) -> None:
    """Put one notebook in its place, unless it lies there with the same cells."""
    new = _cells_of(source)
    if place.is_file():
        here = _cells_of(place)
        if here == new:
            as_laid[place.name] = new
            return
        if here != as_laid.get(place.name):
            place.rename(_free_name(place))
    with write_beside(place) as beside:
        beside.write_bytes(source.read_bytes())
    as_laid[place.name] = new


def _cells_of(notebook: Path) -> str:
    """A fingerprint of what the cells say; outputs do not count. Of no notebook, one of its bytes."""
    content = notebook.read_bytes()
    try:
        cells = [["".join(cell["source"]), cell["cell_type"]] for cell in json.loads(content)["cells"]]
    except (ValueError, KeyError, TypeError):
        return hashlib.sha256(content).hexdigest()
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


def _free_name(place: Path) -> Path:
    names = (f"{place.stem}.mine.ipynb", *(f"{place.stem}.mine-{n}.ipynb" for n in range(2, 1000)))
    return next(place.with_name(name) for name in names if not place.with_name(name).exists())


def training_facts(facts_file: Path) -> dict[str, object]:
    """What a learner's folder says of itself, or nothing. Raises UnusableInput where the file cannot be read."""
    if not facts_file.is_file():
        return {}
    try:
        return tomllib.loads(facts_file.read_text(encoding="utf-8"))
    except ValueError:
        raise UnusableInput(
            "this file cannot be read.",
            where=str(facts_file),
            remedy="Delete it: your answers stand in the journal beside it, and new exercises are drawn.",
        ) from None
