"""What a learner does as a manager, over the fourteen tasks: before the training, after it, and half a year later.

In: ticked boxes.  Out: sheets, and which tasks are done more often, as often, or less often than before. Boxes have no
sum: a total over tasks would mean nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from playbook.coaching.self_view import STEPS
from playbook.coaching.tasks import TASKS, Task
from playbook.forms.self_assessment import assessment
from playbook.forms.sheets import Grid
from playbook.journal.events import Value
from playbook.journal.sheet_registry import READINESS

BEFORE, AFTER, HALF_A_YEAR = "before", "after", "half-a-year"
MOMENTS = {BEFORE: "Before the lessons", AFTER: "After the lessons", HALF_A_YEAR: "After half a year"}
_HOW_OFTEN = "how-often"


@dataclass(frozen=True)
class TaskChange:
    """One task at two moments, in steps from 0 (never) to 2 (a habit)."""

    task: Task
    earlier: float
    later: float

    @property
    def step(self) -> float:
        """Above 0: more often than before."""
        return self.later - self.earlier


def readiness_sheet(moment: str) -> Grid:
    """The fourteen tasks with a box each for never, once and as a habit, at `moment`."""
    return replace(assessment(), sheet=READINESS, about=(moment,))


def boxes_at(moment: str, answers: Mapping[str, Value]) -> dict[int, str]:
    """The boxes that were ticked at `moment`, by the task's number."""
    ticked = {task.number: answers.get(READINESS.subject(moment, str(task.number), _HOW_OFTEN)) for task in TASKS}
    return {number: str(box) for number, box in ticked.items() if box in STEPS}


def changes(earlier: Mapping[int, str], later: Mapping[int, str]) -> tuple[TaskChange, ...]:
    """Every task that was ticked at both moments, in its order."""
    return tuple(
        TaskChange(task, STEPS[earlier[task.number]], STEPS[later[task.number]])
        for task in TASKS
        if task.number in earlier and task.number in later
    )
