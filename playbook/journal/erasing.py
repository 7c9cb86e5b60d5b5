"""A journal can forget a person: what is about them goes, and an event says that this was done, about nobody.

Gone are the events whose subject names the person, those of a commitment that is theirs, and their name inside other
texts. It cannot be undone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from playbook.journal.events import ERASED, UNDONE, Event, Value, new_event, parts_of
from playbook.journal.sheet_registry import current_subject

GONE = "[erased]"


@dataclass(frozen=True)
class Erased:
    """The events that are left, how many were taken out, and in how many a name was blacked out."""

    events: list[Event]
    removed: int
    blacked_out: int


def without(events: Sequence[Event], person_id: str, names: Sequence[str] = ()) -> Erased:
    """The journal without a person: `person_id` as in subjects, `names` as people wrote them."""
    # A commitment's questions share all but the last part of their subject; one of them says whose it is.
    things = {_thing(event) for event in events if event.value == person_id}
    about = {event.id for event in events if person_id in parts_of(event.subject) or _thing(event) in things}
    about |= {event.id for event in events if event.kind == UNDONE and event.value in about}
    words = [re.escape(name) for name in sorted({person_id, *names}, key=len, reverse=True) if name.strip()]
    name = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
    left = [replace(e, value=_blacked_out(e.value, name)) for e in events if e.id not in about]
    before = [e for e in events if e.id not in about]
    return Erased(left, len(about), sum(a != b for a, b in zip(left, before, strict=True)))


def mark(erased: Erased, author: str) -> Event:
    """The event that an erasure leaves behind."""
    return new_event(ERASED, "journal", {"events": erased.removed, "texts": erased.blacked_out}, author=author)


def _thing(event: Event) -> str:
    return current_subject(event.subject).rpartition("/")[0]


def _blacked_out(value: Value, name: re.Pattern[str]) -> Value:
    if isinstance(value, str):
        return name.sub(GONE, value)
    if isinstance(value, list):
        return [_blacked_out(item, name) for item in value]
    if isinstance(value, dict):
        return {key: _blacked_out(item, name) for key, item in value.items()}
    return value
