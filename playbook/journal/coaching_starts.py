"""Since when somebody is coached on what, as far as the manager wrote it down.

In: the events of a journal.  Out: per rep and driver the first day, and which sheet says so: a plan of chapter 07, what
was seen in a watched conversation or agreed in one (06), a commitment of the rep (08) that says what it is about. What
was taken back or emptied began nothing, nor did a commitment that was let go.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from playbook.journal.commitments import DROPPED, SUBJECT
from playbook.journal.events import Event, Value, parts_of
from playbook.journal.folding import counting, standing

PLAN, WATCHED, TALK, PROMISE = "plan", "watched", "talk", "promise"
_ANYBODY, _OPEN = "anybody", "open"  # sheets that are not about one rep, or not about one driver
_AGREED = {"07/plan": (PLAN, ("focus", "if-then", "agreed")), "06/conversation": (TALK, ("practise", "if-then"))}
_WATCHED = ("seen", "missing")  # the other answer is "not seen"


@dataclass(frozen=True)
class Start:
    """`rep_id` is coached on `driver` since `on` (in UTC, so that it is the same day everywhere), as `by` says."""

    rep_id: str
    driver: str
    on: date
    by: str


def starts_in(events: Sequence[Event]) -> list[Start]:
    """The first day of each rep, driver and sheet, in the order of rep_id, driver and day."""
    stands = {subject: stood.value for subject, stood in standing(events).items()}
    since = _first_days(events)
    found: dict[tuple[str, str, str], date] = {}
    for rep_id, driver, by, subject in _said(stands):
        key = (rep_id, driver, by)
        found[key] = min(found.get(key, since[subject]), since[subject])
    told = [Start(rep_id, driver, on, by) for (rep_id, driver, by), on in found.items()]
    return sorted(told, key=lambda start: (start.rep_id, start.driver, start.on, start.by))


def _first_days(events: Sequence[Event]) -> dict[str, date]:
    """The day on which each subject was first answered, whatever was changed in the answer since."""
    days: dict[str, date] = {}
    for event in counting(events):
        if event.value is not None:
            days.setdefault(event.subject, event.moment.date())
    return days


def _said(stands: Mapping[str, Value]) -> Iterator[tuple[str, str, str, str]]:
    """(rep_id, driver, sheet, subject) of every answer that says that somebody is coached on something."""
    for subject, value in stands.items():
        parts = parts_of(subject)
        sheet = "/".join(parts[:2])
        if sheet in _AGREED and len(parts) == 5 and parts[4] in _AGREED[sheet][1]:
            if str(value).strip() and parts[2] != _ANYBODY and parts[3] != _OPEN:
                yield parts[2], parts[3], _AGREED[sheet][0], subject
        elif sheet == "06/rubric" and len(parts) == 6 and value in _WATCHED:
            yield parts[2], parts[3], WATCHED, subject
        elif tuple(parts[:2]) == SUBJECT and len(parts) == 4 and parts[3] == "about":
            yield from _promised(stands, subject.rpartition("/")[0], str(value), subject)


def _promised(stands: Mapping[str, Value], commitment: str, driver: str, about: str) -> Iterator[tuple[str, ...]]:
    """A commitment that says what it is about; it was made when its words were written, if there are any."""
    whose, what = stands.get(f"{commitment}/whose"), f"{commitment}/what"
    if driver and whose and stands.get(f"{commitment}/state") != DROPPED:
        for subject in (about, what) if what in stands else (about,):
            yield str(whose), driver, PROMISE, subject
