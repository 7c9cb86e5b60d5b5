"""Choose one of several, and the reason for it: a right answer for a wrong reason is half of one."""

from dataclasses import dataclass

from playbook.training.answer_fields import Field, Pick, Values
from playbook.training.answer_parts import AnswerPart
from playbook.training.marked import Marked

CHOICE, REASON = "choice", "reason"
_RIGHT_FOR_ANOTHER_REASON = 0.5


@dataclass(frozen=True)
class Option:
    """Something to choose. `points` from 0 to 1; `feedback` answers whoever chose it, with the data at hand.

    `tempts` names the misconceptions (`misconceptions.py`) of those who choose it: why somebody picks it.
    """

    key: str
    text: str
    points: float
    feedback: str
    tempts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChooseOne:
    """One of `options`, and where there are `reasons` one of these as well."""

    options: tuple[Option, ...]
    reasons: tuple[Option, ...] = ()
    label: str = "Your answer"
    reason_label: str = "Because"
    asks_sureness: bool = True

    def fields(self) -> tuple[Field, ...]:
        """The answers, and the reasons."""
        choice = Field(CHOICE, self.label, _pick(self.options))
        return (choice, Field(REASON, self.reason_label, _pick(self.reasons))) if self.reasons else (choice,)

    def missing(self, values: Values) -> str:
        """What is not chosen yet."""
        if values.get(CHOICE) not in {option.key for option in self.options}:
            return "Choose one of the answers first."
        if self.reasons and values.get(REASON) not in {reason.key for reason in self.reasons}:
            return "Choose your reason as well."
        return ""

    def mark(self, values: Values) -> Marked:
        """The points of what was chosen; half of them where the reason is another one."""
        chosen = _by_key(self.options, values[CHOICE])
        if not self.reasons:
            return Marked(chosen.points, (chosen.feedback,))
        reason = _by_key(self.reasons, values[REASON])
        share = 1.0 if reason.points >= 1 else _RIGHT_FOR_ANOTHER_REASON
        return Marked(chosen.points * share, (chosen.feedback, reason.feedback))

    def best(self) -> dict[str, str]:
        """What has the most points."""
        answer = {CHOICE: max(self.options, key=lambda option: option.points).key}
        return answer | ({REASON: max(self.reasons, key=lambda one: one.points).key} if self.reasons else {})

    def parts(self) -> tuple[AnswerPart, ...]:
        """The choice, and the reason."""
        choice = part_of(CHOICE, self.options)
        return (choice, part_of(REASON, self.reasons)) if self.reasons else (choice,)


def part_of(field: str, options: tuple[Option, ...]) -> AnswerPart:
    """The decision for one of `options`."""
    right = max(options, key=lambda option: option.points).key
    return AnswerPart(field, {option.key: option.tempts for option in options}, right)


def _pick(options: tuple[Option, ...]) -> Pick:
    return Pick(tuple((option.key, option.text) for option in options))


def _by_key(options: tuple[Option, ...], key: object) -> Option:
    return next(option for option in options if option.key == key)
