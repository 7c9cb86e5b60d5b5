"""What a manager wrote in `each_rep` of what the data does not show: part time, leave, deals handed over, and so on.

In: the answers in a journal.  Out: what was written, an entry per id, in the order in which they were begun; and one
such entry as the measures take it (`playbook.circumstances`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from playbook.circumstances import FROM_MANAGER, Circumstance, understood
from playbook.errors import UnusableInput
from playbook.journal import sheet_registry
from playbook.journal.answer_types import day_in
from playbook.journal.events import Value

FIELDS = tuple(sheet_registry.CIRCUMSTANCE.questions)


@dataclass(frozen=True)
class WrittenCircumstance:
    """What stands in the fields of one entry; empty where nothing does."""

    id: str
    who: str = ""
    what: str = ""
    detail: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    note: str = ""


def field_subject(entry_id: str, field: str) -> str:
    """The subject under which one field of an entry is kept."""
    return sheet_registry.CIRCUMSTANCE.subject(entry_id, field)


def circumstances_in(answers: Mapping[str, Value]) -> list[WrittenCircumstance]:
    """Every entry that somebody wrote something of."""
    entries = sheet_registry.entries_of(sheet_registry.CIRCUMSTANCE, answers)
    return [_written(name, fields) for name, fields in entries.items()]


def entry_of(written: WrittenCircumstance, reps: Iterable[str], accounts: Mapping[str, Iterable[str]]) -> Circumstance:
    """The entry as the measures take it.

    Parameters
    ----------
    reps : the ids of the team.
    accounts : by rep_id, the accounts that the rep's deals are with.

    Raises
    ------
    UnusableInput : if it is not complete yet, is about nobody of the team, or cannot be so.
    """
    if not written.who or written.who not in set(reps):
        raise UnusableInput("it names nobody of your team.", remedy="Choose whom it is about.")
    if not written.what:
        raise UnusableInput("it does not say yet what it is.", remedy="Choose what it is.")
    return understood(
        written.who,
        written.what,
        detail=written.detail,
        starts_on=written.starts_on,
        ends_on=written.ends_on,
        note=written.note,
        accounts=accounts.get(written.who, ()),
        source=FROM_MANAGER,
    )


def _written(name: str, fields: Mapping[str, Value]) -> WrittenCircumstance:
    texts = {key: str(fields.get(key, "")) for key in ("who", "what", "detail", "note")}
    return WrittenCircumstance(name, starts_on=day_in(fields.get("from")), ends_on=day_in(fields.get("until")), **texts)
