"""Holding people to it: what was agreed, by whom, by when, and what one says when it was not done."""

from datetime import date, timedelta

from playbook import wording
from playbook.display import say
from playbook.training.item import Exercise, Item
from playbook.training.kinds.choose_one import ChooseOne, Option
from playbook.training.kinds.choose_several import Belonging, ChooseSeveral
from playbook.training.kinds.sort_statements import SortStatements, Statement
from playbook.training.kinds.write_and_mark import WriteAndMark
from playbook.training.misconceptions import DEAL_TAKEN_OVER, NO_DATE, REASON_FROM_NUMBER, TELLING_FIRST
from playbook.training.variant import Variant

_HOLD = 7  # the manager's task: hold people to commitments
_FIRST_DAY = date(2026, 3, 2)

# What is to be done, and how somebody else could see that it was.
_DEEDS = (
    ("ask who else decides before an offer goes out", "the name stands in the next three offers"),
    ("agree the next step in the room", "a day and a person stand in the notes of the next three meetings"),
    ("let the customer put a number on the problem first", "the number stands in the notes of two price talks"),
    ("call the two customers who went quiet", "two notes of what they said"),
)


def _can_be_kept(variant: Variant) -> Exercise:
    """Which of several sentences is a commitment that two people can look at together."""
    deed, sign = variant.one_of(_DEEDS)
    day = wording.day(_FIRST_DAY + timedelta(days=variant.whole(3, 40)))
    options = (
        Option("try", f"“I'll try to {deed} more often.”", 0.0,
               "More often than what, and by when? Nobody can say on any day that it was not kept.", (NO_DATE,)),
        Option("aim", f"“My win rate will go up by five points by {day}.”", 0.0,
               "A result has many makers. Luck alone moves it further than that.", (REASON_FROM_NUMBER,)),
        Option("yours", f"“You will {deed} by {day}, please.”", 0.3,
               "It has a day, and it is yours. People keep what they said themselves.", (TELLING_FIRST,)),
        Option("own", f"“By {day} I will {deed}; we'll see it by this: {sign}.”", 1.0,
               "The rep's own words, a day, and something that both can look at."),
    )  # fmt: skip
    return Exercise(
        lambda: say("At the end of a 1:1, these sentences could stand in the notes."),
        "Which one can be held to?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("On which day could you look at it together, and at what?",),
    )


def _not_done_for_the_first_time(variant: Variant) -> Exercise:
    """A commitment that was not kept, once."""
    name = variant.names(1)[0]
    deed, _ = variant.one_of(_DEEDS)
    options = (
        Option("skip", "Leave it out today; there is enough to talk about", 0.0,
               "Then the rep has learned what an agreement with you is worth."),
        Option("reason", "“Why didn't you do it?”", 0.3,
               "It looks at it, which is right. But “why” asks for an excuse, and you will get a good one.",
               (REASON_FROM_NUMBER,)),
        Option("self", "“Never mind, I'll do it with you tomorrow.”", 0.0,
               "Then it is yours, and stays yours.", (DEAL_TAKEN_OVER,)),
        Option("look", f"“We said that you would {deed}. What came in between, and what do you do by when now?”", 1.0,
               "It is looked at first, without heat, and it ends in a new day that the rep names."),
    )  # fmt: skip
    return Exercise(
        lambda: say(
            "Two weeks ago {name} wanted to {deed}. It was not done. It is the first time.", name=name, deed=deed
        ),
        "What do you do in today's 1:1?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("What will the rep expect the next time?",),
    )


