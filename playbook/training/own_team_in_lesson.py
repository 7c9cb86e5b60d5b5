"""The second half of a lesson: the same on the learner's own team, where they named its workbook.

In: a lesson, and a cell of the workbook's chapters.  Out: what that cell shows of the one team in that workbook. There
is no key to it: the chapter says what it would say, and how sure that is.
"""

from collections.abc import Callable

from playbook.display import PagePart, note, say, together
from playbook.errors import PlaybookError
from playbook.forms.form import Form
from playbook.team import Team, open_team
from playbook.training.lesson_cells import Lesson


def on_your_own_team(lesson: Lesson, shows: Callable[[Team], PagePart | Form]) -> PagePart | Form:
    """What `shows` makes of the learner's own team; without a workbook, how to bring one along."""
    workbook = lesson.learner.workbook
    if workbook is None:
        return note(
            "With a workbook of your own team at hand this part shows the same on it. Start with the folder of that "
            "workbook: playbook lab WORKBOOK --training"
        )
    try:
        team = open_team(workbook)
    except PlaybookError as error:
        return note("Your workbook cannot be opened: {what} {remedy}", what=error.what, remedy=error.remedy)
    part = shows(team)
    if isinstance(part, Form):
        return part
    return together(_no_key(), part)


def _no_key() -> PagePart:
    return say("This is your own team, from your workbook. Nobody knows the truth here: it says how sure it is.")
