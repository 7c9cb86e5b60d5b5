"""The sheet of `cover_from_your_leader`: what the leader commits to.

The leader says it or writes it; the manager keeps it.
"""

from playbook.forms.sheets import Questions, questions
from playbook.journal import sheet_registry


def agreement() -> Questions:
    """What the leader commits to, in the leader's words."""
    return Questions(
        sheet_registry.AGREEMENT,
        "What you commit to (yours to write)",
        questions(
            ("hours", "I keep these hours free from meetings and deals, from this day on:", 1),
            ("large-deal", "When a large deal is at risk, I do this instead of asking you to close it:", 1),
            ("again", "We look again on:", 1),
        ),
    )
