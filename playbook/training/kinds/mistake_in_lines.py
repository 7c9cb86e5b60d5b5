"""Find the mistake: which line of a talk, a plan or a message went wrong, and what would be better there."""

from dataclasses import dataclass

from playbook import wording
from playbook.training.answer_fields import Field, Pick, Values
from playbook.training.answer_parts import AnswerPart
from playbook.training.kinds.choose_one import Option, part_of
from playbook.training.marked import Marked

LINE, BETTER = "line", "better"


@dataclass(frozen=True)
class TalkLine:
    """One line as it was spoken or written; `why` is said to whoever takes this line for the mistake.

    `tempts` names of the wrong line the misconceptions of those who see nothing wrong in it, and look elsewhere.
    """

    speaker: str
    text: str
    why: str
    tempts: tuple[str, ...] = ()


@dataclass(frozen=True)
class MistakeInLines:
    """`wrong` is the place of the line in which it goes wrong; `better` what could stand there, one of them right."""

    lines: tuple[TalkLine, ...]
    wrong: int
    better: tuple[Option, ...]
    asks_sureness: bool = True

    def fields(self) -> tuple[Field, ...]:
        """The lines, then what would be better."""
        lines = tuple((str(i), _read(i, line)) for i, line in enumerate(self.lines))
        return (
            Field(LINE, "The line that went wrong", Pick(lines)),
            Field(BETTER, "What would be better in its place?", Pick(tuple((o.key, o.text) for o in self.better))),
        )

    def missing(self, values: Values) -> str:
        """Which of the two is not chosen."""
        if values.get(LINE) not in {str(i) for i in range(len(self.lines))}:
            return "Choose the line first."
        if values.get(BETTER) not in {option.key for option in self.better}:
            return "Choose what would be better as well."
        return ""

    def mark(self, values: Values) -> Marked:
        """Half for the line, half for what is better."""
        place = int(str(values[LINE]))
        better = next(option for option in self.better if option.key == values[BETTER])
        points = 0.5 * (place == self.wrong) + 0.5 * better.points
        true_line = self.lines[self.wrong].text
        why = (self.lines[place].why,) if place == self.wrong else (self.lines[place].why, f"It was: “{true_line}”")
        return Marked(points, (*why, better.feedback))

    def best(self) -> dict[str, str]:
        """The line, and the best in its place."""
        return {LINE: str(self.wrong), BETTER: max(self.better, key=lambda option: option.points).key}

    def parts(self) -> tuple[AnswerPart, ...]:
        """The line, and what is better."""
        blind = self.lines[self.wrong].tempts
        lines = {str(i): () if i == self.wrong else blind for i in range(len(self.lines))}
        return (AnswerPart(LINE, lines, str(self.wrong)), part_of(BETTER, self.better))


def _read(place: int, line: TalkLine) -> str:
    return f"{line.speaker}: “{line.text}”" if line.speaker else f"{wording.number(place + 1)}. {line.text}"
