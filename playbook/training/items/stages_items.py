"""Where deals leak: the step that lies under the usual, deals that are still open, mix, and what a step is worth."""

from itertools import pairwise

import numpy as np
import pandas as pd

from playbook import wording
from playbook.display import say, table
from playbook.training.item import Exercise, Item
from playbook.training.kinds.choose_one import ChooseOne, Option
from playbook.training.kinds.estimate import Estimate
from playbook.training.kinds.mark_in_picture import NOBODY, MarkInPicture
from playbook.training.kinds.put_in_order import PutInOrder
from playbook.training.kinds.sort_statements import SortStatements, Statement
from playbook.training.lettered_reps import ORDINARY, TEAMS, of_ten, won_of
from playbook.training.lettered_steps import LetteredSteps, walked
from playbook.training.luck_range import luck_spread
from playbook.training.misconceptions import (
    BENCHMARK_WITHOUT_DENOMINATOR,
    BIGGEST_SUM_FIRST,
    EVERYBODYS_IS_ONES,
    MIX_IS_SKILL,
    REASON_FROM_NUMBER,
    TREND_OF_TWO,
    WHOLLY_SURE,
)
from playbook.training.two_mixes import drawn_in_two_mixes
from playbook.training.variant import Variant

_WIN_RATE = 8  # the manager's task: take the win rate apart
_TRIES = 300
_SHORT_BY, _ALIKE = 0.13, 0.05
_OUTSIDE_LUCK = 1.6  # ranges of luck


def _steps_of(variant: Variant, leak: int | None) -> tuple[tuple[float, ...], tuple[int, ...], tuple[int, ...]]:
    """Per step: the usual share that goes on, deals that came in, deals that went on; one step leaks, or none."""
    usual = tuple(variant.whole(low, high) / 100 for low, high in ((42, 50), (56, 64), (62, 70), (48, 56)))
    shares = [share - (_SHORT_BY if step == leak else 0.0) for step, share in enumerate(usual)]
    return usual, *walked(variant, variant.whole(420, 620), shares)


def _where_to_look(variant: Variant) -> Exercise:
    """A team's four steps beside the usual, where most are lost elsewhere than where the leak is."""
    stages, leak = variant.stages(), variant.whole(1, 2)
    for _ in range(_TRIES):
        usual, reached, went_on = _steps_of(variant, leak)
        off = [on / n - share for on, n, share in zip(went_on, reached, usual, strict=True)]
        if off[leak] <= -0.10 and all(abs(gap) <= _ALIKE for step, gap in enumerate(off) if step != leak):
            break
    lost = [n - on for n, on in zip(reached, went_on, strict=True)]
    lines = [
        {
            "Step": stage,
            "Deals that came here": f"{n:,}",
            "Ended here": f"{n - on:,}",
            "Went on": wording.share(on / n),
            "Usually go on": wording.share(share),
        }
        for stage, n, on, share in zip(stages, reached, went_on, usual, strict=True)
    ]
    where = (
        f"At {stages[leak]} {wording.share(went_on[leak] / reached[leak])} go on, {wording.share(usual[leak])} usually."
    )
    options = [
        Option(
            str(step),
            f"At {stages[step]}",
            float(step == leak),
            f"{where} At no other step is the team further from the usual."
            if step == leak
            else f"{lost[step]:,} deals end at {stages[step]}, about as many as usual. {where}",
            () if step == leak else (BIGGEST_SUM_FIRST,) if step == 0 else (REASON_FROM_NUMBER,) if step == 3 else (),
        )
        for step in range(4)
    ]
    return Exercise(
        lambda: table(
            pd.DataFrame(lines),
            caption="All deals of a team that ended in the last year, step by step; “usually” is the two years before",
            numbers=list(lines[0])[1:],
        ),
        "Where do you look first?",
        ChooseOne(tuple(options)),
        ("Most deals end at the first step everywhere. Where do more end than usually?",),
        facts={"reached": reached, "went_on": went_on, "usual": usual},
    )


