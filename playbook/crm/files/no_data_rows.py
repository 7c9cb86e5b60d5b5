"""Rows of a table that are no data: blank lines, totals, footers and repeated headings.

The words by which totals and footers are known stand in `mappings/generic.toml`, in every language.
"""

import re
from functools import cache

import pandas as pd

from playbook.crm.values.words import words_of

BLANK, TOTAL, FOOTER, AGAIN = "blank lines", "total rows", "lines outside the table", "headings repeated"


def without_no_data(frame: pd.DataFrame, dropped: dict[str, int]) -> pd.DataFrame:
    """`frame` without blank lines, footers, totals and repeated headings, which are counted in `dropped`."""
    for reason, is_it in ((BLANK, _blank), (FOOTER, _footers), (TOTAL, totals), (AGAIN, _repeated_headings)):
        gone = is_it(frame)
        if gone.any():
            dropped[reason] = dropped.get(reason, 0) + int(gone.sum())
            frame = frame[~gone]
    return frame


def totals(frame: pd.DataFrame) -> pd.Series:
    """Rows that begin with a word for total and leave more than half of the columns empty."""
    if frame.shape[1] < 3:
        return pd.Series(False, index=frame.index)
    sparse = frame.notna().sum(axis=1) <= frame.shape[1] / 2
    if not sparse.any():
        return sparse
    first = _first_cells(frame[sparse]).fillna("")
    return sparse & first.str.match(_total_words()).reindex(frame.index, fill_value=False)


def begins_outside_the_table(cell: str) -> bool:
    """Whether a row whose only cell is this one is a footer or a total."""
    return bool(_footer_words().match(cell) or _total_words().match(cell))


@cache
def _total_words() -> re.Pattern[str]:
    """A cell that is a word for total, with signs, figures or something in brackets behind it."""
    return re.compile(rf"^({_any_of('total')})\b[^a-z]*(\(.*\))?:?$", re.IGNORECASE)


@cache
def _footer_words() -> re.Pattern[str]:
    """A cell that begins as the lines do that a report writes below its table."""
    return re.compile(rf"^({_any_of('footer')})", re.IGNORECASE)


def _any_of(words: str) -> str:
    return "|".join(re.escape(word) for word in sorted(words_of(words), key=len, reverse=True))


def _blank(frame: pd.DataFrame) -> pd.Series:
    return frame.isna().all(axis=1)


def _footers(frame: pd.DataFrame) -> pd.Series:
    alone = frame.notna().sum(axis=1) == 1
    if frame.shape[1] < 3 or not alone.any():
        return alone & False
    first = _first_cells(frame[alone])
    return alone & first.str.match(_footer_words()).reindex(frame.index, fill_value=False)


def _first_cells(frame: pd.DataFrame) -> pd.Series:
    """The leftmost cell of each row that is not empty; missing in a blank row.

    Column by column: `bfill(axis=1)` turns the table on its side and pays for each row what this pays for a column.
    """
    first = pd.Series(pd.NA, index=frame.index, dtype="str")
    for heading in frame.columns:
        if not (empty := first.isna()).any():
            break
        first = first.mask(empty, frame[heading])
    return first


def _repeated_headings(frame: pd.DataFrame) -> pd.Series:
    if frame.empty or frame.shape[1] < 2:
        return pd.Series(False, index=frame.index)
    same = pd.Series(True, index=frame.index)
    for heading in frame.columns:
        same &= (frame[heading] == heading).fillna(False)
        if not same.any():
            break
    return same
