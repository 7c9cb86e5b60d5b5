"""Revenue and the forecast call: a range instead of a number, what coverage can say, whose denominator it is."""

from itertools import pairwise

import numpy as np
import pandas as pd

from playbook import wording
from playbook.display import PagePart, say, table
from playbook.training.item import Exercise, Item
from playbook.training.kinds.choose_one import ChooseOne, Option
from playbook.training.kinds.estimate import Estimate
from playbook.training.kinds.put_in_order import PutInOrder
from playbook.training.kinds.write_and_mark import WriteAndMark
from playbook.training.lettered_reps import TEAMS, of_ten
from playbook.training.misconceptions import (
    BENCHMARK_WITHOUT_DENOMINATOR,
    BIGGEST_SUM_FIRST,
    COVERAGE_OF_THREE,
    DEAL_TAKEN_OVER,
    FORECAST_WITHOUT_RANGE,
    WHOLLY_SURE,
)
from playbook.training.variant import Variant

_FORECAST, _WIN_RATE = 11, 8  # the manager's tasks: forecast upward; take the win rate apart
_LOW, _HIGH = 0.1, 0.9
_TRIES = 200


def _k(thousands: float) -> str:
    return wording.money(thousands * 1_000, "USD")


def _one_large_deal(variant: Variant) -> Exercise:
    """Estimate a quarter that hangs on one deal among many small ones."""
    small, odds = variant.whole(10, 16), variant.whole(35, 50) / 100
    size, large = variant.whole(15, 25), variant.whole(180, 260)
    large_odds = variant.one_of((0.4, 0.5, 0.6))
    won_small = variant.wins(small, odds, times=TEAMS)[:, 0] * size
    totals = won_small + variant.wins(1, large_odds, times=TEAMS)[:, 0] * large
    low, high = (float(np.quantile(totals, q, method="inverted_cdf")) for q in (_LOW, _HIGH))
    expected = float(small * odds * size + large_odds * large)
    near = float((np.abs(totals - expected) <= 0.1 * expected).mean())
    return Exercise(
        lambda: say(
            "Due this quarter: **{small} deals of {size} each**, of which {odds} come in, and **one of {large}**, "
            "with a chance of {large_odds}. Expected by multiplying: {expected}.",
            small=small,
            size=_k(size),
            odds=wording.share(odds),
            large=_k(large),
            large_odds=wording.share(large_odds),
            expected=_k(expected),
        ),
        "What will the quarter bring, in thousand dollars?",
        Estimate(
            float(totals[0]),
            high - low,
            (
                f"In eight of ten such quarters it is {wording.span(_k(low), _k(high))}.",
                f"It came within a tenth of {_k(expected)} in {of_ten(near)} simulated quarters: with one large "
                "deal the quarter is either well above that number or well below it.",
            ),
            "thousand dollars",
        ),
        ("Think of two quarters: one with the large deal, and one without.",),
        facts={"expected": expected},
    )


def _three_times_coverage(variant: Variant) -> Exercise:
    """Coverage of three beside a win rate at which it does not do, or is more than needed."""
    enough = variant.chance(0.5)
    rate = variant.whole(42, 52) / 100 if enough else variant.whole(15, 22) / 100
    quota, coverage = variant.whole(4, 9) * 100, variant.one_of((2.8, 3.0, 3.2))
    open_value = quota * coverage
    count = variant.whole(28, 44)
    reached = variant.wins(count, rate, times=TEAMS)[:, 0] * open_value / count
    chance = float((reached >= quota).mean())
    options = (
        Option(
            "law",
            f"{coverage:g} times is enough" if not enough else f"{coverage:g} times is barely enough: find more deals",
            0.0,
            f"Three is a habit. At {wording.share(rate)} of the money due, {_k(open_value)} brings about "
            f"{_k(open_value * rate)}, and the quota is {_k(quota)}.",
            (COVERAGE_OF_THREE,),
        ),
        Option(
            "rate",
            f"At {wording.share(rate)} it brings about {_k(open_value * rate)}: "
            f"{'above' if open_value * rate >= quota else 'below'} the quota",
            1.0,
            f"Coverage says something only with the share that comes in. In {of_ten(chance)} simulated quarters it was "
            "enough.",
        ),
        Option(
            "more",
            "More is always better: aim at four",
            0.0,
            "Four of the wrong deals are more work and no more revenue.",
            (COVERAGE_OF_THREE,),
        ),
        Option("none", "Coverage says nothing at all", 0.0, "With the share that comes in it says a good deal."),
    )
    return Exercise(
        lambda: say(
            "Still missing to the quota: **{quota}**. Open and due this quarter: **{open_value}** in {count} deals, "
            "{coverage} times as much. Of money due like this **{rate}** came in, over the last four quarters.",
            quota=_k(quota),
            open_value=_k(open_value),
            count=count,
            coverage=f"{coverage:g}",
            rate=wording.share(rate),
        ),
        "What do you say of it?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("Multiply before you compare.",),
        facts={"rate": rate, "quota": quota, "open": open_value},
    )


