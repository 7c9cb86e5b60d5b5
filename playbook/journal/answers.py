"""The answers in a journal: what stands for each question of each sheet, and what stands there and cannot be read.

In: the events of a journal.  Out: answers under today's subjects that are safe to show and to compute with. What does
not fit its question counts for nothing and is said; an earlier answer does not come back in its place. The events
themselves stay as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from playbook.journal.answer_types import well_formed
from playbook.journal.events import Event, Value
from playbook.journal.folding import Standing, standing
from playbook.journal.sheet_registry import current_subject, place_of


@dataclass(frozen=True)
class Answers:
    """`standing` holds what fits, by subject; `unreadable` the subjects of what does not, each with what would fit.

    `unknown` are subjects that no sheet asks for, as a later version of the kit may have written. `events` are all of
    them, in order, under today's subjects.
    """

    events: Sequence[Event] = ()
    standing: Mapping[str, Standing] = field(default_factory=dict)
    unreadable: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, Value]:
        """The answers by subject."""
        return {subject: stands.value for subject, stands in self.standing.items()}


def answers_in(events: Sequence[Event]) -> Answers:
    """What stands in a journal, told from what cannot be read."""
    current = under_todays_subjects(events)
    readable: dict[str, Standing] = {}
    unreadable: dict[str, str] = {}
    unknown: list[str] = []
    for subject, stands in standing(current).items():
        place = place_of(subject)
        if place is None:
            unknown.append(subject)
        elif place.takes.fits(stands.value):
            readable[subject] = stands
        else:
            unreadable[subject] = place.takes.rule
    return Answers(current, readable, unreadable, tuple(unknown))


def under_todays_subjects(events: Sequence[Event]) -> list[Event]:
    """The events with each subject under today's name, and texts that can be written everywhere."""
    return [_current(event) for event in events]


def fits(event: Event) -> bool:
    """Whether an event under today's subject holds an answer that can be read."""
    place = place_of(event.subject)
    return place is not None and place.takes.fits(event.value)


def _current(event: Event) -> Event:
    subject, value = current_subject(event.subject), well_formed(event.value)
    return event if (subject, value) == (event.subject, event.value) else replace(event, subject=subject, value=value)
