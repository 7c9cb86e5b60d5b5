"""The findings `levels` and `benchmarks`: what their columns are.

Apart from the module that makes them: chapters load no statistics library.
"""

from typing import NamedTuple


class LevelRow(NamedTuple):
    """One row of `levels`: a rep and a driver as a person reads it: in shares, money, days, or counts."""

    manager_id: str  # the manager to whom the rep reports
    rep_id: str  # the rep
    driver: str  # the driver's key; of a stage, `stage:NAME`
    aspect: str  # which of a driver's measures it is (`won in a stage`, `was lost`); empty where there is one
    n: int  # what was counted of the rep's own
    seen: float  # the rep's own level
    expected: float  # what the peers would show with the same deals; missing where nothing is compared
    peer_low: float  # from here nine of ten ordinary reps land with that n, by luck alone
    peer_high: float  # up to here they do
    at_stake_low: float  # lower end of value_at_stake, money a quarter
    at_stake_high: float  # upper end of it


class BenchmarkRow(NamedTuple):
    """One row of `benchmarks`: what five or more people outside a team show in a driver."""

    driver: str  # the driver's key; of a stage, `stage:NAME`
    unit: str  # the driver's unit
    reps: int  # people outside the team whom it sums up, five or more
    low: float  # a tenth of them lie below, in the unit, two digits
    lower: float  # a quarter of them lie below
    middle: float  # half of them lie below
    upper: float  # three quarters of them lie below
    high: float  # nine tenths of them lie below
