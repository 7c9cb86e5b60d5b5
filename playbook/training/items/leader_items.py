"""Your week and your leader: a leader's questions about numbers, what can be granted, and words for a no."""

import numpy as np
import pandas as pd

from playbook import wording
from playbook.coaching.time_budget import hours_needed
from playbook.display import PagePart, say, table
from playbook.metrics.proportions import differ
from playbook.training.item import Exercise, Item
from playbook.training.kinds.choose_one import ChooseOne, Option
from playbook.training.kinds.choose_several import Belonging, ChooseSeveral
from playbook.training.kinds.mistake_in_lines import MistakeInLines, TalkLine
from playbook.training.kinds.sort_statements import SortStatements, Statement
from playbook.training.kinds.write_and_mark import WriteAndMark
from playbook.training.lettered_reps import EQUALS, ORDINARY, TEAMS, TRIES, of_ten
from playbook.training.misconceptions import (
    ACTIVITY_IS_RESULT,
    DEAL_TAKEN_OVER,
    FORECAST_WITHOUT_RANGE,
    HIGHEST_IS_GOOD,
    NO_DATE,
    REASON_FROM_NUMBER,
    SMALL_NUMBERS,
    TELLING_FIRST,
    TREND_OF_TWO,
    WHOLLY_SURE,
)
from playbook.training.variant import Variant

_TIME, _FORECAST, _HELPERS, _EXPECTATIONS = 1, 11, 12, 14  # the manager's tasks


def _the_rate_of_the_team_fell(variant: Variant) -> Exercise:
    """A leader points at a team's two quarters, which lie as far apart as luck puts them."""
    rate, closed = variant.whole(27, 38) / 100, variant.whole(90, 140)
    for _ in range(TRIES):
        first, second = (int(n) for n in variant.wins(closed, rate, times=2)[:, 0])
        chance = differ(first, closed, second, closed)
        if first - second >= 5 and chance >= ORDINARY:
            break
    before, now = wording.share(first / closed), wording.share(second / closed)
    luck = f"Two quarters of the same team, nothing changed, lie this far apart in {of_ten(chance)} cases."
    right = (
        f"“{first} wins, then {second}, of {closed} each: luck alone can do that. I'll know more at the end of the "
        "quarter; until then I listen in on offers.”",
        f"“That is {first - second} wins fewer in {closed} deals, which can happen by itself. In six weeks I'll have "
        "twice as many; you'll hear from me then, whatever it is.”",
    )
    options = (
        Option("plan", "“You're right. I'm planning a closing training for next month.”", 0.0,
               f"It answers a question that the number does not ask. {luck}", (TREND_OF_TWO, REASON_FROM_NUMBER)),
        Option("who", "“It's mainly two people. I'll speak with them.”", 0.0,
               f"In any quarter two people lie lowest. {luck}", (REASON_FROM_NUMBER, SMALL_NUMBERS)),
        Option("luck", "“That's only luck.”", 0.3,
               f"It could be. {luck} But a real fall of a few points could be in it, too.", (WHOLLY_SURE,)),
        Option("count", variant.one_of(right), 1.0,
               f"It has the counts, says what they can tell, and when you will know more. {luck}"),
    )  # fmt: skip
    return Exercise(
        lambda: say(
            "Your leader: “Your win rate fell from {before} to {now} in one quarter. What are you doing about it?” It "
            "was {first} of {closed} deals, and then {second} of {closed}.",
            before=before,
            now=now,
            first=first,
            second=second,
            closed=closed,
        ),
        "What do you answer?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("Would your leader ask if the two quarters had come the other way round?",),
        facts={"first": first, "second": second, "closed": closed},
    )


