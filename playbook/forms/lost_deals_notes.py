"""The sheet of `why_deals_are_lost`: one place to understand, two customers to ask, and what is taken to others.

What is taken to others stands again on the page for the leader.
"""

from playbook.forms.sheets import Questions, questions
from playbook.journal import sheet_registry

FOR_OTHERS = sheet_registry.LOST_DEALS_SETTLED.subject("for-others")


def settled() -> Questions:
    """What the manager settles once it is known where deals are lost."""
    return Questions(
        sheet_registry.LOST_DEALS_SETTLED,
        "What you settle today",
        questions(
            ("place", "The one place where my team loses most that I want to understand:", 1),
            ("customers", "Two lost customers whom I ask myself, and by when:", 2),
            ("for-others", "What I take to enablement, product or marketing, because it is not a rep's:", 2),
        ),
    )
