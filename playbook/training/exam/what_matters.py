"""What an exam counts: whom to coach on what, whom to leave alone, what cannot be said, what is not theirs, what first.

In: an item.  Out: the matter that it is about, by the first misconception it tests.
"""

from collections.abc import Mapping

from playbook.training import misconceptions as m
from playbook.training.drawn_team import COACH, ELSEWHERE, LEAVE, WATCH
from playbook.training.item import Item
from playbook.training.kinds.judge_team import FIRST

MATTERS: Mapping[str, str] = {
    COACH: "Whom to coach on what, and how",
    LEAVE: "Whom to leave alone",
    WATCH: "What cannot be said",
    ELSEWHERE: "What is not theirs",
    FIRST: "What comes first",
}
MATTER_OF: Mapping[str, str] = {
    m.SMALL_NUMBERS: WATCH,
    m.LOWEST_IS_WEAK: LEAVE,
    m.HIGHEST_IS_GOOD: LEAVE,
    m.TREND_OF_TWO: WATCH,
    m.MIX_IS_SKILL: LEAVE,
    m.ACTIVITY_IS_RESULT: LEAVE,
    m.RECORD_IS_REP: ELSEWHERE,
    m.EVERYBODYS_IS_ONES: ELSEWHERE,
    m.BIGGEST_SUM_FIRST: FIRST,
    m.BEFORE_AFTER_IS_CAUSE: WATCH,
    m.WHOLLY_SURE: WATCH,
    m.REASON_FROM_NUMBER: WATCH,
    m.TELLING_FIRST: COACH,
    m.TWO_TOPICS: COACH,
    m.NO_DATE: COACH,
    m.DEAL_TAKEN_OVER: COACH,
    m.FORECAST_WITHOUT_RANGE: WATCH,
    m.COVERAGE_OF_THREE: FIRST,
    m.BENCHMARK_WITHOUT_DENOMINATOR: WATCH,
}


def matter_of(item: Item) -> str:
    """The matter that an item is about; where a whole team is judged, every one is."""
    return MATTER_OF[item.misconceptions[0]]
