"""What changed and what did not: after a workshop, after the best quarter, and when only the mix of deals moved."""

import numpy as np
import pandas as pd

from playbook import wording
from playbook.display import say, table
from playbook.training.item import Exercise
from playbook.training.items.luck_items import luck_item
from playbook.training.kinds.choose_one import ChooseOne, Option
from playbook.training.lettered_reps import TEAMS, of_ten, won_of
from playbook.training.misconceptions import (
    BEFORE_AFTER_IS_CAUSE,
    HIGHEST_IS_GOOD,
    LOWEST_IS_WEAK,
    MIX_IS_SKILL,
    SMALL_NUMBERS,
    TREND_OF_TWO,
    WHOLLY_SURE,
)
from playbook.training.two_mixes import drawn_in_two_mixes, overall_rates
from playbook.training.variant import Variant

_REPS, _SENT = 8, 3


def _after_the_workshop(variant: Variant) -> Exercise:
    """The lowest three of eight equals are sent to a workshop, and rise, as the lowest of equals do."""
    rate, closed = variant.whole(30, 40) / 100, variant.whole(24, 34)
    before = np.sort(variant.wins([closed] * _REPS, rate, times=TEAMS), axis=1)[:, :_SENT].sum(axis=1)
    after = variant.wins([closed] * _SENT, rate, times=TEAMS).sum(axis=1)
    rose = float((after > before).mean())
    typical = int(np.argmax(after > before))
    first, then, deals = int(before[typical]), int(after[typical]), closed * _SENT
    topic = variant.one_of(("negotiation", "discovery", "handling objections", "closing"))
    often = f"Of {TEAMS:,} teams in which nobody changed, the lowest three rose in {of_ten(rose)}."
    options = (
        Option("works", "The workshop works: send the others as well", 0.0,
               f"{often} Who is lowest by luck rises without a workshop, too.", (BEFORE_AFTER_IS_CAUSE,)),
        Option("trend", "They are on the way up: leave them to it, and look at the next three", 0.0,
               f"Two half-years make no way. {often}", (TREND_OF_TWO, SMALL_NUMBERS)),
        Option("useless", "The workshop did nothing", 0.0,
               f"That is not known either. {often} A real effect could hide in it.", (WHOLLY_SURE,)),
        Option("lot", "Nothing yet: the lowest rise anyhow. Next time draw by lot who goes first, and compare", 1.0,
               f"{often} Who is chosen for being low needs others who were as low, and stayed."),
    )  # fmt: skip
    reasons = (
        Option("lowest", "They were chosen because they were lowest", 1.0, "That alone makes a rise likely."),
        Option("right-after", "It happened right after the workshop", 0.0,
               "So did everything else of that half-year.", (BEFORE_AFTER_IS_CAUSE,)),
        Option("small", "Three people are too few for any workshop", 0.0, "The number of people is not the trouble."),
    )  # fmt: skip
    return Exercise(
        lambda: say(
            "Last half-year the three lowest of eight won **{first} of {deals}** deals together. They went to a "
            "workshop on {topic}. This half-year they won **{then} of {deals}**.",
            first=first,
            then=then,
            deals=deals,
            topic=topic,
        ),
        "What do you take from it?",
        ChooseOne(tuple(variant.shuffled(options)), tuple(variant.shuffled(reasons))),
        ("What would the lowest three of eight equals do next time, with no workshop?",),
        facts={"first": first, "then": then, "deals": deals},
    )


