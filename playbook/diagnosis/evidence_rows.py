"""What goes from the evidence to the judging, and from there to the rooms that word, price and explain a verdict."""

from typing import NamedTuple


class EvidenceRow(NamedTuple):
    """An active rep, a driver and an aspect of it: what the rep shows, and what is expected of the same deals."""

    manager_id: str  # the manager to whom the rep reports
    rep_id: str  # the rep
    driver: str  # the driver's key; of a stage, `stage:NAME`
    aspect: str  # which of a driver's measures it is (`won in a stage`, `was lost`); empty where there is one
    family: str  # shares, means or counts: how the values are compared
    logarithms: bool  # whether value, seen, expected and margin are logarithms of what a person reads
    per: float  # what to multiply a value with to read it in the driver's unit (weeks open of a usual deal)
    job: str  # the family of jobs, within which reps are compared
    ramping: bool  # whether the rep is still new in the role
    n: int  # what is compared of the rep's own: deals, weeks
    total: float  # rows, or exposure of counts
    value: float  # the sum of the rows' values
    seen: float  # mean of a row, or rate per exposure
    expected: float  # the same of the peers with the same deals
    scatter: float  # variance of one row around the rep's own mean; means only
    inflation: float  # by how much rows of one rep and time vary more than independent ones; at least 1
    model_error: float  # standard error of expected
    unlike: float  # share of the rep's rows that few others have the like of; left out of the others
    own_n: int  # deals or weeks, those unlike included
    own_total: float  # total, those unlike included
    own_value: float  # value, those unlike included
    total_less: float  # total without the rep's largest account; missing where it could move little
    value_less: float  # value without it
    expected_less: float  # expected without it
    peers: int  # others of the same job with enough of their own
    deals: int  # that the rep owns, open or closed
    margin: float  # the smallest difference that matters, in the scale of seen
    sign: int  # +1 where higher is better, else -1


class Judgement(NamedTuple):
    """What the judging adds; numbers are missing where there is too little, or nothing to compare."""

    little: bool  # whether there is too little of the rep's own
    comparable: bool  # whether there are enough peers, with deals like theirs
    best: float  # best estimate of the true difference, in margins
    low: float  # lower end of its 90% range, in margins
    high: float  # upper end of it, in margins
    raw: float  # the difference as seen, in margins
    harm: float  # share: that it exceeds a margin to the harmful side
    good: float  # share: that it exceeds a margin to the good side
    real: float  # share: that it exceeds half a margin to the harmful side
    real_good: float  # share: that it exceeds half a margin to the good side
    team: float  # how far the rep's own team lies from what is expected, in margins
    mates: int  # colleagues of the team by whom that is told
    shows: bool  # whether the team shows the same, so that it is no one person's
