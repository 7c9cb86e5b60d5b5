"""Chapter 04's sheet: one place to understand, two customers to ask, and what is taken to others.

What is taken to others stands again on the page of chapter 09.
"""

from playbook.forms.sheets import Questions, questions

FOR_OTHERS = ("04", "settled", "for-others")


def settled() -> Questions:
    """What the manager settles once it is known where deals are lost."""
    return Questions(
        FOR_OTHERS[:2],
        "What you settle today",
        questions(
            ("place", "The one place where my team loses most that I want to understand:", 1),
            ("customers", "Two lost customers whom I ask myself, and by when:", 2),
            (FOR_OTHERS[2], "What I take to enablement, product or marketing, because it is not a rep's:", 2),
        ),
    )
