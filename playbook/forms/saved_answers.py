"""The answers of a team's manager: what stands in the journal, or why it cannot be read now.

In: a team.  Out: its journal and what stands in it. A workbook's journal lies beside its chapters; a team without a
workbook, as the sample is, has one that ends with the page. Reading writes nothing.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path

from playbook import wording
from playbook.errors import PlaybookError
from playbook.forms.autosave import save_what_is_typed
from playbook.journal.answers import Answers, answers_in
from playbook.journal.database_journal import Key
from playbook.journal.events import Value
from playbook.journal.journals import Journal
from playbook.journal.open_journal import author_here, open_journal
from playbook.team import Team
from playbook.workbook import workbook_around

KITS_LAB = "PLAYBOOK_LAB"  # set by `playbook lab`, and by its settings on a JupyterHub


@dataclass(frozen=True)
class SavedAnswers:
    """A journal and its answers. Without a journal `remark` says why it cannot be used; else what is odd about it."""

    journal: Journal | None
    author: str
    answers: Answers = field(default_factory=Answers)
    remark: str = ""

    @property
    def values(self) -> dict[str, Value]:
        """The answers by subject; what cannot be read is not among them."""
        return self.answers.values

    @property
    def lasting(self) -> bool:
        """Whether what is typed outlives the page."""
        return self.journal is not None and self.journal.lasting


def saved_answers(team: Team) -> SavedAnswers:
    """What the manager of `team` answered so far; what is typed in other forms of this page is saved first."""
    save_what_is_typed()
    author = author_here(os.environ)
    return answers_beside(workbook_of(team), Key(team.company.settings.company_id, team.manager_id, author))


def answers_beside(folder: Path | None, key: Key) -> SavedAnswers:
    """What stands in the journal in `folder`, or under `key` in the database; else in one that ends with the page."""
    author = key.author
    try:
        journal = open_journal(folder, key, os.environ)
        reading = journal.read()
    except PlaybookError as error:
        return SavedAnswers(None, author, remark=f"{wording.upper_first(error.what)} {error.remedy}")
    return SavedAnswers(journal, author, answers_in(reading.events), "" if reading.torn else reading.remarks)


def workbook_of(team: Team) -> Path | None:
    """The folder of the workbook that the team was opened from, or None if it is no part of one."""
    workbook = None if team.folder is None else workbook_around(team.folder)
    return None if workbook is None else workbook.folder
