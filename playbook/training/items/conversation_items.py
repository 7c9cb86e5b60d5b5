"""The coaching conversation: asked before told, one thing, the rep's own step, and the deal stays with the rep."""

from playbook.display import say
from playbook.training.item import Exercise, Item
from playbook.training.kinds.choose_one import ChooseOne, Option
from playbook.training.kinds.choose_several import Belonging, ChooseSeveral
from playbook.training.kinds.mistake_in_lines import MistakeInLines, TalkLine
from playbook.training.kinds.write_and_mark import WriteAndMark
from playbook.training.misconceptions import DEAL_TAKEN_OVER, REASON_FROM_NUMBER, TELLING_FIRST, TWO_TOPICS
from playbook.training.variant import Variant

_COACH, _WATCH = 3, 9  # the manager's tasks: coach one observed skill; watch and rehearse

# What was seen, the question that lets the rep find it, and the first thing a former seller would say.
_SEEN = (
    (
        "named a price before the customer had said what the problem costs",
        "What did the customer say their problem costs them?",
        "Never give a number first. I always made them say it.",
    ),
    (
        "ended the meeting without a day for the next one",
        "What happens next with this customer, and who knows it besides you?",
        "You have to close for the next meeting, every time.",
    ),
    (
        "answered every objection before the customer had finished it",
        "What do you think the customer was about to say when you answered?",
        "Let them talk. Count to three before you say anything.",
    ),
    (
        "showed twelve slides before the first question",
        "At which point did the customer say something that you did not know?",
        "Half of those slides can go. I will send you mine.",
    ),
)
_OTHER_TOPICS = (
    "And while we are at it, your forecast was off as well.",
    "There is also the matter of the CRM, which needs updating.",
    "Oh, and your follow-up mails could be shorter, too.",
)


def _what_comes_first(variant: Variant) -> Exercise:
    """The first sentence after a talk that one has watched."""
    name = variant.names(1)[0]
    seen, question, answer = variant.one_of(_SEEN)
    options = (
        Option(
            "tell",
            f"“{answer}”",
            0.0,
            "It may well be true. Told first, it is yours: the rep nods, and does it while you are in the room.",
            (TELLING_FIRST,),
        ),
        Option(
            "verdict",
            "“That was too early, and I think you know it.”",
            0.0,
            "That asks for a defence, and you will get one.",
            (TELLING_FIRST, REASON_FROM_NUMBER),
        ),
        Option(
            "soft",
            "“Good talk! How do you feel it went?”",
            0.3,
            "It asks, and about nothing: the rep cannot tell what you saw.",
        ),
        Option("ask", f"“{question}”", 1.0, "It asks about the moment you saw, and the rep can find it alone."),
    )
    return Exercise(
        lambda: say("You listened in. {name} {seen}. The customer has left.", name=name, seen=seen),
        "What do you say first?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("Which of them can the rep answer with something that only they know?",),
    )


def _where_the_talk_turned(variant: Variant) -> Exercise:
    """A coaching talk in six lines that goes wrong in one of two ways."""
    name = variant.names(1)[0]
    seen, question, answer = variant.one_of(_SEEN)
    telling = variant.chance(0.5)
    topic = variant.one_of(_OTHER_TOPICS)
    wrong = f"Right. {answer}" if telling else f"Right. {topic}"
    why = (
        "You give the answer while the rep is finding it. What people find, they do; what they are told, they note."
        if telling
        else "Here a second topic comes in. From two, a rep takes along neither."
    )
    lines: tuple[TalkLine, ...] = (
        TalkLine("You", f"I noticed one thing: you {seen}.", "That says what was seen, and one thing only."),
        TalkLine("You", question, "That is a question that the rep can answer."),
        TalkLine(name, "Hm. I don't know. I was nervous that they would hang up.", "The rep is at work here."),
        TalkLine("You", wrong, why, (TELLING_FIRST,) if telling else (TWO_TOPICS,)),
        TalkLine(name, "Okay. I will try.", "That answers the line before: nothing was agreed that anybody could see."),
    )
    thanks = TalkLine("You", "Thanks for letting me listen in.", "Nothing wrong with that.")
    lines = (thanks, *lines) if variant.chance(0.5) else lines
    better = (
        Option(
            "go-on",
            "“What could you do instead the next time you notice it?”",
            1.0,
            "That leaves the next step with the rep, who has just begun to see it.",
        ),
        Option(
            "comfort",
            "“Don't worry, everybody is nervous now and then.”",
            0.0,
            "Kind, and it closes what had just opened.",
        ),
        Option(
            "take",
            "“Let me do the next talk, and you watch.”",
            0.0,
            "Then you have sold, and the rep has watched.",
            (DEAL_TAKEN_OVER,),
        ),
    )
    return Exercise(
        lambda: say("A talk between you and {name}, line by line.", name=name),
        "In which line does it turn?",
        MistakeInLines(lines, len(lines) - 2, tuple(variant.shuffled(better))),
        ("In which line does the rep stop thinking?",),
    )


