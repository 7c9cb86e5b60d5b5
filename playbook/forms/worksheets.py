"""A sheet on paper, with what was answered so far: HTML of plain elements, and plain text.

In: a sheet and the answers by subject.  Out: something shown. The same for the same answers: no clock, no id.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from playbook import wording
from playbook.display import NOTHING, PagePart, alone, table, worksheet
from playbook.forms.sheets import Choice, Grid, Growing, PlacedQuestion, Question, Questions, Sheet
from playbook.journal.answer_types import Day, Number, day_in
from playbook.journal.events import Value

TICKED, BOX = "☒", "☐"
LINE = "________"
Answers = Mapping[str, Value]


def on_paper(sheet: Sheet, answers: Answers) -> PagePart:
    """The sheet with its answers, and room to write where there is none."""
    if isinstance(sheet, Questions):
        return alone(_questions(sheet, answers)) if sheet.alone else _questions(sheet, answers)
    if isinstance(sheet, Grid):
        return _grid(sheet, answers) if sheet.on_paper else NOTHING
    return _growing(sheet, answers)


def said(asked: PlacedQuestion, value: Value) -> str:
    """An answer as a person reads it; empty if there is none."""
    if value is None or value == "":
        return ""
    answer = asked.question.answer
    if isinstance(answer, Choice):
        return dict(answer.options).get(str(value), str(value))
    if isinstance(answer, Number):
        return wording.number(float(value), 0 if float(value).is_integer() else 1) if _is_number(value) else str(value)
    if isinstance(answer, Day):
        on = day_in(value)
        return wording.day(on) if isinstance(on, date) else str(value)
    return str(value)


def _questions(sheet: Questions, answers: Answers) -> PagePart:
    rows, given = [], {}
    for asked in sheet.asked():
        question, value = asked.question, answers.get(asked.subject)
        if isinstance(question.answer, Choice):
            given[question.text] = " · ".join(f"{mark} {label}" for mark, label in _boxes(question.answer, value))
        elif text := said(asked, value):
            given[question.text] = text
        rows.append((question.text, getattr(question.answer, "lines", 1)))
    return worksheet(sheet.title, rows, given)


def _grid(sheet: Grid, answers: Answers) -> PagePart:
    rows = []
    for line in sheet.lines:
        row: dict[str, str] = dict(zip(sheet.headings, line.cells, strict=True))
        for asked in sheet.asked_in(line):
            row |= _cells(asked.question, asked, answers.get(asked.subject))
        rows.append(row)
    return _to_fill(table(pd.DataFrame(rows), caption=sheet.caption))


def _growing(sheet: Growing, answers: Answers) -> PagePart:
    """A line for each thing, and empty ones below them; of a choice the one that was made."""
    rows = [
        {a.question.text: said(a, answers.get(a.subject)) or LINE for a in sheet.asked_of(key)} for key in sheet.keys
    ]
    rows += [{question.text: LINE for question in sheet.questions}] * sheet.room
    return _to_fill(table(pd.DataFrame(rows), caption=sheet.caption))


def _to_fill(shown: PagePart) -> PagePart:
    """A table with lines to write on has rows of a hand's height on paper."""
    return PagePart(f'<div class="ptc-to-fill">{shown.html}</div>', shown.text) if LINE in shown.html else shown


def _cells(question: Question, asked: PlacedQuestion, value: Value) -> dict[str, str]:
    """The cells of one question in one line: a box for each option, or one cell."""
    if isinstance(question.answer, Choice):
        return {label: mark for mark, label in _boxes(question.answer, value)}
    lines = getattr(question.answer, "lines", 1)
    return {question.text: said(asked, value) or LINE * lines}


def _boxes(choice: Choice, value: Value) -> list[tuple[str, str]]:
    return [(TICKED if kept == value else BOX, label) for kept, label in choice.options]


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
