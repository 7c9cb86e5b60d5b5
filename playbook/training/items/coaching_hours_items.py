"""From player to coach: what an hour is worth, who else could do it, and what a former peer needs to hear."""

from playbook import wording
from playbook.coaching.time_budget import PARTS, hours_needed
from playbook.display import say
from playbook.training.item import Exercise, Item
from playbook.training.kinds.choose_one import ChooseOne, Option
from playbook.training.kinds.estimate import Estimate
from playbook.training.kinds.mistake_in_lines import MistakeInLines, TalkLine
from playbook.training.kinds.sort_statements import SortStatements, Statement
from playbook.training.kinds.write_and_mark import WriteAndMark
from playbook.training.lettered_reps import TEAMS, of_ten
from playbook.training.misconceptions import (
    BEFORE_AFTER_IS_CAUSE,
    BIGGEST_SUM_FIRST,
    DEAL_TAKEN_OVER,
    REASON_FROM_NUMBER,
    SMALL_NUMBERS,
    TELLING_FIRST,
    TWO_TOPICS,
    WHOLLY_SURE,
)
from playbook.training.variant import Variant

_TIME, _ONE_TO_ONES, _HELPERS, _EXPECTATIONS = 1, 2, 12, 14  # the manager's tasks
_ONE_TO_ONE, _WATCHING = (part.hours for part in PARTS[:2])
_WEEKS = 13


def _a_deal_wobbles(variant: Variant) -> Exercise:
    """The largest deal of the quarter is in doubt, on the day of two watched calls."""
    name, other = variant.names(2)
    size = wording.money(variant.whole(18, 42) * 10_000, "USD")
    hour = variant.one_of(("nine", "ten", "two", "three"))
    right = (
        f"Give {name} half an hour of questions before the call, keep {other}'s hour, and talk after",
        f"Ask {name} now what the CFO should decide; listen to {other} as planned, and hear at noon how it went",
        f"Stay with {other}; before that, let {name} tell you the first ten minutes of the call",
    )
    options = (
        Option("take", "Join the call and close it: it is the largest deal of the quarter", 0.0,
               f"It may even work. Then {name} has learned that large deals are yours, and the next one will be, too.",
               (DEAL_TAKEN_OVER, BIGGEST_SUM_FIRST)),
        Option("after", f"Take the call, and move {other}'s hour to next week", 0.0,
               f"Hours that move for a deal have moved for good. {other} learns what the hour was worth.",
               (DEAL_TAKEN_OVER,)),
        Option("tell", f"Write {name} the three things that you would say on the call", 0.3,
               f"The deal stays with {name}, which is right. But it is your plan that goes into the call.",
               (TELLING_FIRST,)),
        Option("prepare", variant.one_of(right), 1.0,
               f"{name} leads with a better plan, {other} has their hour, and you know tonight how it went."),
    )  # fmt: skip
    return Exercise(
        lambda: say(
            "Thursday, eight in the morning. {name} writes: “{size} is wobbling. Their CFO has joined the call at "
            "{hour}. Can you take it?” At {hour} you wanted to listen to a call of {other}'s.",
            name=name,
            other=other,
            size=size,
            hour=hour,
        ),
        "What do you do?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("Which of these would you want to do again at each of the next ten large deals?",),
    )


