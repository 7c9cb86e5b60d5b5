"""From the keyboard to the journal: what stands for a second is saved, and what is not saved is said.

A change waits for a pause of a second, and for five seconds at most. A save that failed is tried again with the very
same events until it succeeds; meanwhile the page names what is not saved. Another window on the same workbook loses
nothing: both answers are in the history, and whoever saves later is told of the other.
"""

import asyncio
import atexit
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from playbook import wording
from playbook.forms.sheets import PlacedQuestion
from playbook.journal.answers import Answers, under_todays_subjects
from playbook.journal.events import UNDONE, Event, Value, new_event
from playbook.journal.folding import Standing, last_change, standing
from playbook.journal.journals import Journal, NotReadable, NotSaved

_ONCE_IT_CAN_BE_READ = "It is saved by itself once the journal can be read again, while this page is open."
PAUSE, LONGEST, AGAIN = 1.0, 5.0, 5.0  # seconds


class Cancellable(Protocol):
    """Something that was planned and can be called off."""

    def cancel(self) -> object:
        """Call it off."""


Later = Callable[[float, Callable[[], None]], Cancellable | None]


@dataclass(frozen=True)
class SaveMessage:
    """One sentence for the person at the keyboard; `trouble` if something is not saved."""

    text: str
    trouble: bool = False


_at_work: "weakref.WeakSet[AutoSave]" = weakref.WeakSet()


def save_what_is_typed() -> None:
    """Save at once what waits in any form of this process."""
    for keeper in list(_at_work):
        keeper.save()


atexit.register(save_what_is_typed)  # JupyterLab ends the kernel when a page is closed


def soon(seconds: float, do: Callable[[], None]) -> Cancellable | None:
    """Plan `do` in the kernel's own loop; without a loop it is done at once."""
    try:
        return asyncio.get_running_loop().call_later(seconds, do)
    except RuntimeError:
        do()
        return None


class AutoSave:
    """Saves the answers of one form. `tell` is called with what the person should know."""

    def __init__(
        self,
        journal: Journal,
        author: str,
        answers: Answers,
        tell: Callable[[SaveMessage], None],
        later: Later = soon,
    ) -> None:
        self._journal, self._author, self._tell, self._later = journal, author, tell, later
        self._seen = {subject: s.event.id for subject, s in standing(answers.events).items()}
        self._typed: dict[str, tuple[PlacedQuestion, Value]] = {}
        self._refused: dict[str, PlacedQuestion] = {}  # what is on the page and fits no journal
        self._offered: dict[str, tuple[PlacedQuestion, Event]] = {}  # made, but not acknowledged by the journal
        self._planned: Cancellable | None = None
        self._waiting_since: datetime | None = None
        _at_work.add(self)

    def typed(self, placed: PlacedQuestion, value: Value) -> None:
        """A person changed an answer; an empty one is None. One that does not fit its question is not saved."""
        if value is not None and not placed.takes.fits(value):
            self._typed.pop(placed.subject, None)
            self._refused[placed.subject] = placed
            self._tell(SaveMessage(self._does_not_fit(), trouble=True))
            return
        self._refused.pop(placed.subject, None)
        self._typed[placed.subject] = (placed, value)
        now = datetime.now(UTC)
        self._waiting_since = self._waiting_since or now
        waited = (now - self._waiting_since).total_seconds()
        self._plan(max(0.0, min(PAUSE, LONGEST - waited)))

    def save(self) -> None:
        """Save now whatever is not saved yet, and tell how it went."""
        self._call_off()
        self._waiting_since = None
        for subject, (placed, value) in self._typed.items():
            self._offered[subject] = (placed, new_event(placed.kind, subject, value, author=self._author))
        self._typed = {}
        if not self._offered:
            return
        try:
            stands = standing(under_todays_subjects(self._journal.read().events))
            new = {s: (a, e) for s, (a, e) in self._offered.items() if e.value != _value_of(stands.get(s))}
            if new:
                self._journal.append([event for _, event in new.values()])
        except (NotSaved, NotReadable) as error:
            self._tell(SaveMessage(self._not_saved(error), trouble=True))
            self._plan(AGAIN)
            return
        last = max((e for _, e in self._offered.values()), key=lambda event: event.at)
        refused = self._does_not_fit() if self._refused else ""
        text = wording.paragraph(self._saved(last), self._others(new, stands), refused)
        self._tell(SaveMessage(text, trouble=bool(refused)))
        self._seen |= {subject: event.id for subject, (_, event) in new.items()}
        self._offered = {}

    def take_back(self, concerns: Callable[[str], bool]) -> tuple[str, Value] | None:
        """Undo the last change among the subjects that `concerns` accepts: its subject and what stands there now."""
        self.save()
        try:
            events = under_todays_subjects(self._journal.read().events)
            change = last_change(events, concerns)
            if change is None:
                self._tell(SaveMessage("There is nothing to take back."))
                return None
            undo = new_event(UNDONE, change.subject, change.id, author=self._author)
            self._journal.append([undo])
        except (NotSaved, NotReadable) as error:
            self._tell(SaveMessage(f"Not taken back: {error.what} {error.remedy}", trouble=True))
            return None
        stands = standing([*events, undo]).get(change.subject)
        self._seen[change.subject] = stands.event.id if stands else ""
        self._tell(SaveMessage("The last change is taken back. It stays in the history."))
        return change.subject, _value_of(stands)

    def _plan(self, seconds: float) -> None:
        self._call_off()
        self._planned = self._later(seconds, self.save)

    def _call_off(self) -> None:
        if self._planned is not None:
            self._planned.cancel()
            self._planned = None

    def _saved(self, last: Event) -> str:
        if not self._journal.lasting:
            return "Noted until you close this page; it has no workbook to keep it in."
        return f"Saved at {clock(last.moment)}."

    def _not_saved(self, error: NotSaved | NotReadable) -> str:
        labels = wording.listing(f"“{placed.label}”" for placed, _ in self._offered.values())
        # The remedy of a journal that cannot be read is for a page that only shows: running this one again is no help.
        remedy = error.remedy if isinstance(error, NotSaved) else _ONCE_IT_CAN_BE_READ
        return f"Not saved: {error.what} What is not saved: {labels}. It is still on this page. {remedy}"

    def _does_not_fit(self) -> str:
        labels = "; ".join(f"“{placed.label}” takes {placed.takes.rule}" for placed in self._refused.values())
        return f"Not saved: {labels}. It is still on this page: change it, and it is saved."

    def _others(self, new: Mapping[str, tuple[PlacedQuestion, Event]], stands: Mapping[str, Standing]) -> str:
        """Names what another window had answered meanwhile; it is in the history, and the own words stand."""
        changed = [
            placed.label
            for subject, (placed, _) in new.items()
            if subject in stands and stands[subject].event.id != self._seen.get(subject)
        ]
        if not changed:
            return ""
        named = wording.listing(f"“{label}”" for label in changed)
        return f"Another window had written something else meanwhile: {named}. Yours stands, the other is kept too."


def clock(moment: datetime) -> str:
    """A moment as the clock on the wall shows it: `14:05:09 CET`."""
    return moment.astimezone().strftime("%H:%M:%S %Z").strip()


def _value_of(stands: Standing | None) -> Value:
    return None if stands is None else stands.value
