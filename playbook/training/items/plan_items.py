"""The improvement plan: one focus in the rep's words, a sign that shows soon, and whether it was the coaching."""

from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from playbook import wording
from playbook.display import PagePart, say, table
from playbook.training.item import Exercise, Item
from playbook.training.kinds.choose_one import ChooseOne, Option
from playbook.training.kinds.estimate import Estimate
from playbook.training.kinds.mistake_in_lines import MistakeInLines, TalkLine
from playbook.training.kinds.put_in_order import PutInOrder
from playbook.training.kinds.write_and_mark import WriteAndMark
from playbook.training.lettered_reps import TEAMS, of_ten, won_of
from playbook.training.misconceptions import (
    BEFORE_AFTER_IS_CAUSE,
    DEAL_TAKEN_OVER,
    NO_DATE,
    REASON_FROM_NUMBER,
    SMALL_NUMBERS,
    TELLING_FIRST,
    TWO_TOPICS,
    WHOLLY_SURE,
)
from playbook.training.variant import Variant

_PLAN = 6  # the manager's task: write a plan with each rep
_TRIES = 300
_HALF_A_POINT = 0.005  # a change that a page would show as none
_FIRST_DAY = date(2026, 3, 2)


class _Habit(NamedTuple):
    """The moment in a talk and the deed, as the rep says it; the deed as others say it; what both could look at."""

    moment: str
    own: str
    deed: str
    sign: str


_HABITS = (
    _Habit("a buyer asks for the price", "ask what the problem costs them", "ask buyers what their problem costs",
           "whether the notes of the next three offers say what it costs them"),
    _Habit("a meeting is about to end", "open my calendar and agree the next day", "agree the next day in the meeting",
           "whether the notes of the next four meetings name the next day"),
    _Habit("a customer objects", "ask one question before I answer", "ask one question before answering an objection",
           "one talk that we listen to together"),
    _Habit("I am about to send an offer", "ask who else will read it", "ask who else will read an offer",
           "whether a second reader is named in the next three offers"),
)  # fmt: skip


def _which_will_be_done(variant: Variant) -> Exercise:
    """Four plans for the same thing, of which one says when, what, and what to look at."""
    habit = variant.one_of(_HABITS)
    day = wording.day(_FIRST_DAY + timedelta(days=variant.whole(10, 30)))
    options = (
        Option("goal", f"“Win rate up by five points by {day}.”", 0.0,
               "A win rate is nothing that one can do on Tuesday, and luck moves it by more than that.",
               (REASON_FROM_NUMBER,)),
        Option("list", f"“{wording.upper_first(habit.own)}, fill the CRM daily, open two accounts a week.”", 0.0,
               "Three things are a list, and none of them has a moment.", (TWO_TOPICS, NO_DATE)),
        Option("from-now-on", f"“From now on I {habit.own}.”", 0.3,
               "The right thing, without a moment at which it comes to mind, and without a day to look.", (NO_DATE,)),
        Option("when-then", f"“When {habit.moment}, I {habit.own}. On {day} we look at {habit.sign}.”", 1.0,
               "A moment, one thing to do in it, a day, and something that both can see."),
    )  # fmt: skip
    return Exercise(
        lambda: say("Four drafts of a plan for the same rep, each meant well."),
        "Which one will most likely be done?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("Which of them tells the rep at what moment to do it?",),
    )