def _whose_work_is_it(variant: Variant) -> Exercise:
    """What fills a manager's week: only theirs, somebody else's, or nobody's."""
    only = [
        (
            "Telling a rep what you heard in their call",
            "needs somebody who heard the call, and to whom the rep reports.",
        ),
        ("Saying what follows when an agreement is not kept", "cannot be handed over: nobody else can follow it up."),
        ("Explaining to your leader what the quarter hangs on", "is your account of your team."),
        ("Sorting out who gets which account", "is a decision about people, and they will ask you why."),
    ]
    others = [
        ("Building the weekly pipeline report", "can be done by sales operations from the same data, every week."),
        ("Teaching the new product", "is enablement's. You watch afterwards who uses it."),
        ("Preparing the offer for a customer", "is the rep's. Your questions about it are yours."),
        ("Taking duplicates out of the contact list", "is for sales operations: one request is enough."),
    ]
    nobody = [
        ("Reading every deal's notes before the forecast call", "can stop: what changed is enough."),
        ("Attending a status meeting in which you say nothing", "can stop: the minutes tell you as much."),
        ("Approving each discount under five per cent", "can stop: a rule does it."),
    ]
    chosen = [
        (text, pile, why)
        for pile, texts in (("mine", only), ("others", others), ("nobody", nobody))
        for text, why in variant.shuffled(texts)[:2]
    ]
    statements = tuple(Statement(str(i), *one) for i, one in enumerate(variant.shuffled(chosen)))
    piles = (("mine", "only I can do it"), ("others", "somebody else's work"), ("nobody", "can stop"))
    return Exercise(
        lambda: say("Six things from a manager's calendar of last week."),
        "Whose work is each?",
        SortStatements(statements, piles, "What only you can do needs the hours that the other four take."),
        ("Would the work be done if you were away for a month? By whom?",),
    )


def _hours_that_it_takes(variant: Variant) -> Exercise:
    """The arithmetic of coaching hours, estimated before it is done."""
    reps, few = variant.whole(5, 11), variant.whole(2, 4)
    needed = hours_needed(reps)
    watched = few / _WATCHING
    return Exercise(
        lambda: say(
            "You lead **{reps} reps**. Each week, for each of them, you want a half-hour 1:1 about a skill, half an "
            "hour of watching them with a customer, and a quarter of an hour to prepare and to take notes.",
            reps=reps,
        ),
        "How many hours a week is that? Guess in ten seconds, before you work it out.",
        Estimate(
            needed,
            max(1.0, needed / 5),
            (
                f"It is {wording.hours(needed)} a week for {reps} reps. If all you have is {few} hours, "
                f"they are enough to watch {wording.count(round(watched), 'conversation')} and nothing else: begin "
                "with fewer reps, not with shorter talks.",
            ),
            "hours",
            digits=1,
        ),
        ("Now work it out for one rep.",),
        facts={"reps": reps},
    )


def _does_it_show_next_quarter(variant: Variant) -> Exercise:
    """How often a real gain shows in the next quarter's wins."""
    closed, rate = variant.whole(14, 26), variant.whole(25, 40) / 100
    gain = variant.one_of((0.04, 0.05, 0.06))
    before = variant.wins(closed, rate, times=TEAMS)[:, 0]
    after = variant.wins(closed, rate + gain, times=TEAMS)[:, 0]
    more = float((after > before).mean())
    fewer = float((after < before).mean())
    name = variant.names(1)[0]
    near = round(more * 10)
    numbers = sorted({near, min(10, near + 3), max(1, near - 3), 9})
    options = tuple(
        Option(
            str(n),
            f"In about {n} of 10 quarters",
            float(n == near),
            f"More wins than before came in {of_ten(more)} simulated quarters, and fewer in {of_ten(fewer)}, though "
            f"{name} really was better. One quarter is too few deals to see it.",
            (SMALL_NUMBERS, BEFORE_AFTER_IS_CAUSE) if n > near else (),
        )
        for n in numbers
    )
    return Exercise(
        lambda: say(
            "You coached {name} for a quarter, and it worked: from now on {name} wins {after} of offers instead of "
            "{before}, for good. {name} closes {closed} offers a quarter.",
            name=name,
            after=wording.share(rate + gain),
            before=wording.share(rate),
            closed=closed,
        ),
        "How often does the next quarter show more wins than the one before?",
        ChooseOne(tuple(variant.shuffled(options))),
        (f"On average it is {wording.number(closed * gain, 1)} deals more. How far do {closed} deals move by luck?",),
        facts={"closed": closed, "rate": rate, "gain": gain},
    )