def _the_step_of_one_rep(variant: Variant) -> Exercise:
    """One rep's steps in a picture beside those of peers; one lies outside of luck, or none."""
    planted = variant.chance(0.6)
    leak = variant.whole(0, 3) if planted else None
    stages, name = variant.stages(), variant.names(1)[0]
    usual = tuple(variant.whole(low, high) / 100 for low, high in ((46, 54), (56, 64), (60, 68), (44, 52)))
    for _ in range(_TRIES):
        n = tuple(variant.whole(44, 70) for _ in range(4))
        rates = [share - (0.26 if step == leak else 0.0) for step, share in enumerate(usual)]
        on = tuple(int(k) for k in variant.wins(list(n), rates)[0])
        steps = LetteredSteps(stages, on, n, usual)
        outside = steps.outside()
        if planted and outside[leak or 0] >= _OUTSIDE_LUCK and sum(each > 1 for each in outside) == 1:
            break
        if not planted and max(outside) < 1 and max(outside) > 0.5:
            break
    letters = steps.letters
    truth = letters[leak][0] if leak is not None else NOBODY
    feedback = {
        letter: f"At {stage} {on[i]} of {n[i]} went on, where {wording.share(usual[i])} usually do: that is inside "
        "what luck makes of it."
        for i, (letter, stage) in enumerate(letters)
    }
    furthest = letters[int(np.argmax(outside))]
    if leak is not None:
        feedback[truth] = (
            f"Yes: at {stages[leak]} {on[leak]} of {n[leak]} went on, where {wording.share(usual[leak])} usually do. "
            f"That is outside what luck makes of it: sit in with {name} at {stages[leak]} before you say why."
        )
        feedback[NOBODY] = (
            f"There is one: at {stages[leak]} {on[leak]} of {n[leak]} went on, and luck alone seldom goes so low."
        )
        tempts: dict[str, tuple[str, ...]] = {NOBODY: (WHOLLY_SURE,)}
    else:
        feedback[NOBODY] = f"Right: {furthest[1]} lies furthest under the usual, and still inside luck."
        tempts = {furthest[0]: (REASON_FROM_NUMBER,)}
    return Exercise(
        lambda: steps.picture(f"Deals of {name} that went on, and the share that usually does (line)"),
        f"At which step does {name} lose more deals than luck explains?",
        MarkInPicture(letters, truth, feedback, "At none of them", tempts),
        ("Compare each dot with its own line, not with the other dots.",),
        lambda: steps.picture("Grey: where nine of ten reps with these deals land", with_luck=True, loud=truth),
        {"on": on, "n": n, "usual": usual},
    )


def _young_deals(variant: Variant) -> Exercise:
    """The newest deals have a low win rate, as the slow ones among them are still open."""
    rate, cycle = variant.whole(24, 34) / 100, variant.whole(4, 6)
    opened = variant.whole(60, 90)
    quarters = ("Last winter", "Last spring", "Last summer", "Last autumn")
    decided = (1.0, 1.0, 0.75, 0.3)
    # Those who say yes take longer than those who say no: that is why a young group looks bad.
    wins_by_now = (1.0, 1.0, 0.6, 0.12)
    won = [int(variant.wins(opened, rate * share)[0, 0]) for share in wins_by_now]
    lost = [round(opened * share) - n for share, n in zip(decided, won, strict=True)]
    rows = pd.DataFrame(
        {
            "Opened in": quarters,
            "Deals": [opened] * 4,
            "Won": won,
            "Lost": lost,
            "Still open": [opened - w - n for w, n in zip(won, lost, strict=True)],
            "Won, of all opened": [wording.share(w / opened) for w in won],
        }
    )
    still = opened - won[3] - lost[3]
    right = (
        "Compare winter with spring only; the others are too young",
        "Leave summer and autumn out until their deals have ended",
    )
    young = f"Of last autumn's deals {still} of {opened} are still open, and a sale takes about {cycle} months here."
    options = (
        Option("falling", "The win rate is falling, and fast: find out what changed", 0.0,
               f"{young} What has ended so far are the quick ones.", (TREND_OF_TWO, REASON_FROM_NUMBER)),
        Option("reps", "The reps got worse at closing since summer", 0.0,
               f"{young} Nobody can have closed what is not decided.", (REASON_FROM_NUMBER,)),
        Option("closed", "Divide by closed deals instead: then it is right", 0.3,
               f"Better, and still too early. {young} Customers who say no say it sooner.",
               (BENCHMARK_WITHOUT_DENOMINATOR,)),
        Option("wait", variant.one_of(right), 1.0,
               f"{young} In the two older quarters every deal has ended, so they can be compared."),
    )  # fmt: skip
    return Exercise(
        lambda: table(rows, caption="A team's deals by the quarter in which they were opened",
                      numbers=list(rows.columns[1:])),
        "What do you take from the last column?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("How many of last autumn's deals have an end?",),
        facts={"won": won, "opened": opened},
    )  # fmt: skip


