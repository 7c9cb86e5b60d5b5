"""The certificate of the capstone: what was shown, and what it does not show. It holds no score, of nobody.

In: attempts, and the name that shall stand there.  Out: a page to print; none where the capstone is not met.
"""

from collections.abc import Sequence
from datetime import date

from playbook import wording
from playbook.display import PagePart, bullets, heading, note, say, together
from playbook.training.attempts import Attempt
from playbook.training.exam.sittings import met_on

TITLE = "Judging a team, cold"


def earned(attempts: Sequence[Attempt]) -> date | None:
    """The day on which the capstone was first met; None where it is not met yet."""
    met = met_on(attempts)
    return None if met is None or met.at is None else met.at.date()


def certificate_page(name: str, day: date) -> PagePart:
    """The certificate of `name`, who met the capstone on `day`."""
    return together(
        say("**{name}** met the capstone of Player to Coach on {day}.", name=name, day=wording.day(day)),
        heading("What was shown", level=2),
        say("On a team of ten whose truth is known to the kit, without hints and cold:"),
        bullets(
            [
                "whom to coach, and on what",
                "whom to leave alone",
                "about whom the data cannot say anything yet",
                "what is not the rep's own",
                "with whom to begin",
            ]
        ),
        heading("What it does not show", level=2),
        say(
            "That somebody does it at work. That shows over months, in talks, and to the people who are coached. "
            "Nobody watched this exam: the page is worth the word of whoever shows it."
        ),
        note("The capstone is met or not yet met; nobody is graded, and nobody is compared."),
    )
