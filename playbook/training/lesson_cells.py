"""What the cells of every lesson call: open it, ask an exercise, keep a reflection and a promise.

In: a lesson's key (its notebook's name without the number) and where it stands.  Out: something to show.
"""

from dataclasses import dataclass
from pathlib import Path

from playbook.chapter_numbers import named, notebook_of
from playbook.display import PagePart, callout, note, say, together
from playbook.forms.form import Form, form
from playbook.forms.sheets import Question, Questions, Text, number_or_day
from playbook.journal.sheet_registry import LESSON_PROMISE, LESSON_REFLECTION
from playbook.training.attempts import Attempt
from playbook.training.exercise_paper import exercise_on_paper
from playbook.training.item_bank import item_called
from playbook.training.learner import Learner, learner_here


@dataclass(frozen=True)
class Lesson:
    """A lesson that is open: `key` is its notebook's name without the number."""

    key: str
    learner: Learner


def open_lesson(key: str, folder: Path | str = "") -> Lesson:
    """The lesson `key` of the learner in `folder`, or where this runs."""
    return Lesson(key, learner_here(folder))


def opening(lesson: Lesson) -> PagePart:
    """What was done in this lesson so far, or that nothing is kept here."""
    if not lesson.learner.saved.lasting:
        return note(
            "**This lesson is open in the kit's own folder.** You can do everything in it, and nothing is kept. For a "
            "folder of your own, with your progress in it, start with: playbook lab --training"
        )
    folder = lesson.learner.folder
    place = f"in the folder {folder.name}" if folder else "in your company's database"
    tried = [attempt for attempt in lesson.learner.attempts if attempt.within == lesson.key]
    if not tried:
        return say("Your answers are kept {place}, and nobody else sees them.", place=place)
    items = {attempt.item for attempt in tried}
    return say(
        "Welcome back. You did {n} of this lesson's exercises so far; those you can do again, newly drawn.",
        n=len(items),
    )


def ask(lesson: Lesson, key: str) -> Form:
    """The exercise `key`: live at a kernel, a sheet elsewhere. After an attempt the next one is newly drawn.

    Raises
    ------
    PlaybookError : if the bank has no such item.
    """
    item, learner = item_called(key), lesson.learner
    seed = learner.next_seed(key)
    tried = [attempt for attempt in learner.attempts if attempt.item == key]
    paper = together(_done_before(tried), exercise_on_paper(item.exercise(seed)))

    def live() -> object:
        from playbook.training.live_exercise import live_exercise

        return live_exercise(learner, item, lesson.key, seed)

    return Form(paper.html, paper.text, live)


def _done_before(tried: list[Attempt]) -> PagePart | None:
    if not tried:
        return None
    return note("You did this one before. Here is another, newly drawn.")


def in_your_workbook(chapter: str, what: str) -> PagePart:
    """What to do in the learner's own workbook this week; `chapter` is the key of one of its chapters.

    Where the kit's chapters lie beside the lessons, as they do from the front door, it leads there.
    """
    part = callout(
        "With your own team", "{what} It is in {chapter} of your workbook.", what=what, chapter=named(chapter)
    )
    beside = Path("..") / "workbook" / f"{notebook_of(chapter)}.ipynb"
    if not beside.is_file():
        return part
    link = PagePart(f'<p><a href="{beside.as_posix()}">Open {named(chapter)}</a></p>', f"Open {named(chapter)}")
    return together(part, link)


def reflect(lesson: Lesson, question: str) -> Form:
    """A question to oneself; what is written stays in the learner's journal."""
    line = Question("words", question, Text(3))
    return form(lesson.learner.saved, Questions(LESSON_REFLECTION, "For yourself", (line,), about=(lesson.key,)))


def promise(lesson: Lesson, hint: str) -> Form:
    """What the learner will do this week: when, then, and the day."""
    questions = (
        Question("when-then", "When … then I …", Text(2), hint=hint),
        Question("day", "By when", number_or_day(LESSON_PROMISE, "day")),
    )
    return form(
        lesson.learner.saved, Questions(LESSON_PROMISE, "This week, with my own team", questions, about=(lesson.key,))
    )
