"""What the lesson "The improvement plan" shows: what three weeks of deals say of a plan that works."""

from playbook import wording
from playbook.display import PagePart, figure
from playbook.figures.luck_strip import luck_strip
from playbook.training.lesson_cells import Lesson
from playbook.training.variant import Variant, seed_of

_BEFORE, _AFTER, _CLOSED, _TIMES = 0.30, 0.40, 6, 20


def three_weeks_twenty_times(lesson: Lesson) -> PagePart:
    """The wins of three weeks, twenty times, under a plan that works from the first day on."""
    variant = Variant(seed_of(lesson.learner.own_seed, lesson.key, "three weeks"))
    won = [int(n) for n in variant.wins(_CLOSED, _AFTER, times=_TIMES)[:, 0]]
    before = _BEFORE * _CLOSED
    fewer = sum(n < before for n in won)
    return figure(
        luck_strip(won, before, unit=f"deals won of {_CLOSED}", on_average="before, on average"),
        title=f"The plan works, and in {fewer} of {_TIMES} cases the first three weeks look worse than before",
        alt=f"Deals won of {_CLOSED} in three weeks, {_TIMES} times, at {wording.share(_AFTER)} where it was "
        f"{wording.share(_BEFORE)} before: {wording.listing(sorted(won))}.",
        below=f"Each dot is three weeks of a rep who wins {wording.share(_AFTER)} now, and won "
        f"{wording.share(_BEFORE)}.",
    )
