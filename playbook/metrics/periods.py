"""The month and the fiscal quarter that a day lies in, and those before it.

In: a day and the month in which the fiscal year starts.  Out: periods with their first and last day.
A quarter is named by its months, as companies count fiscal years in different ways.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd


@dataclass(frozen=True)
class Period:
    """A calendar month or a fiscal quarter; both days belong to it."""

    kind: str  # "month" or "quarter"
    starts_on: date
    ends_on: date

    @property
    def name(self) -> str:
        """The period as a person says it: `March 2026`, `the quarter January to March 2026`."""
        if self.kind == "month":
            return f"{self.starts_on:%B %Y}"
        in_one_year = self.starts_on.year == self.ends_on.year
        first = f"{self.starts_on:%B}" if in_one_year else f"{self.starts_on:%B %Y}"
        return f"the quarter {first} to {self.ends_on:%B %Y}"

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.ends_on - self.starts_on).days + 1

    def days_left(self, as_of: date) -> int:
        """How many days of the period come after `as_of`."""
        return max((self.ends_on - as_of).days, 0)

    def holds(self, days: pd.Series) -> pd.Series:
        """Which of `days` lie in the period; a missing day does not."""
        return days.between(pd.Timestamp(self.starts_on), pd.Timestamp(self.ends_on))


def month_of(day: date) -> Period:
    """The calendar month that `day` lies in."""
    first = day.replace(day=1)
    return Period("month", first, _months_later(first, 1) - timedelta(days=1))


def quarter_of(day: date, fiscal_year_starts: int = 1) -> Period:
    """The fiscal quarter that `day` lies in; `fiscal_year_starts` is a month, 1 to 12."""
    into_quarter = (day.month - fiscal_year_starts) % 3
    first = _months_later(day.replace(day=1), -into_quarter)
    return Period("quarter", first, _months_later(first, 3) - timedelta(days=1))


def quarters_before(quarter: Period, how_many: int) -> list[Period]:
    """The `how_many` quarters before `quarter`, the latest first."""
    quarters = []
    for _ in range(how_many):
        first = _months_later(quarter.starts_on, -3)
        quarter = Period("quarter", first, quarter.starts_on - timedelta(days=1))
        quarters.append(quarter)
    return quarters


def same_day_in(quarter: Period, days_left: int) -> date:
    """The day of `quarter` after which `days_left` days of it remain, at the earliest the day before its first."""
    return max(quarter.ends_on - timedelta(days=days_left), quarter.starts_on - timedelta(days=1))


def _months_later(first: date, months: int) -> date:
    total = first.year * 12 + first.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)
