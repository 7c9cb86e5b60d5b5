"""Days as whole numbers (days since 1970-01-01), so that a simulation can add and compare them in arrays."""

from datetime import date

import numpy as np

from playbook.simulate.draws import Flags, Floats, Ints

_EPOCH_WEEKDAY = 3  # 1 January 1970 was a Thursday; Monday is 0


def number_of(day: date) -> int:
    """The day as a number."""
    return int(np.datetime64(day, "D").astype(np.int64))


def as_dates(days: Ints) -> np.ndarray:
    """Day numbers as datetime64; a negative number is a missing date."""
    dates = np.asarray(days, dtype=np.int64).astype("datetime64[D]").astype("datetime64[us]")
    return np.where(np.asarray(days) < 0, np.datetime64("NaT", "us"), dates)


def months_before(day: date, months: int) -> int:
    """The day number of the first day of a span of `months` that ends with `day`."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    first = np.datetime64(f"{year:04d}-{month + 1:02d}", "M")
    length = int(((first + 1).astype("datetime64[D]") - first.astype("datetime64[D]")).astype(np.int64))
    return int(first.astype("datetime64[D]").astype(np.int64)) + min(day.day, length)


def is_workday(days: Ints) -> Flags:
    """Monday to Friday."""
    return (np.asarray(days) + _EPOCH_WEEKDAY) % 7 < 5


def workday(days: Ints | Floats) -> Ints:
    """The day itself, or the Monday after a weekend; the order of days is kept."""
    whole = np.floor(days).astype(np.int64)
    weekday = (whole + _EPOCH_WEEKDAY) % 7
    return whole + np.where(weekday == 5, 2, np.where(weekday == 6, 1, 0))


def quarter_of(days: Ints, fiscal_year_starts: int) -> Ints:
    """The number of the fiscal quarter that holds each day; the next quarter has the next number."""
    months = np.asarray(days, dtype=np.int64).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return (months - (fiscal_year_starts - 1)) // 3


def quarter_start(quarter: Ints, fiscal_year_starts: int) -> Ints:
    """The first day of a fiscal quarter."""
    months = (np.asarray(quarter, dtype=np.int64) * 3 + (fiscal_year_starts - 1)).astype("datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int64)


def quarter_end(quarter: Ints, fiscal_year_starts: int) -> Ints:
    """The last day of a fiscal quarter."""
    return quarter_start(np.asarray(quarter) + 1, fiscal_year_starts) - 1
