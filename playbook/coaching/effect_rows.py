"""The finding `coaching_effect`: its columns, and what can be said of a change since coaching began.

Apart from `effect`, which makes it: chapters load no statistics library.
"""

from typing import NamedTuple

import pandas as pd

from playbook.drivers.driver import Driver

HELPED = "helped"
WORSE = "moved the other way"
NO_CHANGE = "no change seen"
TOO_EARLY = "too early to say"

SHARE_OF_DEALS, RATIO_TO_PEERS = "share", "ratio to peers"  # what `before` and `after` are


class Effect(NamedTuple):
    """One row: a rep, a driver, and what changed in it since coaching began. Facts only, no sentence.

    Where nothing is measured yet, all numbers but the counts are missing.
    """

    manager_id: str
    rep_id: str
    driver: str
    aspect: str  # which measure of the driver it is (`metrics.observations`)
    began_on: pd.Timestamp
    sessions: int  # in the company's log; 0 where only a journal tells of it
    n_before: int  # in the year before
    n_after: int
    measured_as: str  # SHARE_OF_DEALS or RATIO_TO_PEERS
    before: float  # the rep's own, as `measured_as` says
    after: float
    change: float  # best estimate of the true change, in the driver's unit; positive is better
    low: float  # 95 of 100
    high: float
    probability: float  # of any change for the better
    verdict: str  # HELPED, WORSE, NO_CHANGE or TOO_EARLY
    known_on: pd.Timestamp  # when a change could be told, at the rep's own pace; missing where known or too far


def fewest_of_each_side(driver: Driver) -> int:
    """How many deals (or weeks) before, and how many since, it takes for a change to be measured at all."""
    return max(driver.fewest // 2, 5)
