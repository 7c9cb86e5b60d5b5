"""Judge a team: for each rep what is right to do, and whom to begin with.

Accusing somebody without a cause costs as much as a right answer gives: a wrong hour, and trust. Missing a cause costs
only what it would have given. Waiting where nothing can be said is right, and half right where something can.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from playbook import wording
from playbook.training.answer_fields import Field, Pick, Values
from playbook.training.answer_parts import AnswerPart
from playbook.training.drawn_team import COACH, ELSEWHERE, LEAVE, MEASURES, WATCH, DrawnRep, DrawnTeam, Measure
from playbook.training.marked import Marked
from playbook.training.misconceptions import (
    BIGGEST_SUM_FIRST,
    LOWEST_IS_WEAK,
    RECORD_IS_REP,
    SMALL_NUMBERS,
    WHOLLY_SURE,
)

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
_WELL_UNDER = 0.15  # of the team's average: what a dashboard colours
_SHARE_OF_LARGE_SUMS = 3  # one rep of so many counts as one with a large sum


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
        by_matter = self.by_matter(values)
        right_first = self._right_first(values)
        points = max(0.0, sum(m.won for m in by_matter) / sum(m.of for m in by_matter))
        sentences = [rep.why for rep in self.team.reps if points_for(rep, str(values[_key(rep)])) < 1]
        begin = f"Begin with {self.team.first}, whose evidence is the clearest."
        if right_first:
            begin = f"{self.team.first} is the one to begin with: there the evidence is the clearest."
        return Marked(points, (begin, *sentences))

    def best(self) -> dict[str, str]:
        """What is true of each."""
        answers = {_key(rep): rep.right_answer for rep in self.team.reps}
        return answers | {FIRST: self.team.first}

    def parts(self) -> tuple[AnswerPart, ...]:
        """Each rep, and with whom to begin."""
        large = _largest(self.team)
        reps = tuple(
            AnswerPart(_key(rep), _tempts(rep, self.team, rep in large), rep.right_answer) for rep in self.team.reps
        )
        lowest = min(self.team.reps, key=lambda rep: rep.seen["late"].rate)
        first = {
            rep.name: (BIGGEST_SUM_FIRST,) * (rep is large[0]) + (LOWEST_IS_WEAK,) * (rep is lowest)
            for rep in self.team.reps
        }
        return (*reps, AnswerPart(FIRST, first, self.team.first))

    def by_matter(self, values: Values) -> tuple["MatterPoints", ...]:
        """The points of a complete answer, by what is right: each kind of rep, then with whom to begin."""
        rights = [(right, [rep for rep in self.team.reps if rep.right == right]) for right in _POINTS]
        reps = [
            MatterPoints(
                right,
                sum(points_for(rep, str(values[_key(rep)])) for rep in some),
                float(len(some)),
                sum(str(values[_key(rep)]) == rep.right_answer for rep in some),
                len(some),
            )
            for right, some in rights
            if some
        ]
        right_first = self._right_first(values)
        return (*reps, MatterPoints(FIRST, _OF_THE_FIRST * right_first, _OF_THE_FIRST, int(right_first), 1))

    def _right_first(self, values: Values) -> bool:
        """Whether it begins with the one whose evidence is clearest, and coaches them."""
        return values[FIRST] == self.team.first and str(values[self.team.first]).startswith(COACH)

    def accused(self, values: Values) -> tuple[str, ...]:
        """Who would be coached without a cause, or on something else than it."""
        return tuple(
            rep.name
            for rep in self.team.reps
            if str(values[_key(rep)]).startswith(COACH) and str(values[_key(rep)]) != rep.right_answer
        )


@dataclass(frozen=True)
class MatterPoints:
    """What was `won` `of` the points of one matter: what is right about a rep, or FIRST. Below 0 where it accuses.

    Of `n` decisions so many were `right`.
    """

    matter: str
    won: float
    of: float
    right: int
    n: int


def words_of(answer: str) -> str:
    """An answer about a rep as the menu says it, without what stands behind the colon of a general one."""
    return _COACHING.get(answer) or _OTHERS[answer].partition(":")[0]


def points_for(rep: DrawnRep, answer: str) -> float:
    """What an answer about one rep is worth: 1 at most, below 0 where somebody is accused."""
    if answer == rep.right_answer:
        return 1.0
    return _POINTS[rep.right][answer.partition(":")[0]]


def _largest(team: DrawnTeam) -> list[DrawnRep]:
    """Who has the largest sums, the largest first."""
    by_money = sorted(team.reps, key=lambda rep: -rep.money)
    return by_money[: max(1, len(by_money) // _SHARE_OF_LARGE_SUMS)]


def _tempts(rep: DrawnRep, team: DrawnTeam, large: bool) -> dict[str, tuple[str, ...]]:
    """Every answer about a rep with what misleads to it, as whoever is misled would see the rep."""
    answers: dict[str, tuple[str, ...]] = dict.fromkeys(_OTHERS, ())
    for measure in MEASURES:
        outside = rep.seen[measure.key].outside > 1
        why = {
            SMALL_NUMBERS: rep.right == WATCH,
            LOWEST_IS_WEAK: _under_the_average(rep, team, measure) >= _WELL_UNDER,
            RECORD_IS_REP: rep.right == ELSEWHERE and outside,
            WHOLLY_SURE: outside,
            BIGGEST_SUM_FIRST: large and measure.key == "late",
        }
        answers[f"{COACH}:{measure.key}"] = tuple(name for name, misleads in why.items() if misleads)
    return answers


def _under_the_average(rep: DrawnRep, team: DrawnTeam, measure: Measure) -> float:
    """How far a rep lies on the worse side of the team's average, as a share of it."""
    average = sum(one.seen[measure.key].rate for one in team.reps) / len(team.reps)
    gap = (average - rep.seen[measure.key].rate) / average
    return gap if measure.low_is_worse else -gap


def _key(rep: DrawnRep) -> str:
    return rep.name
