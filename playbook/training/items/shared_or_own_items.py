"""What all share and what is one's own: a stage that holds a whole team up, an input beside results."""

import pandas as pd

from playbook import wording
from playbook.display import PagePart, table
from playbook.training.item import Exercise, Item
from playbook.training.kinds.choose_one import ChooseOne, Option
from playbook.training.lettered_reps import LetteredReps
from playbook.training.misconceptions import (
    ACTIVITY_IS_RESULT,
    EVERYBODYS_IS_ONES,
    LOWEST_IS_WEAK,
    REASON_FROM_NUMBER,
    WHOLLY_SURE,
)
from playbook.training.variant import Variant

_READ = 5  # the manager's task: read the data for what stops deals
_REPS = 7


def _everybody_or_one(variant: Variant) -> Exercise:
    """One stage in which a whole team loses, and somebody is lowest in it."""
    wide = variant.chance(0.5)
    usual, closed = variant.whole(56, 66) / 100, variant.whole(50, 80)
    names, stage = variant.names(_REPS), variant.stages()[2]
    low = usual - 0.24
    weaker = variant.whole(0, _REPS - 1)
    rates = [low if wide or i == weaker else usual for i in range(_REPS)]
    for _ in range(200):
        won = variant.wins([closed] * _REPS, rates)[0] / closed
        lowest = int(won.argmin())
        others = [rate for i, rate in enumerate(won) if i != lowest]
        clear = max(won) < usual - 0.06 if wide else lowest == weaker and min(others) - won[lowest] > 0.1
        if clear:
            break
    reps = LetteredReps(tuple(names), tuple(round(rate * closed) for rate in won), (closed,) * _REPS)
    who = names[lowest]
    elsewhere = wording.share(usual)
    options = (
        Option(
            "one",
            f"{who} needs coaching on {stage}",
            0.0 if wide else 1.0,
            f"All seven lie under the {elsewhere} of other teams, and {who} is simply the lowest of them."
            if wide
            else f"Six of seven go on about as often as in other teams ({elsewhere}); {who} alone does not.",
            (EVERYBODYS_IS_ONES, LOWEST_IS_WEAK) if wide else (),
        ),
        Option(
            "all",
            f"Something at {stage} holds the whole team up: take it to your leader, and coach nobody on it",
            1.0 if wide else 0.0,
            f"Seven of seven lie under {elsewhere}. What all share is no one's skill: an offer, a price, a rule."
            if wide
            else f"Six of seven go on about as often as elsewhere ({elsewhere}). It is not the team.",
        ),
        Option(
            "training",
            f"A training on {stage} for everybody",
            0.0,
            "Before all are trained, somebody has to see what goes wrong. It may not be a skill at all.",
            (REASON_FROM_NUMBER,),
        ),
        Option("luck", "Luck, as always", 0.0, f"With {closed} deals each this is far outside luck.", (WHOLLY_SURE,)),
    )
    return Exercise(
        lambda: _beside_other_teams(reps, stage, usual),
        "What do you take from it?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("Compare the team with the others first, and the reps with each other only then.",),
        facts={"rows": reps.rows(), "elsewhere": usual},
    )


def _beside_other_teams(reps: LetteredReps, stage: str, usual: float) -> PagePart:
    rows = pd.DataFrame(
        {
            "Rep": reps.names,
            "Went on": [f"{w} of {n}" for w, n in zip(reps.won, reps.closed, strict=True)],
            "Share": [wording.share(w / n) for w, n in zip(reps.won, reps.closed, strict=True)],
        }
    )
    caption = f"Deals that went on from {stage}, same customers; in other teams {wording.share(usual)} go on"
    return table(rows, caption=caption, numbers=["Went on", "Share"])


def _calls_and_results(variant: Variant) -> Exercise:
    """Activity beside results, where the two do not go together."""
    names = variant.names(4)
    calls = [variant.whole(62, 80), variant.whole(48, 58), variant.whole(36, 46), variant.whole(22, 32)]
    won = [variant.whole(6, 8), variant.whole(10, 12), variant.whole(6, 9), variant.whole(9, 11)]
    fewest = names[3]
    rows = pd.DataFrame({"Rep": names, "Calls a week": calls, "Deals won": won}).iloc[variant.shuffled(range(4))]
    options = (
        Option(
            "raise",
            f"{fewest} should make more calls",
            0.0,
            f"{fewest} won {won[3]} with {calls[3]} calls a week. More of what, and for which result?",
            (ACTIVITY_IS_RESULT, LOWEST_IS_WEAK),
        ),
        Option(
            "busy",
            f"{names[0]} is the hardest worker, and will win in the end",
            0.0,
            f"Calls are counted, not what is said in them. {names[0]} won {won[0]}.",
            (ACTIVITY_IS_RESULT,),
        ),
        Option(
            "none",
            "Calls and deals do not go together here: ask about calls only where deals are missing as well",
            1.0,
            "An input without a missing result is a question at most, and never a finding.",
        ),
        Option(
            "quota",
            "A minimum of 50 calls for everybody",
            0.0,
            f"That would tell {fewest}, who won {won[3]}, to work like {names[0]}, who won {won[0]}.",
            (ACTIVITY_IS_RESULT, EVERYBODYS_IS_ONES),
        ),
    )
    caption = "Four reps with the same customers, last half-year"
    return Exercise(
        lambda: table(rows, caption=caption, numbers=["Calls a week", "Deals won"]),
        "What do you do with the column of calls?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("Cover the column of calls. Whom would you ask about anything?",),
        facts={"calls": calls, "won": won},
    )


ITEMS = (
    Item(
        "evidence/everybody-or-one",
        _READ,
        (EVERYBODYS_IS_ONES,),
        "When somebody is low, look whether all are: what all share is no one's skill.",
        _everybody_or_one,
    ),
    Item(
        "evidence/calls-and-results",
        _READ,
        (ACTIVITY_IS_RESULT,),
        "When an input is low and no result is missing, leave it alone.",
        _calls_and_results,
    ),
)
