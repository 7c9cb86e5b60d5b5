"""Said in one's own words: where a team's deals leak, and what one saw of a rep."""

from playbook import wording
from playbook.display import say
from playbook.training.item import Exercise, Item
from playbook.training.kinds.write_and_mark import WriteAndMark
from playbook.training.misconceptions import EVERYBODYS_IS_ONES, REASON_FROM_NUMBER
from playbook.training.variant import Variant

_WIN_RATE, _WATCH = 8, 9  # the manager's tasks


def _say_where_it_leaks(variant: Variant) -> Exercise:
    """A team's leak, for the team meeting."""
    stage = variant.stages()[2]
    usual, reps = variant.whole(60, 70) / 100, variant.whole(6, 8)
    reached = variant.whole(110, 180)
    went_on = int(variant.wins(reached, usual - 0.18)[0, 0])
    counts = f"{went_on} of {reached} deals went on from {stage}"
    return Exercise(
        lambda: say(
            "In the last half-year **{counts}**; in the two years before {usual} did. It is so for all {reps} of your "
            "reps. At the other steps nothing changed.",
            counts=counts,
            usual=wording.share(usual),
            reps=reps,
        ),
        "Write what you say about it in the team meeting.",
        WriteAndMark(
            good=f"Since January {counts}, and it used to be {wording.share(usual)}. It is so for all of us, so it is "
            "nobody's fault. By Friday I read ten of them. What do you see the customers do at that moment?",
            good_because="The counts, whose it is, something that you do with a day, and a question to those who know.",
            bad=f"We have a problem at {stage}, people. I want everybody to push harder there from now on.",
            bad_because="It makes a fault of what all share, and asks for force where nobody knows the cause.",
            criteria=(
                ("counts", "says the counts and what is usual"),
                ("whose", "says that all show it, and blames nobody"),
                ("mine", "says what you do about it, and by when"),
                ("asks", "asks what they see"),
            ),
        ),
        ("What would you want to be asked, if you were one of them?",),
    )


_SEEN = (
    ("the customer asked for the price after four minutes, and got a number",
     "After four minutes the customer asked for the price, and you named a number.",
     "You always give in too early on price."),
    ("the customer said “we tried that once”, and {name} went on to the next slide",
     "The customer said “we tried that once”, and the next slide came.",
     "You don't listen to people."),
    ("the meeting ended with “I'll send you something”, without a day",
     "At the end you said “I'll send you something”, and no day was named.",
     "You never get a commitment."),
    ("in thirty minutes the customer spoke for six",
     "I looked at the clock: of thirty minutes the customer spoke for six.",
     "You talk too much, you know that."),
    ("the customer named a second person who decides, and nobody asked about them",
     "The customer spoke of their head of purchasing, and it went on without a question about her.",
     "You don't know how to sell to more than one person."),
)  # fmt: skip


def _say_what_you_saw(variant: Variant) -> Exercise:
    """An observation, said so that it can be looked at together."""
    name = variant.names(1)[0]
    seen, evidence, verdict = variant.one_of(_SEEN)
    return Exercise(
        lambda: say("You listened in on a call of {name}'s. What you noted: {seen}.", name=name,
                    seen=seen.replace("{name}", name)),
        f"Write what you say to {name}, in two sentences at most.",
        WriteAndMark(
            good=f"{evidence} What did you notice at that moment?",
            good_because="It says what anybody would have heard, without a reason for it, and then it asks.",
            bad=f"{verdict} That is why you lose so many offers.",
            bad_because="It is about the person, and adds a cause that nobody has seen.",
            criteria=(
                ("seen", "says what anybody in the call would have seen or heard"),
                ("once", "speaks of this once, and not of “always” or “never”"),
                ("no-why", "gives no reason for it"),
                ("asks", "ends in a question"),
            ),
        ),
        ("Could a recording prove each of your words?",),
    )  # fmt: skip


ITEMS = (
    Item("stages/say-where-it-leaks", _WIN_RATE, (EVERYBODYS_IS_ONES, REASON_FROM_NUMBER),
         "When all show it, say so, say what you do about it, and ask what they see.", _say_where_it_leaks,
         examined=False),
    Item("evidence/say-what-you-saw", _WATCH, (REASON_FROM_NUMBER,),
         "When you watched a talk, say what anybody would have heard, once, and ask.", _say_what_you_saw,
         examined=False),
)  # fmt: skip
