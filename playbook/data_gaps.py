"""What is off for want of data: each section and driver with what it lacks, and what one more column would turn on.

In: which tables and columns are missing.  Out: gaps, in the words of `catalogue` and of each driver's file.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from playbook.catalogue import SECTIONS, WORTH_CLOSING
from playbook.drivers.registry import DRIVERS
from playbook.wording import lower_first

Missing = Callable[[Sequence[str]], list[str]]


@dataclass(frozen=True)
class DataGap:
    """A part that is off: what a sentence calls it, the keys of chapters that show it, and what is not there for it."""

    what: str
    chapters: tuple[str, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Remedy:
    """A table or column that is missing, and the parts that need it."""

    need: str
    turns_on: tuple[str, ...]


def gaps(missing: Missing) -> list[DataGap]:
    """Each section and driver that is off; `missing` tells of any tables and columns which of them are not there."""
    return [
        *(DataGap(s.what, s.chapters, tuple(lacking)) for s in SECTIONS.values() if (lacking := s.lacks(missing))),
        *(
            DataGap(lower_first(driver.label), ("each_rep",), tuple(lacking))
            for driver in DRIVERS.values()
            if (lacking := driver.lacks(missing))
        ),
    ]


def remedies(missing: Missing) -> list[Remedy]:
    """What to ask for, the gaps most worth closing first; no column is asked for where its whole table is missing."""
    off = gaps(missing)
    lacking = list(dict.fromkeys(need for gap in off for need in gap.lacking))
    first = [need for need in WORTH_CLOSING if need in lacking]
    return [
        Remedy(need, tuple(_turned_on(need, off)))
        for need in [*first, *(need for need in lacking if need not in first)]
        if need.partition(".")[0] not in lacking or "." not in need
    ]


def _turned_on(need: str, off: list[DataGap]) -> Iterator[str]:
    """The parts that lack it, or a column of it."""
    for gap in off:
        if any(one == need or one.startswith(f"{need}.") for one in gap.lacking):
            yield gap.what
