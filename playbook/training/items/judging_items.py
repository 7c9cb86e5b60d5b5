"""Whom to coach on what, whom to leave alone, what cannot be said: a whole team, cold."""

import pandas as pd

from playbook import wording
from playbook.display import PagePart, note, table, together
from playbook.training.drawn_team import COACH, MEASURES, DrawnTeam, counted_of, draw_team, luck_of
from playbook.training.item import Exercise, Item
from playbook.training.kinds.judge_team import JudgeTeam
from playbook.training.misconceptions import (
    BIGGEST_SUM_FIRST,
    LOWEST_IS_WEAK,
    RECORD_IS_REP,
    SMALL_NUMBERS,
    WHOLLY_SURE,
)
from playbook.training.variant import Variant

_READ = 5
_WHOLE, _HALF = 10, 4


def _whole_team(variant: Variant) -> Exercise:
    """Ten reps."""
    return _judged(draw_team(variant, _WHOLE))


def _half_a_team(variant: Variant) -> Exercise:
    """Four reps, to learn on."""
    return _judged(draw_team(variant, _HALF))


def _judged(team: DrawnTeam) -> Exercise:
    return Exercise(
        lambda: together(_what_is_seen(team), _what_people_know(team)),
        "What do you do about each of them, and with whom do you begin?",
        JudgeTeam(team),
        (
            "Look at n first: with ten deals nothing can be said, however far the number lies.",
            "Then look for what lies far outside its range. A little outside happens to somebody in every team.",
            "Read the notes before you name anybody.",
        ),
        lambda: _truth_of(team),
        {"team": team},
    )


def _what_is_seen(team: DrawnTeam) -> PagePart:
    rows = []
    for rep in team.reps:
        row = {"Rep": rep.name}
        for measure in MEASURES:
            seen = rep.seen[measure.key]
            row[measure.heading] = f"{counted_of(seen)}; equals {luck_of(seen)}"
        rows.append(row | {"Missing to quota": wording.money(rep.money, "USD")})
    reps = wording.upper_first(wording.in_words(len(team.reps)))
    caption = (
        f"{reps} reps, the last half-year, deals with the same customers. “Equals”: where nine of ten equally good "
        "reps lie"
    )
    return table(pd.DataFrame(rows), caption=caption, numbers=["Missing to quota"])


def _what_people_know(team: DrawnTeam) -> PagePart:
    notes = [f"{rep.name}: {wording.lower_first(rep.note)}" for rep in team.reps if rep.note]
    return note("What people know beside the data: {notes}.", notes="; ".join(notes) or "nothing")


def _truth_of(team: DrawnTeam) -> PagePart:
    rows = pd.DataFrame({"Rep": [r.name for r in team.reps], "What is true": [r.why for r in team.reps]})
    planted = sum(rep.right == COACH for rep in team.reps)
    return table(rows, caption=f"What was planted: a cause in {planted} of {len(team.reps)}", words=["What is true"])


_TESTS = (SMALL_NUMBERS, LOWEST_IS_WEAK, RECORD_IS_REP, BIGGEST_SUM_FIRST, WHOLLY_SURE)
_RULE = "When you judge a team, look at n, then at how far outside of luck, then at what people know; begin with one."
ITEMS = (
    Item("judging/half-a-team", _READ, _TESTS, _RULE, _half_a_team),
    Item("judging/whole-team", _READ, _TESTS, _RULE, _whole_team),
)
