"""Judge a team: for each rep what is right to do, and whom to begin with.

Accusing somebody without a cause costs as much as a right answer gives: a wrong hour, and trust. Missing a cause costs
only what it would have given. Waiting where nothing can be said is right, and half right where something can.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from playbook import wording
from playbook.training.answer_fields import Field, Pick, Values
from playbook.training.drawn_team import COACH, ELSEWHERE, LEAVE, MEASURES, WATCH, DrawnRep, DrawnTeam
from playbook.training.marked import Marked

FIRST = "first"
_COACHING = {f"{COACH}:{measure.key}": f"coach: {measure.coaching}" for measure in MEASURES}
_OTHERS = {
    LEAVE: "leave alone: nothing here needs you",
    WATCH: "watch a talk first: the data cannot say",
    ELSEWHERE: "take it up elsewhere: not theirs",
}
# What is right, then what was answered. Another topic than the right one accuses, too.
_POINTS: Mapping[str, Mapping[str, float]] = {
    COACH: {WATCH: 0.5, LEAVE: 0.0, ELSEWHERE: 0.0, COACH: -0.5},
    WATCH: {WATCH: 1.0, LEAVE: 0.5, ELSEWHERE: 0.25, COACH: -1.0},
    LEAVE: {LEAVE: 1.0, WATCH: 0.5, ELSEWHERE: 0.25, COACH: -1.0},
    ELSEWHERE: {ELSEWHERE: 1.0, WATCH: 0.5, LEAVE: 0.5, COACH: -1.0},
}
_OF_THE_FIRST = 2.0  # reps' worth: an hour can be given once


@dataclass(frozen=True)
class JudgeTeam:
    """`team`, of whom nothing true stands in a field."""

    team: DrawnTeam
    asks_sureness: bool = False

    def fields(self) -> tuple[Field, ...]:
        """A menu per rep, and whom to begin with."""
        options = tuple({**_OTHERS, **_COACHING}.items())
        reps = tuple(Field(_key(rep), rep.name, Pick(options, listed=False)) for rep in self.team.reps)
        names = tuple((_key(rep), rep.name) for rep in self.team.reps)
        return (*reps, Field(FIRST, "With whom do you begin?", Pick(names, listed=False)))

    def missing(self, values: Values) -> str:
        """Who is not judged yet."""
        answers = {*_OTHERS, *_COACHING}
        open_reps = [rep.name for rep in self.team.reps if values.get(_key(rep)) not in answers]
        if open_reps:
            return f"Say what you do about {wording.listing(open_reps)}."
        return "" if values.get(FIRST) in {_key(rep) for rep in self.team.reps} else "Say with whom you begin."

    def mark(self, values: Values) -> Marked:
        """Points for each rep and for the first, of what can be had; below nothing counts as nothing."""
        won = sum(points_for(rep, str(values[_key(rep)])) for rep in self.team.reps)
        right_first = values[FIRST] == self.team.first
        won += _OF_THE_FIRST * right_first
        points = max(0.0, won / (len(self.team.reps) + _OF_THE_FIRST))
        sentences = [rep.why for rep in self.team.reps if points_for(rep, str(values[_key(rep)])) < 1]
        begin = f"Begin with {self.team.first}, whose evidence is the clearest."
        if right_first:
            begin = f"{self.team.first} is the one to begin with: there the evidence is the clearest."
        return Marked(points, (begin, *sentences))

    def best(self) -> dict[str, str]:
        """What is true of each."""
        answers = {_key(rep): rep.right_answer for rep in self.team.reps}
        return answers | {FIRST: self.team.first}


def points_for(rep: DrawnRep, answer: str) -> float:
    """What an answer about one rep is worth: 1 at most, below 0 where somebody is accused."""
    if answer == rep.right_answer:
        return 1.0
    return _POINTS[rep.right][answer.partition(":")[0]]


def _key(rep: DrawnRep) -> str:
    return rep.name