def _whose_denominator(variant: Variant) -> Exercise:
    """A benchmark that counts other deals than one's own."""
    won, lost = variant.whole(40, 60), variant.whole(60, 90)
    dropped = variant.whole(60, 110)
    own, narrow = won / (won + lost + dropped), won / (won + lost)
    quoted = narrow + variant.whole(1, 4) / 100
    options = (
        Option(
            "behind",
            f"You are {wording.points(quoted - own)} behind the market",
            0.0,
            f"Of deals that ended with a winner you won {wording.share(narrow)}, which is what {wording.share(quoted)} "
            "counts.",
            (BENCHMARK_WITHOUT_DENOMINATOR,),
        ),
        Option(
            "goal",
            f"{wording.share(quoted)} is the goal for next quarter",
            0.0,
            "Then the quickest way to it is to close nothing as “no decision”.",
            (BENCHMARK_WITHOUT_DENOMINATOR,),
        ),
        Option(
            "count",
            f"First count as they do: of deals somebody won, yours is {wording.share(narrow)}",
            1.0,
            "With the same denominator the two are close. What is left are the customers who bought from nobody.",
        ),
        Option(
            "useless",
            "Benchmarks are useless",
            0.3,
            "Without their denominator, yes. This one says what it counts.",
            (WHOLLY_SURE,),
        ),
    )
    return Exercise(
        lambda: say(
            "Last year your team won **{won}** deals, lost **{lost}** to somebody else, and in **{dropped}** the "
            "customer bought from nobody. You count {own} won. A report says: “Teams like yours win {quoted} of "
            "the deals that they win or lose to a rival.”",
            won=won,
            lost=lost,
            dropped=dropped,
            own=wording.share(own),
            quoted=wording.share(quoted),
        ),
        "What do you take from the report?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("Which deals are under the line of each of the two shares?",),
        facts={"won": won, "lost": lost, "dropped": dropped},
    )


def _what_to_say_upward(variant: Variant) -> Exercise:
    """A leader asks for the number."""
    low, width = variant.whole(6, 9) * 100, variant.whole(20, 30) * 10
    high, quota = low + width, low + round(width * 0.7)
    likely = round(low + 0.45 * width)
    options = (
        Option("number", f"“{_k(quota)}. We'll get there.”", 0.0,
               "That is the quota, said back. It lies above the likeliest number, and you promised it.",
               (FORECAST_WITHOUT_RANGE, WHOLLY_SURE)),
        Option("middle", f"“{_k(likely)}.”", 0.3,
               "The likeliest number, and nearly never the one that comes. What is missing is how far it can be off.",
               (FORECAST_WITHOUT_RANGE,)),
        Option("range", f"“{_k(low)} to {_k(high)}, likeliest {_k(likely)}. Two deals decide; I know on the 20th.”",
               1.0,
               "A range, what it hangs on, and when you will know more: something one can plan with."),
        Option("close", "“It will be fine. I'm going into the two large deals myself.”", 0.0,
               "That is no forecast, and the hours come out of your coaching.", (DEAL_TAKEN_OVER, WHOLLY_SURE)),
    )  # fmt: skip
    return Exercise(
        lambda: say(
            "Your leader: “What will the quarter be? I need a number.” Eight of ten simulated quarters end between "
            "{low} and {high}, likeliest {likely}. The quota is {quota}.",
            low=_k(low),
            high=_k(high),
            likely=_k(likely),
            quota=_k(quota),
        ),
        "What do you answer?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("What would your leader do differently at the lower end?",),
        facts={"low": low, "high": high, "quota": quota},
    )


