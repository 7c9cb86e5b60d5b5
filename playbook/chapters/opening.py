"""The first lines of every chapter: whose team, how old the data is, and what the export could not tell.

In: a team.  Out: what the chapter's first cell shows.
"""

from playbook import wording
from playbook.catalogue import briefly_called
from playbook.chapter_numbers import number_of
from playbook.chapters.not_computed import parts_missing
from playbook.company import TABLES
from playbook.display import NOTHING, PagePart, callout, chapter_opening, note, say, together
from playbook.forms.saved_answers import saved_answers
from playbook.journal.commitments import KEPT, commitments_in
from playbook.team import Team


def opening(team: Team) -> PagePart:
    """Whose pages these are and the day they show; a word of warning where the data is old, simulated or thin."""
    whose = say(
        "**{manager}**, {reps}. The data shows **{day}**.",
        manager=team.manager,
        reps=wording.count(len(team.reps), "rep"),
        day=wording.day(team.as_of),
    )
    return together(
        chapter_opening(whose, _simulated(team), _off(team), parts_missing(team), _old(team)), _promised(team)
    )


def _promised(team: Team) -> PagePart:
    """What is open from before, so that a rebuilt workbook opens with it; nothing where nothing was promised."""
    made = commitments_in(saved_answers(team).values)
    still_open = [c for c in made if c.is_open]
    if not made:
        return NOTHING
    due = sum(c.is_due(team.as_of) for c in still_open)
    return say(
        "You wrote down {made}: {kept} kept, {open} still open, **{due} due by {day}**. They are in chapter {where}."
        if due
        else "You wrote down {made}: {kept} kept, {open} still open. They are in chapter {where}.",
        made=wording.count(len(made), "commitment"),
        kept=wording.in_words(sum(c.state == KEPT for c in made)) if any(c.state == KEPT for c in made) else "none",
        open=wording.in_words(len(still_open)) if still_open else "none",
        due=wording.in_words(due),
        day=wording.day(team.as_of),
        where=number_of("holding_people_to_it"),
    )


def _simulated(team: Team) -> PagePart:
    if not team.company.settings.simulated:
        return NOTHING
    return note("This is a sample company. Its people and deals are invented, and the causes in it are known.")


def _old(team: Team) -> PagePart:
    if team.days_old is None:
        return NOTHING
    return callout(
        f"This data is {wording.age(team.days_old)} old.",
        "Ask whoever exports your CRM for a new export, and have the workbook built again. What you wrote stays.",
    )


def _off(team: Team) -> PagePart:
    lacking = [briefly_called(table) for table in TABLES if table in team.missing]
    if not lacking:
        return NOTHING
    return note(
        "The export lacks {lacking}. Parts that need them are off, and say so.",
        lacking=wording.listing(lacking),
    )
