"""What tests of the forms share: a clock that is moved by hand, a journal that fails on demand, a workbook."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

from playbook.forms.autosave import AutoSave
from playbook.forms.saved_answers import SavedAnswers
from playbook.forms.sheets import PlacedQuestion, Question
from playbook.journal.answers import Answers, answers_in
from playbook.journal.folding import standing
from playbook.journal.journals import MemoryJournal, NotReadable, NotSaved, Reading
from playbook.journal.place import ensure_journal
from playbook.team import Team, open_team, save_team
from tests.coaching.small_team import team

ANYTHING = Mock(fits=lambda value: True)  # what a made-up question takes


class Later:
    """Runs what was planned when the test says that its time has come."""

    def __init__(self) -> None:
        self.planned: dict[int, tuple[float, Callable[[], None]]] = {}

    def __call__(self, seconds: float, do: Callable[[], None]):
        number = max(self.planned, default=0) + 1
        self.planned[number] = (seconds, do)
        outer = self

        class Plan:
            def cancel(self) -> None:
                outer.planned.pop(number, None)

        return Plan()

    def comes(self) -> float:
        """The next planned thing happens; how many seconds it was planned for."""
        seconds, do = self.planned.pop(min(self.planned))
        do()
        return seconds


class Fickle(MemoryJournal):
    """A journal that lasts, and fails while `fault` is set."""

    lasting = True
    fault = ""

    def append(self, events) -> None:
        if self.fault:
            raise NotSaved(self.fault, remedy="Make room.")
        super().append(events)

    def read(self) -> Reading:
        if self.fault == "unreadable":
            raise NotReadable("the journal cannot be read now.")
        return super().read()


class Desk:
    """A keeper with its journal, its time and what it told."""

    def __init__(self, journal: Fickle | None = None) -> None:
        self.journal, self.later, self.messages = journal or Fickle(), Later(), []
        self.auto_save = AutoSave(self.journal, "ana", answers(self.journal), self.messages.append, self.later)

    def type(self, subject: str, value: object) -> None:
        self.auto_save.typed(placed(subject), value)

    @property
    def values(self) -> dict[str, object]:
        return {subject: stands.value for subject, stands in standing(self.journal.read().events).items()}


def placed(subject: str) -> PlacedQuestion:
    """A question in its place whose label is its subject."""
    return PlacedQuestion(subject, f"The question {subject}", Question(subject, subject), ANYTHING)


def saved(journal: MemoryJournal) -> SavedAnswers:
    """What stands in a journal."""
    return SavedAnswers(journal, "ana", answers(journal))


def answers(journal: MemoryJournal) -> Answers:
    """The answers in a journal, those to made-up sheets too."""
    events = journal.read().events
    return replace(answers_in(events), standing=standing(events))


def workbook(folder: Path, of: Team | None = None) -> Team:
    """A workbook in `folder` with an empty journal; its team."""
    save_team(of or team(), folder / "team")
    ensure_journal(folder)
    return replace(open_team(folder), folder=folder / "team")
