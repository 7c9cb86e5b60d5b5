"""A part of a form that is folded away: `details` on paper, a button that opens it where somebody fills it in.

What was begun stands open, so that no answer is out of sight. Print shows it all.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.display import PagePart
from playbook.forms.sheets import PlacedQuestion, Sheet


@dataclass(frozen=True)
class Fold:
    """`parts` under `summary`."""

    summary: str
    parts: tuple[PagePart | Sheet, ...]

    def placed(self) -> Iterator[PlacedQuestion]:
        """Each question inside."""
        for part in self.parts:
            if not isinstance(part, PagePart):
                yield from part.placed()

    def begun(self, answers: dict) -> bool:
        """Whether anything inside was answered."""
        return any(answers.get(placed.subject) not in (None, "") for placed in self.placed())