def _a_sign_that_shows_soon(variant: Variant) -> Exercise:
    """What to look at after three weeks: results hardly move, what was done can be seen."""
    a_month, rate = variant.whole(4, 8), variant.whole(25, 38) / 100
    gain = variant.one_of((0.08, 0.1))
    closed = max(3, round(a_month * 0.75))
    before = variant.wins(closed, rate, times=TEAMS)[:, 0]
    after = variant.wins(closed, rate + gain, times=TEAMS)[:, 0]
    shows = float((after > before).mean())
    name = variant.names(1)[0]
    habit = variant.one_of(_HABITS)
    luck = (
        f"In three weeks {name} closes {closed} deals. With a real gain of {wording.points(gain)} these weeks show "
        f"more wins than the three weeks before in {of_ten(shows)} cases."
    )
    options = (
        Option("win-rate", f"{name}'s win rate, before and after", 0.0, luck, (SMALL_NUMBERS, BEFORE_AFTER_IS_CAUSE)),
        Option("revenue", f"{name}'s revenue of the month", 0.0,
               f"One large deal decides it. {luck}", (SMALL_NUMBERS, BEFORE_AFTER_IS_CAUSE)),
        Option("feeling", f"Whether {name} feels better about it", 0.3,
               "Worth asking. But one can feel better and do the same as before."),
        Option("sign", wording.upper_first(habit.sign), 1.0,
               "It shows in three weeks whether it is done. Whether it works shows much later."),
    )  # fmt: skip
    return Exercise(
        lambda: say(
            "{name} wants to {deed}, and closes about {a_month} deals a month. In three weeks you look at it together.",
            name=name,
            deed=habit.deed,
            a_month=a_month,
        ),
        "What do you look at?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("What could be different after three weeks even if no deal had closed?",),
        facts={"closed": closed, "rate": rate},
    )


def _when_the_data_could_know(variant: Variant) -> Exercise:
    """How many months until a gain would show in wins, eight times in ten."""
    a_month, rate = variant.whole(6, 14), variant.whole(24, 38) / 100
    gain = variant.one_of((0.08, 0.1, 0.12))
    both = (rate * (1 - rate)) + ((rate + gain) * (1 - rate - gain))
    deals = (1.96 + 0.84) ** 2 * both / gain**2  # two shares, 5% both ways, seen in eight of ten cases
    months = float(round(deals / a_month))
    name = variant.names(1)[0]
    return Exercise(
        lambda: say(
            "{name} closes **{a_month} deals a month** and wins {rate}. The plan works, from the first day on, and for "
            "good: {after}. You compare the deals since then with as many from before.",
            name=name,
            a_month=a_month,
            rate=wording.share(rate),
            after=wording.share(rate + gain),
        ),
        "After how many months could the win rate show it, in eight of ten cases?",
        Estimate(
            months,
            float(round(months / 2)),
            (
                f"It takes about {wording.number(deals)} deals after, and as many before, to tell "
                f"{wording.points(gain)} from luck.",
                "So the plan needs a sign that shows in weeks, and you need patience with the rate.",
            ),
            "months",
        ),
        ("It takes hundreds of deals, not dozens.", f"{a_month} deals a month: how many months for 200?"),
        facts={"a_month": a_month, "rate": rate, "gain": gain},
    )


def _was_it_the_coaching(variant: Variant) -> Exercise:
    """A coached rep's rate rose; so did, or did not, that of the others."""
    together = variant.chance(0.5)
    rate, closed = variant.whole(26, 36) / 100, variant.whole(90, 130)
    others_closed = closed * 6
    rose = 0.13
    name = variant.names(1)[0]
    for _ in range(_TRIES):
        before, after = (int(variant.wins(closed, r)[0, 0]) for r in (rate, rate + rose))
        rest = [int(variant.wins(others_closed, r)[0, 0]) for r in (rate, rate + (rose if together else 0.0))]
        own, theirs = (after - before) / closed, (rest[1] - rest[0]) / others_closed
        if own >= 0.1 and (abs(own - theirs) <= 0.03 if together else abs(theirs) <= 0.02):
            break
    rows = pd.DataFrame(
        [
            {"": name, "Half-year before": won_of(before, closed), "Half-year after": won_of(after, closed)},
            {
                "": "Six others, not coached",
                "Half-year before": won_of(rest[0], others_closed),
                "Half-year after": won_of(rest[1], others_closed),
            },
        ]
    )
    counted = f"{name} went up by {wording.points(own)}, the six others {_went(theirs)}."
    more = (
        f"{counted} Whatever lifted all seven lifted {name} too."
        if together
        else f"{counted} So it is nothing that all share. That fits coaching; it does not prove it, as luck can "
        "lift one rep, too."
    )
    options = (
        Option("worked", f"The coaching worked: up by {wording.points(own)}", 0.0, more, (BEFORE_AFTER_IS_CAUSE,)),
        Option("all", "The rise is everybody's: it says nothing about the coaching", float(together), more),
        Option("fits", f"{name} rose and the others did not: it fits the coaching, without proving it",
               float(not together), more),
        Option("nothing", "Coaching brings nothing", 0.0,
               f"{more} That a rate cannot show it is no proof that nothing happened.", (WHOLLY_SURE,)),
    )  # fmt: skip
    return Exercise(
        lambda: _before_and_after(rows),
        f"You coached {name} between the two. What do you take from it?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("What happened to those whom you did not coach?",),
        facts={"own": own, "others": theirs},
    )


