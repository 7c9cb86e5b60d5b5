"""Mark in a picture: name the letter of the rep, the deal or the point, or say that there is none.

The letters stand in the picture and in its alternative text, so that it can be done by eye, by ear and on paper.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from playbook.training.answer_fields import Field, Pick, Values
from playbook.training.answer_parts import AnswerPart
from playbook.training.marked import Marked

POINT, NOBODY = "point", "none"


@dataclass(frozen=True)
class MarkInPicture:
    """One of `letters` (letter, name), or NOBODY. `truth` is the right one, and `feedback` says so to each answer.

    `tempts` names for an answer the misconceptions of those who give it.
    """

    letters: tuple[tuple[str, str], ...]
    truth: str
    feedback: Mapping[str, str]
    nobody: str = "None of them"
    tempts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asks_sureness: bool = True

    def fields(self) -> tuple[Field, ...]:
        """The letters with their names."""
        options = tuple((letter, f"{letter}: {name}" if name else letter) for letter, name in self.letters)
        return (Field(POINT, "Your mark", Pick((*options, (NOBODY, self.nobody)), listed=False)),)

    def missing(self, values: Values) -> str:
        """Whether nothing is marked yet."""
        return "" if values.get(POINT) in self._answers() else f"Choose a letter, or “{self.nobody}”."

    def mark(self, values: Values) -> Marked:
        """All or nothing."""
        answer = str(values[POINT])
        return Marked(float(answer == self.truth), (self.feedback[answer],))

    def best(self) -> dict[str, str]:
        """The true letter."""
        return {POINT: self.truth}

    def parts(self) -> tuple[AnswerPart, ...]:
        """The mark."""
        answers = [letter for letter, _ in self.letters] + [NOBODY]
        return (AnswerPart(POINT, {one: self.tempts.get(one, ()) for one in answers}, self.truth),)

    def _answers(self) -> set[str]:
        return {letter for letter, _ in self.letters} | {NOBODY}
