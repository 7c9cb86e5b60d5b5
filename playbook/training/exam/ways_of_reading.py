"""Which way of reading an exam's answers look like: by rank, by money, taking every sign, by luck, or with care.

In: the decisions of answers.  Out: how probable each way makes them, and the one that misleads where the evidence is
enough. Points alone cannot tell ways apart: two learners miss as much and for different reasons, and a reason is what
one can do something about. It speaks of answers, never of who gave them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log

from playbook.training.answer_parts import AnswerPart, Decided
from playbook.training.misconceptions import (
    ACTIVITY_IS_RESULT,
    BEFORE_AFTER_IS_CAUSE,
    BIGGEST_SUM_FIRST,
    DEAL_TAKEN_OVER,
    HIGHEST_IS_GOOD,
    LOWEST_IS_WEAK,
    MIX_IS_SKILL,
    REASON_FROM_NUMBER,
    RECORD_IS_REP,
    SMALL_NUMBERS,
    TELLING_FIRST,
    TREND_OF_TWO,
    WHOLLY_SURE,
)

_FOLLOWS = 0.8  # how often somebody answers as they believe where a belief has an answer; people are no machines
_ENOUGH = 0.99  # how probable a way must be, beside all others, before anybody is told of it
_FEWEST_MISLED = 3  # answers: two alike come about by luck


@dataclass(frozen=True)
class WayOfReading:
    """A set of misconceptions that go together, and how often somebody is right where none of them has an answer."""

    key: str
    believes: frozenset[str] = frozenset()
    knows: float = 0.5

    def chance(self, part: AnswerPart, chosen: str) -> float:
        """How probable this way makes that answer."""
        tempting = [answer for answer, why in part.answers.items() if self.believes & set(why) and answer != part.right]
        freely = (self.knows if chosen == part.right else 0.0) + (1 - self.knows) / len(part.answers)
        if not tempting:
            return freely
        return _FOLLOWS * (chosen in tempting) / len(tempting) + (1 - _FOLLOWS) * freely


BY_RANK = WayOfReading(
    "by-rank",
    frozenset({SMALL_NUMBERS, LOWEST_IS_WEAK, HIGHEST_IS_GOOD, TREND_OF_TWO, MIX_IS_SKILL, ACTIVITY_IS_RESULT}),
)
BY_MONEY = WayOfReading(
    "by-money",
    frozenset({BIGGEST_SUM_FIRST, DEAL_TAKEN_OVER, TELLING_FIRST, REASON_FROM_NUMBER, HIGHEST_IS_GOOD}),
)
EVERY_SIGN = WayOfReading(
    "every-sign", frozenset({WHOLLY_SURE, RECORD_IS_REP, BEFORE_AFTER_IS_CAUSE, REASON_FROM_NUMBER})
)
BY_LUCK = WayOfReading("by-luck", knows=0.0)
HALF_KNOWN = WayOfReading("half-known")
WITH_CARE = WayOfReading("with-care", knows=0.93)
ALL_KNOWN = WayOfReading("all-known", knows=0.995)
MISLEADING = (BY_RANK, BY_MONEY, EVERY_SIGN)
WAYS = (*MISLEADING, BY_LUCK, HALF_KNOWN, WITH_CARE, ALL_KNOWN)


@dataclass(frozen=True)
class LikelyReading:
    """The way that answers look like, how many of them it misled, and of each misconception in it how many."""

    way: WayOfReading
    misled: int
    by_misconception: tuple[tuple[str, int], ...]


def log_chance(way: WayOfReading, decisions: Iterable[Decided]) -> float:
    """The logarithm of how probable a way makes all these decisions together."""
    return sum(log(way.chance(one.part, one.chosen)) for one in decisions if len(one.part.answers) > 1)


def probabilities(decisions: Sequence[Decided]) -> dict[WayOfReading, float]:
    """How probable each way is, if before the answers all were equally so."""
    logs = {way: log_chance(way, decisions) for way in WAYS}
    highest = max(logs.values())
    weights = {way: exp(value - highest) for way, value in logs.items()}
    total = sum(weights.values())
    return {way: weight / total for way, weight in weights.items()}


def misleading_way(decisions: Sequence[Decided]) -> LikelyReading | None:
    """The way that misleads, if the answers look like one of them clearly and often enough; else None."""
    way, probability = max(probabilities(decisions).items(), key=lambda pair: pair[1])
    if way not in MISLEADING or probability < _ENOUGH:
        return None
    by_way = [way.believes & set(one.misled_by) for one in decisions]
    misled = sum(map(bool, by_way))
    counted = Counter(name for names in by_way for name in names)
    return LikelyReading(way, misled, tuple(counted.most_common())) if misled >= _FEWEST_MISLED else None
