"""An exam where somebody sits at a kernel: one question after the other, no hints, nothing said until the end.

Each answer is saved before the next question comes, so a form that was left is gone on with. The truth stays in the
kernel until the last answer is given.
"""

from collections.abc import Callable
from dataclasses import replace

import ipywidgets as widgets

from playbook.display import PagePart, note, say, together
from playbook.forms.controls import fitting, html_of
from playbook.journal.events import Value
from playbook.training.attempt_log import AttemptLog
from playbook.training.attempts import Attempt
from playbook.training.exam.exam_forms import ExamQuestion
from playbook.training.exam.sittings import Sitting
from playbook.training.exercise_controls import AnswerControls, StatusLine, announced, exercise_frame
from playbook.training.learner import Learner
from playbook.training.sureness import sureness_in

_NEXT, _LAST = "Next question", "Finish, and see the result"
_ANOTHER_TEAM = "Take another team"
_MANY_MENUS = 8


def live_exam(
    learner: Learner,
    sitting: Sitting,
    result: Callable[[Sitting], PagePart],
    following: Callable[[Sitting], Sitting] | None = None,
    *,
    before: PagePart | None = None,
) -> widgets.Widget:
    """The widget of a sitting, at its first question without an answer, or at its `result`.

    `following` gives the sitting after this one, where it may be tried again. `before` is the result of an earlier one,
    shown until the first answer.
    """
    return _LiveExam(learner, sitting, result, following, before).root


class _LiveExam:
    def __init__(
        self,
        learner: Learner,
        sitting: Sitting,
        result: Callable[[Sitting], PagePart],
        following: Callable[[Sitting], Sitting] | None,
        before: PagePart | None,
    ) -> None:
        self._learner, self._sitting, self._result, self._following = learner, sitting, result, following
        self._log = AttemptLog(learner)
        self._body, self._status = widgets.VBox([]), StatusLine()
        self.root = exercise_frame(self._body, self._status)
        if before is not None:
            self._body.children = (html_of(before), self._another())
        else:
            self._go_on()

    def _go_on(self) -> None:
        question = self._sitting.following
        if question is None:
            outcome = announced(self._result(self._sitting))
            self._body.children = (outcome, self._another()) if self._following else (outcome,)
            return
        self._body.children = self._question(question)

    def _question(self, question: ExamQuestion) -> tuple[widgets.Widget, ...]:
        exercise = question.exercise()
        controls = AnswerControls(exercise.response)
        number, of = len(self._sitting.answered) + 1, len(self._sitting.questions)
        button = widgets.Button(description=_LAST if number == of else _NEXT, button_style="primary", layout=fitting())

        def answered(_: object) -> None:
            missing = controls.missing()
            self._status.say(missing)
            if not missing:
                self._answered(question, controls.values())

        button.on_click(answered)
        place = note("Question {number} of {of}", number=number, of=of) if of > 1 else None
        situation = together(place, exercise.situation(), say("**{question}**", question=exercise.question))
        choices = widgets.VBox(controls.widgets)
        if len(choices.children) >= _MANY_MENUS and all(isinstance(c, widgets.Dropdown) for c in choices.children):
            choices.add_class("ptc-menus")  # in two columns, so that what they are about stays in view
        sheet = widgets.VBox([choices, widgets.HBox([button])])
        sheet.add_class("ptc-sheet")
        return html_of(situation), sheet

    def _answered(self, question: ExamQuestion, values: dict[str, Value]) -> None:
        marked = question.exercise().response.mark(values)
        attempt = Attempt(
            question.item.key,
            question.seed,
            values,
            points=marked.points,
            sure=sureness_in(values),
            within=self._sitting.within,
        )
        saved = self._log.add(attempt)
        self._sitting = replace(self._sitting, answered=(*self._sitting.answered, (question, attempt)))
        self._go_on()
        self._status.say(saved.sentence, trouble=saved.trouble)

    def _another(self) -> widgets.Button:
        button = widgets.Button(description=_ANOTHER_TEAM, layout=fitting())

        def another(_: object) -> None:
            if self._following is not None:
                self._sitting = self._following(self._sitting)
            self._status.say("")
            self._go_on()

        button.on_click(another)
        return button
