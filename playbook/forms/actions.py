"""Something that a person can have made on the page: a choice, a button, and what comes of it below.

On paper there is nothing to press; the part then shows a sentence, or nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playbook.display import NOTHING, PagePart


@dataclass(frozen=True)
class Action:
    """`do` is called with the chosen option (empty if there is none to choose) and gives what is shown below."""

    button: str
    do: Callable[[str], PagePart]
    label: str = ""
    options: tuple[tuple[str, str], ...] = ()  # what is given to `do`, what a person reads
    paper: PagePart = NOTHING
