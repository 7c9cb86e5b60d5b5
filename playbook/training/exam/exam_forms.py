"""The forms of the exam: a short one before and a parallel one after, and the capstone.

In: a learner's seed and which form.  Out: which items are asked, each with the seed of its variant. Two forms are
parallel: the same items in another order, newly drawn, so that a difference between them is the learner's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from playbook.training.item import Exercise, Item
from playbook.training.item_bank import item_bank, item_called
from playbook.training.kinds.estimate import Estimate
from playbook.training.kinds.judge_team import JudgeTeam
from playbook.training.kinds.write_and_mark import WriteAndMark
from playbook.training.variant import Variant, seed_of

BEFORE, AFTER = "before", "after"
CAPSTONE = "judging/whole-team"
CAPSTONE_PAGE = "capstone"  # as its notebook says which exam it is; the two forms say BEFORE and AFTER
# Of the points of the capstone. Leaving everybody alone gets up to 0.67; with 0.8 a slip or two would fail the careful
# in one case of thirteen, with this in one of twenty (scripts/bench_training.py).
PASSED_FROM = 0.77
_LENGTH = 9  # questions of a form of ten minutes, half a team to judge among them
_HALF_A_TEAM = "judging/half-a-team"


@dataclass(frozen=True)
class ExamQuestion:
    """An item of a form, and the seed of its variant."""

    item: Item
    seed: int

    def exercise(self) -> Exercise:
        """The variant."""
        return self.item.exercise(self.seed)


def exam_form(own_seed: int, which: str, asked_before: Sequence[str] = ()) -> tuple[ExamQuestion, ...]:
    """The questions of the form `which` (BEFORE, AFTER, or a number as text) of the learner with `own_seed`.

    The items are drawn once for a learner, so that both forms ask the same, each with variants of its own. Those of
    `asked_before` are among them, whatever the bank of an earlier kit was from which they were drawn.
    """
    begun = [key for key in asked_before if key in item_bank() and key != _HALF_A_TEAM]
    drawn = [item.key for item in Variant(seed_of(own_seed, "items")).shuffled(_examined())]
    chosen = [*begun, *(key for key in drawn if key not in begun)][: _LENGTH - 1]
    order = Variant(seed_of(own_seed, which, "order")).shuffled(sorted(chosen))
    return tuple(ExamQuestion(item_called(key), seed_of(own_seed, which, key)) for key in (*order, _HALF_A_TEAM))


def capstone(own_seed: int, attempt: int) -> ExamQuestion:
    """The capstone of a learner: a whole team, another one at each attempt."""
    return ExamQuestion(item_called(CAPSTONE), seed_of(own_seed, "capstone", attempt))


def passed(points: float) -> bool:
    """Whether the capstone is met."""
    return points >= PASSED_FROM


@cache
def _examined() -> tuple[Item, ...]:
    """What can be asked in a short form: marked by the kit, in a minute or less."""
    items = []
    for item in item_bank().values():
        response = item.exercise(1).response
        if item.examined and not isinstance(response, JudgeTeam | Estimate | WriteAndMark):
            items.append(item)
    return tuple(items)
