"""Commitments as the journal knows them: whose, what, by when, what came of it.

In: what stands in a journal.  Out: one commitment per id, in the order in which they were made. The kit marks nothing
as kept: a person does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from playbook.journal.events import Value, parts_of, subject_of

SUBJECT = ("08", "commitment")
FIELDS = ("whose", "what", "about", "measure", "due", "evidence", "state")
MANAGER, LEADER = "manager", "leader"  # any other owner is the id of a rep
OPEN, KEPT, NOT_KEPT, DROPPED = "open", "kept", "not-kept", "dropped"


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
    return subject_of(*SUBJECT, commitment_id, field)


def commitments_in(answers: Mapping[str, Value]) -> list[Commitment]:
    """Every commitment that somebody wrote something of, in the order in which they were begun."""
    found: dict[str, dict[str, Value]] = {}
    for subject, value in answers.items():
        parts = parts_of(subject)
        if len(parts) == len(SUBJECT) + 2 and tuple(parts[:2]) == SUBJECT and parts[3] in FIELDS:
            found.setdefault(parts[2], {})[parts[3]] = value
    return [_commitment(name, fields) for name, fields in found.items()]


def _commitment(name: str, fields: Mapping[str, Value]) -> Commitment:
    texts = {key: str(value) for key, value in fields.items() if key != "due"}
    return Commitment(name, due=day_in(fields.get("due")), **texts)


def day_in(value: Value) -> date | None:
    """The day that an answer holds, or None."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