def _an_hour_here_or_there(variant: Variant) -> Exercise:
    """Two hours a week for a quarter: on one large deal, or on what a rep does in each of many."""
    name, other = variant.names(2)
    leaves = variant.chance(0.4)  # then the habit goes along, and the deal may be worth more
    for _ in range(400):
        size, lift = variant.whole(30, 60) * 10_000, variant.one_of((0.05, 0.1, 0.15, 0.2))
        deals, each, gain = variant.whole(18, 36), variant.whole(10, 20) * 1_000, variant.one_of((0.06, 0.08, 0.1))
        once, many = size * lift, deals * each * gain
        if once >= 1.6 * many if leaves else 1.4 * once <= many:
            break
    right, wrong = ("deal", "habit") if leaves else ("habit", "deal")
    one_deal, a_habit = wording.rounded_money(once, "USD"), wording.rounded_money(many, "USD")
    stays = f"and then {other} leaves" if leaves else f"and it stays with {other}"
    sums = f"The deal: {one_deal}, once. The habit: {a_habit} this quarter, {stays}."
    options = (
        Option("deal", f"On {name}'s deal", float(right == "deal"), sums,
               (BIGGEST_SUM_FIRST, DEAL_TAKEN_OVER) if wrong == "deal" else ()),
        Option("habit", f"On {other}'s price talks", float(right == "habit"), sums),
        Option("both", "Half on each", 0.0, f"{sums} An hour a week is too little for either."),
        Option("lowest", "On neither: on the rep with the lowest number", 0.0,
               f"A low number is no reason yet. {sums}", (REASON_FROM_NUMBER,)),
    )  # fmt: skip
    reasons = (
        Option("size", f"The deal is worth {wording.money(size, 'USD')}", 0.0,
               "Its size is not what your hours add to it.", (BIGGEST_SUM_FIRST,)),
        Option("adds", "What the hours change, times how often it comes up", 1.0,
               "That is the sum to do: what changes, times how often it comes up before it ends."),
        Option("fair", "Everybody should get a share of my time", 0.0,
               "That is fair, and spends the hours by head count."),
    )  # fmt: skip
    return Exercise(
        lambda: say(
            "You have two hours a week this quarter. **One deal of {name}'s, {size}:** with your two hours its chance "
            "rises by {lift}. **{other}'s {deals} deals a quarter of {each} each:** you heard what goes wrong in the "
            "price talk; with your two hours their win rate rises by {gain}. {outlook}",
            name=name,
            size=wording.money(size, "USD"),
            lift=wording.points(lift),
            other=other,
            deals=deals,
            each=wording.money(each, "USD"),
            gain=wording.points(gain),
            outlook=f"{other} moves abroad when the quarter ends."
            if leaves
            else f"{other} has just signed for another two years.",
        ),
        "Where do the two hours go?",
        ChooseOne(tuple(variant.shuffled(options)), tuple(variant.shuffled(reasons))),
        ("Multiply what changes by what it changes, for each of the two.", "Which of them is there again in spring?"),
        facts={"once": once, "many": many},
    )


