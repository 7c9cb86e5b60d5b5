"""How often an entry of a calendar repeats (RFC 5545, RRULE), laid out within bounds.

In: a rule as calendars write it, and a span of days.  Out: its times in that span. dateutil lays rules out; by itself
it goes on to the year 9999 where a rule never happens (30 February), and for ever where a rule stands still.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Self

# Days from one step to the next at least, and how long dateutil takes for a step, in those that it takes for a day.
_EVERY = {"DAILY": (1, 1), "WEEKLY": (7, 2), "MONTHLY": (28, 3), "YEARLY": (365, 30)}  # nobody meets every hour
_LONGEST = 2_000  # letters; a rule that lists every day of the year has 1,500
_MOST_TIMES_A_DAY = 24
_WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_OF_ZONES = {"FREQ", "BYMONTH", "BYDAY", "BYMONTHDAY", "UNTIL", "COUNT", "WKST", "INTERVAL"}
_ZONE_YEARS = 12  # within so many each day of the calendar happens
MOST_EFFORT = 1_000_000  # in days looked at: 3 s; a thousand weekly meetings take a fiftieth


class NotLaidOut(ValueError):
    """A rule that no meeting has, or that takes too long to lay out."""


class Effort:
    """What is left for a whole calendar, so that many rules take no longer than one."""

    def __init__(self, left: int) -> None:
        """`left` counts days looked at."""
        self.left = left


class _Interval(int):
    """An interval that ends the layout after so many steps: dateutil adds it to where it is, step by step."""

    steps: int
    cost: int
    effort: Effort

    def __new__(cls, interval: int, steps: int, cost: int, effort: Effort) -> Self:
        """`interval` as a number that counts how often it is used."""
        number = super().__new__(cls, interval)
        number.steps, number.cost, number.effort = steps, cost, effort
        return number

    def _step(self) -> int:
        self.steps -= 1
        self.effort.left -= self.cost
        if self.effort.left < 0:
            raise NotLaidOut
        if self.steps < 0:
            raise _PastTheSpanError
        return int(self)

    def __radd__(self, other: int) -> int:
        """As dateutil goes on to the next day, month or year."""
        return other + self._step()

    def __mul__(self, other: int) -> int:
        """As dateutil goes on to the next week."""
        return self._step() * other


class _PastTheSpanError(Exception):
    """The layout has come to where no time of the span can follow."""


def times_between(rule: str, start: datetime, first: datetime, last: datetime, effort: Effort) -> list[datetime]:
    """When an entry that begins at `start` is repeated from `first` to `last`, both included.

    Parameters
    ----------
    rule : as in `FREQ=WEEKLY;BYDAY=MO`; its UNTIL, as `start`, by the clock on the wall.
    effort : what is left of it for the whole calendar; it is taken from.

    Raises
    ------
    NotLaidOut : if the rule cannot be read, is no meeting's, or there is not enough effort left for it.
    """
    from dateutil.rrule import rrulestr

    parts = _parts(rule)
    if parts.get("FREQ") not in _EVERY or (each_day := _times_a_day(parts)) > _MOST_TIMES_A_DAY or len(rule) > _LONGEST:
        raise NotLaidOut
    days, cost = _EVERY[parts["FREQ"]]
    cost *= each_day * len(parts.get("BYSETPOS", "").split(","))
    try:
        interval = int(parts.get("INTERVAL", "1"))
        if interval < 1:
            raise NotLaidOut
        step = timedelta(days=days * interval)
        if parts["FREQ"] in ("DAILY", "WEEKLY") and "COUNT" not in parts:
            start += max((first - start) // step - 1, 0) * step  # nearer, on a day that is one of its own
        steps = max((last - start) // step, 0) + 2
        times = rrulestr(rule, dtstart=start).replace(interval=_Interval(interval, steps, cost, effort))
        return _within(times, first, last)
    except NotLaidOut:
        raise
    except (ValueError, TypeError, OverflowError) as error:
        raise NotLaidOut from error


def _within(times: Iterable[datetime], first: datetime, last: datetime) -> list[datetime]:
    within = []
    try:
        for at in times:
            if at > last:
                break
            if at >= first:
                within.append(at)
    except _PastTheSpanError:
        pass
    return within


def _parts(rule: str) -> dict[str, str]:
    return dict(part.upper().split("=", 1) for part in rule.split(";") if "=" in part)


def _times_a_day(parts: dict[str, str]) -> int:
    times = 1
    for name in _WITHIN_A_DAY:
        times *= len(set(parts.get(name, "").split(",")))
    return times


def fits_a_time_zone(rule: str) -> bool:
    """Whether a rule is one by which a time zone changes its clocks: on some day of every year.

    Others are laid out by who reads time zones, without any bounds.
    """
    parts = _parts(rule)
    if parts.get("FREQ") != "YEARLY" or not parts.keys() <= _OF_ZONES or parts.get("INTERVAL", "1") != "1":
        return False
    without_end = ";".join(f"{name}={value}" for name, value in parts.items() if name not in ("UNTIL", "COUNT"))
    begins = datetime(2000, 1, 1)
    try:
        return bool(
            times_between(without_end, begins, begins, begins.replace(year=2000 + _ZONE_YEARS), Effort(MOST_EFFORT))
        )
    except NotLaidOut:
        return False