def _copy_the_best(variant: Variant) -> Exercise:
    """A leader wants everybody to work like the one who had the best quarter."""
    rate, closed = variant.whole(28, 38) / 100, variant.whole(22, 32)
    teams = variant.wins([closed] * EQUALS, rate, times=TEAMS)
    best_of_each = teams.max(axis=1)
    for _ in range(TRIES):
        won = int(variant.wins([closed] * EQUALS, rate)[0].max())
        chance = float((best_of_each >= won).mean())
        if chance >= ORDINARY:
            break
    name = variant.names(1)[0]
    habit = variant.one_of(("sends long mails", "calls before nine", "skips the second meeting", "never discounts"))
    luck = f"In {of_ten(chance)} teams of eight equals somebody had as good a quarter, with nothing behind it."
    right = (
        f"Listen to two talks of {name}'s and two of somebody else's; show what is different and works",
        f"Make nothing a rule yet; sit in with {name} and with another rep, and compare what customers do",
    )
    options = (
        Option("copy", f"Have {name} show the others how", 0.0,
               f"Show what? {luck} They may all learn to do what made no difference.", (HIGHEST_IS_GOOD,)),
        Option("habit", f"Find out what {name} does differently, and make it the rule", 0.0,
               f"Everybody does something differently. {luck}", (HIGHEST_IS_GOOD, REASON_FROM_NUMBER)),
        Option("no", f"Say that {name} was lucky", 0.3, f"Perhaps. {luck} But nobody knows that it was luck.",
               (WHOLLY_SURE,)),
        Option("two", variant.one_of(right), 1.0,
               f"{luck} What a talk shows can be shown to others, whoever had the quarter."),
    )  # fmt: skip
    return Exercise(
        lambda: say(
            "{name} won **{won} of {closed}** last quarter, the best of your eight; all together win {rate}. {name} "
            "{habit}. Your leader: “Whatever {name} does, the others should do it, too.”",
            name=name,
            won=won,
            closed=closed,
            rate=wording.share(rate),
            habit=habit,
        ),
        "What do you do?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("How good a quarter would the best of eight equals have?",),
        facts={"won": won, "closed": closed, "rate": rate},
    )


def _sixty_calls(variant: Variant) -> Exercise:
    """A leader wants a number of calls, and calls and results do not go together."""
    names = variant.names(6)
    wanted = variant.one_of((50, 60, 70))
    for _ in range(TRIES):
        calls = [variant.whole(28, 85) for _ in names]
        won = [int(variant.wins(60, 0.2)[0, 0]) for _ in names]
        together = float(np.corrcoef(calls, won)[0, 1])
        top = int(np.argmax(won))
        many = [w for c, w in zip(calls, won, strict=True) if c >= wanted]
        few = [w for c, w in zip(calls, won, strict=True) if c < wanted]
        alone = won.count(won[top]) == 1 and calls[top] < wanted
        # Those who call as often as is wanted must not have won more: it would speak for the rule.
        if abs(together) <= 0.25 and alone and len(many) >= 2 and np.mean(many) <= np.mean(few):
            break
    rows = pd.DataFrame({"Rep": names, "Calls a week": calls, "Deals won": won})
    counted = (
        f"With {wanted} calls or more a rep won {wording.number(float(np.mean(many)), 1)} on average, with fewer "
        f"{wording.number(float(np.mean(few)), 1)}."
    )
    right = (
        "Show the two columns, and offer another count: first meetings that lead to a next step",
        "Take the table along, and ask what the number is for; bring a count that goes with deals",
    )
    options = (
        Option("rule", f"Make {wanted} calls a week the rule", 0.0, f"{counted} It would be a rule about the phone.",
               (ACTIVITY_IS_RESULT,)),
        Option("low", "Make it the rule for those below, and leave the others alone", 0.0,
               f"{counted} {names[top]} won most with {calls[top]} a week.", (ACTIVITY_IS_RESULT,)),
        Option("show", variant.one_of(right), 1.0,
               f"{counted} Your leader wants something to steer by: offer what happens shortly before a deal."),
        Option("secret", "Say yes, and leave it at that", 0.0,
               "In four weeks somebody will ask for the list, and then it is about trust."),
    )  # fmt: skip
    return Exercise(
        lambda: _calls(rows),
        f"Your leader wants {wanted} calls a week from everybody. What do you do?",
        ChooseOne(tuple(variant.shuffled(options))),
        (f"Who wins most, and how often do they call? And those with {wanted} or more?",),
        facts={"calls": calls, "won": won},
    )  # fmt: skip


def _calls(rows: pd.DataFrame) -> PagePart:
    caption = "Last half-year, the same kind of customers"
    return table(rows, caption=caption, numbers=["Calls a week", "Deals won"])