def _went(change: float) -> str:
    """`up by 12 points`, `down by 2 points`, or that nothing moved."""
    if abs(change) < _HALF_A_POINT:
        return "hardly moved"
    return f"{'up' if change > 0 else 'down'} by {wording.points(abs(change))}"


def _before_and_after(rows: pd.DataFrame) -> PagePart:
    columns = ["Half-year before", "Half-year after"]
    return table(rows, caption="Deals won, of those that ended, with the same kind of customers", numbers=columns)


def _the_steps_of_the_talk(variant: Variant) -> Exercise:
    """The half-hour in which a plan is written."""
    things = (
        ("aim", "Ask what the rep would like to be able to do"),
        ("moment", "Find the one moment in a talk where it is decided"),
        ("when-then", "Let the rep say it as “When … I …”"),
        ("sign", "Agree what you could both see in two weeks"),
        ("mine", "Write down what you do for it, with a day"),
        ("dates", "Put the days into both calendars"),
    )
    left_out = variant.whole(1, 5)
    chosen = tuple(thing for i, thing in enumerate(things) if i != left_out)
    name = variant.names(1)[0]
    return Exercise(
        lambda: say("Half an hour with {name}, who is to leave it with a plan.", name=name),
        "In which order?",
        PutInOrder(
            chosen,
            tuple(variant.shuffled([key for key, _ in chosen])),
            "The rep's aim first, then one moment; the dates close it, when there is something to look at.",
        ),
        ("Who speaks first decides whose plan it is.",),
    )


def _what_is_wrong_in_this_plan(variant: Variant) -> Exercise:
    """A plan on half a page, of which one line does not hold."""
    name = variant.names(1)[0]
    habit = variant.one_of(_HABITS)
    days = [wording.day(_FIRST_DAY + timedelta(days=n)) for n in (14, 28)]
    wrongs = (
        ("sign", "We look at: the win rate of the two weeks.",
         "Two weeks of deals cannot tell. Look at what is done.", (SMALL_NUMBERS, BEFORE_AFTER_IS_CAUSE),
         f"We look at: {habit.sign}."),
        ("mine", f"My part as the manager: I take {name}'s two large meetings for now.",
         f"Then you hold the two talks in which {name} could have tried it.", (DEAL_TAKEN_OVER,),
         f"My part as the manager: I listen to two of {name}'s talks by {days[0]}."),
        ("day", "We look again: when things have calmed down.",
         "That day does not come. Without a day nobody is wrong to forget it.", (NO_DATE,),
         f"We look again on {days[1]}."),
        ("focus", f"Focus: {habit.deed}; the CRM; discounts.",
         "Three at a time. The two others can wait a month.", (TWO_TOPICS,),
         f"Focus: {habit.deed}, and nothing else this month."),
    )  # fmt: skip
    planted = variant.whole(0, len(wrongs) - 1)
    right = {key: good for key, _, _, _, good in wrongs}
    key, bad, why, tempts, better_line = wrongs[planted]
    texts = {
        "focus": right["focus"],
        "when": f"In {name}'s words: “When {habit.moment}, I {habit.own}.”",
        "sign": right["sign"],
        "mine": right["mine"],
        "day": right["day"],
    }
    texts[key] = bad
    lines = tuple(
        TalkLine("", text, why if each == key else "That line works.", tempts if each == key else ())
        for each, text in texts.items()
    )
    better = (
        Option("good", better_line, 1.0, "That can be looked at, by both."),
        Option("firm", "The same, with “must” instead of “I”", 0.0, "A harder word does not make it clearer.",
               (TELLING_FIRST,)),
        Option("leave", "Leave the line out", 0.0, "Then the plan lacks what the line should have said."),
    )  # fmt: skip
    return Exercise(
        lambda: say("A plan for {name}, on half a page.", name=name),
        "Which line will not work?",
        MistakeInLines(lines, list(texts).index(key), tuple(variant.shuffled(better))),
        ("Ask of each line: does the rep get to try it, and on which day could you both see that it was kept?",),
    )


