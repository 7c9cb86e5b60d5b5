"""The learner: a folder of their own with the lessons and the journal of their training.

In: where a lesson stands.  Out: who learns there, and what they did so far. A lesson that is opened in the kit's own
folder keeps its answers in `my-training` there if the kit's own JupyterLab opened it; else nothing, and says so.
"""

import os
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from playbook import wording
from playbook.errors import PlaybookError, UnusableInput
from playbook.forms.autosave import save_what_is_typed
from playbook.forms.saved_answers import SavedAnswers
from playbook.journal.answers import answers_in
from playbook.journal.database_journal import Key
from playbook.journal.open_journal import author_here, open_journal
from playbook.training.attempts import Attempt, attempts_in
from playbook.training.learner_folder import TRAINING_FACTS, beside_the_kits_lessons
from playbook.training.variant import seed_of

IN_THE_KITS_LAB = "PLAYBOOK_LAB"  # set by `playbook lab` for the kernels it starts
_IN_DATABASES = "training"  # in the place of a company, which an own training is not of


@dataclass(frozen=True)
class Learner:
    """`saved` is the journal and what stands in it; `own_seed` makes the learner's variants their own.

    `folder` holds both, None where nothing is kept; `workbook` is the one of the learner's own team, if they named one.
    """

    saved: SavedAnswers
    own_seed: int
    folder: Path | None
    workbook: Path | None = None

    @cached_property
    def attempts(self) -> tuple[Attempt, ...]:
        """What was tried so far, the earliest first."""
        return attempts_in(self.saved.answers)

    def next_seed(self, item: str) -> int:
        """The seed of the next variant of an item: another one after each attempt."""
        return seed_of(self.own_seed, item, sum(attempt.item == item for attempt in self.attempts))


def learner_here(folder: Path | str = "") -> Learner:
    """Who learns in `folder`, or where this runs; what is typed in other forms of the page is saved first."""
    save_what_is_typed()
    place = Path(folder) if folder else Path.cwd()
    own = place if (place / TRAINING_FACTS).is_file() else None
    if own is None and not folder and IN_THE_KITS_LAB in os.environ:
        own = beside_the_kits_lessons(place)
    author = author_here(os.environ)
    facts = _facts_in(own)
    try:
        journal = open_journal(own, Key(_IN_DATABASES, author, author), os.environ)
        reading = journal.read()
    except PlaybookError as error:
        remark = f"{wording.upper_first(error.what)} {error.remedy}"
        return Learner(SavedAnswers(None, author, remark=remark), 0, own)
    saved = SavedAnswers(journal, author, answers_in(reading.events), "" if reading.torn else reading.remarks)
    seed, workbook = facts.get("seed"), facts.get("workbook")
    return Learner(
        saved, seed if isinstance(seed, int) else 0, own, Path(workbook) if isinstance(workbook, str) else None
    )


def learner_in(folder: Path) -> Learner:
    """Who learns in `folder`, for a command.

    Raises
    ------
    UnusableInput : if it is no learner's folder.
    """
    if not (folder / TRAINING_FACTS).is_file():
        raise UnusableInput(
            "there is no training here.",
            where=str(folder),
            remedy="Name the folder in which you learn. One is made with: playbook lab --training",
        )
    return learner_here(folder)


def _facts_in(folder: Path | None) -> dict[str, object]:
    if folder is None:
        return {}
    try:
        return tomllib.loads((folder / TRAINING_FACTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
