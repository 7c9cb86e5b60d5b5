"""Learners made of what they believe, to show that a form can tell them apart.

In: an exercise, of which they read what a person sees (`facts`, fields, and what an option promises), never its truth;
only the one who knows reads that.  Out: an answer. A learner's mistakes are draws, so that it takes a form many times.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from playbook.training.answer_fields import YES, Field, Pick, Tick, Values
from playbook.training.answer_parts import AnswerPart
from playbook.training.drawn_team import COACH, ELSEWHERE, LEAVE, MEASURES, WATCH, DrawnRep, DrawnTeam
from playbook.training.exam.ways_of_reading import BY_MONEY, BY_RANK, EVERY_SIGN
from playbook.training.item import Exercise
from playbook.training.kinds.judge_team import FIRST, JudgeTeam
from playbook.training.kinds.put_in_order import PutInOrder
from playbook.training.marked import Response

_SLIP = 0.04  # of one who knows better: the wrong box, a line read across
_KNOWS_ANYWAY = 0.5  # how often somebody is right where nothing they believe misleads them
_FEW = 15  # deals; with fewer the careful reader says nothing
_FAR_OUTSIDE, _OUTSIDE = 1.7, 1.0
_UNDER_AVERAGE = 0.15


@dataclass(frozen=True)
class SimulatedLearner:
    """`believes` are misconceptions; `judges` decides about one rep of a team; `begins` with whom to begin."""

    name: str
    believes: frozenset[str]
    judges: Callable[[DrawnRep, DrawnTeam, np.random.Generator], str]
    begins: Callable[[DrawnTeam, dict[str, str]], str]
    slips: float = _SLIP
    knows: float = _KNOWS_ANYWAY

    def answer(self, exercise: Exercise, draws: np.random.Generator) -> dict[str, str]:
        """A complete answer to the exercise, decision by decision."""
        response = exercise.response
        if isinstance(response, JudgeTeam):
            return self._team(response, draws)
        parts = response.parts()
        if not parts:
            return dict(response.best()) if draws.random() < self.knows else _guess(response, draws)
        answers = {part.field: self._decide(part, draws) for part in parts}
        if isinstance(response, PutInOrder):
            return self._order(response, answers, draws)
        answers = {field: answer for field, answer in answers.items() if answer}
        return answers or {"none": YES}

    def _team(self, response: JudgeTeam, draws: np.random.Generator) -> dict[str, str]:
        team = response.team
        answers = {rep.name: self.judges(rep, team, draws) for rep in team.reps}
        options = [key for key, _ in _options_of(response.fields()[0])]
        for name in answers:
            if draws.random() < self.slips:
                answers[name] = options[int(draws.integers(len(options)))]
        return answers | {FIRST: self.begins(team, answers)}

    def _order(self, response: PutInOrder, answers: dict[str, str], draws: np.random.Generator) -> dict[str, str]:
        """What was decided comes first; the others in their order, or in any, as somebody knows it."""
        first = answers["0"]
        others = [key for key, _ in response.things if key != first]
        if draws.random() >= self.knows:
            others = [others[i] for i in draws.permutation(len(others))]
        return {str(place): key for place, key in enumerate([first, *others])}

    def _decide(self, part: AnswerPart, draws: np.random.Generator) -> str:
        """What tempts comes first; else what is right, as often as somebody knows it; else anything."""
        answers = list(part.answers)
        tempting = [key for key, why in part.answers.items() if self.believes & set(why) and key != part.right]
        if tempting and draws.random() >= self.slips:
            return tempting[int(draws.integers(len(tempting)))]
        return part.right if draws.random() < self.knows else answers[int(draws.integers(len(answers)))]


def _guess(response: Response, draws: np.random.Generator) -> dict[str, str]:
    """Any complete answer at all: what is ticked or placed by chance is drawn again until nothing is missing."""
    answer: dict[str, str] = _any(response.fields(), draws)
    while response.missing(answer):
        answer = _any(response.fields(), draws)
    return answer


def _any(fields: tuple[Field, ...], draws: np.random.Generator) -> dict[str, str]:
    answer: dict[str, str] = {}
    for field in fields:
        if isinstance(field.takes, Pick):
            options = [key for key, _ in field.takes.options]
            answer[field.key] = options[int(draws.integers(len(options)))]
        elif isinstance(field.takes, Tick) and draws.random() < 0.5:
            answer[field.key] = YES
    return answer


def _options_of(field: Field) -> tuple[tuple[str, str], ...]:
    return field.takes.options if isinstance(field.takes, Pick) else ()


def _worst(rep: DrawnRep) -> tuple[str, float]:
    key = max(rep.seen, key=lambda each: rep.seen[each].outside)
    return key, rep.seen[key].outside


def _guessed(rep: DrawnRep, team: DrawnTeam, draws: np.random.Generator) -> str:
    answers = [LEAVE, WATCH, ELSEWHERE, *(f"{COACH}:{measure.key}" for measure in MEASURES)]
    return answers[int(draws.integers(len(answers)))]


def _below_the_average(rep: DrawnRep, team: DrawnTeam, draws: np.random.Generator) -> str:
    """Whoever lies 15% on the worse side of the team's average is to be coached on what lies farthest."""
    gaps = {}
    for measure in MEASURES:
        average = sum(one.seen[measure.key].rate for one in team.reps) / len(team.reps)
        gap = (rep.seen[measure.key].rate - average) / average
        gaps[measure.key] = -gap if measure.low_is_worse else gap
    key = max(gaps, key=lambda each: gaps[each])
    return f"{COACH}:{key}" if gaps[key] >= _UNDER_AVERAGE else LEAVE


