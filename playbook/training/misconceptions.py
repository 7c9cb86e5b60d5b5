"""What items test: ways in which numbers about people, and talks with them, are misread.

Each is tested by two items or more. A simulated learner (`exam/simulated_learners.py`) is a set of them.
"""

SMALL_NUMBERS = "small numbers"
LOWEST_IS_WEAK = "the lowest must be weak"
HIGHEST_IS_GOOD = "the highest must be good"
TREND_OF_TWO = "the trend of two points"
MIX_IS_SKILL = "mix taken for skill"
ACTIVITY_IS_RESULT = "activity taken for result"
RECORD_IS_REP = "the record taken for the rep"
EVERYBODYS_IS_ONES = "everybody's problem taken for one rep's"
BIGGEST_SUM_FIRST = "the biggest sum first"
BEFORE_AFTER_IS_CAUSE = "before and after taken for cause"
WHOLLY_SURE = "wholly sure"
REASON_FROM_NUMBER = "the reason read out of a number"
TELLING_FIRST = "telling before asking"
TWO_TOPICS = "two topics at once"
NO_DATE = "a promise without a date"
DEAL_TAKEN_OVER = "the deal taken over"
FORECAST_WITHOUT_RANGE = "a forecast without a range"
COVERAGE_OF_THREE = "coverage of three as a law"
BENCHMARK_WITHOUT_DENOMINATOR = "a benchmark without a denominator"

ALL = (
    SMALL_NUMBERS,
    LOWEST_IS_WEAK,
    HIGHEST_IS_GOOD,
    TREND_OF_TWO,
    MIX_IS_SKILL,
    ACTIVITY_IS_RESULT,
    RECORD_IS_REP,
    EVERYBODYS_IS_ONES,
    BIGGEST_SUM_FIRST,
    BEFORE_AFTER_IS_CAUSE,
    WHOLLY_SURE,
    REASON_FROM_NUMBER,
    TELLING_FIRST,
    TWO_TOPICS,
    NO_DATE,
    DEAL_TAKEN_OVER,
    FORECAST_WITHOUT_RANGE,
    COVERAGE_OF_THREE,
    BENCHMARK_WITHOUT_DENOMINATOR,
)
