"""A sheet on paper, with what was answered so far: HTML of plain elements, and plain text.

In: a sheet and the answers by subject.  Out: something shown. The same for the same answers: no clock, no id.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from playbook import wording
from playbook.display import NOTHING, PagePart, alone, table, worksheet
from playbook.forms.sheets import Choice, Grid, Growing, PlacedQuestion, Question, Questions, Sheet
from playbook.journal.answer_types import Day, Number, day_in, number_in
from playbook.journal.events import Value

TICKED, BOX = "☒", "☐"
LINE = "________"
Answers = Mapping[str, Value]


def on_paper(sheet: Sheet, answers: Answers) -> PagePart:
    """The sheet with its answers, and room to write where there is none."""
    if isinstance(sheet, Questions):
        return alone(_questions(sheet, answers)) if sheet.alone else _questions(sheet, answers)
    if isinstance(sheet, Grid):
        if not sheet.on_paper:
            return NOTHING
        return alone(_grid(sheet, answers)) if sheet.alone else _grid(sheet, answers)
    return _growing(sheet, answers)


def answer_text(placed: PlacedQuestion, value: Value) -> str:
    """An answer as a person reads it; empty if there is none."""
    if value is None or value == "":
        return ""
    answer = placed.question.answer
    if isinstance(answer, Choice):
        return dict(answer.options).get(str(value), str(value))
    if isinstance(answer, Number):
        number = number_in(value)
        return str(value) if number is None else wording.number(number, 0 if number.is_integer() else 1)
    if isinstance(answer, Day):
        on = day_in(value)
        return wording.day(on) if isinstance(on, date) else str(value)
    return str(value)


def _questions(sheet: Questions, answers: Answers) -> PagePart:
    rows, given = [], {}
    for placed in sheet.placed():
        question, value = placed.question, answers.get(placed.subject)
        if isinstance(question.answer, Choice):
            given[question.text] = " · ".join(f"{mark} {label}" for mark, label in _boxes(question.answer, value))
        elif text := answer_text(placed, value):
            given[question.text] = text
        rows.append((question.text, getattr(question.answer, "lines", 1)))
    return worksheet(sheet.title, rows, given)


def _grid(sheet: Grid, answers: Answers) -> PagePart:
    rows = []
    in_one_cell = sum(isinstance(question.answer, Choice) for question in sheet.questions) > 1
    for line in sheet.lines:
        row: dict[str, str] = dict(zip(sheet.headings, line.cells, strict=True))
        for placed in sheet.placed_in(line):
            row |= _cells(placed.question, placed, answers.get(placed.subject), in_one_cell=in_one_cell)
        rows.append(row)
    return _to_fill(table(pd.DataFrame(rows), caption=sheet.caption))


def _growing(sheet: Growing, answers: Answers) -> PagePart:
    """A line for each thing, and empty ones below them; of a choice the one that was made."""
    rows = [
        {a.question.text: answer_text(a, answers.get(a.subject)) or LINE for a in sheet.placed_of(key)}
        for key in sheet.keys
    ]
    rows += [{question.text: LINE for question in sheet.questions}] * sheet.room
    return _to_fill(table(pd.DataFrame(rows), caption=sheet.caption))


def _to_fill(part: PagePart) -> PagePart:
    """A table with lines to write on has rows of a hand's height on paper."""
    return PagePart(f'<div class="ptc-to-fill">{part.html}</div>', part.text) if LINE in part.html else part


def _cells(question: Question, placed: PlacedQuestion, value: Value, *, in_one_cell: bool) -> dict[str, str]:
    """The cells of one question in one line: a box for each option, or one cell.

    Where a line asks for several choices, each has its boxes `in_one_cell`: whose box it is would not be seen.
    """
    if isinstance(question.answer, Choice) and in_one_cell:
        return {question.text: " · ".join(f"{mark} {label}" for mark, label in _boxes(question.answer, value))}
    if isinstance(question.answer, Choice):
        return {label: mark for mark, label in _boxes(question.answer, value)}
    lines = getattr(question.answer, "lines", 1)
    return {question.text: answer_text(placed, value) or LINE * lines}


def _boxes(choice: Choice, value: Value) -> list[tuple[str, str]]:
    return [(TICKED if key == value else BOX, label) for key, label in choice.options]
