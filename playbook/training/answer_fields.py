"""What one answer of an exercise is made of: boxes to tick, one of several, a quantity, words.

In: what a learner typed.  Out: values that a journal can hold. Plain data; the controls are made in `live_exercise`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from playbook.forms.sheets import Text
from playbook.journal.events import Value

Values = Mapping[str, Value]
YES = "yes"
_QUANTITY = re.compile(r"[-−]?\d[\d,\s]*(?:\.\d+)?|[-−]?\.\d+")


@dataclass(frozen=True)
class Pick:
    """One of several, each (key, what a person reads); `listed` one below the other, otherwise in a menu."""

    options: tuple[tuple[str, str], ...]
    listed: bool = True


@dataclass(frozen=True)
class Tick:
    """A box that is ticked or not."""


@dataclass(frozen=True)
class Quantity:
    """A number, written as people write it; `unit` stands behind its box."""

    unit: str = ""


@dataclass(frozen=True)
class Field:
    """One control of an exercise: `key` in the answer, `label` for the eye and for a screen reader."""

    key: str
    label: str
    takes: Pick | Tick | Quantity | Text


def quantity_in(value: Value) -> float | None:
    """The number in what somebody typed: `9`, `9%`, `1,200`, `$40`; None if there is none, or more than one."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    numbers = _QUANTITY.findall(value) if isinstance(value, str) else []
    if len(numbers) != 1:
        return None
    return float(re.sub(r"[,\s]", "", numbers[0]).replace("−", "-"))
