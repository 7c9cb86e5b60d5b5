"""Several tables on one sheet, one below the other, as dashboards and reports have them.

In: a sheet's rows.  Out: where each table begins. A table begins below a blank line, with a row of headings: names, and
figures below them. That it is no data of the table above shows in names where that one has figures, or in a title.
"""

import re
from collections.abc import Iterator

_FIGURE = re.compile(r"\W*\d")  # amounts, days, shares
_TITLES = 2  # lines of a title between the blank line and the headings
_LOOKED_AT = 20  # rows of the table above
_MOSTLY = 0.6  # its headings are among the rows looked at
_LONGEST_NAME = 80


def beginnings(rows: list[list[str]]) -> list[int]:
    """The place of the first row (of a title, or of headings) of each table among `rows`; the first is 0."""
    begins = [0]
    for at in _below_a_blank_line(rows):
        title, heading = _title_and_headings(rows, at)
        if heading is None or not _names_above_figures(rows, heading):
            continue
        above = [row for row in rows[begins[-1] : at] if _filled(row)]
        if any(_same(rows[heading], row) for row in above):  # the same headings again, as on each page of a printout
            continue
        if title or _stand_where_figures_are(rows[heading], above[-_LOOKED_AT:]):
            begins.append(at)
    return begins


def _below_a_blank_line(rows: list[list[str]]) -> Iterator[int]:
    for at in range(1, len(rows)):
        if not _filled(rows[at - 1]) and _filled(rows[at]):
            yield at


def _title_and_headings(rows: list[list[str]], at: int) -> tuple[bool, int | None]:
    """Whether a title stands from `at` on, and the place of the row with several cells below it."""
    for place in range(at, min(at + _TITLES + 1, len(rows))):
        filled = _filled(rows[place])
        if len(filled) > 1:
            return place > at, place
        if not filled:
            break
    return False, None


def _names_above_figures(rows: list[list[str]], heading: int) -> bool:
    names = _filled(rows[heading])
    if heading + 1 == len(rows) or len(set(names.values())) < len(names):
        return False
    if any(_FIGURE.match(name) or len(name) >= _LONGEST_NAME for name in names.values()):
        return False
    below = _filled(rows[heading + 1])
    return bool(below) and set(below) <= set(names) and any(_FIGURE.match(cell) for cell in below.values())


def _stand_where_figures_are(row: list[str], above: list[list[str]]) -> bool:
    cells = [_filled(each) for each in above]
    for place in _filled(row):
        column = [each[place] for each in cells if place in each]
        if len(column) > 1 and sum(bool(_FIGURE.match(cell)) for cell in column) >= _MOSTLY * len(column):
            return True
    return False


def _same(row: list[str], other: list[str]) -> bool:
    return {cell.casefold() for cell in _filled(row).values()} == {cell.casefold() for cell in _filled(other).values()}


def _filled(row: list[str]) -> dict[int, str]:
    """The cells of a row that hold something, by their column."""
    return {place: cell.strip() for place, cell in enumerate(row) if cell.strip()}