def _where_an_hour_is_worth_most(variant: Variant) -> Exercise:
    """Deals in the order of what an hour can still change, not of their size."""
    names = variant.shuffled(("Alder Foods", "Birch Clinics", "Crane Logistics", "Dune Hotels"))
    for _ in range(_TRIES):
        sizes = [variant.whole(4, 30) * 10 for _ in names]
        now = [variant.one_of((0.05, 0.2, 0.3, 0.4, 0.9)) for _ in names]
        gain = [variant.one_of((0.02, 0.05, 0.1, 0.2, 0.3)) for _ in names]
        worth = [size * more for size, more in zip(sizes, gain, strict=True)]
        ordered = sorted(range(4), key=lambda i: -worth[i])
        apart = all(worth[a] >= 1.4 * worth[b] for a, b in pairwise(ordered))
        if apart and int(np.argmax(sizes)) != ordered[0] and all(n + g <= 0.95 for n, g in zip(now, gain, strict=True)):
            break
    rows = pd.DataFrame(
        {
            "Deal": names,
            "Size": [_k(size) for size in sizes],
            "Odds now": [wording.share(n) for n in now],
            "With an hour of preparation": [wording.share(n + g) for n, g in zip(now, gain, strict=True)],
        }
    )
    things = tuple((str(i), names[i]) for i in ordered)
    best = ordered[0]
    return Exercise(
        lambda: _deals(rows),
        "Where is an hour of the rep's preparation, with you beside them, worth most? Put the deals in order.",
        PutInOrder(
            things,
            tuple(str(i) for i in variant.shuffled(range(4))),
            f"{names[best]} gains {wording.points(gain[best])} of {_k(sizes[best])}, which is {_k(worth[best])}. "
            f"The largest deal gains {_k(worth[int(np.argmax(sizes))])}.",
            {str(int(np.argmax(sizes))): (BIGGEST_SUM_FIRST,)},
        ),
        ("Size times what changes, not size.",),
        facts={"sizes": sizes, "gain": gain},
    )


def _deals(rows: pd.DataFrame) -> PagePart:
    return table(rows, caption="Four open deals", numbers=list(rows.columns[1:]))


def _half_a_page_upward(variant: Variant) -> Exercise:
    """A forecast in one's own words."""
    low, width = variant.whole(6, 9) * 100, variant.whole(20, 30) * 10
    high, quota = low + width, low + round(width * 0.8)
    return Exercise(
        lambda: say(
            "Eight of ten simulated quarters end between {low} and {high}. The quota is {quota}. One deal of {large} "
            "is not decided; its buyer's board meets on the 18th.",
            low=_k(low),
            high=_k(high),
            quota=_k(quota),
            large=_k(round(width * 0.6)),
        ),
        "Write two sentences to your leader.",
        WriteAndMark(
            good=f"I expect {_k(low)} to {_k(high)}, so the quota of {_k(quota)} is possible and not likely. It hangs "
            "on one board meeting on the 18th; I tell you on the 19th, and would like your word with their CFO before.",
            good_because="A range, what it hangs on, a day, and something to ask for.",
            bad=f"We're fighting for the {_k(quota)}, and the team is fully committed.",
            bad_because="It promises the quota, and leaves out all that a leader could act on.",
            criteria=(
                ("range", "says a range"),
                ("hangs", "says what it hangs on"),
                ("when", "says when you will know more"),
                ("ask", "asks for something, or says that nothing is needed"),
            ),
        ),
        ("What could your leader do this week, if they knew?",),
    )


ITEMS = (
    Item("forecast/what-to-say-upward", _FORECAST, (FORECAST_WITHOUT_RANGE, WHOLLY_SURE),
         "When you are asked for a number, give a range, what it hangs on, and the day you will know.",
         _what_to_say_upward),
    Item("forecast/one-large-deal", _FORECAST, (FORECAST_WITHOUT_RANGE,),
         "When one deal is large, think in two quarters: with it, and without.", _one_large_deal),
    Item("forecast/three-times-coverage", _FORECAST, (COVERAGE_OF_THREE,),
         "When you hear a coverage, multiply it by the share that comes in.", _three_times_coverage),
    Item("forecast/whose-denominator", _WIN_RATE, (BENCHMARK_WITHOUT_DENOMINATOR,),
         "When you hear a benchmark, ask what is under the line.", _whose_denominator),
    Item("forecast/where-an-hour-is-worth-most", _FORECAST, (BIGGEST_SUM_FIRST,),
         "When you choose a deal to help with, look at what an hour changes, not at its size.",
         _where_an_hour_is_worth_most),
    Item("forecast/half-a-page-upward", _FORECAST, (FORECAST_WITHOUT_RANGE,),
         "When you write upward, say what it hangs on and what you need.", _half_a_page_upward, examined=False),
)  # fmt: skip
