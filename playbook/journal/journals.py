"""What every journal can do, wherever it is kept: be read, take events, be rewritten whole; and one kept in memory.

A journal takes events as they are: whoever makes one may offer it again after a failure, as its id tells it apart.
What `append` returned from is kept. What it could not keep it says by `NotSaved`, in words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from playbook.errors import PlaybookError
from playbook.journal.events import Event
from playbook.journal.folding import unique

LARGEST = 64 << 20  # bytes of one journal: decades of typing, and what a chapter can hold in its memory
_MOST_NAMED = 20
Change = Callable[[list[Event]], list[Event]]


class NotSaved(PlaybookError):
    """Events were not kept; `what` says why, as the end of a sentence that begins "Not saved:"."""


class NotReadable(PlaybookError):
    """A journal is there and cannot be read now; nobody may take that for an empty one."""


@dataclass(frozen=True)
class Reading:
    """The events in order; `torn` if the last line was cut off while written, and the numbers of other broken lines."""

    events: list[Event]
    torn: bool = False
    broken: tuple[int, ...] = ()

    @property
    def remarks(self) -> str:
        """What a person should know about the state of the journal; empty if there is nothing."""
        remarks = []
        if self.torn:
            remarks.append(
                "The last line of the journal was cut off while it was being written; it was never shown as saved, "
                "and it is left out."
            )
        if self.broken:
            remarks.append(_left_out(self.broken))
        return " ".join(remarks)


def _left_out(broken: tuple[int, ...]) -> str:
    """The sentence about lines that cannot be read: their numbers, as many as a person looks at."""
    lines, more = ", ".join(map(str, broken[:_MOST_NAMED])), len(broken) - _MOST_NAMED
    named = f"{lines} and {more:,} more" if more > 0 else lines
    return f"Lines of the journal that cannot be read are left out: {named}. Everything else is there."


class Journal(Protocol):
    """Where events are kept. `place` says where, for people; `lasting` whether they outlive the page."""

    place: str
    lasting: bool

    def read(self) -> Reading:
        """Everything that was kept. Raises NotReadable."""

    def append(self, events: Sequence[Event]) -> None:
        """Keep the events; those kept before are not kept twice. Raises NotSaved."""

    def rewrite(self, change: Change) -> None:
        """Replace everything by what `change` makes of it, as a whole or not at all. Raises NotSaved."""


class MemoryJournal:
    """A journal for looking around: gone when the page's kernel ends."""

    place = "nowhere: this page has no workbook"
    lasting = False

    def __init__(self) -> None:
        self._events: list[Event] = []

    def read(self) -> Reading:
        """Everything said since the kernel began."""
        return Reading(list(self._events))

    def append(self, events: Sequence[Event]) -> None:
        """Remember the events until the kernel ends."""
        self._events = unique([*self._events, *events])

    def rewrite(self, change: Change) -> None:
        """Replace what is remembered."""
        self._events = change(list(self._events))
