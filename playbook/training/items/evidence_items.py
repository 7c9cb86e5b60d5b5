"""From evidence to hypothesis to observation: what is known, what is thought, and what would change one's mind."""

from playbook import wording
from playbook.display import say
from playbook.training.item import Exercise, Item
from playbook.training.kinds.choose_one import ChooseOne, Option
from playbook.training.kinds.put_in_order import PutInOrder
from playbook.training.kinds.sort_statements import SortStatements, Statement
from playbook.training.misconceptions import (
    REASON_FROM_NUMBER,
    RECORD_IS_REP,
    SMALL_NUMBERS,
    WHOLLY_SURE,
)
from playbook.training.variant import Variant

_READ, _WATCH = 5, 9  # the manager's tasks: read the data; watch and rehearse
EVIDENCE, OPINION, MOTIVE = "evidence", "opinion", "motive"
_PILES = (
    (EVIDENCE, "evidence: somebody could have seen or counted it"),
    (OPINION, "opinion: how somebody judges it"),
    (MOTIVE, "motive: what is going on in somebody"),
)


def _evidence_opinion_motive(variant: Variant) -> Exercise:
    """Six sentences that one hears about a rep."""
    name, mate = variant.names(2)
    n, won, calls = variant.whole(22, 60), variant.whole(5, 12), variant.whole(2, 4)
    seen = [
        f"{name} won {won} of {n} deals that ended since spring.",
        f"In {calls} of {calls + 1} talks {name} named a price before the customer asked.",
        f"{name} moved the close date of {variant.whole(4, 9)} open deals in one week.",
        f"The customer asked twice who else would decide, and {name} went on to the next slide.",
        f"{name}'s last {calls} offers went out without a second meeting.",
    ]
    judged = [
        f"{name}'s discovery is too thin.",
        f"{mate} is the better closer of the two.",
        f"{name} gives in too early on price.",
        f"{name}'s pipeline looks soft this quarter.",
        f"{name} needs more structure.",
    ]
    within = [
        f"{name} does not care about the forecast.",
        f"{name} is afraid of losing the deal.",
        f"{name} wants to be liked by customers.",
        f"{name} has lost interest since the reorganisation.",
        f"{name} hides bad news from you.",
    ]
    why = {
        EVIDENCE: "is evidence: a camera or a count would show it.",
        OPINION: "is an opinion: two people who saw the same could differ.",
        MOTIVE: "is a motive: nobody can see it, and it is what people defend themselves against.",
    }
    chosen = [
        (text, pile)
        for pile, texts in ((EVIDENCE, seen), (OPINION, judged), (MOTIVE, within))
        for text in variant.shuffled(texts)[:2]
    ]
    statements = tuple(
        Statement(str(i), text, pile, why[pile], {} if pile == EVIDENCE else {EVIDENCE: (REASON_FROM_NUMBER,)})
        for i, (text, pile) in enumerate(variant.shuffled(chosen))
    )
    return Exercise(
        lambda: say("Sentences that you may hear about {name}, or say yourself.", name=name),
        "What is each of them?",
        SortStatements(
            statements, _PILES, "All six lie where they belong. Only the two of evidence are fit to open a talk with."
        ),
        ("Would a camera have recorded it?", "Whom could you ask, and would they be able to know?"),
    )


# What a record looks like, what else makes it look so, and what one would see if it were the rep.
_RECORDS = (
    (
        "logged no call and no mail in the last six weeks",
        "logging from a phone that does not sync, or another tool",
        "the calendar and two customers",
    ),
    (
        "closed {n} deals on the last day of the quarter, and hardly one before",
        "closing the month's deals in one go, when the numbers are due",
        "the days on which customers signed",
    ),
    (
        "has {n} deals that went from the first stage to won in a day",
        "entering deals when they are won",
        "the date of the first meeting with two of these customers",
    ),
    (
        "has {n} open deals with no change for ninety days",
        "not closing what is lost, as nobody asks for it",
        "what the rep says of five of them, one by one",
    ),
)


def _what_the_record_shows(variant: Variant) -> Exercise:
    """Something odd in the CRM, and what is known by it."""
    name = variant.names(1)[0]
    odd, otherwise, look = variant.one_of(_RECORDS)
    odd = odd.format(n=variant.whole(6, 14))
    options = (
        Option(
            "work",
            f"{name} works less, or later, than the others",
            0.0,
            f"Such a record also comes about by {otherwise}. It cannot tell the two apart.",
            (RECORD_IS_REP,),
        ),
        Option(
            "habit",
            f"{name} keeps the CRM badly",
            0.3,
            "Perhaps, and perhaps a tool does. It is no finding about selling in either case.",
            (REASON_FROM_NUMBER,),
        ),
        Option(
            "nothing",
            "Nothing: records are always wrong, so forget it",
            0.0,
            f"It is a reason to look once. Here it would be: {look}.",
            (WHOLLY_SURE,),
        ),
        Option(
            "look",
            f"How the record is kept, not yet how {name} sells. Look at {look}",
            1.0,
            f"Such a record also comes about by {otherwise}. One look tells them apart.",
        ),
    )
    return Exercise(
        lambda: say("In the CRM you see: {name} {odd}.", name=name, odd=odd),
        "What do you know now?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("Who or what writes into these fields, and when?",),
    )