def _what_belongs_in_the_hour(variant: Variant) -> Exercise:
    """What a coaching talk about one thing needs, and what only fills it."""
    name = variant.names(1)[0]
    seen = variant.one_of(_SEEN)[0]
    needs = (
        Belonging("moment", "One moment that you saw or heard, with the customer's words", True,
                  "Without a moment there is nothing to look at together."),
        Belonging("own-view", f"{name}'s own view of that moment, first", True,
                  "Whoever speaks first about it decides whose finding it is."),
        Belonging("try", "Trying it once, aloud, before the next customer hears it", True,
                  "What has never been said aloud does not come out under pressure."),
        Belonging("next", "A customer and a day on which it is tried", True, "Without a day it is an intention."),
    )  # fmt: skip
    fills = (
        Belonging("pipeline", "A look through all open deals", False,
                  "Open deals are another talk. In this one they eat the hour.", (TWO_TOPICS,)),
        Belonging("example", "How you used to do it", False,
                  "Once, if asked. Offered, it turns the talk to you.", (TELLING_FIRST,)),
        Belonging("all", "The other things that you noticed", False,
                  "They can wait a month. From two topics a rep takes along neither.", (TWO_TOPICS,)),
        Belonging("deal", f"You call {name}'s customer yourself to save the deal", False,
                  "Then the deal may be saved, and nothing is learned.", (DEAL_TAKEN_OVER,)),
    )  # fmt: skip
    options = variant.shuffled([*needs, *variant.shuffled(fills)[:3]])
    return Exercise(
        lambda: say("With a customer {name} {seen}. You have half an hour with {name}.", name=name, seen=seen),
        "What belongs in this half-hour?",
        ChooseSeveral(tuple(options), "That is a whole half-hour, and all of it is about one thing."),
        ("What would still be missing if the rep could say only one sentence afterwards?",),
    )


def _the_deal_that_is_yours_to_save(variant: Variant) -> Exercise:
    """A rep asks the manager to take over a deal."""
    name = variant.names(1)[0]
    amount = variant.whole(4, 18) * 10
    options = (
        Option(
            "take",
            "“Send me the contact. I'll call them today.”",
            0.0,
            f"You may win ${amount}k, and {name} learns that deals like this are yours. The next one comes sooner.",
            (DEAL_TAKEN_OVER,),
        ),
        Option(
            "refuse",
            "“That is your job, not mine.”",
            0.0,
            "True, and no help: the deal is at risk, and the rep is now alone with it.",
        ),
        Option(
            "join",
            "“I'll come along and lead the talk. You take notes.”",
            0.3,
            "You are in the room, which is right. But whoever leads the talk owns the deal.",
            (DEAL_TAKEN_OVER,),
        ),
        Option(
            "prepare",
            "“What does the customer have to believe to sign? Let's rehearse it now; I'll come along and keep quiet.”",
            1.0,
            "The rep leads, with your hour behind them, and what is learned stays with them.",
        ),
    )
    return Exercise(
        lambda: say(
            "{name} at your door: “The {amount}k deal is slipping. They know you from before. Could you take it over?”",
            name=name,
            amount=f"${amount}",
        ),
        "What do you say?",
        ChooseOne(tuple(variant.shuffled(options))),
        ("Who will be able to do this alone next time?",),
    )


def _open_the_talk(variant: Variant) -> Exercise:
    """The first two sentences of a talk, in one's own words."""
    name = variant.names(1)[0]
    seen, question, answer = variant.one_of(_SEEN)
    return Exercise(
        lambda: say("You listened in: {name} {seen}.", name=name, seen=seen),
        "Write the first two sentences that you say.",
        WriteAndMark(
            good=f"I'd like to look at one moment with you, where you {seen}. {question}",
            good_because="It names what was seen, and hands the thinking over.",
            bad=f"Overall that was fine, but you {seen}, and that is why you lose deals. {answer}",
            bad_because="It judges, gives a cause nobody knows, and leaves the rep nothing to find.",
            criteria=(
                ("seen", "says what was seen or heard, and no more"),
                ("one", "is about one thing"),
                ("asks", "ends in a question that only the rep can answer"),
                ("no-cause", "says nothing about why somebody does something"),
            ),
        ),
        ("What did you see? What would you like to know?",),
    )


ITEMS = (
    Item(
        "conversation/what-comes-first",
        _COACH,
        (TELLING_FIRST,),
        "When you have seen it, ask about that moment before you say what you think of it.",
        _what_comes_first,
    ),
    Item(
        "conversation/where-it-turned",
        _COACH,
        (TELLING_FIRST, TWO_TOPICS),
        "When the rep begins to think, leave them the floor, and the one topic.",
        _where_the_talk_turned,
    ),
    Item(
        "conversation/what-belongs-in-the-hour",
        _COACH,
        (TWO_TOPICS, TELLING_FIRST),
        "When you have half an hour, spend it on one moment: seen, asked, tried, dated.",
        _what_belongs_in_the_hour,
    ),
    Item(
        "conversation/the-deal-to-save",
        _WATCH,
        (DEAL_TAKEN_OVER,),
        "When a rep hands you a deal, hand them an hour.",
        _the_deal_that_is_yours_to_save,
    ),
    Item(
        "conversation/open-the-talk",
        _COACH,
        (TELLING_FIRST, REASON_FROM_NUMBER),
        "When you open a talk, say what you saw and ask what they saw.",
        _open_the_talk,
        examined=False,
    ),
)
