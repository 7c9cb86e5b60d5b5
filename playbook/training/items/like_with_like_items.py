"""Is it luck? Like with like, how many deals it takes, where reasoning outruns the numbers, and what to say."""

import numpy as np
import pandas as pd

from playbook import wording
from playbook.display import say, table
from playbook.training.item import Exercise
from playbook.training.items.luck_items import luck_item
from playbook.training.kinds.choose_one import ChooseOne, Option
from playbook.training.kinds.mistake_in_lines import MistakeInLines, TalkLine
from playbook.training.kinds.write_and_mark import WriteAndMark
from playbook.training.lettered_reps import (
    of_ten,
    ordinary_lowest,
    won_of,
)
from playbook.training.misconceptions import (
    HIGHEST_IS_GOOD,
    LOWEST_IS_WEAK,
    MIX_IS_SKILL,
    REASON_FROM_NUMBER,
    SMALL_NUMBERS,
    WHOLLY_SURE,
)
from playbook.training.two_mixes import drawn_in_two_mixes, overall_rates
from playbook.training.variant import Variant


def _same_skill_other_mix(variant: Variant) -> Exercise:
    """Two reps who win each kind of business equally often, and have more or less of the easy kind."""
    easy, hard = variant.segments()
    good, poor = variant.whole(46, 58) / 100, variant.whole(14, 24) / 100
    many, few = variant.whole(54, 66), variant.whole(14, 22)
    first, second = variant.names(2)
    deals, won = drawn_in_two_mixes(variant, (good, poor), many, few, apart=0.06, gap=0.12)
    overall = overall_rates(deals, won)
    rows = pd.DataFrame(
        [
            {
                "Rep": name,
                easy: won_of(won[i, 0], deals[i, 0]),
                hard: won_of(won[i, 1], deals[i, 1]),
                "Together": won_of(won[i].sum(), deals[i].sum()),
            }
            for i, name in enumerate((first, second))
        ]
    )
    gap = wording.points(overall[0] - overall[1])
    alike = f"In {easy} and in {hard} the two win equally often, give or take luck."
    reasons = (
        Option("together", f"The totals differ by {gap}", 0.0, f"The totals do. {alike}", (MIX_IS_SKILL,)),
        Option("kinds", "Within each kind of business they win about equally often", 1.0, alike),
        Option(
            "few", "There are too few deals to say anything", 0.0, "There are enough to see that the kinds differ.", ()
        ),
    )
    options = (
        Option(
            "first",
            f"{first} closes better",
            0.0,
            f"{first} has more {easy}, which everybody wins more often. Compare like with like.",
            (MIX_IS_SKILL, HIGHEST_IS_GOOD),
        ),
        Option("second", f"{second} closes better", 0.0, f"Nothing here says so. {alike}"),
        Option("neither", "Neither: nothing here tells them apart", 1.0, f"{first} has more {easy}, that is all."),
    )
    return Exercise(
        lambda: table(rows, caption="Deals won, of those that ended", numbers=[easy, hard, "Together"]),
        "Who closes better?",
        ChooseOne(tuple(variant.shuffled(options)), tuple(variant.shuffled(reasons))),
        ("Read one column at a time, from top to bottom.",),
        facts={"won": won, "closed": deals},
    )


_POWER, _MOST_DEALS, _FACTORS = 0.8, 2_000, (1 / 27, 1 / 9, 1 / 3, 1.0, 3.0, 9.0)


def _how_many_deals(variant: Variant) -> Exercise:
    """How many deals until a real gap shows."""
    rate, gap = variant.whole(28, 40) / 100, variant.one_of((0.08, 0.10, 0.12))
    # Losses count from the first deal on, so one run of deals per simulated rep answers for every number of them.
    won = np.cumsum(variant.wins([1] * _MOST_DEALS, rate - gap, times=600), axis=1)
    shows = _shows(won, rate)
    enough = int(np.argmax(shows >= _POWER)) + 1
    begin = variant.whole(0, 2)
    numbers = [max(3, round(enough * factor)) for factor in _FACTORS[begin : begin + 4]]
    name = variant.names(1)[0]
    options = tuple(
        Option(
            str(n),
            f"About {_rounded(n):,}",
            float(n == enough),
            f"With about {_rounded(n):,} closed deals the gap stood out in {of_ten(shows[min(n, _MOST_DEALS) - 1])} "
            f"simulated reps; eight in ten takes about {_rounded(enough):,}.",
            (SMALL_NUMBERS,) if n < enough else (),
        )
        for n in numbers
    )
    return Exercise(
        lambda: say(
            "Reps with these customers win **{rate}**. {name} truly wins **{own}**, which nobody can see. You see only "
            "the deals that close.",
            rate=wording.share(rate),
            name=name,
            own=wording.share(rate - gap),
        ),
        "After how many closed deals would the gap stand out from luck in eight of ten cases?",
        ChooseOne(options),
        ("A rep who closes ten deals a month has 120 in a year.",),
        facts={"rate": rate, "gap": gap},
    )


