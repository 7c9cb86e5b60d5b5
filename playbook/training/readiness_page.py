"""What the cover shows of the fourteen tasks: a sheet to tick before and after, and what changed in between.

In: the learner.  Out: a form. Nothing is added up over tasks, and nobody else's boxes stand beside them.
"""

from playbook import wording
from playbook.display import PagePart, bullets, note, say, together
from playbook.forms.fold import Fold
from playbook.forms.form import Form, form
from playbook.training.learner import Learner
from playbook.training.learner_progress import LessonProgress
from playbook.training.readiness import (
    AFTER,
    BEFORE,
    HALF_A_YEAR,
    MOMENTS,
    TaskChange,
    boxes_at,
    changes,
    readiness_sheet,
)

_MOST_DONE = 0.8  # of the lessons: then the second sheet is shown


def readiness(learner: Learner, lessons: tuple[LessonProgress, ...], *, half_a_year: bool) -> Form:
    """The sheets whose time has come, folded once they were begun, and the change below them."""
    answers = learner.saved.values
    before, after, later = (boxes_at(moment, answers) for moment in (BEFORE, AFTER, HALF_A_YEAR))
    shown_moments = [BEFORE]
    if after or sum(row.done for row in lessons) >= _MOST_DONE * len(lessons):
        shown_moments.append(AFTER)
    if later or half_a_year:
        shown_moments.append(HALF_A_YEAR)
    folds = [Fold(MOMENTS[moment], (readiness_sheet(moment),)) for moment in shown_moments]
    latest = later or after
    return form(learner.saved, *folds, _change(changes(before, latest)) if latest else _only_before(before))


def _only_before(before: dict[int, str]) -> PagePart:
    if not before:
        return note(
            "Tick it before your first lesson. It is for you alone, and it is what you compare with afterwards."
        )
    return note("The same sheet comes back when you did most of the lessons, and after half a year.")


def _change(moved: tuple[TaskChange, ...]) -> PagePart:
    """In words: which tasks are done more often, and which less."""
    more = [one.task.title for one in moved if one.step > 0]
    less = [one.task.title for one in moved if one.step < 0]
    if not moved:
        return note("No task was ticked at both moments.")
    lines = []
    if more:
        lines.append(say("More often than before: {tasks}.", tasks=wording.listing(more)))
    if less:
        lines.append(say("Less often than before: {tasks}.", tasks=wording.listing(less)))
    if len(more) + len(less) < len(moved):
        lines.append(say("As often as before: {n} of {of}.", n=len(moved) - len(more) - len(less), of=len(moved)))
    return together(
        bullets(lines),
        note("It is what you ticked, and no measurement. Ask somebody on your team whether they would tick the same."),
    )
