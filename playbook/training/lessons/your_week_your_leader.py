"""What the lesson "Your week, your leader" shows: the hours that coaching takes, and a team's quarters by luck."""

import pandas as pd

from playbook import wording
from playbook.coaching.time_budget import PARTS, hours_needed
from playbook.display import PagePart, figure, table
from playbook.figures.luck_strip import luck_strip
from playbook.training.lesson_cells import Lesson
from playbook.training.variant import Variant, seed_of

_RATE, _CLOSED, _TIMES = 0.32, 120, 20
_TEAMS = (4, 6, 8, 10, 12)


def hours_for_coaching(lesson: Lesson) -> PagePart:
    """The hours a week that coaching takes, by the number of reps."""
    rows = pd.DataFrame(
        {"Reps": _TEAMS, "Hours a week": [wording.hours(hours_needed(reps)) for reps in _TEAMS]},
    )
    parts = wording.listing(f"{wording.lower_first(part.what)} ({wording.hours(part.hours)})" for part in PARTS)
    return table(rows, caption=f"Per rep and week: {parts}", numbers=["Hours a week"])


def one_team_twenty_quarters(lesson: Lesson) -> PagePart:
    """The wins of one team in twenty quarters in which nothing changes."""
    variant = Variant(seed_of(lesson.learner.own_seed, lesson.key, "quarters"))
    won = [int(n) for n in variant.wins(_CLOSED, _RATE, times=_TIMES)[:, 0]]
    worst, best = min(won), max(won)
    return figure(
        luck_strip(won, _RATE * _CLOSED, loud=worst, unit=f"deals won of {_CLOSED}"),
        title=f"The same team, {_TIMES} quarters, nothing changed: {wording.share(worst / _CLOSED)} in the worst, "
        f"{wording.share(best / _CLOSED)} in the best",
        alt=f"Deals won of {_CLOSED} by one team in each of {_TIMES} quarters: {wording.listing(sorted(won))}.",
        below="Each dot is one quarter. The orange one is the worst of them.",
    )
