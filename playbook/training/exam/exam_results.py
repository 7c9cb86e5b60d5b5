"""What came of a form: points by what matters, the way of reading in it, and how two forms differ beyond luck.

In: a finished sitting.  Out: facts. Answers are marked again from the variant, so what is shown is what was asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from playbook.training.answer_parts import Decided, decided
from playbook.training.attempts import Attempt
from playbook.training.exam.exam_forms import ExamQuestion
from playbook.training.exam.sittings import Sitting
from playbook.training.exam.ways_of_reading import LikelyReading, misleading_way
from playbook.training.exam.what_matters import MATTERS, matter_of
from playbook.training.kinds.judge_team import JudgeTeam, MatterPoints

# In nine of ten cases two forms of somebody who learned nothing in between lie no further apart, in points of nine, as
# simulated learners show who know a third to two thirds of it: 2.3 to 2.95 (tests/training/exam).
BY_LUCK_APART = 3.0


@dataclass(frozen=True)
class QuestionResult:
    """One question of a form with its answer: `points` from 0 to 1, by what matters, and the decisions in it."""

    question: ExamQuestion
    points: float
    by_matter: tuple[MatterPoints, ...]
    decisions: tuple[Decided, ...]


@dataclass(frozen=True)
class FormResult:
    """A finished form. Each question is one point at most."""

    questions: tuple[QuestionResult, ...]

    @property
    def points(self) -> float:
        """All of them together."""
        return sum(one.points for one in self.questions)

    @property
    def of(self) -> int:
        """What can be had."""
        return len(self.questions)

    @property
    def by_matter(self) -> tuple[MatterPoints, ...]:
        """What was right by what matters, in its order; what nothing was asked about is left out."""
        return added_up(matter for one in self.questions for matter in one.by_matter)

    @property
    def reading(self) -> LikelyReading | None:
        """The way of reading that misled, where the evidence is enough."""
        return reading_in(self.questions)


def result_of(sitting: Sitting) -> FormResult:
    """What came of a sitting, of the questions that have their answer."""
    return FormResult(tuple(_question_result(question, attempt) for question, attempt in sitting.answered))


def reading_in(questions: Iterable[QuestionResult]) -> LikelyReading | None:
    """The way of reading that misled in all these answers together."""
    return misleading_way([one for question in questions for one in question.decisions])


def added_up(points: Iterable[MatterPoints]) -> tuple[MatterPoints, ...]:
    """One row per matter."""
    rows: dict[str, list[MatterPoints]] = {}
    for one in points:
        rows.setdefault(one.matter, []).append(one)
    return tuple(
        MatterPoints(
            matter,
            sum(one.won for one in rows[matter]),
            sum(one.of for one in rows[matter]),
            sum(one.right for one in rows[matter]),
            sum(one.n for one in rows[matter]),
        )
        for matter in MATTERS
        if matter in rows
    )


def difference_of(before: FormResult, after: FormResult) -> float:
    """Points more in the second form, over the items that both asked."""
    first = {one.question.item.key: one.points for one in before.questions}
    return sum(one.points - first[one.question.item.key] for one in after.questions if one.question.item.key in first)


def _question_result(question: ExamQuestion, attempt: Attempt) -> QuestionResult:
    response = question.exercise().response
    item = question.item
    if response.missing(attempt.answer):  # asked by an earlier kit, whose variant was another
        points = attempt.points or 0.0
        return QuestionResult(question, points, _one(matter_of(item), points), ())
    points = response.mark(attempt.answer).points or 0.0
    decisions = decided(response.parts(), attempt.answer)
    if isinstance(response, JudgeTeam):
        return QuestionResult(question, points, response.by_matter(attempt.answer), decisions)
    return QuestionResult(question, points, _one(matter_of(item), points), decisions)


def _one(matter: str, points: float) -> tuple[MatterPoints, ...]:
    return (MatterPoints(matter, points, 1.0, int(points >= 1), 1),)
