"""The hours that coaching takes, and a proposed split of them.

In: a number of reps, what is known about each.  Out: hours a week, with the arithmetic and a reason a line. The parts
of an hour of coaching are a planning figure for the manager to change: no study gives a best number. In 37 randomised
studies of workplace coaching the effect hardly depended on its length (De Haan and Nilsson 2023).
"""

from dataclasses import dataclass

import pandas as pd

from playbook.coaching.focus import ASK, OBSERVE, START, UNSURE

QUARTER = 0.25  # hours; a finer split would be a pretence


@dataclass(frozen=True)
class Part:
    """One part of coaching a rep for a week: what it is, and its hours."""

    what: str
    hours: float


PARTS = (
    Part("A 1:1 about one skill", 0.5),
    Part("Watching a real conversation", 0.5),
    Part("Preparing, and notes afterwards", 0.25),
)
COACHING = "1:1s and coaching"
LISTENING = "Listening to customer calls as a guest"
KINDS_OF_HOURS = (
    COACHING,
    LISTENING,
    "My own deals",
    "Stepping into reps' deals",
    "Forecast, reports, dashboards",
    "Approvals and administration",
    "Internal meetings",
    "Hiring and people matters",
)
FOR_COACHING = (COACHING, LISTENING)  # the kinds that PARTS adds up: watching is half of it
_SHARES = {START: 2.0, ASK: 1.5, OBSERVE: 1.5, UNSURE: 1.0}
_NEW = 2.0
_REASONS = {
    START: "The data shows something to coach: watch, talk, practise.",
    ASK: "It may be how the record is kept: time to ask.",
    OBSERVE: "The data cannot say yet: time to watch real conversations.",
    UNSURE: "No sure difference: time to watch one conversation, and for a strength.",
}
_BEHIND_REASON = "Far behind the quota, and the data shows no cause: time to watch and to ask."
_NEW_REASON = "New in the role: ramping takes time, whatever the numbers say."


def hours_needed(reps: int) -> float:
    """Hours a week that coaching this many reps takes, after PARTS."""
    return reps * sum(part.hours for part in PARTS)


def proposed_split(
    focus: pd.DataFrame, hours: float, new: frozenset[str] = frozenset(), behind: frozenset[str] = frozenset()
) -> pd.DataFrame:
    """A first split of `hours` a week over the reps, for the manager to change.

    Every rep gets a share, as nobody is helped by being left out; those with something to coach and those who are new
    get twice the share of those without. Shares are rounded to quarters of an hour and add up to `hours`.

    Parameters
    ----------
    focus : as `focus_of_each` gives it; its order of rows is kept.
    hours : hours a week to be split.
    new : ids of those who are new in the role.
    behind : ids of those who are far behind their quota.

    Returns
    -------
    DataFrame with a row per rep: rep_id, name, hours, reason.
    """
    weights = focus["group"].map(_SHARES).astype("float64")
    weights = weights.mask(focus["rep_id"].isin(new), weights.clip(lower=_NEW))
    reasons = [
        _NEW_REASON
        if rep in new and group != START
        else _BEHIND_REASON
        if rep in behind and group == OBSERVE
        else _REASONS[group]
        for rep, group in zip(focus["rep_id"], focus["group"], strict=True)
    ]
    quarters = _whole_shares(weights, int(round(hours / QUARTER)))
    return pd.DataFrame(
        {"rep_id": focus["rep_id"], "name": focus["name"], "hours": quarters * QUARTER, "reason": reasons}
    )


def _whole_shares(weights: pd.Series, total: int) -> pd.Series:
    """`total` split in proportion to `weights` into whole numbers (largest remainders; ties go by order)."""
    if weights.empty:
        return weights
    exact = weights / weights.sum() * total
    whole = exact.astype("int64")
    left = total - int(whole.sum())
    # Rounded, so that two equal remainders tie in every version of the arithmetic.
    first = (exact - whole).round(9).sort_values(ascending=False, kind="stable").index[:left]
    return whole + whole.index.isin(first)