def _what_can_be_granted(variant: Variant) -> Exercise:
    """What a leader can grant this week, what needs evidence first, and what is the manager's own to do."""
    grant = [
        ("Two hours on Tuesday in which nobody calls you about a deal", "is a sentence of your leader's, this week."),
        ("The forecast call in ten minutes, on what changed", "is your leader's meeting, and theirs to shorten."),
        ("Your two open deals handed to a rep, with the credit agreed", "needs your leader's word, once."),
    ]
    evidence = [
        (
            "A second product specialist for the team",
            "costs money: bring how many deals it would change, and for how long.",
        ),
        ("Another price list for small customers", "concerns other teams: bring the deals at that step, counted."),
        ("Fewer accounts for a rep who is far behind", "needs to show that it is the accounts and not the quarter."),
    ]
    own = [
        ("Holding your 1:1s every week", "needs nobody's permission."),
        ("Stopping to read every deal before the forecast", "is a habit of yours, and stops on Monday."),
        ("Telling a rep what you heard", "is yours to do, and nobody else's."),
    ]
    chosen = [
        (text, pile, why)
        for pile, texts in (("grant", grant), ("evidence", evidence), ("own", own))
        for text, why in variant.shuffled(texts)[:2]
    ]
    statements = tuple(Statement(str(i), *one) for i, one in enumerate(variant.shuffled(chosen)))
    piles = (("grant", "ask for it this week"), ("evidence", "bring evidence first"), ("own", "do it yourself"))
    return Exercise(
        lambda: say("What you would like to have or to do, from your notes of the last weeks."),
        "How do you get each of these?",
        SortStatements(statements, piles, "Two to ask for, two to prove, two to do: a short talk with your leader."),
        ("Could your leader say yes to it in one sentence, at no cost?",),
    )


def _the_leader_asks_for_a_rescue(variant: Variant) -> Exercise:
    """A talk with one's leader about a large deal, which turns in one line."""
    name = variant.names(1)[0]
    deal = wording.money(variant.whole(20, 40) * 10_000, "USD")
    wrong, why, tempts = variant.one_of(
        (
            ("All right, I'll drop my 1:1s this week and go myself.",
             "Here the hours go, and next time nobody will ask first.", (DEAL_TAKEN_OVER,)),
            ("You don't need to worry. It will come in.",
             "That is a promise about a customer's decision, with nothing behind it.",
             (FORECAST_WITHOUT_RANGE, WHOLLY_SURE)),
            ("With respect: coaching is my job now, not closing.",
             "It is true, and it says no without an offer. Your leader still has the deal on their mind.",
             (TELLING_FIRST,)),
        )
    )  # fmt: skip
    lines: tuple[TalkLine, ...] = (
        TalkLine("Your leader", f"The {deal} deal worries me. Can you close it?", "That is a fair worry."),
        TalkLine("You", "What worries you most about it?", "It asks before it answers."),
        TalkLine(
            "Your leader", f"{name} has never sold to a board.", "That is the worry: something one can work with."
        ),
        TalkLine("You", wrong, why, tempts),
        TalkLine("Your leader", "Fine. Keep me posted.", "That ends the talk; it was decided a line before."),
    )
    greeting = TalkLine("Your leader", "Two minutes?", "Nothing wrong with that.")
    lines = (greeting, *lines) if variant.chance(0.5) else lines
    right = (
        f"“I'll prepare the board meeting with {name} tomorrow, and sit in on it. I'll call you on Thursday, good or "
        "bad.”",
        f"“That I can do something about: {name} rehearses it with me on Wednesday, in front of two colleagues. You'll "
        "hear how it went.”",
    )
    better = (
        Option("offer", variant.one_of(right), 1.0,
               "It takes up the worry, leaves the deal where it is, and has a day."),
        Option("later", "“Let me think about it.”", 0.0, "Then the worry goes home with your leader.", (NO_DATE,)),
        Option("help", "“Could you go in yourself?”", 0.0, f"Then {name} has two people in the way instead of one.",
               (DEAL_TAKEN_OVER,)),
    )  # fmt: skip
    return Exercise(
        lambda: say("Monday, in your leader's office."),
        "In which line does it turn?",
        MistakeInLines(lines, len(lines) - 2, tuple(variant.shuffled(better))),
        ("In which line is your leader's worry lost?",),
    )