def _rounded(n: int) -> int:
    return round(n, -1) if n >= 40 else n


def _shows(won: np.ndarray, rate: float) -> np.ndarray:
    """After each number of deals, how often the wins lie below what luck gives in 39 of 40 cases at `rate`."""
    closed = np.arange(1, won.shape[1] + 1)
    edge = rate * closed - 1.96 * np.sqrt(closed * rate * (1 - rate))
    shares: np.ndarray = (won < edge).mean(axis=0)
    return shares


def _reasoning_that_went_wrong(variant: Variant) -> Exercise:
    """A manager's reasoning, line by line, with the step that the numbers do not carry."""
    rate, closed, won, chance = ordinary_lowest(variant)
    name = variant.names(1)[0]
    lines: tuple[TalkLine, ...] = (
        TalkLine(
            "", f"{name} won {won} of {closed}, which is {wording.share(won / closed)}.", "That is what the data says."
        ),
        TalkLine("", f"The team wins {wording.share(rate)}.", "That is what the data says, too."),
        TalkLine("", f"So {name} is the lowest of eight.", "True, and it will always be true of somebody."),
        TalkLine(
            "",
            f"So {name} has a problem with closing.",
            f"Here it goes wrong: equal reps have one so low in {of_ten(chance)} teams, and a rate names no cause.",
            (REASON_FROM_NUMBER, LOWEST_IS_WEAK),
        ),
        TalkLine(
            "",
            "So I will sit in on a closing talk.",
            "Sitting in is never wrong; the line before it is.",
        ),
    )
    lines = lines if variant.chance(0.5) else lines[1:]
    better = (
        Option(
            "range",
            f"“Equal reps would land this low in {of_ten(chance)} teams. I cannot tell yet.”",
            1.0,
            "That says what is known, and how far.",
        ),
        Option(
            "skill",
            f"“So {name} has a problem with discovery, as deals are lost later.”",
            0.0,
            "Another cause, just as little known.",
            (REASON_FROM_NUMBER,),
        ),
        Option("fine", f"“So {name} is fine.”", 0.0, "That is no better known than the opposite.", (WHOLLY_SURE,)),
    )
    return Exercise(
        lambda: say("A manager thinks aloud, line by line."),
        "In which line does it go beyond the numbers?",
        MistakeInLines(lines, len(lines) - 2, tuple(variant.shuffled(better))),
        ("Ask of each line: could I read this off the table?",),
        facts={"won": won, "closed": closed},
    )


def _say_it_to_the_rep(variant: Variant) -> Exercise:
    """A sentence about a number that cannot say anything yet."""
    rate, closed, won, _ = ordinary_lowest(variant)
    name = variant.names(1)[0]
    return Exercise(
        lambda: say(
            "{name} won {won} of {closed}; the team wins {rate}. {name} asks you: “Am I in trouble?”",
            name=name,
            won=won,
            closed=closed,
            rate=wording.share(rate),
        ),
        "What do you say?",
        WriteAndMark(
            good=f"{won} of {closed} can be luck, so I draw nothing from it. I'd like to sit in on two talks anyway, "
            "to see what you do well. When 40 more have closed we look again.",
            good_because="It says what the number can and cannot say, and what happens next.",
            bad="Don't worry, but you are at the bottom. Is something wrong? Your closing needs to get better.",
            bad_because="It reads a cause out of a number, and comforts and threatens in one breath.",
            criteria=(
                ("range", "says that the number may be luck, without calling it luck"),
                ("no-cause", "names no cause that nobody has seen"),
                ("next", "says what you will do, and when you look again"),
                ("person", "speaks of deals, not of what kind of person somebody is"),
            ),
        ),
        ("Say first what the number cannot tell.",),
    )


ITEMS = (
    luck_item(
        "same-skill-other-mix",
        _same_skill_other_mix,
        (MIX_IS_SKILL,),
        "When you compare two win rates, compare the same kind of deals.",
    ),
    luck_item(
        "how-many-deals",
        _how_many_deals,
        (SMALL_NUMBERS,),
        "When the gap is ten points, count in hundreds of deals, not in dozens.",
    ),
    luck_item(
        "reasoning-that-went-wrong",
        _reasoning_that_went_wrong,
        (REASON_FROM_NUMBER,),
        "When you say “so”, check that the number said it.",
    ),
    luck_item(
        "say-it-to-the-rep",
        _say_it_to_the_rep,
        (REASON_FROM_NUMBER,),
        "When a rep asks about a number that may be luck, say so, and say when you will look again.",
        examined=False,
    ),
)
