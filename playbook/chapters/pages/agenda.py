"""The agenda of the next 1:1 on one page: last commitments first, the manager's own before the rep's.

In: a team and a rep.  Out: what `holding_people_to_it` shows at the press of a button and `playbook agenda` writes;
reminders.
"""

from datetime import UTC, datetime

import pandas as pd

from playbook import wording
from playbook.calendars import Reminder
from playbook.calendars import write_reminders as write_file
from playbook.chapters.chosen_focus import focus_chosen
from playbook.coaching import logged_sessions
from playbook.coaching.focus import FocusRow
from playbook.coaching.plays import play_of
from playbook.display import PagePart, bullets, heading, note, say, table, together, worksheet
from playbook.drivers.registry import label_of
from playbook.errors import UnusableInput
from playbook.forms.commitment_sheet import SOMEBODY, STATES, owners
from playbook.forms.form import no_journal
from playbook.forms.saved_answers import saved_answers, workbook_of
from playbook.journal.commitments import MANAGER, Commitment, commitments_in
from playbook.team import Team
from playbook.workbook import REMINDERS, Workbook

_OPEN_QUESTION = "“What would you like to talk about first?”"


def agenda(team: Team, rep_id: str, *, titled: bool = True) -> PagePart:
    """One page for the next 1:1 with a rep of the team; without its title where a page has one of its own.

    Raises
    ------
    UnusableInput : if nobody of the team has this id.
    """
    names = dict(named_reps(team))
    if rep_id not in names:
        known = wording.listing(names.values()) or "there are none"
        raise UnusableInput("nobody of this team is called that.", where=rep_id, remedy=f"Write one of: {known}.")
    name = names[rep_id]
    saved = saved_answers(team)
    answers = saved.values
    made = commitments_in(answers)
    theirs = [c for c in made if c.whose == rep_id]
    mine = [c for c in made if c.whose == MANAGER and c.is_open]
    focus = focus_chosen(team, answers)
    row = next(r for r in focus.itertuples(index=False) if r.rep_id == rep_id)
    return together(
        heading(f"The next 1:1 with {name}") if titled else None,
        no_journal(saved),
        heading("1. What we agreed the last time", 4),
        _last_time(team, rep_id, name),
        table(_lines(mine), caption="What I promised and have not closed: I begin with this"),
        table(_lines(theirs), caption=f"What {name} took on"),
        None
        if theirs or mine or saved.journal is None
        else say("No commitment is written down. Agree one today, and write it down."),
        heading(f"2. What {name} wants to talk about", 4),
        say("{question} Then wait.", question=_OPEN_QUESTION),
        heading("3. One thing to get better at", 4),
        _one_thing(team, row),
        heading("4. What each of us does, by when", 4),
        worksheet(
            "Written down before we part",
            [(f"{name}: when … I will …", 2), ("I, the manager, do this, by:", 1), ("We look again on:", 1)],
        ),
    )


def then(team: Team, row: FocusRow) -> str:
    """What comes after the rep's own questions: the focus and its first question, or what goes well."""
    if pd.isna(row.driver):
        return "What goes well, and what they want to get better at."
    play = play_of(row.driver, team.company.stages)
    return f"{play.topic}. {play.questions[0]}"


def named_reps(team: Team) -> list[tuple[str, str]]:
    """(id, name) of the team's reps, in the order of names."""
    reps = team.reps
    return list(zip(reps["person_id"], reps["name"].fillna(reps["person_id"]), strict=True))


def rep_called(team: Team, name_or_id: str) -> str:
    """The id of the rep with this name or id, in any case.

    Raises
    ------
    UnusableInput : if there is none, or several have the name.
    """
    wanted = name_or_id.strip().casefold()
    matches = [i for i, name in named_reps(team) if wanted in (i.casefold(), name.casefold())]
    if len(matches) == 1:
        return matches[0]
    known = wording.listing(f"{name} ({i})" if matches else name for i, name in named_reps(team))
    what = "several reps of this team have this name." if matches else "nobody of this team is called that."
    raise UnusableInput(what, where=name_or_id, remedy=f"Write one of: {known or 'there are none'}.")


def promises(team: Team, made: list[Commitment]) -> pd.DataFrame:
    """Commitments as rows of texts: whose, what, by when, how it is seen, what came of it."""
    whose = dict(owners(named_reps(team)))
    rows = _lines(made)
    if not rows.empty:
        rows.insert(0, "Whose", [whose.get(c.whose, SOMEBODY if c.whose else "not said") for c in made])
    return rows


def reminders(team: Team) -> list[Reminder]:
    """A reminder for each open commitment that has a day, whosever it is."""
    whose = dict(owners(named_reps(team)))
    made = commitments_in(saved_answers(team).values)
    return [
        Reminder(c.id, c.due, f"{whose.get(c.whose, 'Commitment')}: {c.what or 'a commitment'}", c.measure)
        for c in made
        if c.is_open and c.due is not None
    ]


def write_reminders(team: Team) -> PagePart:
    """Write the reminders into the workbook's folder, for the manager's own calendar; nobody is messaged."""
    folder, planned = workbook_of(team), reminders(team)
    if not planned:
        return say("No open commitment has a day yet. Give one a day, and press again.")
    if folder is None:
        return say("This page has no workbook to write into.")
    try:
        write_file(Workbook(folder).reminders, planned, datetime.now(UTC))
    except OSError as error:
        return say("Not written: {why}.", why=(error.strerror or "the file cannot be written").lower())
    return say(
        "{reminders} {are} in the file **{file}** beside this page. Open it with your calendar. The kit "
        "messages nobody.",
        reminders=wording.count(len(planned), "reminder"),
        are="is" if len(planned) == 1 else "are",
        file=REMINDERS,
    )


def _last_time(team: Team, rep_id: str, name: str) -> PagePart:
    held = logged_sessions.sessions(team.reps, team.company.coaching_log, team.as_of)
    last = next(r for r in held.itertuples(index=False) if r.rep_id == rep_id)
    if pd.isna(last.last_on):
        return say("No earlier session with {name} is in the log.", name=name)
    return say(
        "The log shows a session on {day}."
        if pd.isna(last.last_focus)
        else "The log shows a session on {day}, about {focus}.",
        day=wording.day(last.last_on),
        focus=last.last_focus,
    )


def _lines(made: list[Commitment]) -> pd.DataFrame:
    rows = [
        {
            "When … I will …": c.what or "not said",
            "By": wording.day(c.due) if c.due else "no day yet",
            "How we see it": c.measure or "not said",
            "What came of it": ": ".join(filter(None, [STATES.get(c.state, c.state), c.evidence])),
        }
        for c in made
    ]
    return pd.DataFrame(rows)


def _one_thing(team: Team, row: FocusRow) -> PagePart:
    if pd.isna(row.driver):
        return bullets(["What goes well, and why?", "What would you like to be better at in three months?"])
    play = play_of(row.driver, team.company.stages)
    return together(
        say("**{topic}** ({label}).", topic=play.topic, label=wording.lower_first(label_of(row.driver))),
        bullets(play.questions, ordered=True),
        note("A question to open with, not a verdict. If you have not watched it yourself, watch first."),
    )