def _learn_from_the_best(variant: Variant) -> Exercise:
    """The best of eight equals in one quarter, who is to show the others how it is done."""
    rate, closed = variant.whole(28, 40) / 100, variant.whole(20, 30)
    quarters = variant.wins([closed] * _REPS, rate, times=TEAMS).max(axis=1)
    won = int(quarters[0])
    chance = float((quarters >= won).mean())
    name, mate = variant.names(2)
    often = f"Of {TEAMS:,} teams of equal reps {of_ten(chance)} had a best one of {won} or more."
    options = (
        Option("shows", f"{name} shows the others in the next team meeting how it is done", 0.0,
               f"{often} The others may learn the habits of a lucky quarter.", (HIGHEST_IS_GOOD, SMALL_NUMBERS)),
        Option("more", f"{name} gets the large accounts from now on", 0.0,
               f"{often} Next quarter another one is the best.", (HIGHEST_IS_GOOD, TREND_OF_TWO)),
        Option("luck", f"It was luck, so there is nothing to learn from {name}", 0.0,
               "Luck could do it. That does not say that it did.", (WHOLLY_SURE,)),
        Option("look", f"Praise what you saw {name} do in a talk, and wait with the rest for more quarters", 1.0,
               f"{often} What you saw is worth copying, whatever the number says."),
    )  # fmt: skip
    reasons = (
        Option("best-of-eight", "In each quarter one of eight is the best", 1.0, often),
        Option("number", f"{won} of {closed} says enough", 0.0, f"{often} So it says little.", (SMALL_NUMBERS,)),
        Option("jealous", "The others would not like it", 0.0, "Perhaps. It is not what speaks against it here."),
    )  # fmt: skip
    return Exercise(
        lambda: say(
            "{name} won **{won} of {closed}** deals this quarter, the best of eight with the same customers. The team "
            "wins {rate} over the years. {mate} says: “Let {name} teach us.”",
            name=name,
            mate=mate,
            won=won,
            closed=closed,
            rate=wording.share(rate),
        ),
        "What do you do?",
        ChooseOne(tuple(variant.shuffled(options)), tuple(variant.shuffled(reasons))),
        ("How good is the best of eight equals in one quarter?",),
        facts={"won": won, "closed": closed, "rate": rate, "reps": _REPS},
    )


def _only_the_mix_moved(variant: Variant) -> Exercise:
    """A team's rate falls, and in each kind of business it stays."""
    easy, hard = variant.segments()
    good, poor = variant.whole(44, 54) / 100, variant.whole(14, 22) / 100
    many, few = variant.whole(170, 210), variant.whole(50, 70)
    deals, won = drawn_in_two_mixes(variant, (good, poor), many, few, apart=0.04, gap=0.12)
    overall = overall_rates(deals, won)
    columns = ("Last year", "This year")
    lines = [(kind, *(won_of(won[y, k], deals[y, k]) for y in (0, 1))) for k, kind in enumerate((easy, hard))]
    lines.append(("Together", *(won_of(won[y].sum(), deals[y].sum()) for y in (0, 1))))
    rows = pd.DataFrame(lines, columns=["Deals", *columns])
    alike = f"In {easy} and in {hard} the team wins as often as last year."
    options = (
        Option("training", "Win rates fell: a sales training for everybody", 0.0,
               f"{alike} Nobody sells worse than before.", (MIX_IS_SKILL, LOWEST_IS_WEAK)),
        Option("trend", f"It goes down by {wording.points(overall[0] - overall[1])} a year: act before the next", 0.0,
               f"Two years are no trend, and {wording.lower_first(alike)}", (TREND_OF_TWO, MIX_IS_SKILL)),
        Option("fine", "Nothing moved, so there is nothing to do", 0.3,
               f"Selling did not move. That so much more of it is {hard} now does change the quarter."),
        Option("mix", f"The team sells as before; more of it is {hard}. Plan revenue and hours with that", 1.0,
               f"{alike} What moved is what they sell."),
    )  # fmt: skip
    reasons = (
        Option("kinds", "Within each kind of business the rate stayed", 1.0, alike),
        Option("total", "The total fell", 0.0, "The total did. It also falls when only the mix moves.",
               (MIX_IS_SKILL,)),
        Option("market", "The market is harder this year", 0.0, f"Then {easy} would have fallen as well."),
    )  # fmt: skip
    return Exercise(
        lambda: table(rows, caption="Deals that the team won, of those that ended", numbers=columns),
        "What do you do?",
        ChooseOne(tuple(variant.shuffled(options)), tuple(variant.shuffled(reasons))),
        ("Read one line at a time, from left to right.",),
        facts={"won": won, "closed": deals},
    )


ITEMS = (
    luck_item(
        "after-the-workshop",
        _after_the_workshop,
        (BEFORE_AFTER_IS_CAUSE, TREND_OF_TWO),
        "When the lowest were sent, expect a rise without it, and compare with others who were as low.",
    ),
    luck_item(
        "learn-from-the-best",
        _learn_from_the_best,
        (HIGHEST_IS_GOOD, SMALL_NUMBERS),
        "When somebody had the best quarter, praise what you saw, not the number.",
    ),
    luck_item(
        "only-the-mix-moved",
        _only_the_mix_moved,
        (MIX_IS_SKILL, TREND_OF_TWO),
        "When a total moves, look at each kind of business before you speak of skill.",
    ),
)
