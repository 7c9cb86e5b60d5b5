"""The finding `circumstances`: what people said of a rep, and which verdicts it touches, with and without it.

Apart from the module that makes it: chapters load no statistics library.
"""

from typing import NamedTuple

import pandas as pd


class CircumstanceRow(NamedTuple):
    """One row: an entry (`circumstances.Circumstance`) and a driver that it bears on."""

    manager_id: str
    rep_id: str
    kind: str
    detail: str
    share: float
    account: str
    starts_on: pd.Timestamp
    ends_on: pd.Timestamp
    note: str
    source: str
    driver: str  # empty where the entry bears on none that was looked at
    bears: str  # circumstances.MEASURED or ASK_FIRST; empty with the driver
    verdict_without: str  # as the export stands alone
    verdict_with: str  # with all that is known of the rep
    seen_without: float  # the rep's own level, likewise
    seen_with: float
    usual_low: float  # where nine of ten ordinary reps land, with it
    usual_high: float