def _the_rate_that_fell(variant: Variant) -> Exercise:
    """A team's rate fell, while each kind of business is won as before: there is more of the hard kind."""
    easy, hard = variant.segments()
    good, poor = variant.whole(44, 54) / 100, variant.whole(16, 22) / 100
    many, few = variant.whole(190, 230), variant.whole(60, 90)
    deals, won = drawn_in_two_mixes(variant, (good, poor), many, few, apart=0.03, gap=0.1)
    rows = pd.DataFrame(
        [
            {
                "": when,
                easy: won_of(won[i, 0], deals[i, 0]),
                hard: won_of(won[i, 1], deals[i, 1]),
                "All": won_of(won[i].sum(), deals[i].sum()),
            }
            for i, when in enumerate(("Last year", "This year"))
        ]
    )
    alike = f"In {easy} you win as often as last year, and in {hard} as well; only there is more {hard} now."
    options = (
        Option("worse", "The team sells worse: begin with a training on closing", 0.0, alike, (MIX_IS_SKILL,)),
        Option("one", "Look for the rep who pulled it down", 0.0, f"{alike} Nobody pulled it down.",
               (EVERYBODYS_IS_ONES, MIX_IS_SKILL)),
        Option("mix", f"Ask who decided to go after more {hard}, and what it is worth", 1.0,
               f"{alike} Whether that is good is a question of money, and not of skill."),
        Option("fine", "Nothing: the rate is fine", 0.3,
               f"Each of the two rates is. {alike} Your leader will ask why the total fell, so know it.",
               (WHOLLY_SURE,)),
    )  # fmt: skip
    return Exercise(
        lambda: table(rows, caption="Deals won, of those that ended", numbers=[easy, hard, "All"]),
        "The total fell. What do you do?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("Read one column at a time.",),
        facts={"won": won, "closed": deals},
    )


def _worth_of_a_step(variant: Variant) -> Exercise:
    """Estimate what one more deal in ten at a step brings in a quarter, luck included."""
    stages = variant.stages()
    here, after, size = variant.whole(70, 110), variant.whole(30, 42) / 100, variant.whole(14, 26)
    more = round(here * 0.1)
    brings = variant.wins(more, after, times=TEAMS)[:, 0] * size
    low, high = (float(np.quantile(brings, q, method="inverted_cdf")) for q in (0.1, 0.9))
    expected = more * after * size
    return Exercise(
        lambda: say(
            "**{here} deals** a quarter reach {stage}. Of those that go on from there, **{after}** are won in the "
            "end, at **{size} thousand dollars** each on average.",
            here=here,
            stage=stages[2],
            after=wording.share(after),
            size=size,
        ),
        f"One more deal in ten goes on from {stages[2]}. What does that bring next quarter, luck included, in thousand "
        "dollars?",
        Estimate(
            float(brings[0]),
            max(high - low, float(size)),
            (
                f"That is one quarter, drawn with its luck. {more} more deals go on, of which {wording.share(after)} "
                f"are won: {wording.number(expected)} thousand dollars on average.",
                f"In eight of ten quarters it is {wording.span(wording.number(low), wording.number(high))} thousand.",
            ),
            "thousand dollars",
        ),
        ("First: how many more deals go on? Then: how many of those are won? Then: how far does luck move so few?",),
        facts={"expected": expected},
    )


