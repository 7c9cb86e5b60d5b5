"""Holding people to it: what was kept, what is due, an agenda per rep, and what luck does.

In: a team with its coaching log and diagnosis.  Out: what the chapter's cells show. The kit marks nothing as kept and
messages nobody: only the manager holds people to account.
"""

from typing import Protocol

import pandas as pd

from playbook import wording
from playbook.chapters.chosen_focus import focus_proposed
from playbook.chapters.off import section_off
from playbook.chapters.pages.agenda import agenda, named_reps, promises, then, write_reminders
from playbook.coaching import logged_sessions, luck
from playbook.display import PagePart, note, say, table, together
from playbook.drivers.registry import DRIVERS, driver_of, label_of
from playbook.forms import commitment_sheet
from playbook.forms.actions import Action
from playbook.forms.form import Form, form
from playbook.forms.saved_answers import saved_answers
from playbook.journal.commitments import KEPT, Commitment, commitments_in
from playbook.team import Team

_QUARTER_DAYS = 91
_FEWEST_REPS, _FEWEST_CLOSED = 3, 30  # with fewer, the team's own rate is itself mostly luck
_MADE_UP = (8, 20, 0.25)
_KAHNEMAN = "Kahneman (2011, chapter 17) tells of flight instructors who took this for proof that shouting helps."


def sessions_so_far(team: Team) -> PagePart:
    """Per rep the logged sessions, the last one and its subject, and which follow-up is due; in the order of names."""
    if team.reps.empty:
        return say("In this export nobody who sells reports to you. Begin the sheet below with your first rep.")
    if off := section_off(team, "sessions", "Until then the sheet below is your log."):
        return off
    held = logged_sessions.sessions(team.reps, team.company.coaching_log, team.as_of)
    follow_ups = logged_sessions.due(held, team.as_of)
    waiting = follow_ups.loc[follow_ups["is_due"], "name"]
    rows = pd.DataFrame(
        {
            "Rep": held["name"],
            "Last one": ["none written down" if pd.isna(on) else wording.day(on) for on in held["last_on"]],
            "Its subject": held["last_focus"].fillna("not given"),
            "Next one by": [_next_one(row) for row in follow_ups.itertuples(index=False)],
        }
    )
    opening = (
        say(
            "A follow-up is due with **{names}**. By {day} the log shows no session with them in the last {days} days.",
            names=wording.listing(waiting),
            days=logged_sessions.CADENCE_DAYS,
            day=wording.day(team.as_of),
        )
        if len(waiting)
        else say("Each of your reps had a session in the last {days} days.", days=logged_sessions.CADENCE_DAYS)
    )
    return together(
        opening,
        table(rows, caption="The last logged session and the next one, in the order of names"),
        note("The fortnight is our proposal: change it. The log knows that you met, not what was kept. You know that."),
    )


def promised(team: Team) -> PagePart:
    """What was promised, what of it is due, and what came of the rest: from the journal, whosever it is."""
    made = commitments_in(saved_answers(team).values)
    if not made:
        return say(
            "No commitment is written down yet. The sheet at the end of this chapter keeps them, also next quarter."
        )
    still_open = [c for c in made if c.is_open]
    due = [c for c in still_open if c.is_due(team.as_of)]
    closed = [c for c in made if not c.is_open]
    return together(
        say(
            "**{open}** {are} open, {due} of them due by {day}. {closed} {have} been looked at: {kept} kept.",
            open=wording.count(len(still_open), "commitment"),
            are="is" if len(still_open) == 1 else "are",
            due=wording.in_words(len(due)) if due else "none",
            day=wording.day(team.as_of),
            closed=wording.upper_first(wording.count(len(closed), "other")),
            have="has" if len(closed) == 1 else "have",
            kept=wording.in_words(sum(c.state == KEPT for c in closed)) if closed else "none",
        ),
        table(promises(team, still_open), caption="Open: they stay until you say what came of them"),
        table(promises(team, closed), caption="Looked at"),
    )


def agendas(team: Team) -> PagePart | Form:
    """The next 1:1 with each rep, in the order of names; it begins with the last commitments, the manager's first."""
    if team.reps.empty:
        return say("There is nobody to meet yet. The order of a 1:1 above holds for your first rep.")
    saved = saved_answers(team)
    focus = focus_proposed(team)
    held = logged_sessions.sessions(team.reps, team.company.coaching_log, team.as_of)
    still_open = [c for c in commitments_in(saved.values) if c.is_open]
    rows = pd.DataFrame(
        {
            "Rep": focus["name"],
            "Begin with": [_begin(last, still_open) for last in held.itertuples(index=False)],
            "Then, after their own questions": [then(team, row) for row in focus.itertuples(index=False)],
        }
    )
    one_page = Action(
        button="Show the agenda on one page",
        label="The next 1:1 with",
        options=tuple(named_reps(team)),
        do=lambda rep: agenda(team, rep),
    )
    overview = table(rows, caption=f"The next 1:1s, {wording.count(len(rows), 'rep')}, in the order of names")
    return form(saved, overview, one_page)


