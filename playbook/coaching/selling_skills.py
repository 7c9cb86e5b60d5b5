"""Five skills of somebody who sells, each by what the customer does or says when it is there.

The lines of the skills sheet, and with them a first plan where the data says nothing. A team may have better ones: the
guide says how to write them together.
"""

from dataclasses import dataclass

SEEN, PARTLY, NOT_YET = "seen", "partly", "not-yet"
MARKS = (SEEN, PARTLY, NOT_YET)


@dataclass(frozen=True)
class SellingSkill:
    """One skill. `seen` is what both would have seen or heard; `if_then` and `sign` are a plan's proposals for it."""

    key: str
    name: str
    seen: str
    if_then: str
    sign: str


SKILLS = (
    SellingSkill(
        "problem",
        "The problem and its cost",
        "The customer says what it costs to leave things as they are",
        "When a customer names a problem, I will ask what happens if nothing changes.",
        "first meetings whose notes hold that answer",
    ),
    SellingSkill(
        "deciders",
        "Who decides, and how",
        "The customer names who decides, and the steps on the way",
        "When a second meeting is agreed, I will ask who else has to say yes.",
        "open deals in which the one who decides has a name",
    ),
    SellingSkill(
        "worth",
        "Worth before price",
        "The customer says what the result is worth before a price is named",
        "When somebody asks for the price, I will first ask what the result is worth to them.",
        "offers that repeat the customer's own number",
    ),
    SellingSkill(
        "next-step",
        "A next step agreed in the room",
        "The customer says what they will do, and by which day",
        "When ten minutes of a meeting are left, I will ask what the customer does next, and by which day.",
        "meetings after which the customer had something to do",
    ),
    SellingSkill(
        "stopping",
        "Stopping in time",
        "The rep asks what would stop this, and the customer answers",
        "When a deal has stood still for three weeks, I will ask what would stop it, and close it or agree a step.",
        "quiet deals that were closed or moved that week",
    ),
)
