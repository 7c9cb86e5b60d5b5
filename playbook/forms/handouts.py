"""Two sheets to hand out, one page each: the manager's tasks as the leader and as the team see them.

In: the manager's name.  Out: a sheet to print. The team's asks for no name and goes to somebody who only counts.
"""

from dataclasses import replace

from playbook.display import PagePart, note, say, together, worksheet
from playbook.forms.self_assessment import leaders_view
from playbook.forms.worksheets import on_paper

LEADERS_TITLE, TEAMS_TITLE = "What you saw, as the leader", "What you saw, as one of the team"


def leaders_sheet(manager: str) -> PagePart:
    """The fourteen tasks for the leader of `manager`, and room for one example and one offer."""
    return together(
        say(
            "**{manager}** learns to lead people who sell, and asks what you saw. Think of the last two weeks only. "
            "“Cannot say” is a full answer: nobody sees everything.",
            manager=manager,
        ),
        on_paper(leaders_view(handed_out=True), {}),
        worksheet(
            "In your words",
            [("One thing that I saw, with an example:", 2), ("What I take off you, so that there is time for it:", 1)],
        ),
        note("For learning only. It is no appraisal, it has no total, and it goes back to {manager}.", manager=manager),
    )


def teams_sheet(manager: str) -> PagePart:
    """The same for a rep of `manager`: without a name, and without a line of handwriting that could be known."""
    grid = replace(leaders_view(handed_out=True), headings=("Task", "In the last two weeks my manager …"))
    return together(
        say(
            "**{manager}** wants to get better at leading, and asks what you saw. You need not take part. Think of the "
            "last two weeks only, of what you saw yourself. “Cannot say” is a full answer.",
            manager=manager,
        ),
        say(
            "**No name, no words, only ticks.** Give the sheet to whom the team chose: ________________. They count, "
            "and destroy the sheets. {manager} sees counts, and only where three or more answered.",
            manager=manager,
        ),
        on_paper(grid, {}),
        note("For learning only. It is no appraisal of anybody, and it has no total."),
    )
