"""Days that lie apart from all others: slips of the hand, placeholders such as 1900, events that were dated ahead.

In: dates.  Out: the day with which the mass of them ends or begins, and which lie beyond it. No stray is corrected, as
nobody knows the right day; it only decides nothing for others.
"""

import numpy as np
import pandas as pd

_MOST_STRAY = 0.005  # share of the events that may lie beyond the last day of the mass
_FEW = 2  # events that may lie there in any case: a deal's closing and its last move
_FEWEST = 20  # events below which every one of them counts
_QUIET = 7  # days of silence that are nothing special
_TIMES_QUIETER = 2  # by which a silence must pass the longest of ten ordinary ones
_TIMES_QUIETER_AT_FIRST = 4  # where the data begins: a company begins slowly, and ends in full swing


def last_of_the_mass(days: pd.Series, times_quieter: float = _TIMES_QUIETER) -> pd.Timestamp | None:
    """The last day before a silence after which next to nothing comes; None without days.

    A silence is longer than a week and than so many times what nine of ten silences between two days with events last;
    next to nothing is at most one event in two hundred, or two.
    """
    counts = days.dropna().value_counts().sort_index()
    if counts.empty:
        return None
    dates, events = pd.DatetimeIndex(counts.index), counts.to_numpy()
    if events.sum() < _FEWEST or len(dates) < 3:
        return dates[-1]
    gaps = np.diff(dates.to_numpy()).astype("timedelta64[D]").astype("float64")
    beyond = events[::-1].cumsum()[::-1][1:]  # how many events lie after each silence
    long = gaps > max(_QUIET, times_quieter * float(np.quantile(gaps, 0.9)))
    apart = np.flatnonzero(long & (beyond <= max(_FEW, _MOST_STRAY * events.sum())))
    return dates[apart[0]] if len(apart) else dates[-1]


def first_of_the_mass(days: pd.Series) -> pd.Timestamp | None:
    """The first day after a silence before which next to nothing lies; see `last_of_the_mass`."""
    zero = pd.Timestamp(0).as_unit("s")  # in nanoseconds, days before 1677 have no place
    last = last_of_the_mass(zero - (days.astype("datetime64[s]") - zero), _TIMES_QUIETER_AT_FIRST)
    return None if last is None else zero - (last - zero)


def day_by_which(days: pd.Series, owner: pd.Series, share: float) -> pd.Series:
    """For each owner the day by which so many of the days have passed, rounded down; by owner, of known days."""
    frame = pd.DataFrame({"owner": owner, "day": days}).dropna().sort_values(["owner", "day"], kind="stable")
    place = frame.groupby("owner").cumcount()
    size = frame.groupby("owner")["day"].transform("size")
    return frame[place == np.floor(share * size)].set_index("owner")["day"]
