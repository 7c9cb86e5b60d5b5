"""What the cover says of the exams: ten minutes before and after the lessons, and the capstone, each with a link."""

from collections.abc import Sequence

from playbook import wording
from playbook.display import PagePart, bullets
from playbook.escaping import for_html
from playbook.training.attempts import Attempt
from playbook.training.exam.exam_forms import AFTER, BEFORE
from playbook.training.exam.exam_results import result_of
from playbook.training.exam.sittings import capstones, form_sitting, met_on
from playbook.training.learner import Learner
from playbook.training.lesson_cells import Lesson
from playbook.training.lesson_list import LessonFacts, exam_pages


def exams(training: Lesson) -> PagePart:
    """Each exam's page, its minutes and how far it is."""
    return bullets([_line(page, exam_state(page.exam, training.learner)) for page in exam_pages()])


def exam_state(exam: str, learner: Learner) -> str:
    """How far an exam is, in a few words."""
    if exam in (BEFORE, AFTER):
        return _state_of_form(exam, learner)
    return _state_of_capstone(learner.attempts)


def _state_of_form(exam: str, learner: Learner) -> str:
    sitting = form_sitting(learner.own_seed, exam, learner.attempts)
    done, of = len(sitting.answered), len(sitting.questions)
    if not done:
        return "not begun"
    if not sitting.finished:
        return f"{done} of {of} questions answered"
    return f"{wording.number(result_of(sitting).points, 1)} of {of} points"


def _state_of_capstone(attempts: Sequence[Attempt]) -> str:
    met = met_on(attempts)
    if met is not None and met.at is not None:
        return f"met on {wording.day(met.at.date())}"
    tried = len(capstones(attempts))
    return f"not yet, after {wording.count(tried, 'team')}" if tried else "not begun"


def _line(page: LessonFacts, state: str) -> PagePart:
    minutes = wording.count(page.minutes, "minute")
    link = f'<a href="{for_html(page.file.name)}">{for_html(page.title)}</a>'
    return PagePart(f"{link}<br>{for_html(minutes)}; {for_html(state)}", f"{page.title}: {minutes}; {state}")
