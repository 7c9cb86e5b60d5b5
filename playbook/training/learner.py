"""The learner: a folder of their own with the lessons and the journal of their training.

In: where a lesson stands.  Out: who learns there, and what they did so far. A lesson that is opened in the kit's own
folder keeps nothing, and says so. Reading writes nothing.
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
from playbook.training.variant import seed_of

TRAINING_FACTS = "training.toml"  # says that a folder is a learner's, and which variants are theirs
_IN_DATABASES = "training"  # in the place of a company, which an own training is not of


@dataclass(frozen=True)
class Learner:
    """`saved` is the journal and what stands in it; `own_seed` makes the learner's variants their own."""

    saved: SavedAnswers
    own_seed: int
    folder: Path | None

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
    facts = place / TRAINING_FACTS
    own = place if facts.is_file() else None
    author = author_here(os.environ)
    try:
        journal = open_journal(own, Key(_IN_DATABASES, author, author), os.environ)
        reading = journal.read()
        seed = _own_seed(facts) if own else 0
    except PlaybookError as error:
        return Learner(SavedAnswers(None, author, remark=f"{wording.upper_first(error.what)} {error.remedy}"), 0, own)
    answers = answers_in(reading.events)
    return Learner(SavedAnswers(journal, author, answers, "" if reading.torn else reading.remarks), seed, own)


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


def _own_seed(facts: Path) -> int:
    try:
        seed = tomllib.loads(facts.read_text(encoding="utf-8")).get("seed", 0)
    except (OSError, ValueError):
        return 0
    return seed if isinstance(seed, int) else 0