def _the_former_peer(variant: Variant) -> Exercise:
    """The first 1:1 with somebody who was a colleague until last week."""
    name = variant.names(1)[0]
    wrong, why, tempts = variant.one_of(
        (
            ("And to begin with, your forecasts should get better. I always did mine on Fridays.",
             "Here you tell, in the first talk, how you did it. A former peer hears who you think you are now.",
             (TELLING_FIRST,)),
            ("While we are at it: your forecasts, and the CRM, and your discounts have to change.",
             "Three topics in the first talk. It was about the two of you; now it is a list of faults.", (TWO_TOPICS,)),
            ("Nothing changes between us. I'll go on helping you with the big ones.",
             "Something does change, and both know it. And the big ones are promised away.", (DEAL_TAKEN_OVER,)),
        )
    )  # fmt: skip
    lines: tuple[TalkLine, ...] = (
        TalkLine("You", "You wanted this job, too. I know that it may be odd.",
                 "That names what both are thinking of. It helps."),
        TalkLine(name, "A bit. I'll get over it.", "That is an honest answer."),
        TalkLine("You", "What should I know about how you work best?", "That is a question only they can answer."),
        TalkLine(name, "I work well alone. I'll come when I need something.", "That is an answer to build on."),
        TalkLine("You", wrong, why, tempts),
        TalkLine(name, "Sure.", "That answers the line before, and says little on purpose."),
    )  # fmt: skip
    greeting = TalkLine("You", "Thanks for making time so early.", "Nothing wrong with that.")
    lines = (greeting, *lines) if variant.chance(0.5) else lines[variant.one_of((0, 2)) :]
    right = (
        "“Then let's agree how I will know when you do. What do you want from me in the first weeks?”",
        "“Good. And when you do come: what should I do, and what should I rather leave?”",
    )
    better = (
        Option("agree", variant.one_of(right), 1.0,
               "It takes up what was said, and leaves the next word with them."),
        Option("test", "“We'll see about that.”", 0.0, "It sounds like a threat, whatever you meant."),
        Option("friends", "“You know me, I'm not going to play the boss.”", 0.0,
               "Then who decides the next time that two want the same account?"),
    )  # fmt: skip
    return Exercise(
        lambda: say("The first 1:1 with {name}, your colleague until last week, who applied as well.", name=name),
        "In which line does it turn?",
        MistakeInLines(lines, len(lines) - 2, tuple(variant.shuffled(better))),
        (f"After which line does {name} stop saying anything of their own?",),
    )


def _hand_the_call_back(variant: Variant) -> Exercise:
    """Two sentences to a rep who wants a call taken over."""
    name = variant.names(1)[0]
    when = variant.one_of(("Tuesday", "Wednesday", "Thursday"))
    return Exercise(
        lambda: say(
            "{name} asks: “Can you take my call on {when}? They trust you more than me.” You used to sell to this "
            "customer yourself.",
            name=name,
            when=when,
        ),
        "Write what you answer.",
        WriteAndMark(
            good=f"You lead it, and I'm beside you for the first ten minutes if you want. Let's take half an hour on "
            f"{when} morning: what do you want them to decide?",
            good_because="The call stays with the rep, the help is real and has a time, and it ends in a question.",
            bad="Sure, send me the notes. But next time you really have to do it yourself.",
            bad_because="Next time begins with the same sentence.",
            criteria=(
                ("leads", "says that the rep leads the call"),
                ("help", "offers help with a time, before the call"),
                ("asks", "asks what the rep wants from it"),
            ),
        ),
        ("What would the rep learn from your answer about the next call?",),
    )


ITEMS = (
    Item("hours/a-deal-wobbles", _TIME, (DEAL_TAKEN_OVER, BIGGEST_SUM_FIRST),
         "When a deal wobbles, give the rep questions before the call, and keep the hour you had promised.",
         _a_deal_wobbles),
    Item("hours/whose-work-is-it", _HELPERS, (DEAL_TAKEN_OVER,),
         "When something fills your week, ask who else could do it before you do it well.", _whose_work_is_it),
    Item("hours/hours-that-it-takes", _TIME, (WHOLLY_SURE,),
         "When there are too few hours, talk with fewer people, and not for less time.", _hours_that_it_takes),
    Item("hours/does-it-show-next-quarter", _TIME, (BEFORE_AFTER_IS_CAUSE, SMALL_NUMBERS),
         "When you coached somebody, look for the behaviour first; one quarter's wins cannot tell.",
         _does_it_show_next_quarter),
    Item("hours/an-hour-here-or-there", _TIME, (BIGGEST_SUM_FIRST, DEAL_TAKEN_OVER),
         "When you choose where an hour goes, multiply what changes by how often it comes back.",
         _an_hour_here_or_there),
    Item("hours/the-former-peer", _EXPECTATIONS, (TELLING_FIRST, TWO_TOPICS, DEAL_TAKEN_OVER),
         "When you lead a former peer, say what has changed, and ask how they work before you say what they should.",
         _the_former_peer),
    Item("hours/hand-the-call-back", _ONE_TO_ONES, (DEAL_TAKEN_OVER,),
         "When you are asked to take a call over, give time before it and leave the call to the rep.",
         _hand_the_call_back, examined=False),
)  # fmt: skip
