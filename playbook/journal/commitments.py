"""Commitments as the journal knows them: whose, what, by when, what came of it.

In: the answers in a journal.  Out: one commitment per id, in the order in which they were made. The kit marks nothing
as kept: a person does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from playbook.journal import sheet_registry
from playbook.journal.answer_types import day_in
from playbook.journal.events import Value

FIELDS = tuple(sheet_registry.COMMITMENT.questions)
MANAGER, LEADER = sheet_registry.MANAGER, sheet_registry.LEADER  # any other owner is the id of a rep
OPEN, KEPT, NOT_KEPT, DROPPED = sheet_registry.STATES


@dataclass(frozen=True)
class Commitment:
    """`whose` is the id of a rep, MANAGER or LEADER; `about` the driver that it works on, if one is said.

    `state` is OPEN until somebody says what came of it.
    """

    id: str
    whose: str = ""
    what: str = ""
    about: str = ""
    measure: str = ""
    due: date | None = None
    evidence: str = ""
    state: str = OPEN

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet what came of it."""
        return self.state == OPEN

    def is_due(self, day: date) -> bool:
        """Whether it is open, and should have been kept by `day`."""
        return self.is_open and self.due is not None and self.due <= day


def field_subject(commitment_id: str, field: str) -> str:
    """The subject under which one field of a commitment is kept."""
    return sheet_registry.COMMITMENT.subject(commitment_id, field)


def commitments_in(answers: Mapping[str, Value]) -> list[Commitment]:
    """Every commitment that somebody wrote something of, in the order in which they were begun."""
    entries = sheet_registry.entries_of(sheet_registry.COMMITMENT, answers)
    return [_commitment(name, fields) for name, fields in entries.items()]


def _commitment(name: str, fields: Mapping[str, Value]) -> Commitment:
    texts = {key: str(value) for key, value in fields.items() if key != "due"}
    return Commitment(name, due=day_in(fields.get("due")), **texts)
