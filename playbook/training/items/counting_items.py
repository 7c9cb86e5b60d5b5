"""What is counted, of what: meetings beside results, a delay that all share, coverage of dead deals, denominators."""

import pandas as pd

from playbook import wording
from playbook.display import say, table
from playbook.training.item import Exercise, Item
from playbook.training.kinds.choose_one import ChooseOne, Option
from playbook.training.misconceptions import (
    ACTIVITY_IS_RESULT,
    BENCHMARK_WITHOUT_DENOMINATOR,
    COVERAGE_OF_THREE,
    EVERYBODYS_IS_ONES,
    FORECAST_WITHOUT_RANGE,
    HIGHEST_IS_GOOD,
    LOWEST_IS_WEAK,
    REASON_FROM_NUMBER,
    RECORD_IS_REP,
    SMALL_NUMBERS,
    WHOLLY_SURE,
)
from playbook.training.variant import Variant

_READ, _WIN_RATE, _FORECAST = 5, 8, 11  # the manager's tasks


def _meetings_and_offers(variant: Variant) -> Exercise:
    """Somebody with most meetings and offers, and no more deals for it."""
    busy, calm = variant.names(2)
    meetings, fewer = variant.whole(58, 76), variant.whole(26, 36)
    offers, fewer_offers = variant.whole(30, 40), variant.whole(15, 19)
    won = variant.whole(7, 9)
    rows = pd.DataFrame(
        {
            "Rep": [busy, calm],
            "First meetings": [meetings, fewer],
            "Offers": [offers, fewer_offers],
            "Deals won": [won, won],
        }
    )
    options = (
        Option("example", f"{busy} sets the pace: the others should have as many meetings", 0.0,
               f"{busy} won {won} deals with {meetings} meetings, {calm} {won} with {fewer}.",
               (ACTIVITY_IS_RESULT, HIGHEST_IS_GOOD)),
        Option("calm", f"{calm} has too little in the pipeline, and needs a target for meetings", 0.0,
               f"{calm} won as many. A target for meetings brings meetings.", (ACTIVITY_IS_RESULT, LOWEST_IS_WEAK)),
        Option("waste", f"{busy} wastes time, and needs coaching on qualifying", 0.0,
               "That is a reason, and no number says it. Their customers may differ.", (REASON_FROM_NUMBER,)),
        Option("ask", "Both bring the same. Ask what the meetings are for before you praise or push either", 1.0,
               f"{won} deals each. What a meeting is for, only a talk can say."),
    )  # fmt: skip
    reasons = (
        Option("won", "They won as many deals", 1.0, "The result is what an input is for."),
        Option("rates", f"{calm} turns more meetings into deals", 0.0,
               "That is the same two numbers again, made to sound like skill.", (REASON_FROM_NUMBER, HIGHEST_IS_GOOD)),
        Option("work", f"{busy} does twice the work", 0.0, "Work is counted here, and not what came of it.",
               (ACTIVITY_IS_RESULT,)),
    )  # fmt: skip
    columns = list(rows.columns[1:])
    return Exercise(
        lambda: table(rows, caption="The last half-year; both sell to the same kind of customer", numbers=columns),
        "What do you say about the two?",
        ChooseOne(tuple(variant.shuffled(options)), tuple(variant.shuffled(reasons))),
        ("Read the table from its last column.",),
        facts={"meetings": (meetings, fewer), "won": won},
    )


def _slower_than_last_year(variant: Variant) -> Exercise:
    """A rep's deals take longer than last year, and so do all others'."""
    names = variant.names(5)
    before = [variant.whole(58, 70) for _ in names]
    longer = [variant.whole(20, 26) for _ in names]
    after = [b + more for b, more in zip(before, longer, strict=True)]
    slowest = max(range(len(names)), key=lambda i: after[i])
    who = names[slowest]
    rows = pd.DataFrame({"Rep": names, "Last year": before, "This year": after})
    least, most = min(longer), max(longer)
    all_of_them = f"All five take {least} to {most} days longer."
    options = (
        Option("one", f"Speak with {who} about the {after[slowest]} days", 0.0,
               f"{all_of_them} {who} is the slowest of five who all became slower.",
               (EVERYBODYS_IS_ONES, LOWEST_IS_WEAK)),
        Option("push", "Ask each of them in the 1:1 why their deals take longer", 0.0,
               "Five people would each find a reason of their own for what they share.",
               (EVERYBODYS_IS_ONES, REASON_FROM_NUMBER)),
        Option("market", "Customers decide more slowly now; nothing can be done", 0.0,
               "Perhaps. It may as well be a new approval, a form or a price list of your own.", (WHOLLY_SURE,)),
        Option("shared", "Something changed for all: look for what, and take it to your leader", 1.0,
               f"{all_of_them} What all share is no one's skill."),
    )  # fmt: skip
    reasons = (
        Option("all", "All five became slower by about as much", 1.0, all_of_them),
        Option("last", f"{who} is the slowest of the five", 0.0, "Somebody always is.",
               (EVERYBODYS_IS_ONES, LOWEST_IS_WEAK)),
        Option("far", f"{wording.count(longer[slowest], 'day')} more is too much", 0.0,
               f"For {who} it is, as for the other four."),
    )  # fmt: skip
    return Exercise(
        lambda: table(rows, caption="Days from first meeting to signature", numbers=["Last year", "This year"]),
        "What do you do?",
        ChooseOne(tuple(variant.shuffled(options)), tuple(variant.shuffled(reasons))),
        ("Compare each with themselves, then all with each other.",),
        facts={"before": before, "after": after},
    )