def _what_the_page_holds(variant: Variant) -> Exercise:
    """What belongs on the half page for a leader, and what does not."""
    name = variant.names(1)[0]
    reps = variant.whole(6, 9)
    hours = wording.hours(hours_needed(reps))
    belongs = (
        Belonging(
            "hours",
            f"The hours: {hours} a week for {reps} reps, and what stops so that they exist",
            True,
            "Without what stops, hours are a wish.",
        ),
        Belonging(
            "range",
            "The quarter as a range, and what it hangs on",
            True,
            "It is what your leader has to pass on. Without it they will ask each week.",
        ),
        Belonging(
            "ask",
            "One thing that only your leader can grant, with a day",
            True,
            "A page that asks for nothing is filed.",
        ),
        Belonging(
            "judged",
            "What you would like to be judged on in twelve weeks",
            True,
            "If you do not say it, it will be the number of deals that you closed.",
        ),
    )
    does_not = (
        Belonging("names", f"That {name} is the weakest at the moment", False,
                  "A page travels. Names of reps do not belong on it.", (REASON_FROM_NUMBER,)),
        Belonging("soon", "That more coaching will show in the numbers soon", False,
                  "Soon is no day, and one quarter's numbers cannot show it.", (NO_DATE,)),
        Belonging("effort", "How busy you are", False, "Everybody is. It asks for comfort, not for hours."),
        Belonging("save", "Which deals you will save yourself", False,
                  "Then that is what you will be asked about.", (DEAL_TAKEN_OVER,)),
    )  # fmt: skip
    options = (*variant.shuffled(belongs)[:3], *variant.shuffled(does_not)[:3])
    return Exercise(
        lambda: say("You write half a page for your leader, for the talk on Thursday."),
        "What belongs on it?",
        ChooseSeveral(tuple(variant.shuffled(options)), "Half a page, and all of it something to decide on."),
        ("What could your leader do with this line?",),
    )


def _ask_for_hours(variant: Variant) -> Exercise:
    """Ask a leader for hours, in one's own words."""
    reps = variant.whole(5, 10)
    hours = wording.hours(hours_needed(reps))
    meeting = variant.one_of(("the Tuesday pipeline round", "the weekly report", "the Monday deal call"))
    return Exercise(
        lambda: say(
            "You lead {reps} reps. Coaching them takes {hours} a week. What stands in the way is {meeting}, which your "
            "leader set up.",
            reps=reps,
            hours=hours,
            meeting=meeting,
        ),
        "Write two sentences to your leader.",
        WriteAndMark(
            good=f"I'd like to drop {meeting} for six weeks and use the time to listen to calls. You get ten minutes "
            "from me every Monday on what changed, and on the first of the month we decide whether to go on.",
            good_because="Something that can be granted, what the leader gets for it, and a day to decide.",
            bad="I really need more time for coaching, there are just too many meetings.",
            bad_because="A leader can agree with that and change nothing.",
            criteria=(
                ("grant", "asks for something that can be granted in one sentence"),
                ("gets", "says what your leader gets, and when"),
                ("day", "names a day to look at it again"),
            ),
        ),
        ("What would your leader lose, and what do you offer for it?",),
    )


ITEMS = (
    Item("leader/the-rate-fell", _FORECAST, (TREND_OF_TWO, REASON_FROM_NUMBER, SMALL_NUMBERS),
         "When you are asked about a number that moved, answer with the counts and the day you will know more.",
         _the_rate_of_the_team_fell),
    Item("leader/copy-the-best", _EXPECTATIONS, (HIGHEST_IS_GOOD, REASON_FROM_NUMBER),
         "When somebody had the best quarter, look at talks before you make anything a rule.", _copy_the_best),
    Item("leader/sixty-calls", _EXPECTATIONS, (ACTIVITY_IS_RESULT,),
         "When you are asked to count something, show first whether it goes with deals won.", _sixty_calls),
    Item("leader/what-can-be-granted", _TIME, (DEAL_TAKEN_OVER,),
         "When you go to your leader, ask for what can be granted in one sentence.", _what_can_be_granted),
    Item("leader/asks-for-a-rescue", _TIME, (DEAL_TAKEN_OVER, FORECAST_WITHOUT_RANGE, TELLING_FIRST),
         "When your leader wants a deal saved, ask for the worry, and answer that, with a day.",
         _the_leader_asks_for_a_rescue),
    Item("leader/what-the-page-holds", _HELPERS, (NO_DATE, REASON_FROM_NUMBER, DEAL_TAKEN_OVER),
         "When you write upward, write only what can be decided on, and no rep's name.", _what_the_page_holds),
    Item("leader/ask-for-hours", _TIME, (NO_DATE,),
         "When you ask for hours, say what stops, what your leader gets, and when you look again.", _ask_for_hours,
         examined=False),
)  # fmt: skip
