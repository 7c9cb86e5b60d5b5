"""A learner's progress for the command line: a table, the same as JSON, and every attempt as CSV.

In: the learner, and a day.  Out: lines, plain data, rows. It is the learner's own: it names and ranks nobody.
"""

import csv
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from playbook import wording
from playbook.atomic import write_beside
from playbook.training import calibration
from playbook.training.attempts import Attempt
from playbook.training.exam.exam_cover import exam_state
from playbook.training.follow_ups import due, follow_ups
from playbook.training.learner import Learner
from playbook.training.learner_progress import coming_back, progress_of
from playbook.training.lesson_list import exam_pages, lesson_list
from playbook.training.readiness import AFTER, BEFORE, HALF_A_YEAR, boxes_at
from playbook.training.transfer import carried_over

COLUMNS = ("item", "within", "at", "points", "sure", "range_held_the_truth", "hints", "seed", "answer")


def progress_data(learner: Learner, today: date) -> dict[str, Any]:
    """Everything that the table and the cover show, as plain data."""
    attempts = learner.attempts
    counted = calibration.ranges(attempts)
    over, sure_answers = calibration.too_sure_by(attempts)
    due_now = due(attempts, today)
    return {
        "lessons": [
            {"lesson": row.lesson.number, "title": row.lesson.title, "exercises": row.of, "tried": row.tried,
             "right_last_time": row.right}
            for row in progress_of(lesson_list(), attempts)
        ],
        "calibration": {
            "answers": sure_answers,
            "surer_than_right_by": round(over, 3) if sure_answers else None,
            "brier": round(calibration.brier(attempts), 3) if sure_answers else None,
            "ranges": counted.n,
            "ranges_that_held_the_truth": counted.inside,
        },
        "comes_back": [{"item": one.item, "from": one.day.isoformat()} for one in coming_back(attempts)],
        "follow_ups": [
            {"follow_up": one.title, "day": one.day.isoformat(), "answered": one.answered,
             "due": one == due_now}
            for one in follow_ups(attempts)
        ],
        "exams": {page.exam: exam_state(page.exam, learner) for page in exam_pages()},
        "carried_over": [
            {"item": one.item, "about": one.home, "within": one.within, "right": one.right}
            for one in carried_over(attempts)
        ],
        "readiness": {
            moment: {str(number): box for number, box in boxes_at(moment, learner.saved.values).items()}
            for moment in (BEFORE, AFTER, HALF_A_YEAR)
        },
    }  # fmt: skip


def as_json(learner: Learner, today: date) -> str:
    """The same as JSON."""
    return json.dumps(progress_data(learner, today), indent=2, ensure_ascii=False)


def table_lines(learner: Learner, today: date) -> list[str]:
    """The progress as lines that fit a terminal."""
    data = progress_data(learner, today)
    width = max(len(row["title"]) for row in data["lessons"])
    lines = [f"{'Lesson':<{width + 4}}  tried  right the last time"]
    lines += [
        f"{row['lesson'].lstrip('0'):>2}  {row['title']:<{width}}  {row['tried']:>2} of {row['exercises']:<2}  "
        f"{row['right_last_time']}"
        for row in data["lessons"]
    ]
    lines += ["", *(f"{page.title}: {data['exams'][page.exam]}" for page in exam_pages())]
    over = data["carried_over"]
    if over:
        right = sum(one["right"] for one in over)
        lines.append(
            f"Of {wording.count(len(over), 'question')} on another lesson's subject, unannounced, right: {right}"
        )
    sure = data["calibration"]
    if sure["answers"] >= calibration.FEWEST:
        by = sure["surer_than_right_by"]
        lines += ["", f"Over {sure['answers']} answers you were {_compared(by)}."]
    if sure["ranges"]:
        lines.append(f"Of {sure['ranges']} ranges {sure['ranges_that_held_the_truth']} held the truth; 8 in 10 should.")
    back = data["comes_back"]
    if back:
        ready = sum(date.fromisoformat(one["from"]) <= today for one in back)
        lines += ["", f"To be asked again: {wording.count(len(back), 'exercise')}, {ready} of them from today on."]
    lines += [
        f"Follow-up {one['follow_up']}: {wording.day(date.fromisoformat(one['day']))}; {_state(one)}"
        for one in data["follow_ups"]
    ]
    return lines


def write_attempts(attempts: Iterable[Attempt], file: Path) -> int:
    """Every attempt as a row of `file`, the earliest first; returns how many. The columns are COLUMNS."""
    rows = 0
    with write_beside(file) as beside, beside.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out)
        table.writerow(COLUMNS)
        for a in attempts:
            answer = json.dumps(dict(a.answer), ensure_ascii=False, sort_keys=True)
            at = a.at.isoformat() if a.at else ""
            table.writerow([a.item, a.within, at, a.points, a.sure, a.inside, a.hints, a.seed, answer])
            rows += 1
    return rows


def _state(follow_up: dict[str, Any]) -> str:
    if follow_up["answered"]:
        return f"{wording.count(follow_up['answered'], 'exercise')} answered"
    return "open now" if follow_up["due"] else "nothing answered"


def _compared(over: float) -> str:
    if over > calibration.TOO_SURE:
        return f"surer than right, by {wording.points(over)}"
    if over < -calibration.TOO_SURE:
        return f"right more often than sure, by {wording.points(over)}"
    return "about as sure as you were right"
