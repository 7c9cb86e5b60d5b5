"""Cases whose subject belongs to another lesson: asked where nobody announces it, to see what carries over."""

from playbook import wording
from playbook.display import say
from playbook.training.item import Exercise, Item
from playbook.training.kinds.choose_one import ChooseOne, Option
from playbook.training.lettered_reps import EQUALS, TEAMS, of_ten, ordinary_lowest
from playbook.training.misconceptions import (
    BEFORE_AFTER_IS_CAUSE,
    LOWEST_IS_WEAK,
    RECORD_IS_REP,
    SMALL_NUMBERS,
    TREND_OF_TWO,
    WHOLLY_SURE,
)
from playbook.training.variant import Variant

_FORECAST, _HOLD = 11, 7  # the manager's tasks


def _one_of_eight_sources(variant: Variant) -> Exercise:
    """A forecast by source of leads, of which one is lowest, as one of eight equals is."""
    rate, closed, won, chance = ordinary_lowest(variant)
    source = variant.one_of(("the trade fair", "the partner programme", "the newsletter", "referrals"))
    often = f"Of eight equal sources one comes in this low in {of_ten(chance)} of {TEAMS:,} simulated half-years."
    usual = wording.share(rate)
    options = (
        Option("own", f"{wording.share(won / closed)} for it, as it did last half-year", 0.0,
               f"{often} Next time it lies nearer to the others.", (SMALL_NUMBERS, LOWEST_IS_WEAK)),
        Option("nothing", "Nothing: this source goes down, so leave it out", 0.0,
               f"One low half-year is no way down. {often}", (TREND_OF_TWO, LOWEST_IS_WEAK)),
        Option("same", f"Close to the {usual} of all, with a wide range, until more of its deals are closed", 1.0,
               f"{often} What all eight did together says more about it than its own {closed} deals."),
        Option("never", "It cannot be forecast at all", 0.0, f"It can, roughly: all eight together win {usual}.",
               (WHOLLY_SURE,)),
    )  # fmt: skip
    return Exercise(
        lambda: say(
            "You plan next half-year by where deals come from. All {n} sources together won {usual}, each with "
            "{closed} closed deals. The lowest was {source}: **{won} of {closed}**.",
            n=wording.in_words(EQUALS),
            usual=usual,
            closed=closed,
            source=source,
            won=won,
        ),
        "With which rate do you plan for it?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("How low would the lowest of eight be if all were the same?",),
        facts={"won": won, "closed": closed, "rate": rate},
    )


def _deals_with_a_plan(variant: Variant) -> Exercise:
    """Deals with a field filled in are won more often, as it is filled in where a deal goes well."""
    field = variant.one_of(("a close plan", "a named sponsor", "a next step with a date", "a list of who decides"))
    with_it, without = variant.whole(44, 54), variant.whole(18, 26)
    options = (
        Option("all", f"Agree with everybody: {field} in every deal, as that doubles the win rate", 0.0,
               "It would, if the field won deals. It is also filled in where a deal goes well anyway.",
               (BEFORE_AFTER_IS_CAUSE,)),
        Option("rank", "Agree with those who fill it in least, first", 0.0,
               "That ranks people by how they keep the CRM.", (RECORD_IS_REP,)),
        Option("nothing", "It says nothing, so ask for nothing", 0.0,
               "It says that the two go together. One look at when it is filled in tells more.", (WHOLLY_SURE,)),
        Option("when", "Look at ten deals first: was it filled in before the deal went well, or after?", 1.0,
               "Filled in after, it is a sign of a good deal. Filled in before, it may be a cause worth agreeing on."),
    )  # fmt: skip
    return Exercise(
        lambda: say(
            "Sales operations found: of deals with {field} in the CRM **{with_it}%** are won, of the others "
            "**{without}%**. They ask you to hold your reps to it.",
            field=field,
            with_it=with_it,
            without=without,
        ),
        "What do you agree on?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("When does somebody fill in such a field?",),
        facts={"with": with_it, "without": without},
    )


ITEMS = (
    Item("transfer/one-of-eight-sources", _FORECAST, (SMALL_NUMBERS, LOWEST_IS_WEAK),
         "When one of several is lowest, plan with what all did together until its own numbers grow.",
         _one_of_eight_sources, examined=False, home="is_it_luck"),
    Item("transfer/deals-with-a-plan", _HOLD, (BEFORE_AFTER_IS_CAUSE, RECORD_IS_REP),
         "When two things go together in the CRM, ask which was there first.",
         _deals_with_a_plan, examined=False, home="from_evidence_to_observation"),
)  # fmt: skip