def _what_ended_it(variant: Variant) -> Exercise:
    """What stands beside lost deals: something to watch in a talk, something for others, or how it was written down."""
    watch = [
        ("In four of five lost offers the price was named in the first meeting", "can be seen in the next talk."),
        ("After the demo no next meeting was agreed", "can be seen: sit in on one demo's last five minutes."),
        ("Only one person at the customer was ever in the meetings", "can be seen in the invitations, and coached."),
    ]
    elsewhere = [
        ("Nine of nine lost offers to hospitals lacked the same certificate", "is the product's; all reps lose there."),
        ("The customer's own project was stopped", "is the customer's. Nobody could have won it."),
        ("Legal took five weeks for each contract, in all teams", "is legal's, and a matter for your leader."),
    ]
    record = [
        ("All of the lost deals were marked as lost on the last day of March", "shows when somebody tidied up."),
        ("The reason for loss is “price” in nine of ten, typed in the same minute", "shows how the field is filled."),
        ("Three deals jump from the first step to lost", "shows that steps were not entered."),
    ]
    chosen = [
        (text, pile, why)
        for pile, texts in (("watch", watch), ("elsewhere", elsewhere), ("record", record))
        for text, why in variant.shuffled(texts)[:2]
    ]
    statements = tuple(Statement(str(i), *one) for i, one in enumerate(variant.shuffled(chosen)))
    piles = (
        ("watch", "watch a talk for it"),
        ("elsewhere", "take it to those it concerns"),
        ("record", "it shows only how the record is kept"),
    )
    return Exercise(
        lambda: say("You read the lost deals of the last half-year. This is what you noted."),
        "What do you make of each?",
        SortStatements(statements, piles, "Two of six are something that coaching could change. That is usual."),
        ("Could you see it happen if you sat in on a talk next week?",),
    )


def _which_step_first(variant: Variant) -> Exercise:
    """Steps in the order of what they would bring if they were as usual again."""
    stages = variant.stages()
    for _ in range(_TRIES):
        usual = tuple(variant.whole(low, high) / 100 for low, high in ((42, 50), (56, 64), (62, 70), (48, 56)))
        now = tuple(share - variant.one_of((0.02, 0.05, 0.09, 0.14)) for share in usual)
        won_now = float(np.prod(now))
        worth = [won_now * share / rate - won_now for share, rate in zip(usual, now, strict=True)]
        order = sorted(range(4), key=lambda i: -worth[i])
        if all(worth[a] >= 1.3 * worth[b] for a, b in pairwise(order)) and order[0] != 0:
            break
    entered = variant.whole(4, 6) * 100
    rows = pd.DataFrame(
        {
            "Step": stages,
            "Goes on": [wording.share(rate) for rate in now],
            "Usually": [wording.share(share) for share in usual],
        }
    )
    first = order[0]
    caption = f"{entered} deals a year come in, and {wording.number(entered * won_now)} are won"
    return Exercise(
        lambda: table(rows, caption=caption, numbers=["Goes on", "Usually"]),
        "Which step would bring the most deals if it were as usual again? Put them in order.",
        PutInOrder(
            tuple((str(i), stages[i]) for i in order),
            tuple(str(i) for i in variant.shuffled(range(4))),
            f"{stages[first]} as usual means {wording.number(entered * worth[first])} more deals won a year. "
            "What counts is how far a step has fallen as a share of its usual, wherever it stands.",
        ),
        ("For each step, divide the usual by what it is now.",),
        facts={"now": now, "usual": usual},
    )