def _whose_is_what(variant: Variant) -> Exercise:
    """What a rep can promise, what the manager has to, and what only a leader can grant."""
    name = variant.names(1)[0]
    rep = [
        f"{name} asks who else decides before the next three offers",
        f"{name} writes the next step into the notes on the same day",
        f"{name} rehearses the price talk once before Thursday",
    ]
    manager = [
        "Sit in on two talks this month",
        "Read the notes of three meetings before the next 1:1",
        "Keep the Tuesday hour free, whatever comes up",
    ]
    leader = [
        "Take the manager's name off the two large deals",
        "Move the forecast call out of the coaching hour",
        "Leave this quarter's new report away",
    ]
    why = {
        "rep": "is the rep's: only they can do it.",
        "manager": "is yours, and is looked at just as the rep's is.",
        "leader": "is not in your hands or the rep's. Ask for it, with a day.",
    }
    chosen = [
        (text, whose)
        for whose, texts in (("rep", rep), ("manager", manager), ("leader", leader))
        for text in variant.shuffled(texts)[:2]
    ]
    statements = tuple(
        Statement(str(i), text, whose, why[whose], {"manager": (DEAL_TAKEN_OVER,)} if whose == "rep" else {})
        for i, (text, whose) in enumerate(variant.shuffled(chosen))
    )
    piles = (("rep", "the rep's"), ("manager", "yours"), ("leader", "your leader's"))
    return Exercise(
        lambda: say("After a talk with {name} this has to happen.", name=name),
        "Whose commitment is each?",
        SortStatements(statements, piles, "Each has one owner. Yours are looked at first in the next 1:1."),
        ("Who could do it this week without asking anybody?",),
    )


def _the_third_time(variant: Variant) -> Exercise:
    """What belongs in the talk when the same thing was not done for the third time."""
    name = variant.names(1)[0]
    deed, _ = variant.one_of(_DEEDS)
    options = (
        Belonging("three", "That it is the third time, with the three days", True,
                  "Without the days it is a feeling, and can be disputed."),
        Belonging("in-the-way", "The question what is in the way, and whether you are part of it", True,
                  "Three times is seldom forgetting. Something is in the way, perhaps something of yours."),
        Belonging("consequence", "What follows if it happens again, said before it happens", True,
                  "A consequence that comes as a surprise is a punishment."),
        Belonging("character", f"That {name} is not reliable", False,
                  "That is about the person, and ends the talk.", (REASON_FROM_NUMBER,)),
        Belonging("others", "That the others manage it", False, "Then it is about the others."),
        Belonging("soon", "That you count on it being done soon", False, "Soon is no day.", (NO_DATE,)),
    )  # fmt: skip
    return Exercise(
        lambda: say("{name} wanted to {deed}. Three dates have passed, and it was not done.", name=name, deed=deed),
        "What belongs in this talk?",
        ChooseSeveral(tuple(variant.shuffled(options)), "Firm and fair: the facts, the obstacle, what follows."),
        ("What would you want to be told, if it were you?",),
    )


def _open_with_what_was_agreed(variant: Variant) -> Exercise:
    """The first sentences of a 1:1 after a commitment of both."""
    name = variant.names(1)[0]
    deed, _ = variant.one_of(_DEEDS)
    return Exercise(
        lambda: say(
            "Last time {name} wanted to {deed}, and you wanted to sit in on two talks. You sat in on one.",
            name=name,
            deed=deed,
        ),
        "Write how you open today's 1:1.",
        WriteAndMark(
            good="I owed you two talks and made one; the other is on Thursday at ten. And you: what came of yours?",
            good_because="Your own first, with a new day; then a question, not a check.",
            bad="So, have you done it? I was really busy, sorry, we'll see about my part.",
            bad_because="It checks the rep, and lets yourself off without a day.",
            criteria=(
                ("mine", "begins with what you owed"),
                ("day", "names a new day for what is open"),
                ("asks", "asks what came of it, and not whether it was done"),
            ),
        ),
        ("Whose commitment would you look at first?",),
    )


ITEMS = (
    Item("commitment/can-be-kept", _HOLD, (NO_DATE, REASON_FROM_NUMBER),
         "When something is agreed, write the deed, the day, and what you will both look at.", _can_be_kept),
    Item("commitment/not-done-once", _HOLD, (REASON_FROM_NUMBER, DEAL_TAKEN_OVER),
         "When it was not done, look at it first, ask what came in between, and end with a new day.",
         _not_done_for_the_first_time),
    Item("commitment/whose-is-what", _HOLD, (DEAL_TAKEN_OVER,),
         "When something has to happen, give it one owner, and look at your own first.", _whose_is_what),
    Item("commitment/the-third-time", _HOLD, (NO_DATE, REASON_FROM_NUMBER),
         "When it happens a third time, bring the days, ask what is in the way, and say what follows.",
         _the_third_time),
    Item("commitment/open-with-what-was-agreed", _HOLD, (NO_DATE,),
         "When a 1:1 begins, begin with what you owed.", _open_with_what_was_agreed, examined=False),
)  # fmt: skip