def _biggest_money(rep: DrawnRep, team: DrawnTeam, draws: np.random.Generator) -> str:
    """Who misses most is coached on closing; everybody else is left alone."""
    most = sorted(team.reps, key=lambda one: -one.money)[: max(2, len(team.reps) // 3)]
    return f"{COACH}:late" if rep in most else LEAVE


def _every_sign(rep: DrawnRep, team: DrawnTeam, draws: np.random.Generator) -> str:
    """Whatever lies outside of luck is a finding, however few the deals, whatever people know."""
    key, outside = _worst(rep)
    return f"{COACH}:{key}" if outside >= _OUTSIDE else LEAVE


def _with_care(rep: DrawnRep, team: DrawnTeam, draws: np.random.Generator) -> str:
    """n first, then what people know, then how far outside of luck."""
    key, outside = _worst(rep)
    if rep.seen[key].n < _FEW:
        return WATCH
    if rep.note:
        return ELSEWHERE
    return f"{COACH}:{key}" if outside >= _FAR_OUTSIDE else LEAVE


def _true(rep: DrawnRep, team: DrawnTeam, draws: np.random.Generator) -> str:
    return rep.right_answer


def _clearest(team: DrawnTeam, answers: dict[str, str]) -> str:
    """Of those to be coached, whose number lies farthest outside; anybody where nobody is."""
    coached = [rep for rep in team.reps if answers[rep.name].startswith(COACH)] or list(team.reps)
    return max(coached, key=lambda rep: _worst(rep)[1]).name


def _biggest(team: DrawnTeam, answers: dict[str, str]) -> str:
    return max(team.reps, key=lambda rep: rep.money).name


def _lowest(team: DrawnTeam, answers: dict[str, str]) -> str:
    return min(team.reps, key=lambda rep: rep.seen["late"].rate).name


def _true_first(team: DrawnTeam, answers: dict[str, str]) -> str:
    return team.first


GUESSER = SimulatedLearner("guesser", frozenset(), _guessed, _lowest, knows=0.0)
DASHBOARD = SimulatedLearner("dashboard reader", BY_RANK.believes, _below_the_average, _lowest)
CLOSER = SimulatedLearner("closer", BY_MONEY.believes, _biggest_money, _biggest)
BELIEVER = SimulatedLearner("believer", EVERY_SIGN.believes, _every_sign, _clearest)
CAREFUL = SimulatedLearner("careful reader", frozenset(), _with_care, _clearest, knows=0.93)
KNOWING = SimulatedLearner("one who knows", frozenset(), _true, _true_first, slips=0.0, knows=1.0)

MISTAKEN = (GUESSER, DASHBOARD, CLOSER, BELIEVER)
LEARNERS = (*MISTAKEN, CAREFUL, KNOWING)


def score(exercise: Exercise, answer: Values) -> float:
    """The points of an answer, 0 to 1; what only the learner marks counts as nothing here."""
    return exercise.response.mark(answer).points or 0.0