def _coverage_of_what(variant: Variant) -> Exercise:
    """Coverage above three, most of it in deals that nobody touched for months."""
    quota = variant.whole(4, 8) * 100
    coverage = variant.one_of((3.2, 3.4, 3.6))
    open_value = round(quota * coverage)
    asleep = variant.whole(58, 68) / 100
    rate, rate_asleep = variant.whole(38, 46) / 100, variant.whole(3, 6) / 100
    awake_value = open_value * (1 - asleep)
    expected = awake_value * rate + open_value * asleep * rate_asleep
    options = (
        Option("enough", f"{coverage:g} times is above three: covered", 0.0,
               f"Three times what? {wording.share(asleep)} of it brought in {wording.share(rate_asleep)} before.",
               (COVERAGE_OF_THREE,)),
        Option("more", "Everybody adds pipeline until it is four times", 0.0,
               "More sleeping deals lift the coverage, and not the quarter.", (COVERAGE_OF_THREE,)),
        Option("close", "Tell the reps to wake up the sleeping deals", 0.3,
               "Some may wake. Of such deals a few in a hundred came in, so do not count on it."),
        Option("split", f"Count both kinds apart: about {_k(expected)} of the {_k(quota)} is in sight", 1.0,
               f"That is {_k(awake_value)} at {wording.share(rate)}, and the rest at {wording.share(rate_asleep)}."),
    )  # fmt: skip
    reasons = (
        Option("kinds", "The two kinds of money came in at different rates", 1.0, "So each is multiplied alone."),
        Option("three", "Three times is what one needs", 0.0, "Three times fits one win rate, and this is another.",
               (COVERAGE_OF_THREE,)),
        Option("old", "Old deals are lost deals", 0.0, f"Nearly. {wording.share(rate_asleep)} of them did come in.",
               (WHOLLY_SURE,)),
    )  # fmt: skip
    return Exercise(
        lambda: say(
            "Missing to the quota: **{quota}**. Open and due: **{open_value}**, {coverage} times as much. Of that, "
            "**{asleep}** has had no contact for 90 days. Last year {rate_asleep} of such money came in, and {rate} of "
            "the rest.",
            quota=_k(quota),
            open_value=_k(open_value),
            coverage=f"{coverage:g}",
            asleep=wording.share(asleep),
            rate=wording.share(rate),
            rate_asleep=wording.share(rate_asleep),
        ),
        "What do you report?",
        ChooseOne(tuple(variant.shuffled(options)), tuple(variant.shuffled(reasons))),
        ("Multiply each kind by its own share.",),
        facts={"quota": quota, "open": open_value, "asleep": asleep},
    )


def _k(thousands: float) -> str:
    return wording.money(thousands * 1_000, "USD")


