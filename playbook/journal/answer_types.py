"""What an answer can be: each kind says in words what fits it, and whether a value does.

A journal may have been written by anybody and by any program, so a value is checked where it is read as where it is
typed. Pure data and pure functions.
"""

import math
import re
from dataclasses import dataclass
from datetime import date

from playbook.journal.events import Value

MOST_CHARACTERS = 20_000  # about eight printed pages: more in one box was pasted by mistake
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)  # outside of it a year was mistyped
MOST_OF_AN_ID = 500  # a driver may hold the name of a stage, which a CRM cuts at 255
_HALF_A_PAIR = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Words:
    """A text of at most `most` characters."""

    most: int = MOST_CHARACTERS

    @property
    def rule(self) -> str:
        """What fits, as a person reads it."""
        return f"a text of at most {self.most:,} characters"

    def fits(self, value: Value) -> bool:
        """Whether `value` is such an answer."""
        return isinstance(value, str) and len(value) <= self.most


@dataclass(frozen=True)
class OneOf:
    """One of a few words, as they are kept."""

    options: tuple[str, ...]
    rule = "one of the choices"

    def fits(self, value: Value) -> bool:
        """Whether `value` is such an answer."""
        return isinstance(value, str) and value in self.options


@dataclass(frozen=True)
class Identifier:
    """The id of something that only the data knows: of a `rep`, a `driver`, a `chart`."""

    of: str

    @property
    def rule(self) -> str:
        """What fits, as a person reads it."""
        return f"the id of a {self.of}"

    def fits(self, value: Value) -> bool:
        """Whether `value` is such an answer."""
        return isinstance(value, str) and len(value) <= MOST_OF_AN_ID


@dataclass(frozen=True)
class Number:
    """A number from 0 to `most`, `whole` where things are counted; 0 stands for "not filled in" as well.

    `step` is what the arrows of its control add.
    """

    most: float = 80
    step: float = 0.5
    whole: bool = False

    @property
    def rule(self) -> str:
        """What fits, as a person reads it."""
        return f"{'a whole number' if self.whole else 'a number'} from 0 to {self.most:,.0f}"

    def fits(self, value: Value) -> bool:
        """Whether `value` is such an answer: no truth value, nothing infinite, no fraction where things are counted."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        if isinstance(value, float) and not math.isfinite(value):
            return False
        return 0 <= value <= self.most and (not self.whole or value == int(value))


@dataclass(frozen=True)
class Day:
    """A day of the calendar, as ISO 8601 writes it."""

    rule = f"a day from {FIRST_DAY.year} to {LAST_DAY.year}"

    def fits(self, value: Value) -> bool:
        """Whether `value` is such an answer."""
        day = day_in(value)
        return day is not None and FIRST_DAY <= day <= LAST_DAY


AnswerType = Words | OneOf | Identifier | Number | Day


def day_in(value: Value) -> date | None:
    """The day that an answer holds, or None."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def number_in(value: Value) -> float | None:
    """The number that an answer holds, or None; a truth value is none."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def well_formed(value: Value) -> Value:
    """`value` with a mark (U+FFFD) in place of each half of a character pair in its texts, which nothing can write."""
    return _HALF_A_PAIR.sub("\ufffd", value) if isinstance(value, str) else value