# A hypothesis; what one would see if it were wrong; what fits it as well as its opposite; what only repeats it.
_HYPOTHESES = (
    (
        "names the price before its worth is agreed",
        "in two price talks the customer had put a number on the problem before any price came up",
        "discounts are higher than a year ago",
        "the customers asked for a discount in both talks",
    ),
    (
        "leaves meetings without a next step",
        "in three meetings a day and a person for the next step were agreed in the room",
        "many deals stay long in the first stage",
        "two customers did not write back",
    ),
    (
        "speaks with one person where several decide",
        "in the open deals two or more people of the customer were in a meeting last month",
        "deals are lost late, after the offer",
        "one customer said that others had decided",
    ),
    (
        "calls deals committed on hope",
        "for each committed deal the rep can say who signs, when, and what must happen before",
        "fewer committed deals came in than were called",
        "the rep sounded sure on the phone",
    ),
)


def _what_would_change_your_mind(variant: Variant) -> Exercise:
    """The observation that would speak against a hypothesis."""
    name = variant.names(1)[0]
    guess, against, number, repeats = variant.one_of(_HYPOTHESES)
    options = (
        Option(
            "against",
            wording.upper_first(against),
            1.0,
            "Seen twice, that would make you drop the idea. Look for it, not for its opposite.",
        ),
        Option(
            "number",
            wording.upper_first(number),
            0.0,
            "That is the number the idea came from. It cannot speak for or against it a second time.",
            (REASON_FROM_NUMBER,),
        ),
        Option(
            "repeats",
            wording.upper_first(repeats),
            0.0,
            "That fits the idea, and it fits a dozen others. What fits is found for every idea.",
            (WHOLLY_SURE, SMALL_NUMBERS),
        ),
        Option(
            "ask",
            f"{name} says that it is not so",
            0.3,
            "Ask it, and take it seriously. What somebody says of a habit is not what a talk shows.",
        ),
    )
    return Exercise(
        lambda: say(
            "Your idea: {name} {guess}. It came from the numbers; nobody has watched a talk yet.",
            name=name,
            guess=guess,
        ),  # fmt: skip
        "What would make you drop the idea?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("What would you see if the idea were wrong?",),
    )


_STEPS = (
    ("n", "Look at how many deals it is"),
    ("alike", "Compare with reps who have the same customers"),
    ("else", "Ask what else could make such a number: the record, a territory, half time"),
    ("idea", "Put one idea into words, and what would speak against it"),
    ("watch", "Watch two talks"),
    ("coach", "Coach one thing that you saw"),
)


def _from_number_to_coaching(variant: Variant) -> Exercise:
    """The steps between a number and a talk about it."""
    name = variant.names(1)[0]
    rate = variant.whole(15, 30)
    return Exercise(
        lambda: say("{name} wins {rate}% this half-year. What comes first, and what after it?", name=name, rate=rate),
        "Put the steps in order.",
        PutInOrder(
            _STEPS,
            tuple(key for key, _ in variant.shuffled(_STEPS)),
            "Each step can end the matter, and the cheap ones come first: most numbers never get as far as a talk.",
            {"idea": (REASON_FROM_NUMBER,), "coach": (SMALL_NUMBERS,)},
        ),
        ("Which step costs nothing?", "What do you have to know before you can watch for it?"),
    )


ITEMS = (
    Item(
        "evidence/evidence-opinion-motive",
        _WATCH,
        (REASON_FROM_NUMBER,),
        "When you open a talk about a habit, say what you saw or counted, and nothing else.",
        _evidence_opinion_motive,
    ),
    Item(
        "evidence/what-the-record-shows",
        _READ,
        (RECORD_IS_REP,),
        "When a record looks odd, ask who writes it, and when, before you speak of the rep.",
        _what_the_record_shows,
    ),
    Item(
        "evidence/what-would-change-your-mind",
        _WATCH,
        (WHOLLY_SURE, REASON_FROM_NUMBER),
        "When you have an idea about a rep, write down what would make you drop it, and look for that.",
        _what_would_change_your_mind,
    ),
    Item(
        "evidence/from-number-to-coaching",
        _WATCH,
        (SMALL_NUMBERS, REASON_FROM_NUMBER),
        "When a number worries you, take the cheap steps first: n, like with like, what else.",
        _from_number_to_coaching,
    ),
)
