"""Append attempts to a learner's journal as they are made; what could not be saved goes in with the next."""

from dataclasses import dataclass

from playbook.journal.events import Event
from playbook.journal.journals import NotSaved
from playbook.training.attempts import Attempt, events_of
from playbook.training.learner import Learner


@dataclass(frozen=True)
class Saved:
    """What is said below the answer; `trouble` if it is not saved."""

    sentence: str
    trouble: bool = False


class AttemptLog:
    """The attempts of one page, in the order of their making."""

    def __init__(self, learner: Learner) -> None:
        self._learner = learner
        self._unsaved: list[Event] = []

    def add(self, attempt: Attempt) -> Saved:
        """Save an attempt, with those that could not be saved before."""
        journal = self._learner.saved.journal
        self._unsaved += events_of(attempt, self._learner.saved.author)
        if journal is None:
            return Saved(f"Not saved: {self._learner.saved.remark}", trouble=True)
        try:
            journal.append(self._unsaved)
        except NotSaved as error:
            return Saved(f"Not saved: {error.what} It is tried again with your next answer.", trouble=True)
        self._unsaved = []
        return Saved("Your answer is saved." if journal.lasting else "")
