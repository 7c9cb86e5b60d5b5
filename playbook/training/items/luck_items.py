"""Is it luck? Small numbers, the lowest and the highest of several, the trend of two points, and mix."""

from collections.abc import Callable

import numpy as np

from playbook import wording
from playbook.display import PagePart, say
from playbook.metrics.proportions import differ
from playbook.training.item import Exercise, Item
from playbook.training.kinds.choose_one import ChooseOne, Option
from playbook.training.kinds.estimate import Estimate
from playbook.training.kinds.mark_in_picture import NOBODY, MarkInPicture
from playbook.training.lettered_reps import (
    EQUALS,
    ORDINARY,
    TEAMS,
    TRIES,
    LetteredReps,
    lowest_of_equals,
    of_ten,
    ordinary_lowest,
)
from playbook.training.luck_range import luck_spread
from playbook.training.misconceptions import (
    BEFORE_AFTER_IS_CAUSE,
    HIGHEST_IS_GOOD,
    LOWEST_IS_WEAK,
    REASON_FROM_NUMBER,
    SMALL_NUMBERS,
    TREND_OF_TWO,
    WHOLLY_SURE,
)
from playbook.training.variant import Variant

_READ = 5  # the manager's task: read the data for what stops deals
_APART = 0.02  # how often equal reps land there: one in fifty is something
_REPS = EQUALS
_WEAKER_BY = 0.45  # of the others' rate


def _lowest_against_the_average(variant: Variant) -> Exercise:
    """The lowest of eight equal reps, told as one would hear it."""
    rate, closed, won, chance = ordinary_lowest(variant)
    name = variant.names(1)[0]
    others = round(rate * closed)
    gap = wording.points(rate - won / closed)

    def situation() -> PagePart:
        return say(
            "{name} won **{won} of {closed}** deals in the last half-year. The other seven on the team won {others} of "
            "{closed} each, on average. All eight have the same customers.",
            name=name,
            won=won,
            closed=closed,
            others=others,
        )

    often = of_ten(chance)
    simulated = f"Of {TEAMS:,} simulated teams of eight equally good reps, {often} had one this low or lower."
    options = (
        Option(
            "coach",
            f"Coach {name}'s closing: {gap} under the others is too much to wait",
            0.0,
            f"{simulated} In such a team nobody is weaker, and somebody is always the lowest.",
            (SMALL_NUMBERS, LOWEST_IS_WEAK),
        ),
        Option(
            "ask-why",
            f"Ask {name} what goes wrong in closing",
            0.0,
            f"That question takes for granted that something goes wrong. {simulated} Asked for a reason, people find "
            "one for luck, too.",
            (REASON_FROM_NUMBER, LOWEST_IS_WEAK),
        ),
        Option(
            "luck",
            "It is luck. Close the matter",
            0.3,
            f"You can say that luck would do it ({often}), not that it did. Look again when more deals are closed.",
            (WHOLLY_SURE,),
        ),
        Option(
            "watch",
            "Do nothing about the number yet; watch a talk or two, and look again with more deals",
            1.0,
            f"{simulated} So this number says nothing yet. More deals will.",
        ),
    )
    return Exercise(
        situation,
        "What do you do on Monday?",
        ChooseOne(tuple(variant.shuffled(options))),
        (
            f"How low would the lowest of eight be if all eight were equally good? Not {others}.",
            f"Each rep closed {closed} deals. Toss a coin {closed} times, eight times over: the results differ a lot.",
        ),
        facts={"won": won, "closed": closed, "others": others, "reps": _REPS},
    )


