"""What the lesson "From player to coach" shows: a rep who really got better, and what the quarters make of it."""

from playbook import wording
from playbook.display import PagePart, figure
from playbook.figures.luck_strip import luck_strip
from playbook.training.lesson_cells import Lesson
from playbook.training.variant import Variant, seed_of

_BEFORE, _AFTER, _CLOSED, _TIMES = 0.30, 0.36, 20, 20


def really_better_twenty_quarters(lesson: Lesson) -> PagePart:
    """Twenty quarters of a rep whose win rate has risen for good, beside what they won on average before."""
    variant = Variant(seed_of(lesson.learner.own_seed, lesson.key, "better"))
    won = [int(n) for n in variant.wins(_CLOSED, _AFTER, times=_TIMES)[:, 0]]
    before = _BEFORE * _CLOSED
    no_more = sum(n <= before for n in won)
    return figure(
        luck_strip(won, before, unit=f"deals won of {_CLOSED}", on_average="before, on average"),
        title=f"Better for good, and in {no_more} of {_TIMES} quarters no more wins than before",
        alt=f"Deals won of {_CLOSED} in each of {_TIMES} quarters at {wording.share(_AFTER)}, where it was "
        f"{wording.share(_BEFORE)} before: {wording.listing(sorted(won))}.",
        below=f"Each dot is one quarter. The rep wins {wording.share(_AFTER)} now, and won {wording.share(_BEFORE)}.",
    )
