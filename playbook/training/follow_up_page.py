"""What the follow-up shows: which one it is, what was promised and what came of it, and what is asked again.

In: the learner, and a day.  Out: what the cells of `follow_up.ipynb` show. One notebook serves all five.
"""

from dataclasses import dataclass
from datetime import date

from playbook import wording
from playbook.display import NOTHING, PagePart, bullets, note, say, together
from playbook.forms.form import Form, form
from playbook.forms.sheets import Question, Questions, Text
from playbook.journal.sheet_registry import LESSON_PROMISE
from playbook.training import lesson_cells
from playbook.training.follow_ups import AFTER, FollowUp, Promise, asked_again, due, follow_ups, following, promises
from playbook.training.learner import Learner, learner_here
from playbook.training.lesson_cells import Lesson
from playbook.training.lesson_list import lesson_list

_NONE_YET = FollowUp(next(iter(AFTER)), date.min, 0)


@dataclass(frozen=True)
class OpenFollowUp:
    """The follow-up that is `due`, None before the first; `items` are asked in it."""

    learner: Learner
    today: date
    due: FollowUp | None
    items: tuple[str, ...]

    @property
    def lesson(self) -> Lesson:
        """Where its answers are kept: as those of a lesson of its own."""
        return Lesson((self.due or _NONE_YET).within, self.learner)


def open_follow_up(folder: str = "", today: date | None = None) -> OpenFollowUp:
    """The follow-up of the learner in `folder`, or where this runs."""
    learner, on = learner_here(folder), today or date.today()
    one = due(learner.attempts, on)
    return OpenFollowUp(learner, on, one, asked_again(learner.attempts, lesson_list(), one) if one else ())


def opening(page: OpenFollowUp) -> PagePart:
    """Which follow-up this is; before the first one, when it will be."""
    if page.due is None:
        first = next(iter(follow_ups(page.learner.attempts)), None)
        if first is None:
            return say("Follow-ups begin two weeks after your first exercise. Begin with a lesson.")
        return say(
            "Your first follow-up is on {day}. Until then there is nothing to do here: a pause is what makes it stay.",
            day=wording.day(first.day),
        )
    later = following(page.learner.attempts, page.today)
    return together(
        say(
            "This is your follow-up for **{title}**, due since {day}. {count} to do again, newly drawn.",
            title=page.due.title,
            day=wording.day(page.due.day),
            count=wording.upper_first(wording.count(len(page.items), "exercise")),
        ),
        note("The next one is on {day}.", day=wording.day(later.day)) if later else None,
    )


def what_was_promised(page: OpenFollowUp) -> PagePart:
    """Each promise with a line for what came of it."""
    if page.due is None:
        return NOTHING
    made = promises(lesson_list(), page.learner.saved.values, page.due)
    if not made:
        return say("You have promised nothing in a lesson so far. At the end of each there is room for it.")
    sheets = [
        Questions(
            LESSON_PROMISE,
            _as_promised(one),
            (Question("came-of-it", "What came of it? How often did the moment come, and what did you do?", Text(2)),),
            about=(one.key,),
        )
        for one in made
    ]
    return form(page.learner.saved, *sheets)


def _as_promised(one: Promise) -> str:
    where = one.title if one.day is None else f"{one.title}, by {wording.day(one.day)}"
    return f"{where}: “{one.when_then}”"


def ask(page: OpenFollowUp, place: int) -> PagePart | Form:
    """The exercise at `place`, from 1 on; nothing where there are fewer."""
    return lesson_cells.ask(page.lesson, page.items[place - 1]) if place <= len(page.items) else NOTHING


def reflect(page: OpenFollowUp) -> PagePart | Form:
    """What is still hard."""
    if page.due is None:
        return NOTHING
    return lesson_cells.reflect(page.lesson, "Where did I fall back, and what happened just before?")


def promise(page: OpenFollowUp) -> PagePart | Form:
    """What comes next: when, then, and the day."""
    if page.due is None:
        return NOTHING
    return lesson_cells.promise(page.lesson, "When the moment comes that I missed last time, then I …")


def days(learner: Learner, today: date) -> PagePart:
    """The five days, for the cover: which are past, and how many exercises were answered in each."""
    all_five = follow_ups(learner.attempts)
    if not all_five:
        return say("Five follow-ups of twenty minutes begin two weeks after your first exercise.")
    due_now = due(learner.attempts, today)
    lines = []
    for one in all_five:
        state = f"{wording.count(one.answered, 'exercise')} answered" if one.answered else "to come"
        if one.day <= today and not one.answered:
            state = "open now" if one == due_now else "passed over"
        lines.append(say("{title}, {day}: {state}", title=wording.upper_first(one.title), day=wording.day(one.day),
                         state=state))  # fmt: skip
    return bullets(lines)
