"""The learner: a folder of their own with the lessons and the journal of their training.

In: where a lesson stands.  Out: who learns there, and what they did so far. A lesson that is opened in the kit's own
folder keeps its answers in `my-training` there if the kit's own JupyterLab opened it; else nothing, and says so.
"""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from playbook.errors import UnusableInput
from playbook.forms.autosave import save_what_is_typed
from playbook.forms.saved_answers import KITS_LAB, SavedAnswers, answers_beside
from playbook.journal.database_journal import Key
from playbook.journal.open_journal import author_here
from playbook.training.attempts import Attempt, attempts_in
from playbook.training.learner_folder import TRAINING_FACTS, beside_the_kits_lessons, training_facts
from playbook.training.variant import seed_of

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
    if own is None and not folder and KITS_LAB in os.environ:
        own = beside_the_kits_lessons(place)
    author = author_here(os.environ)
    saved = answers_beside(own, Key(_IN_DATABASES, author, author))
    if saved.journal is None:
        return Learner(saved, 0, own)
    facts = _readable_facts(own)
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


def _readable_facts(folder: Path | None) -> dict[str, object]:
    """The facts of a learner's folder; none where they cannot be read, as a lesson goes on without them."""
    try:
        return training_facts(folder / TRAINING_FACTS) if folder else {}
    except (OSError, UnusableInput):
        return {}