def _one_cut_too_many(variant: Variant) -> Exercise:
    """With many cuts of the same deals one of them always looks bad."""
    cuts, closed, rate = variant.one_of((10, 12, 15, 20)), variant.whole(30, 45), variant.whole(28, 36) / 100
    drawn = variant.wins([closed] * cuts, rate, times=TEAMS)
    low = rate - luck_spread(rate, closed)
    for _ in range(_TRIES):
        won = int(variant.wins([closed] * cuts, rate)[0].min())
        some = float((drawn.min(axis=1) <= won).mean())
        if won / closed <= low and some >= ORDINARY:
            break
    what = variant.one_of(("industry", "region", "lead source", "product"))
    right = (
        "Note it as a question, and look whether next quarter's deals show it as well",
        "Nothing yet: write it down, and check it on deals that are not in this list",
    )
    often = f"With nothing behind it, the worst of {cuts} cuts is as far off in {of_ten(some)} cases."
    options = (
        Option("act", f"Change how you sell in that {what}", 0.0, often, (REASON_FROM_NUMBER,)),
        Option("stop", f"Stop working on that {what}", 0.0, often, (REASON_FROM_NUMBER, BIGGEST_SUM_FIRST)),
        Option("new", variant.one_of(right), 1.0,
               f"{often} Deals that you have not looked at yet can tell, as they were not chosen for being odd."),
        Option("more", "Cut it further, by size and by rep", 0.0, f"{often} More cuts find more of the same.",
               (REASON_FROM_NUMBER,)),
    )  # fmt: skip
    return Exercise(
        lambda: say(
            "You win {rate} over all. You cut last year's deals by {what}: {cuts} kinds, {closed} deals each. In one "
            "of them it is {won} of {closed}.",
            rate=wording.share(rate),
            what=what,
            cuts=cuts,
            closed=closed,
            won=won,
        ),
        "What do you do about it?",
        ChooseOne(tuple(variant.shuffled(options))),
        (f"How low would the lowest of {cuts} be if all were the same?",),
        facts={"won": won, "closed": closed, "cuts": cuts},
    )


ITEMS = (
    Item("stages/where-to-look", _WIN_RATE, (BIGGEST_SUM_FIRST, REASON_FROM_NUMBER),
         "When deals are lost, look for the step that is under its usual, not for the one where most end.",
         _where_to_look),
    Item("stages/the-step-of-one-rep", _WIN_RATE, (REASON_FROM_NUMBER, WHOLLY_SURE),
         "When you look at a rep's steps, hold each against its own usual and its own luck.", _the_step_of_one_rep),
    Item("stages/young-deals", _WIN_RATE, (TREND_OF_TWO, BENCHMARK_WITHOUT_DENOMINATOR, REASON_FROM_NUMBER),
         "When deals are young, leave them out: the quick ones end first.", _young_deals),
    Item("stages/the-rate-that-fell", _WIN_RATE, (MIX_IS_SKILL, EVERYBODYS_IS_ONES),
         "When a rate falls, first ask whether the deals changed or the selling did.", _the_rate_that_fell),
    Item("stages/worth-of-a-step", _WIN_RATE, (BIGGEST_SUM_FIRST,),
         "When you plead for a step, say what one more deal in ten there would bring.", _worth_of_a_step),
    Item("stages/what-ended-it", _WIN_RATE, (REASON_FROM_NUMBER, EVERYBODYS_IS_ONES),
         "When a deal is lost, ask whether you could have seen it in the talk.", _what_ended_it),
    Item("stages/which-step-first", _WIN_RATE, (BIGGEST_SUM_FIRST,),
         "When several steps are low, begin with the one that has lost the largest share of its usual.",
         _which_step_first),
    Item("stages/one-cut-too-many", _WIN_RATE, (REASON_FROM_NUMBER,),
         "When you cut the same deals many ways, expect that one cut looks bad.", _one_cut_too_many),
)  # fmt: skip