_OWN = (
    ("you step into a rep's customer call after two minutes",
     "When I want to step in, I write my sentence down and wait two minutes; on Friday I count how often I did."),
    ("your 1:1s turn into deal reviews",
     "When a deal comes up in a 1:1, I note it for Thursday's review and ask about the skill again; on Friday I look "
     "at my notes."),
    ("you answer a rep's question before they have finished it",
     "When a rep asks me something, I first ask what they would do; on Friday I count how often they had an answer."),
    ("you move a coaching hour because a deal is hot",
     "When somebody wants my coaching hour, I offer the hour after it; on Friday I count the hours that took place."),
    ("you look at the pipeline late at night",
     "When I open the pipeline after eight, I close it and write one question for tomorrow; on Friday I count them."),
    ("you praise with “well done” and nothing else",
     "When I say “well done”, I add what I saw; on Friday I name three of them to myself."),
)  # fmt: skip


def _write_when_then(variant: Variant) -> Exercise:
    """A plan in one sentence, for oneself."""
    moment, good = variant.one_of(_OWN)
    return Exercise(
        lambda: say("Something of your own: {moment}, more often than you like.", moment=moment),
        "Write your plan for it in one sentence.",
        WriteAndMark(
            good=good,
            good_because="A moment that one notices, something to do in it, and a day to look.",
            bad="I will try to hold back more and give people room.",
            bad_because="More than what, and when? It will be forgotten in the first hard call.",
            criteria=(
                ("when", "names a moment that you would notice"),
                ("then", "says one thing that you do then"),
                ("look", "says when you look at it, and at what"),
            ),
        ),
        ("What happens in the second before?",),
    )


ITEMS = (
    Item("plan/which-will-be-done", _PLAN, (NO_DATE, TWO_TOPICS, REASON_FROM_NUMBER),
         "When you write a plan, let it name a moment, one thing to do in it, and a day to look.", _which_will_be_done),
    Item("plan/a-sign-that-shows-soon", _PLAN, (SMALL_NUMBERS, BEFORE_AFTER_IS_CAUSE),
         "When you look at a plan after three weeks, look at what is done, and leave the rate alone.",
         _a_sign_that_shows_soon),
    Item("plan/when-the-data-could-know", _PLAN, (SMALL_NUMBERS, BEFORE_AFTER_IS_CAUSE),
         "When you ask whether it worked, work out first how many deals it takes to tell.", _when_the_data_could_know),
    Item("plan/was-it-the-coaching", _PLAN, (BEFORE_AFTER_IS_CAUSE, WHOLLY_SURE),
         "When a number rose after your coaching, look whether it rose for those you did not coach.",
         _was_it_the_coaching),
    Item("plan/the-steps-of-the-talk", _PLAN, (TELLING_FIRST,),
         "When you write a plan with a rep, begin with what they would like to be able to do.", _the_steps_of_the_talk),
    Item("plan/what-is-wrong-in-it", _PLAN, (TWO_TOPICS, NO_DATE, DEAL_TAKEN_OVER),
         "When a plan is written, ask of each line on which day one could see it.", _what_is_wrong_in_this_plan),
    Item("plan/write-when-then", _PLAN, (NO_DATE,),
         "When you want to change something of your own, write it as “When … I …”.", _write_when_then, examined=False),
)  # fmt: skip
