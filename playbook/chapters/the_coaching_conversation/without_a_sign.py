"""What a talk needs where the data says nothing: two conversations to watch, four questions, a strength interview.

In: nothing.  Out: what `the_coaching_conversation` shows of a whole team without a sign, or of those who have none.
"""

from playbook.display import PagePart, bullets, heading, say, together

FOUR_QUESTIONS = (
    "“Which deal of the last weeks are you glad about?”",
    "“What did you do there that you would do again?”",
    "“Where would you like to be better in three months, and why?”",
    "“What can I take out of your way?”",
)
STRENGTH_INTERVIEW = "A strength interview, twenty minutes"


def two_conversations() -> PagePart:
    """What to watch, whoever it is: one conversation early in a deal, one late."""
    return together(
        heading("Two conversations to watch", 3),
        bullets(
            [
                say("**Early in a deal:** does the customer say what it costs to leave things as they are?"),
                say("**Late in a deal:** who says what they will do next, and by which day?"),
            ],
            ordered=True,
        ),
    )


def four_questions() -> PagePart:
    """What to ask, whoever it is."""
    return together(heading("Four questions, and wait after each", 3), bullets(FOUR_QUESTIONS, ordered=True))


def strength_interview() -> PagePart:
    """Five questions about one deal in which somebody was at their best, and what the manager does with the answers."""
    return together(
        bullets(
            [
                "“Tell me of a deal in which you were at your best. Begin at the beginning.”",
                "“What did you do at the moment that decided it? Say it as you said it to the customer.”",
                "“What made it possible: the customer, somebody here, you?”",
                "“In which open deal could you do the same?”",
                "“Who of us may watch you do it?”",
            ],
            ordered=True,
        ),
        say("Write the rep's words down, read them back, and ask what is missing. Give no advice in this talk."),
    )
