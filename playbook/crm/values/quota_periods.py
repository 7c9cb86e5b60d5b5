"""Which days a period of a quota covers: `Q1 2026`, `2026-03`, `FY26`, `H2 2025`, `März 2026`.

A fiscal year is named after the calendar year in which it ends; where it starts in January the two are one.
"""

import re
from collections.abc import Sequence

import pandas as pd

from playbook.crm.values.month_names import month_number
from playbook.crm.values.words import words_by_value

_DATED = re.compile(r"\d{4}|[^\W\d_].*\d{2}")  # a number alone may be anything


def period(text: str, fiscal_year_starts: int = 1) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """First and last day of the period that `text` names; None if it names none.

    >>> period("q1_2026")
    (Timestamp('2026-01-01 00:00:00'), Timestamp('2026-03-31 00:00:00'))
    """
    words = re.sub(r"[_\s]+", " ", text.strip())
    called = words_by_value("period")
    a_year = rf"(?:{_any_of(called['year'])})?[\s'’\-]*(\d{{4}}|\d{{2}})"
    for marks, months in ((_any_of(called["quarter"]), 3), (_any_of(called["half"]), 6)):
        match = re.fullmatch(rf"(?i)(?:{marks})\s*([1-4])[\s\-/]*{a_year}", words)
        number, year = (match.group(1), match.group(2)) if match else ("", "")
        if not match and (match := re.fullmatch(rf"(?i){a_year}[\s\-/]*(?:{marks})\s*([1-4])", words)):
            year, number = match.group(1), match.group(2)
        if match:
            return _part(_full(year), (int(number) - 1) * months, months, fiscal_year_starts)
    if match := re.fullmatch(r"(\d{4})[-/. ](\d{1,2})", words) or re.fullmatch(r"(\d{1,2})[-/.](\d{4})", words):
        one, two = int(match.group(1)), int(match.group(2))
        full_year, number_of_month = (one, two) if one > 31 else (two, one)
        return _months(full_year, number_of_month, 1) if 1 <= number_of_month <= 12 else None
    named = re.fullmatch(r"([^\W\d_]{3,12})\.?[\s\-/']*(\d{4}|\d{2})", words) or re.fullmatch(
        r"(\d{4})[\s\-/]+([^\W\d_]{3,12})\.?", words
    )
    if named:
        name, year = (
            (named.group(1), named.group(2)) if not named.group(1).isdigit() else (named.group(2), named.group(1))
        )
        if month := month_number(name):
            return _months(_full(year), month, 1)
    if match := re.fullmatch(rf"(?i){a_year}", words):
        return _part(_full(match.group(1)), 0, 12, fiscal_year_starts)
    return None


def headings_of_periods(headings: Sequence[str]) -> dict[str, str]:
    """Those of `headings` that name nothing but a period, with the period: `2026-01`, `Jan-26`, `janv. 2026`."""
    return {h: h for h in headings if _DATED.search(h) and period(h)}


def _any_of(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, words))


def quarter_of(day: pd.Timestamp, fiscal_year_starts: int = 1) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day of the fiscal quarter that holds `day`."""
    into = (day.month - fiscal_year_starts) % 3
    first = day.replace(day=1).normalize() - pd.DateOffset(months=into)
    return first, first + pd.DateOffset(months=3) - pd.Timedelta(days=1)


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _part(year: int, months_in: int, length: int, starts: int) -> tuple[pd.Timestamp, pd.Timestamp]:
    first_year = year if starts == 1 else year - 1
    first = pd.Timestamp(first_year, starts, 1) + pd.DateOffset(months=months_in)
    return first, first + pd.DateOffset(months=length) - pd.Timedelta(days=1)


def _months(year: int, month: int, many: int) -> tuple[pd.Timestamp, pd.Timestamp]:
    first = pd.Timestamp(year, month, 1)
    return first, first + pd.DateOffset(months=many) - pd.Timedelta(days=1)
