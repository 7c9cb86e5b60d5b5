"""What the lesson "Is it luck?" shows: the same rep again and again, and eight equals side by side."""

from playbook import wording
from playbook.display import PagePart, figure
from playbook.figures.luck_strip import luck_strip
from playbook.training.lesson_cells import Lesson
from playbook.training.lettered_reps import LetteredReps
from playbook.training.variant import Variant, seed_of

_RATE, _CLOSED, _TIMES = 0.35, 40, 20
_REPS = 8


def same_rep_twenty_times(lesson: Lesson) -> PagePart:
    """One rep who wins 35% in the long run, over twenty half-years in which nothing changes."""
    variant = Variant(seed_of(lesson.learner.own_seed, lesson.key, "twenty"))
    won = [int(n) for n in variant.wins(_CLOSED, _RATE, times=_TIMES)[:, 0]]
    lowest, highest = min(won), max(won)
    spread = f"{wording.share(lowest / _CLOSED)} in the worst, {wording.share(highest / _CLOSED)} in the best"
    return figure(
        luck_strip(won, _RATE * _CLOSED, loud=lowest, unit=f"deals won of {_CLOSED}"),
        title=f"The same rep, {_TIMES} half-years, nothing changed: {spread}",
        alt=f"Deals won of {_CLOSED} in each of {_TIMES} half-years: {wording.listing(sorted(won))}.",
        below="Each dot is one half-year. The orange one is the worst of them.",
    )


def eight_equals(lesson: Lesson) -> PagePart:
    """Eight reps who all win 35% in the long run, in one half-year, with the range of luck behind them."""
    variant = Variant(seed_of(lesson.learner.own_seed, lesson.key, "eight"))
    won = tuple(int(n) for n in variant.wins([_CLOSED] * _REPS, _RATE)[0])
    reps = LetteredReps(tuple(variant.names(_REPS)), won, (_CLOSED,) * _REPS)
    return reps.picture(
        f"Eight reps of exactly the same skill: from {min(won)} to {max(won)} deals won of {_CLOSED}", with_luck=True
    )
