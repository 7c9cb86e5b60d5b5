"""What stands in place of a part for which the export lacks something, in the words of the catalogue.

In: a team, and the name of a section of the catalogue.  Out: the part's place on the page, nothing where it is on.
"""

from collections.abc import Sequence

from playbook.catalogue import SECTIONS, called, to_ask_for
from playbook.display import NOTHING, PagePart, switched_off
from playbook.team import Team
from playbook.wording import listing, paragraph, upper_first


def section_off(team: Team, section: str, until_then: str = "") -> PagePart:
    """That a section is off, for want of what, and what to ask for; nothing where the export holds it.

    Parameters
    ----------
    section : a key of `catalogue.SECTIONS`.
    until_then : what helps as long as it is off, a whole sentence.
    """
    lacking = SECTIONS[section].lacks(lambda needs: team.lacks(*needs))
    return off_for_want_of(SECTIONS[section].what, lacking, until_then) if lacking else NOTHING


def off_for_want_of(what: str, lacking: Sequence[str], until_then: str = "") -> PagePart:
    """The same for any part, as a sentence calls it; `lacking` are tables and columns of the catalogue."""
    return switched_off(
        upper_first(what),
        f"The export lacks {listing(called(need) for need in lacking)}.",
        paragraph(*(f"Ask sales operations for {to_ask_for(need)}." for need in lacking), until_then),
    )
