"""An item of the bank, and an exercise drawn from it.

An item is a question whose people, numbers and causes are drawn from a seed; its truth is computed from the same draw,
never typed. The same seed draws the same exercise.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playbook.display import NOTHING, PagePart
from playbook.training.marked import Response
from playbook.training.variant import Variant


def _nothing() -> PagePart:
    return NOTHING


@dataclass(frozen=True)
class Exercise:
    """One variant of an item.

    `situation` draws what is looked at (a table, a picture, a talk) when it is wanted, `with_truth` the same with the
    truth marked, for afterwards. `hints` come one by one. `facts` are the numbers in the situation, as a simulated
    learner reads them; the truth is none of them. Parts of `situation` and fields never hold the truth.
    """

    situation: Callable[[], PagePart]
    question: str
    response: Response
    hints: tuple[str, ...]
    with_truth: Callable[[], PagePart] = _nothing
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """`key` names it for good (`luck/lowest-of-eight`), in journals and in lessons.

    `task` is the manager's task (1 to 14, `coaching.tasks`), `misconceptions` what it tests, `rule` the sentence to
    take away: "when X, do Y". `examined` items may stand in an exam, a pre-test or a post-test. `home` is the key of
    the lesson whose subject it is, where it stands unannounced in another one (`transfer.py`).
    """

    key: str
    task: int
    misconceptions: tuple[str, ...]
    rule: str
    draw: Callable[[Variant], Exercise]
    examined: bool = True
    home: str = ""

    def exercise(self, seed: int) -> Exercise:
        """The variant of this seed."""
        return self.draw(Variant(seed))
