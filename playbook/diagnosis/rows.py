"""The columns of the findings `diagnosis` and `company_wide`: facts only, from which `sentences` renders what is read.

Apart from the modules that make them: chapters load no statistics library.
"""

from typing import NamedTuple


class Pattern(NamedTuple):
    """One row of `company_wide`: a group of deals whose win rate stands apart with everybody."""

    pattern: str  # the trait by which deals are grouped: quarter_end, segment …
    group: str  # which group of it
    driver: str  # win_rate
    seen: float  # the group's win rate, 0 to 1
    others: float  # that of all other deals
    low: float  # 95% range of the difference
    high: float
    n: int  # closed deals of the group
    q: float  # expected share of false ones among all that are as sure as this (Benjamini and Hochberg 1995)