def luck_alone(team: Team) -> PagePart:
    """What luck alone does to the lowest of a team: regression to the mean, with the own numbers if there are "
    "enough."""
    closed = _closed_of_active_reps(team)
    recent = closed[closed["closed_on"] > pd.Timestamp(team.as_of) - pd.Timedelta(days=_QUARTER_DAYS)]
    per_rep = recent.groupby("rep_id").size()
    if len(per_rep) < _FEWEST_REPS or len(closed) < _FEWEST_CLOSED:
        return _luck_of_a_made_up_team()
    deals, rate = int(per_rep.median()), float((closed["outcome"] == "won").mean())
    return together(
        _luck("Suppose that your {reps} who close deals were all equally good", len(per_rep), deals, rate),
        note(
            wording.paragraph(
                "Worked out exactly, not measured. The rate is of {closed}; {deals} is the middle number per rep in "
                "the last {days} days.",
                _KAHNEMAN,
            ),
            closed=wording.count(len(closed), "closed deal"),
            deals=wording.number(deals),
            days=_QUARTER_DAYS,
        ),
    )


def _luck_of_a_made_up_team() -> PagePart:
    return together(
        _luck(
            "Your team has too few closed deals for its own sum. Take a made-up one: {reps}, all equally good",
            *_MADE_UP,
        ),
        note(wording.paragraph("Worked out exactly, not measured.", _KAHNEMAN)),
    )


def _luck(suppose: str, reps: int, deals: int, rate: float) -> PagePart:
    rise, chance = luck.rise_of_the_lowest(reps, deals, rate)
    return say(
        suppose
        + ". Each wins {rate} of the deals, and closes {deals} a quarter. Take the one who comes out lowest, **and "
        "do nothing**. Next quarter that rep rises by **{rise}** on average, and comes out higher in {chance} of "
        "cases. Nothing was done: the bad luck ran out.",
        reps=wording.count(reps, "rep"),
        rate=wording.share(rate),
        deals=wording.number(deals),
        rise=wording.points(rise),
        chance=wording.share(chance),
    )


def sheet(team: Team) -> Form:
    """Commitments of three kinds, those of earlier quarters first, and reminders of them for the own calendar."""
    saved = saved_answers(team)
    reminders = Action(button="Write reminders for my calendar", do=lambda _: write_reminders(team))
    return form(
        saved,
        commitment_sheet.commitments(named_reps(team), saved.values, _measurable(team)),
        commitment_sheet.settled(),
        reminders if saved.lasting else None,
    )


def _measurable(team: Team) -> list[tuple[str, str]]:
    """(key, name) of the drivers that the team's data holds, in the order of the list of drivers."""
    diagnosis = team.finding("diagnosis")
    keys = diagnosis["driver"].unique() if "driver" in diagnosis else []
    order = list(DRIVERS)
    return [(key, label_of(key)) for key in sorted(keys, key=lambda key: (order.index(driver_of(key).key), key))]


class _LastTalk(Protocol):
    """When a rep and the manager last talked about coaching, and when they do next."""

    rep_id: str
    last_on: pd.Timestamp
    last_focus: str
    due_on: pd.Timestamp
    is_due: bool


def _begin(last: _LastTalk, still_open: list[Commitment]) -> str:
    own = [c.what for c in still_open if c.whose == last.rep_id and c.what]
    if own:
        return f"{wording.count(len(own), 'open commitment')}: {wording.listing(w.rstrip('.') for w in own)}."
    if pd.isna(last.last_on):
        return "Nothing is written down yet: agree one thing, and write it down."
    if pd.isna(last.last_focus):
        return f"What you agreed on {wording.day(last.last_on)}."
    return f"What you agreed on {wording.day(last.last_on)} ({last.last_focus})."


def _next_one(row: _LastTalk) -> str:
    if pd.isna(row.due_on):
        return "as soon as you can"
    return f"now: it was due on {wording.day(row.due_on)}" if row.is_due else wording.day(row.due_on)


def _closed_of_active_reps(team: Team) -> pd.DataFrame:
    deals = team.deals
    return deals[deals["outcome"].isin(["won", "lost"]) & deals["rep_id"].isin(team.reps["person_id"])]