def _who_stands_apart(variant: Variant) -> Exercise:
    """Eight reps in a picture, one of whom may win less for a reason."""
    planted = variant.chance(0.5)
    reps, weaker, chance = _eight(variant, planted)
    rows = reps.rows()
    lowest = rows.loc[(rows["won"] / rows["closed"]).idxmin()]
    often = of_ten(chance)
    truth = weaker if planted else NOBODY
    no_one = f"All eight win at the same rate here. Equal reps have one as low as {lowest['name']} in {often} teams."
    feedback = {
        letter: f"{name} lies where equal reps land: {reps.won[i]} of {reps.closed[i]} is ordinary luck."
        for i, (letter, name) in enumerate(reps.letters)
    }
    if planted:
        name = dict(reps.letters)[weaker]
        feedback[weaker] = (
            f"Yes: {name} was made to win less often. Of {TEAMS:,} teams of equal reps {often} had one so low."
        )
        feedback[NOBODY] = f"There is one: equal reps are as low as {name} in {often} teams. That is worth a look."
    else:
        feedback[str(lowest["letter"])] = no_one
        feedback[NOBODY] = f"Right, nobody stands apart. {no_one}"

    def situation() -> PagePart:
        return reps.picture("Deals won, of those that ended in the last half-year; same customers")

    def with_truth() -> PagePart:
        return reps.picture("Grey: where equal reps land in nine of ten cases", with_luck=True, loud=truth)

    return Exercise(
        situation,
        "Who wins less often than luck explains?",
        MarkInPicture(
            reps.letters,
            truth,
            feedback,
            "Nobody: luck explains all eight",
            {str(lowest["letter"]): (SMALL_NUMBERS, LOWEST_IS_WEAK)} if not planted else {NOBODY: (WHOLLY_SURE,)},
        ),
        (
            "Look at the gap to the next one, not to the top.",
            f"Equal reps with {reps.closed[0]} deals each lie within about "
            f"{wording.points(2 * luck_spread(reps.rate, reps.closed[0]))} of each other.",
        ),
        with_truth,
        {"rows": rows},
    )


def _eight(variant: Variant, planted: bool) -> tuple[LetteredReps, str, float]:
    """Eight reps; the letter of the one who was made weaker, and how often equals have one as low as the lowest."""
    rate, closed = variant.whole(30, 42) / 100, variant.whole(60, 90)
    names = variant.names(_REPS)
    weaker = variant.whole(0, _REPS - 1)
    rates = [rate - (_WEAKER_BY * rate if planted and i == weaker else 0.0) for i in range(_REPS)]
    lowest = lowest_of_equals(variant, rate, [closed] * _REPS)
    for _ in range(TRIES):
        won = variant.wins([closed] * _REPS, rates)[0]
        chance = float((lowest <= won.min()).mean())
        # A cause that its data does not show would ask for guessing, and so would a team of equals that looks unequal.
        if chance <= _APART and int(won.argmin()) == weaker if planted else chance >= ORDINARY:
            break
    reps = LetteredReps(tuple(names), tuple(int(n) for n in won), (closed,) * _REPS)
    return reps, reps.letters[weaker][0], chance


def _how_low_is_the_lowest(variant: Variant) -> Exercise:
    """Estimate the fewest wins in a team of equals."""
    rate, closed, reps = variant.whole(25, 40) / 100, variant.whole(30, 60), variant.whole(6, 10)
    lowest = lowest_of_equals(variant, rate, [closed] * reps)
    low, high = (float(np.quantile(lowest, q, method="inverted_cdf")) for q in (0.1, 0.9))
    truth = float(lowest[0])
    expected = rate * closed
    return Exercise(
        lambda: say(
            "A team of {reps}, all equally good. Each closed **{closed}** deals, and each wins **{rate}** in the long "
            "run, so {expected} on average.",
            reps=wording.in_words(reps),
            closed=closed,
            rate=wording.share(rate),
            expected=wording.number(expected, 1),
        ),
        "How many did the one with the fewest win?",
        Estimate(
            truth,
            max(high - low, 1.0),
            (
                f"In eight of ten such teams it is {wording.span(wording.number(low), wording.number(high))}, "
                f"though each of them is as good as the one with {wording.number(expected, 0)}.",
            ),
            "deals",
        ),
        (f"It is not {wording.number(expected)}: that is the middle, and somebody lies at the bottom.",),
        facts={"rate": rate, "closed": closed, "reps": reps},
    )


