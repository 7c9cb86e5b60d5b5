"""How a sheet asks: its questions in words, what each is answered with, and where the registry keeps the answers.

Plain data: nothing here draws, and nothing saves. A question that the registry of sheets does not hold cannot be asked
(KeyError); the words on the page may change at any time, the registry's keys stay.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.journal.answer_types import AnswerType, Day, Number
from playbook.journal.events import ANSWER
from playbook.journal.sheet_registry import RegisteredSheet


@dataclass(frozen=True)
class Text:
    """Words; `lines` is the room on paper and on the screen."""

    lines: int = 1


@dataclass(frozen=True)
class Choice:
    """One of a few: (what is kept, what a person reads)."""

    options: tuple[tuple[str, str], ...]


Answer = Text | Choice | Number | Day


@dataclass(frozen=True)
class Question:
    """`key` names it in the registry, `text` asks it. `hint` stands in an empty box.

    `about` is whom it is about, on a sheet that asks the same of several.
    """

    key: str
    text: str
    answer: Answer = Text()
    hint: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlacedQuestion:
    """A question in its place: the subject of its answer, what fits it, and a label that says all by itself."""

    subject: str
    label: str
    question: Question
    takes: AnswerType
    kind: str = ANSWER


@dataclass(frozen=True)
class Questions:
    """Questions one below the other; a sheet that is handed to somebody stands `alone` on its paper."""

    sheet: RegisteredSheet
    title: str
    questions: tuple[Question, ...]
    about: tuple[str, ...] = ()
    alone: bool = False

    def placed(self) -> Iterator[PlacedQuestion]:
        """Each question in its place."""
        for question in self.questions:
            subject = self.sheet.subject(*self.about, *question.about, question.key)
            yield PlacedQuestion(subject, question.text.rstrip(":"), question, self.sheet.questions[question.key])


@dataclass(frozen=True)
class Line:
    """One line of a grid: `cells` stand in front of the questions, `label` is how the line is called."""

    key: str
    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """The same questions for each line: a table on paper, a block per line on the screen.

    One that is not `on_paper` is only typed in: what it holds is shown in another form, or is not for every reader. A
    sheet that is handed to somebody stands `alone` on its paper.
    """

    sheet: RegisteredSheet
    caption: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    questions: tuple[Question, ...]
    about: tuple[str, ...] = ()
    on_paper: bool = True
    alone: bool = False

    def placed(self) -> Iterator[PlacedQuestion]:
        """Each question of each line in its place."""
        for line in self.lines:
            yield from self.placed_in(line)

    def placed_in(self, line: Line) -> Iterator[PlacedQuestion]:
        """The questions of one line. Where there is but one, the line's name is its label."""
        for question in self.questions:
            label = line.label if len(self.questions) == 1 else f"{line.label}: {question.text}"
            subject = self.sheet.subject(*self.about, line.key, question.key)
            yield PlacedQuestion(subject, label, question, self.sheet.questions[question.key])


@dataclass(frozen=True)
class Growing:
    """The same questions for as many things as somebody adds; `keys` are those there are, `room` the empty lines."""

    sheet: RegisteredSheet
    caption: str
    questions: tuple[Question, ...]
    keys: tuple[str, ...]
    thing: str  # what one is called on the button that adds one
    room: int = 3
    kind: str = ANSWER

    def placed(self) -> Iterator[PlacedQuestion]:
        """Each question of each thing in its place."""
        for key in self.keys:
            yield from self.placed_of(key)

    def placed_of(self, key: str) -> Iterator[PlacedQuestion]:
        """The questions of one thing."""
        for question in self.questions:
            subject = self.sheet.subject(key, question.key)
            yield PlacedQuestion(subject, question.text, question, self.sheet.questions[question.key], self.kind)


def number_or_day(sheet: RegisteredSheet, key: str) -> Number | Day:
    """What answers a question of `sheet` that takes a number or a day, as the registry says it.

    Raises
    ------
    TypeError : if the registry takes words or a choice there, which a page asks in a way of its own.
    """
    takes = sheet.questions[key]
    if not isinstance(takes, Number | Day):
        raise TypeError(f"{sheet.name}: {key} takes {takes.rule}")
    return takes


def questions(*rows: tuple[str, str, int]) -> tuple[Question, ...]:
    """Questions answered in words, from (key, text, lines)."""
    return tuple(Question(key, text, Text(lines)) for key, text, lines in rows)


def options(*labels: tuple[str, str] | str) -> tuple[tuple[str, str], ...]:
    """Options from (kept, read) or from one word that is both."""
    return tuple((label, label) if isinstance(label, str) else label for label in labels)


Sheet = Questions | Grid | Growing
