"""The sheets of `your_week`: the week by kinds of hours, as it was and as it shall be, and what is settled."""

from collections.abc import Mapping
from dataclasses import dataclass

from playbook.chapter_numbers import named
from playbook.coaching.time_budget import FOR_COACHING, KINDS_OF_HOURS
from playbook.escaping import for_file_name
from playbook.forms.sheets import Grid, Line, Question, Questions, Text, number_or_day, questions
from playbook.journal import sheet_registry
from playbook.journal.answer_types import number_in
from playbook.journal.events import Value

_BEFORE, _NOW, _WHO = "last-week", "from-now-on", "who"


@dataclass(frozen=True)
class KindOfHours:
    """What the manager wrote of one kind: hours a week before and from now on (None if unsaid), who takes the rest."""

    kind: str
    before: float | None
    now: float | None
    who: str

    @property
    def freed(self) -> float:
        """Hours a week that this kind gives up; 0 where one of the two is unsaid, or where it takes more."""
        return max(0.0, self.before - self.now) if self.before is not None and self.now is not None else 0.0


def hours() -> Grid:
    """Each kind of hours: last week, from now on, and who takes the rest."""
    number = number_or_day(sheet_registry.HOURS, _NOW)
    return Grid(
        sheet=sheet_registry.HOURS,
        caption="Your hours by kind, in a week",
        headings=("Kind",),
        lines=tuple(Line(_key(kind), kind, (kind,)) for kind in KINDS_OF_HOURS),
        questions=(
            Question(_BEFORE, "Hours last week", number),
            Question(_NOW, "Hours from now on", number),
            Question(_WHO, "Who takes the rest, from which day", Text()),
        ),
    )


def settled() -> Questions:
    """What the manager settles at the end of the chapter."""
    return Questions(
        sheet_registry.WEEK_SETTLED,
        "What you settle today",
        questions(
            ("coaching", "Coaching hours a week that I need, and that I have:", 1),
            ("stop", "The first thing I stop or hand over, to whom, from which day:", 2),
            ("free", "The hours that stay free for coaching, as days and times in my calendar:", 2),
            ("leader", f"What I ask of my leader (it goes into {named('cover_from_your_leader')}):", 1),
        ),
    )


def coaching_hours(answers: Mapping[str, Value]) -> float:
    """The hours a week that the manager means to spend on coaching and listening; 0 if that was not filled in."""
    return sum(_hours(answers, kind, _NOW) or 0.0 for kind in FOR_COACHING)


def written(answers: Mapping[str, Value]) -> list[KindOfHours]:
    """What was written about each kind, in their order."""
    return [
        KindOfHours(
            kind,
            _hours(answers, kind, _BEFORE),
            _hours(answers, kind, _NOW),
            str(answers.get(sheet_registry.HOURS.subject(_key(kind), _WHO)) or "").strip(),
        )
        for kind in KINDS_OF_HOURS
    ]


def _hours(answers: Mapping[str, Value], kind: str, when: str) -> float | None:
    return number_in(answers.get(sheet_registry.HOURS.subject(_key(kind), when)))


def _key(kind: str) -> str:
    return for_file_name(kind)
