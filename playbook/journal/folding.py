"""What stands now: a fold over the events, and how it came about.

In: events in the order of their journal, which counts and not the clock (a clock may be set back).  Out: per subject
what stands, its history, and what an undo would take back. Pure functions.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from playbook.journal.events import ERASED, UNDONE, Event, Value


@dataclass(frozen=True)
class Standing:
    """What stands for a subject, and the event that said so."""

    value: Value
    event: Event


def standing(events: Iterable[Event]) -> dict[str, Standing]:
    """What stands per subject, in the order in which the subjects were first spoken of; emptied ones are left out."""
    events = list(events)
    counted = {event.id for event in counting(events)}
    standing_now: dict[str, Standing] = {}
    for event in events:
        if event.id in counted:
            standing_now[event.subject] = Standing(event.value, event)
    return {subject: stands for subject, stands in standing_now.items() if stands.value is not None}


def counting(events: Sequence[Event]) -> list[Event]:
    """The events that say something and were not undone; an undo can itself be undone."""
    gone: set[str] = set()
    counted = []
    for event in reversed(events):
        if event.id in gone:
            continue
        if event.kind == UNDONE:
            gone.add(str(event.value))
        elif event.kind != ERASED:
            counted.append(event)
    return counted[::-1]


def history(events: Sequence[Event], subject: str) -> list[Event]:
    """Everything that was ever said about a subject, undone or not, in order."""
    return [event for event in events if event.subject == subject]


def last_change(events: Sequence[Event], concerns: Callable[[str], bool]) -> Event | None:
    """The last event that still counts among the subjects that `concerns` accepts: what an undo takes back."""
    return next((event for event in reversed(counting(events)) if concerns(event.subject)), None)


def unique(events: Iterable[Event]) -> list[Event]:
    """Each event once, where it first stands: a save that was tried again may have written it twice."""
    first: dict[str, Event] = {}
    for event in events:
        first.setdefault(event.id, event)
    return list(first.values())
