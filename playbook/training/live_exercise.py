"""An exercise where somebody sits at a kernel: controls, a check, hints, feedback, another variant.

The truth stays in the kernel until an answer is checked. Each attempt is kept before its feedback is seen.
"""

import ipywidgets as widgets

from playbook.display import PagePart, bullets, say, together
from playbook.forms.controls import fitting, html_of
from playbook.journal.events import Value
from playbook.training.attempt_log import AttemptLog
from playbook.training.attempts import Attempt
from playbook.training.exercise_controls import AnswerControls, StatusLine, announced, exercise_frame
from playbook.training.item import Exercise, Item
from playbook.training.learner import Learner
from playbook.training.marked import Marked, Response, verdict_on
from playbook.training.sureness import sureness_in
from playbook.training.variant import seed_of


def live_exercise(learner: Learner, item: Item, within: str, seed: int) -> widgets.Widget:
    """The widget of an item, beginning with the variant of `seed`; `within` names the lesson."""
    return _LiveExercise(learner, item, within, seed).root


class _LiveExercise:
    def __init__(self, learner: Learner, item: Item, within: str, seed: int) -> None:
        self._learner, self._item, self._within = learner, item, within
        self._tries = sum(attempt.item == item.key for attempt in learner.attempts)
        self._log = AttemptLog(learner)
        self._body, self._status = widgets.VBox([]), StatusLine()
        self.root = exercise_frame(self._body, self._status)
        self._draw(seed)

    def _draw(self, seed: int) -> None:
        self._seed, self._hints_taken = seed, 0
        self._exercise: Exercise = self._item.exercise(seed)
        question = say("**{question}**", question=self._exercise.question)
        self._feedback, self._hints = widgets.VBox([]), widgets.VBox([])
        step = self._step(self._exercise.response, with_hints=True)
        self._body.children = (html_of(together(self._exercise.situation(), question)), step, self._feedback)

    def _step(self, response: Response, *, with_hints: bool) -> widgets.Widget:
        """The controls of one response, and what is pressed when it is filled in."""
        controls = AnswerControls(response)
        check = widgets.Button(description="Check my answer", button_style="primary", layout=fitting())
        buttons = [check]
        if with_hints and self._exercise.hints:
            buttons.append(self._hint_button())

        def checked(_: object) -> None:
            missing = controls.missing()
            self._status.say(missing)
            if missing:
                return
            values = controls.values()
            for control in controls.widgets:
                control.disabled = True
            for button in buttons:
                button.layout.display = "none"
            self._answered(response, values)

        check.on_click(checked)
        sheet = widgets.VBox([*controls.widgets, self._hints, widgets.HBox(buttons)])
        sheet.add_class("ptc-sheet")
        return sheet

    def _hint_button(self) -> widgets.Button:
        hints = self._exercise.hints
        button = widgets.Button(description=_hint_label(0, len(hints)), layout=fitting())

        def one_more(_: object) -> None:
            self._hints_taken += 1
            self._hints.children = (html_of(bullets(hints[: self._hints_taken])),)
            button.description = _hint_label(self._hints_taken, len(hints))
            button.disabled = self._hints_taken >= len(hints)

        button.on_click(one_more)
        return button

    def _answered(self, response: Response, values: dict[str, Value]) -> None:
        marked = response.mark(values)
        self._save(
            Attempt(
                self._item.key,
                self._seed,
                values,
                points=marked.points,
                sure=sureness_in(values),
                inside=marked.inside,
                hints=self._hints_taken,
                within=self._within,
            )
        )
        below = [announced(_feedback_on(marked))]
        if marked.then is not None:
            below.append(self._step(marked.then, with_hints=False))
        else:
            below += [
                html_of(self._exercise.with_truth()),
                html_of(say("**To take away:** {rule}", rule=self._item.rule)),
            ]
            below.append(self._another_button())
        self._feedback.children = (*self._feedback.children, *below)

    def _another_button(self) -> widgets.Button:
        button = widgets.Button(description="Another one like this", layout=fitting())

        def another(_: object) -> None:
            self._status.say("")
            self._draw(seed_of(self._learner.own_seed, self._item.key, self._tries))

        button.on_click(another)
        return button

    def _save(self, attempt: Attempt) -> None:
        self._tries += 1
        saved = self._log.add(attempt)
        self._status.say(saved.sentence, trouble=saved.trouble)


def _feedback_on(marked: Marked) -> PagePart:
    first, *others = marked.feedback
    if marked.points is None:
        return bullets(marked.feedback)
    opening = say("**{verdict}** {first}", verdict=verdict_on(marked.points), first=first)
    return together(opening, *(say("{sentence}", sentence=one) for one in others))


def _hint_label(taken: int, of: int) -> str:
    return "Give me a hint" if not taken else f"Another hint ({taken} of {of} seen)"
