"""What the cells of an exam's page call: a form before and after the lessons, a whole team, and the certificate.

In: an open lesson.  Out: something to show: live at a kernel, a sheet elsewhere, the result once it was taken.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from playbook.display import NOTHING, PagePart, note, say, together
from playbook.forms.form import Form
from playbook.training.attempts import Attempt
from playbook.training.exam.certificate import earned
from playbook.training.exam.exam_forms import AFTER, BEFORE
from playbook.training.exam.exam_words import capstone_words, form_words, how_it_is_judged
from playbook.training.exam.sittings import (
    Sitting,
    capstone_sitting,
    capstones,
    form_sitting,
)
from playbook.training.exercise_paper import exercise_on_paper
from playbook.training.lesson_cells import Lesson

WritesCertificate = Callable[..., Sequence[str]]


def before_the_lessons(lesson: Lesson) -> Form:
    """The form before the lessons, or what came of it."""
    return _form(lesson, BEFORE)


def after_the_lessons(lesson: Lesson) -> Form:
    """The parallel form after them, or what came of it beside the first."""
    return _form(lesson, AFTER)


def judged_by(lesson: Lesson) -> PagePart:
    """How a whole team is judged, before one is seen."""
    return how_it_is_judged()


def whole_team(lesson: Lesson) -> Form:
    """A whole team to judge; what came of the last one, and another on demand."""
    learner = lesson.learner
    done = capstones(learner.attempts)
    sitting = capstone_sitting(learner.own_seed, learner.attempts)
    last = capstone_words(done[-1]) if done else None
    paper = last or together(*(exercise_on_paper(question.exercise()) for question in sitting.questions))

    def result(taken: Sitting) -> PagePart:
        ((_, attempt),) = taken.answered
        return capstone_words(attempt)

    def following(taken: Sitting) -> Sitting:
        if not taken.finished:
            return taken
        made.extend(attempt for _, attempt in taken.answered)
        return capstone_sitting(learner.own_seed, [*learner.attempts, *made])

    made: list[Attempt] = []

    def live() -> object:
        from playbook.training.exam.live_exam import live_exam

        return live_exam(learner, sitting, result, following, before=last)

    return Form(paper.html, paper.text, live)


def certificate(lesson: Lesson, write: WritesCertificate) -> Form:
    """A certificate to print, once the capstone is met; `write` puts it into the learner's folder."""
    folder = lesson.learner.folder
    if folder is None:
        return _plain(NOTHING)
    paper = say("Once the capstone is met, a certificate to print comes from here.")
    if earned(lesson.learner.attempts) is not None:
        paper = say("The capstone is met. A certificate to print: playbook certificate")

    def live() -> object:
        from playbook.training.exam.certificate_button import certificate_button

        return certificate_button(Path(folder), write)

    return Form(paper.html, paper.text, live)


def _form(lesson: Lesson, which: str) -> Form:
    learner = lesson.learner
    sitting = form_sitting(learner.own_seed, which, learner.attempts)
    first = form_sitting(learner.own_seed, BEFORE, learner.attempts) if which == AFTER else None

    def result(taken: Sitting) -> PagePart:
        return form_words(taken, first)

    paper = result(sitting) if sitting.finished else _open_questions(sitting)

    def live() -> object:
        from playbook.training.exam.live_exam import live_exam

        return live_exam(learner, sitting, result)

    return Form(paper.html, paper.text, live)


def _open_questions(sitting: Sitting) -> PagePart:
    done = {question for question, _ in sitting.answered}
    open_ones = [question for question in sitting.questions if question not in done]
    begun = note("You answered {n} of {of} so far.", n=len(done), of=len(sitting.questions)) if done else None
    return together(begun, *(exercise_on_paper(question.exercise()) for question in open_ones))


def _plain(part: PagePart) -> Form:
    return Form(part.html, part.text)
