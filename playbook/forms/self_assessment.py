"""The sheets of `your_new_role`: the tasks as the manager, the leader and the team see them, and the first steps.

The leader and the team answer on paper, on sheets of their own (`handouts`); the manager types in what came back. Of
the team's answers only counts are typed, and a page shows them only as their middle.
"""

from collections.abc import Mapping

from playbook.coaching.self_view import HABIT, NEVER, ONCE
from playbook.coaching.tasks import TASKS, Task
from playbook.forms.sheets import Choice, Grid, Line, Question, Questions, number_or_day, options, questions
from playbook.journal import sheet_registry
from playbook.journal.answer_types import number_in
from playbook.journal.events import Value

_LABELS = ((NEVER, "Never"), (ONCE, "Once"), (HABIT, "A habit"))
_HOW_OFTEN = options(*_LABELS)
_SEEN = options(*_LABELS, ("unknown", "Cannot say"))
_OFTEN = "how-often"
_WAYS = options(
    (sheet_registry.ASSUMED, "Assumed: the best seller will manage"),
    (sheet_registry.ACKNOWLEDGED, "Acknowledged: not yet, we will help"),
    (sheet_registry.NEVER_ASKED, "Never asked: the post was empty"),
)


def assessment() -> Grid:
    """Each task with a box for never, once and as a habit. No sum: it would mean nothing."""
    lines = (Line(str(t.number), f"{_named(t)}: I {t.behaviour}", (_named(t), t.behaviour)) for t in TASKS)
    return Grid(
        sheet=sheet_registry.SELF_ASSESSMENT,
        caption="What somebody else could have seen you do. Tick one box per line.",
        headings=("Task", "In the last two weeks I …"),
        lines=tuple(lines),
        questions=(Question(_OFTEN, "How often", Choice(_HOW_OFTEN)),),
    )


def leaders_view(*, handed_out: bool = False) -> Grid:
    """The same as the leader sees it; on the page it is only typed in, on the sheet that is handed out it is ticked."""
    return Grid(
        sheet=sheet_registry.LEADERS_VIEW,
        caption="One box per line." if handed_out else "What your leader's sheet says",
        headings=("Task", "In the last two weeks this manager …"),
        lines=tuple(_line(t) for t in TASKS),
        questions=(Question(_OFTEN, "How often", Choice(_SEEN)),),
        on_paper=handed_out,
    )


def teams_view() -> Grid:
    """How many of the team ticked which box; typed in only, as counts of a small team would tell on a page."""
    return Grid(
        sheet=sheet_registry.TEAMS_VIEW,
        caption="How many of your reps ticked which box (not one of “Cannot say”)",
        headings=("Task", "In the last two weeks this manager …"),
        lines=tuple(_line(t) for t in TASKS),
        questions=tuple(Question(key, label, number_or_day(sheet_registry.TEAMS_VIEW, key)) for key, label in _LABELS),
        on_paper=False,
    )


def own_boxes(answers: Mapping[str, Value]) -> dict[int, str]:
    """The boxes that the manager ticked, by the task's number."""
    return _boxes(sheet_registry.SELF_ASSESSMENT, answers)


def leaders_boxes(answers: Mapping[str, Value]) -> dict[int, str]:
    """The boxes that the leader ticked, by the task's number."""
    return _boxes(sheet_registry.LEADERS_VIEW, answers)


def teams_counts(answers: Mapping[str, Value]) -> dict[int, tuple[int, ...]]:
    """How many of the team ticked never, once, a habit, by the task's number."""
    return {
        t.number: tuple(
            _count(answers.get(sheet_registry.TEAMS_VIEW.subject(str(t.number), key))) for key, _ in _LABELS
        )
        for t in TASKS
    }


def first_steps() -> Questions:
    """What the manager begins with."""
    return Questions(
        sheet_registry.FIRST_STEPS,
        "Your first steps.",
        (
            Question("way", "How was I promoted?", Choice(_WAYS)),
            *questions(
                ("promoted", "What does that ask of me?", 2),
                ("two-skills", "The two skills that I build first, and why these two:", 2),
                ("habit", "The habit that I drop first, and what I do in its place:", 2),
                ("whom", "Whom I ask to tell me when I fall back into it:", 1),
            ),
        ),
    )


def way_of_promotion(answers: Mapping[str, Value]) -> str:
    """How the manager was promoted: ASSUMED, ACKNOWLEDGED, NEVER_ASKED, or empty without an answer."""
    return str(answers.get(sheet_registry.FIRST_STEPS.subject("way")) or "")


def _named(task: Task) -> str:
    return f"{task.number}. {task.title}"


def _line(task: Task) -> Line:
    return Line(str(task.number), f"{_named(task)}: {task.seen}", (_named(task), task.seen))


def _boxes(sheet: sheet_registry.RegisteredSheet, answers: Mapping[str, Value]) -> dict[int, str]:
    ticked = {t.number: answers.get(sheet.subject(str(t.number), _OFTEN)) for t in TASKS}
    return {number: box for number, box in ticked.items() if isinstance(box, str)}


def _count(value: Value) -> int:
    return max(0, int(number_in(value) or 0))