def _after_the_best_quarter(variant: Variant) -> Exercise:
    """Estimate the next quarter of the one who had the best."""
    rate, closed = variant.whole(28, 40) / 100, variant.whole(18, 28)
    true_rates = [rate + variant.between(-0.04, 0.04) for _ in range(_REPS)]
    quarters = variant.wins([closed] * _REPS, true_rates, times=TEAMS)
    following = variant.wins([closed] * _REPS, true_rates, times=TEAMS)
    best = quarters.argmax(axis=1)
    now, then = quarters.max(axis=1), following[np.arange(TEAMS), best]
    same = now == now[0]
    low, high = (float(np.quantile(then[same], q, method="inverted_cdf")) for q in (0.1, 0.9))
    name = variant.names(1)[0]
    fell = float((then < now).mean())
    return Exercise(
        lambda: say(
            "{name} had the best quarter of eight: **{now} of {closed}** deals won. The team of eight wins {rate} over "
            "the years, and no two of them are far apart. Next quarter {name} closes {closed} deals again.",
            name=name,
            now=int(now[0]),
            closed=closed,
            rate=wording.share(rate),
        ),
        f"How many will {name} win next quarter?",
        Estimate(
            float(then[0]),
            max(high - low, 1.0),
            (
                f"In eight of ten cases it is {wording.span(wording.number(low), wording.number(high))} after that.",
                f"In {of_ten(fell)} teams the best of one quarter won less in the next; nothing had changed. "
                "So a fall after the best quarter is no sign that praise spoils people.",
            ),
            "deals",
        ),
        (
            "The best of eight had skill and luck that quarter. Only one of them stays.",
            f"Begin from {wording.number(rate * closed)}, what the team's rate would give.",
        ),
        facts={"best": int(now[0]), "closed": closed, "rate": rate},
    )


def _two_quarters(variant: Variant) -> Exercise:
    """A fall between two quarters that luck makes, after something that was done."""
    rate, closed = variant.whole(30, 42) / 100, variant.whole(22, 34)
    for _ in range(TRIES):
        first, second = (int(n) for n in variant.wins(closed, rate, times=2)[:, 0])
        chance = differ(first, closed, second, closed)
        if abs(first - second) >= 4 and chance >= ORDINARY:
            break
    better = second > first
    name = variant.names(1)[0]
    move = "rose" if better else "fell"
    often = of_ten(chance)
    equal = f"Two quarters of the same rep, nothing changed, lie this far apart in {often} cases."
    done = variant.one_of(("the new price list", "the territory change", "the objections workshop", "the CRM change"))
    options = (
        Option(
            "cause",
            f"It was {done}: the rate {move} right after it",
            0.0,
            f"It came before, which is all that is known. {equal}",
            (BEFORE_AFTER_IS_CAUSE,),
        ),
        Option(
            "trend",
            f"{name} is getting {'better' if better else 'worse'}: speak about it now",
            0.0,
            f"Two points make a line and no trend. {equal}",
            (TREND_OF_TWO, SMALL_NUMBERS),
        ),
        Option(
            "nothing-changed",
            "Nothing has changed, so it need not be looked at again",
            0.3,
            f"That is more than the data says. {equal} A real change of this size could hide in it as well.",
            (WHOLLY_SURE,),
        ),
        Option("cannot-say", "This data cannot say; count both quarters as one, and go on counting", 1.0, equal),
    )
    return Exercise(
        lambda: say(
            "Between these two quarters came {done}. {name}'s win rate {move} from **{first} of {closed}** to "
            "**{second} of {closed}**.",
            done=done,
            name=name,
            move=move,
            first=first,
            second=second,
            closed=closed,
        ),
        "What do you take from it?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("Would you be surprised to see the two numbers the other way round?",),
        facts={"first": first, "second": second, "closed": closed},
    )


def luck_item(
    key: str, draw: Callable[[Variant], Exercise], tests: tuple[str, ...], rule: str, *, examined: bool = True
) -> Item:
    """An item of the subject luck: it reads the data for what stops deals."""
    return Item(f"luck/{key}", _READ, tests, rule, draw, examined)


ITEMS = (
    luck_item(
        "lowest-against-the-average",
        _lowest_against_the_average,
        (SMALL_NUMBERS, LOWEST_IS_WEAK),
        "When somebody is the lowest, first ask how low the lowest of equals would be.",
    ),
    luck_item(
        "who-stands-apart",
        _who_stands_apart,
        (SMALL_NUMBERS, LOWEST_IS_WEAK),
        "When you compare reps, look for the one outside the range of luck, not for the last one.",
    ),
    luck_item(
        "how-low-is-the-lowest",
        _how_low_is_the_lowest,
        (SMALL_NUMBERS, LOWEST_IS_WEAK),
        "When all are equal, the lowest of eight still lies far under the average.",
    ),
    luck_item(
        "after-the-best-quarter",
        _after_the_best_quarter,
        (HIGHEST_IS_GOOD,),
        "When somebody had the best quarter, expect less of the next one, and read nothing into it.",
    ),
    luck_item(
        "two-quarters",
        _two_quarters,
        (TREND_OF_TWO, BEFORE_AFTER_IS_CAUSE),
        "When a number moved once, ask how far it moves when nothing happens.",
    ),
)