def _two_ways_of_counting(variant: Variant) -> Exercise:
    """Two teams with other win rates, of whom one closes deals that went nowhere and the other keeps them open."""
    other = variant.one_of(("the north", "the partner channel", "the team next door"))
    won, lost = variant.whole(44, 58), variant.whole(66, 84)
    dropped = variant.whole(50, 70)
    own, narrow = won / (won + lost + dropped), won / (won + lost)
    quoted = narrow + variant.whole(-2, 2) / 100
    options = (
        Option("learn", f"Have {other} show your reps how they close", 0.0,
               f"Counted as they count, you win {wording.share(narrow)}. There is nothing to copy yet.",
               (BENCHMARK_WITHOUT_DENOMINATOR, HIGHEST_IS_GOOD)),
        Option("close", "Ask your reps to close no deals as “no decision” any more", 0.0,
               "Then the two rates agree, and you know less about your customers.", (RECORD_IS_REP,)),
        Option("same", f"Count alike first: with their rule yours is {wording.share(narrow)}", 1.0,
               "Same rule, same rate, give or take luck. What is left are the customers who never decided."),
        Option("goal", f"Make {wording.share(quoted)} the goal for next year", 0.0,
               "It is another fraction, not a better one.", (BENCHMARK_WITHOUT_DENOMINATOR,)),
    )  # fmt: skip
    reasons = (
        Option("rule", "The two rates count other deals", 1.0, "One has the undecided under the line, the other not."),
        Option("higher", "The higher rate is the better team", 0.0, "Of the same deals, perhaps. These are others.",
               (BENCHMARK_WITHOUT_DENOMINATOR, HIGHEST_IS_GOOD)),
        Option("tidy", "Your team keeps the CRM worse", 0.0, "If anything better: it says how a deal ended.",
               (RECORD_IS_REP,)),
    )  # fmt: skip
    return Exercise(
        lambda: say(
            "Your team closes deals that go nowhere as “no decision”: **{won}** won, **{lost}** lost to a rival, "
            "**{dropped}** no decision, so {own} won. In {other} such deals stay open; they report {quoted} won.",
            won=won,
            lost=lost,
            dropped=dropped,
            own=wording.share(own),
            quoted=wording.share(quoted),
            other=other,
        ),
        "What do you do?",
        ChooseOne(tuple(variant.shuffled(options)), tuple(variant.shuffled(reasons))),
        ("What is under the line in each of the two?",),
        facts={"won": won, "lost": lost, "dropped": dropped},
    )


def _what_commit_means(variant: Variant) -> Exercise:
    """A call made of single amounts, and how often such calls came true."""
    called = variant.whole(6, 9) * 100
    came = sorted(round(called * variant.between(low, low + 0.07)) for low in (0.62, 0.74, 0.86, 0.98, 1.06))
    few = variant.whole(5, 8)
    options = (
        Option("sum", f"“{_k(called)}: that is what is committed.”", 0.0,
               f"Calls of that size brought {_k(came[0])} to {_k(came[-1])} before.",
               (FORECAST_WITHOUT_RANGE, WHOLLY_SURE)),
        Option("cut", f"“{_k(round(called * 0.9))}, to be safe.”", 0.3,
               "Lower, and still one number. Nobody can see from it what could happen.", (FORECAST_WITHOUT_RANGE,)),
        Option("no", "“With so few quarters I cannot say anything.”", 0.0,
               f"{wording.upper_first(wording.in_words(len(came)))} quarters say a range. Say it, and that it is wide.",
               (SMALL_NUMBERS,)),
        Option("range", f"“{_k(came[0])} to {_k(came[-1])}, as calls like this came in before. I know more on the "
               "20th.”", 1.0, "That is what such calls were worth so far, and when it gets narrower."),
    )  # fmt: skip
    return Exercise(
        lambda: say(
            "Your reps committed **{called}** in {few} deals. Of the last five calls of about this size, {came} came "
            "in. Your leader asks for the quarter.",
            called=_k(called),
            few=few,
            came=wording.listing([_k(value) for value in came]),
        ),
        "What do you answer?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("What did the last five calls bring?",),
        facts={"called": called, "came": came},
    )


ITEMS = (
    Item("evidence/meetings-and-offers", _READ, (ACTIVITY_IS_RESULT, HIGHEST_IS_GOOD),
         "When somebody is busiest, read first what came of it.", _meetings_and_offers),
    Item("evidence/slower-than-last-year", _READ, (EVERYBODYS_IS_ONES,),
         "When somebody got slower, look whether everybody did, and what changed for all.", _slower_than_last_year),
    Item("forecast/coverage-of-what", _FORECAST, (COVERAGE_OF_THREE,),
         "When you hear a coverage, ask what share of it anybody still speaks with.", _coverage_of_what),
    Item("forecast/two-ways-of-counting", _WIN_RATE, (BENCHMARK_WITHOUT_DENOMINATOR,),
         "When two teams compare rates, count alike first.", _two_ways_of_counting),
    Item("forecast/what-commit-means", _FORECAST, (FORECAST_WITHOUT_RANGE, WHOLLY_SURE),
         "When deals are committed, say what such calls brought before, lowest to highest.", _what_commit_means),
)  # fmt: skip
