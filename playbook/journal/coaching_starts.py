"""Since when somebody is coached on what, as far as the manager wrote it down.

In: the events of a journal.  Out: per rep and driver the first day, and which sheet says so: a plan, what was seen in
a watched conversation or agreed in one, a commitment of the rep that says what it is about. What was taken back or
emptied began nothing, nor did a commitment that was let go, nor what cannot be read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from playbook.journal import sheet_registry
from playbook.journal.answers import answers_in, fits
from playbook.journal.commitments import DROPPED, field_subject
from playbook.journal.events import Event, Value
from playbook.journal.folding import counting

PLAN, WATCHED, TALK, PROMISE = "plan", "watched", "talk", "promise"
_AGREED = {
    sheet_registry.PLAN.name: (PLAN, ("focus", "if-then", "agreed")),
    sheet_registry.CONVERSATION.name: (TALK, ("practise", "if-then")),
}
_WATCHED = ("seen", "missing")  # the other answer is "not seen"


@dataclass(frozen=True)
class Start:
    """`rep_id` is coached on `driver` since `on` (in UTC, so that it is the same day everywhere), as `by` says."""

    rep_id: str
    driver: str
    on: date
    by: str


class _CoachedOn(NamedTuple):
    """The answer under `subject` says that a rep is coached on a driver, on which sheet."""

    rep_id: str
    driver: str
    by: str
    subject: str


def starts_in(events: Sequence[Event]) -> list[Start]:
    """The first day of each rep, driver and sheet, in the order of rep_id, driver and day."""
    answers = answers_in(events)
    since = _first_days(answers.events)
    first: dict[tuple[str, str, str], date] = {}
    for rep_id, driver, by, subject in _coached(answers.values):
        key = (rep_id, driver, by)
        first[key] = min(first.get(key, since[subject]), since[subject])
    starts = [Start(rep_id, driver, on, by) for (rep_id, driver, by), on in first.items()]
    return sorted(starts, key=lambda start: (start.rep_id, start.driver, start.on, start.by))


def _first_days(events: Sequence[Event]) -> dict[str, date]:
    """The day on which each subject was first answered, whatever was changed in the answer since."""
    days: dict[str, date] = {}
    for event in counting(events):
        if event.value is not None and fits(event):
            days.setdefault(event.subject, event.moment.date())
    return days


def _coached(answers: Mapping[str, Value]) -> Iterator[_CoachedOn]:
    """Every answer that says that somebody is coached on something."""
    for subject, value in answers.items():
        place = sheet_registry.place_of(subject)
        if place is None:
            continue
        about = place.about
        if place.sheet.name in _AGREED:
            by, questions = _AGREED[place.sheet.name]
            for_one = (
                about[sheet_registry.REP] != sheet_registry.ANYBODY
                and about[sheet_registry.DRIVER] != sheet_registry.NO_DRIVER
            )
            if place.question in questions and for_one and str(value).strip():
                yield _CoachedOn(about[sheet_registry.REP], about[sheet_registry.DRIVER], by, subject)
        elif place.sheet is sheet_registry.RUBRIC and value in _WATCHED:
            yield _CoachedOn(about[sheet_registry.REP], about[sheet_registry.DRIVER], WATCHED, subject)
        elif place.sheet is sheet_registry.COMMITMENT and place.question == "about":
            yield from _promised(answers, about["commitment"], str(value), subject)


def _promised(answers: Mapping[str, Value], commitment: str, driver: str, about: str) -> Iterator[_CoachedOn]:
    """A commitment that says what it is about; it was made when its words were written, if there are any."""
    whose, what = answers.get(field_subject(commitment, "whose")), field_subject(commitment, "what")
    if driver and whose and answers.get(field_subject(commitment, "state")) != DROPPED:
        for subject in (about, what) if what in answers else (about,):
            yield _CoachedOn(str(whose), driver, PROMISE, subject)
