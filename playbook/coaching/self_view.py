"""How a manager sees their own tasks, how the leader and the team see them, and which two skills to build first.

In: ticked boxes and counts.  Out: gaps in steps (never, once, a habit). Ordinal answers have a middle and no mean;
there is no total over tasks, as it would mean nothing. The answers of a team stand as their middle only, and from three
answers on: fewer would give away the one of a rep.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playbook.coaching.tasks import TASKS, Task

NEVER, ONCE, HABIT = "never", "once", "habit"
STEPS = {NEVER: 0.0, ONCE: 1.0, HABIT: 2.0}
FEWEST_ANSWERS = 3
# Where nothing else decides: what everything else rests on, and costs no hour more, comes first. An order of ours.
_FIRST = (9, 7, 2, 3, 1, 4, 10, 6, 8, 12, 5, 14, 11, 13)
_BUILD = 2  # at a time: more is a list that nobody learns from


@dataclass(frozen=True)
class Gap:
    """One task as three sides see it, in steps from 0 (never) to 2 (a habit); None where a side did not say.

    `team_answers` counts the team's answers to this task.
    """

    task: Task
    own: float | None
    leader: float | None = None
    team: float | None = None
    team_answers: int = 0

    @property
    def differs(self) -> bool:
        """Whether another side sees it a whole step differently, or more."""
        return any(abs(gap) >= 1 for gap in (self.from_leader, self.from_team) if gap is not None)

    @property
    def from_leader(self) -> float | None:
        """The own view minus the leader's."""
        return _minus(self.own, self.leader)

    @property
    def from_team(self) -> float | None:
        """The own view minus the middle of the team's."""
        return _minus(self.own, self.team)

    @property
    def lowest(self) -> float | None:
        """What the most reserved side sees; None where nobody said."""
        views = [view for view in (self.own, self.leader, self.team) if view is not None]
        return min(views) if views else None


def gaps(own: Mapping[int, str], leader: Mapping[int, str], team: Mapping[int, Sequence[int]]) -> tuple[Gap, ...]:
    """Every task in its order.

    Parameters
    ----------
    own, leader : the box that was ticked (`never`, `once`, `habit`), by the task's number; any other is unsaid.
    team : how many ticked never, once, a habit, by the task's number.
    """
    return tuple(
        Gap(
            task,
            STEPS.get(own.get(task.number, "")),
            STEPS.get(leader.get(task.number, "")),
            middle(team.get(task.number, ())),
            sum(team.get(task.number, ())),
        )
        for task in TASKS
    )


def middle(counts: Sequence[int]) -> float | None:
    """The median in steps of answers counted as (never, once, habit); None with fewer than FEWEST_ANSWERS.

    Halfway between two steps where the two middle answers differ.
    """
    answers = [step for step, count in zip(STEPS.values(), counts, strict=False) for _ in range(count)]
    n = len(answers)
    return (answers[(n - 1) // 2] + answers[n // 2]) / 2 if n >= FEWEST_ANSWERS else None


def two_to_build(seen: Sequence[Gap]) -> tuple[Task, ...]:
    """The two tasks to build first: those that the most reserved side sees least, by what others rest on."""
    by_number = {gap.task.number: gap for gap in seen}
    unsaid = STEPS[HABIT] + 1

    def least_first(number: int) -> tuple[float, int]:
        lowest = by_number[number].lowest
        return (unsaid if lowest is None else lowest, _FIRST.index(number))

    return tuple(by_number[number].task for number in sorted(by_number, key=least_first)[:_BUILD])


def _minus(own: float | None, other: float | None) -> float | None:
    return None if own is None or other is None else own - other
