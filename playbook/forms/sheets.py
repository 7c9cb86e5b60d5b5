"""What a sheet asks: questions, the kind of answer each takes, and the name under which each answer is kept for good.

Plain data: nothing here draws, and nothing saves. A subject is chapter, form, what or whom it is about, and question;
it stays when words on the page change.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playbook.journal.events import ANSWER, subject_of


@dataclass(frozen=True)
class Text:
    """Words; `lines` is the room on paper and on the screen."""

    lines: int = 1


@dataclass(frozen=True)
class Choice:
    """One of a few: (what is kept, what a person reads)."""

    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Number:
    """A number from 0 to `most` in steps of `step`; 0 stands for "not filled in" as well."""

    most: float = 80
    step: float = 0.5


@dataclass(frozen=True)
class Day:
    """A day of the calendar."""


Answer = Text | Choice | Number | Day


@dataclass(frozen=True)
class Question:
    """`key` names it in the journal, `text` asks it. `hint` stands in an empty box."""

    key: str
    text: str
    answer: Answer = Text()
    hint: str = ""


@dataclass(frozen=True)
class Asked:
    """A question in its place: what its answer is called in the journal, and a label that says all by itself."""

    subject: str
    label: str
    question: Question
    kind: str = ANSWER


@dataclass(frozen=True)
class Questions:
    """Questions one below the other; a sheet that is handed to somebody stands `alone` on its paper."""

    subject: tuple[str, ...]
    title: str
    questions: tuple[Question, ...]
    alone: bool = False

    def asked(self) -> Iterator[Asked]:
        """Each question in its place."""
        for question in self.questions:
            yield Asked(subject_of(*self.subject, question.key), question.text.rstrip(":"), question)


@dataclass(frozen=True)
class Line:
    """One line of a grid: `cells` stand in front of the questions, `label` is how the line is called."""

    key: str
    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """The same questions for each line: a table on paper, a block per line on the screen.

    One that is not `on_paper` is only typed in: what it holds is shown in another form, or is not for every reader.
    """

    subject: tuple[str, ...]
    caption: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    questions: tuple[Question, ...]
    on_paper: bool = True

    def asked(self) -> Iterator[Asked]:
        """Each question of each line in its place."""
        for line in self.lines:
            yield from self.asked_in(line)

    def asked_in(self, line: Line) -> Iterator[Asked]:
        """The questions of one line. Where there is but one, the line's name is its label."""
        for question in self.questions:
            label = line.label if len(self.questions) == 1 else f"{line.label}: {question.text}"
            yield Asked(subject_of(*self.subject, line.key, question.key), label, question)


@dataclass(frozen=True)
class Growing:
    """The same questions for as many things as somebody adds; `keys` are those there are, `room` the empty lines."""

    subject: tuple[str, ...]
    caption: str
    questions: tuple[Question, ...]
    keys: tuple[str, ...]
    thing: str  # what one is called on the button that adds one
    room: int = 3
    kind: str = ANSWER

    def asked(self) -> Iterator[Asked]:
        """Each question of each thing in its place."""
        for key in self.keys:
            yield from self.asked_of(key)

    def asked_of(self, key: str) -> Iterator[Asked]:
        """The questions of one thing."""
        for question in self.questions:
            yield Asked(subject_of(*self.subject, key, question.key), question.text, question, self.kind)


def questions(*asked: tuple[str, str, int]) -> tuple[Question, ...]:
    """Questions answered in words, from (key, text, lines)."""
    return tuple(Question(key, text, Text(lines)) for key, text, lines in asked)


def options(*labels: tuple[str, str] | str) -> tuple[tuple[str, str], ...]:
    """Options from (kept, read) or from one word that is both."""
    return tuple((label, label) if isinstance(label, str) else label for label in labels)


Sheet = Questions | Grid | Growing
Sheets = Sequence[Sheet]
