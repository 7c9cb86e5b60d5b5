"""Chapter 08, Holding people to it: what was kept, what is due, an agenda per rep, and what luck does.

In: a team with its coaching log and diagnosis.  Out: what the chapter's cells show. The kit marks nothing as kept and
messages nobody: only the manager holds people to account.
"""

import pandas as pd

from playbook import wording
from playbook.coaching import commitments, luck
from playbook.coaching.focus import focus_of_each
from playbook.coaching.plays import play_of
from playbook.display import Shown, note, say, switched_off, table, together, worksheet
from playbook.drivers import label_of
from playbook.team import Team

_LINE = "________________"
_QUARTER_DAYS = 91
_FEWEST_REPS, _FEWEST_CLOSED = 3, 30  # with fewer, the team's own rate is itself mostly luck
_MADE_UP = (8, 20, 0.25)
_KAHNEMAN = " Kahneman (2011, chapter 17) tells of flight instructors who took this for proof that shouting helps."
_NO_LOG = switched_off(
    "What was kept so far",
    "The export holds no log of coaching sessions.",
    "A table with manager, rep, day and focus turns it on. Until then the sheet below is your log.",
)


def kept_so_far(team: Team) -> Shown:
    """Per rep the logged sessions, the last one and its subject, and which follow-up is due; in the order of names."""
    if team.reps.empty:
        return say("In this export nobody who sells reports to you. Begin the sheet below with your first rep.")
    if team.lacks("coaching_log"):
        return _NO_LOG
    held = commitments.sessions(team.reps, team.company.coaching_log, team.as_of)
    follow_ups = commitments.due(held, team.as_of)
    waiting = follow_ups.loc[follow_ups["is_due"], "name"]
    rows = pd.DataFrame(
        {
            "Rep": held["name"],
            "Sessions": [wording.number(n) for n in held["sessions"]],
            "Last one": ["none written down" if pd.isna(on) else wording.day(on) for on in held["last_on"]],
            "Its subject": held["last_focus"].fillna("not given"),
            "Next one by": ["as soon as you can" if pd.isna(on) else wording.day(on) for on in follow_ups["due_on"]],
        }
    )
    opening = (
        say(
            "A follow-up is due with **{names}**. On {day} their last one was {days} days ago or longer, or none is "
            "written down.",
            names=wording.listing(waiting),
            days=commitments.CADENCE_DAYS,
            day=wording.day(team.as_of),
        )
        if len(waiting)
        else say("Each of your reps had a session in the last {days} days.", days=commitments.CADENCE_DAYS)
    )
    span = f"the {commitments.RECENT_DAYS} days up to {wording.day(team.as_of)}"
    return together(
        opening,
        table(rows, caption=f"Sessions in {span}, in the order of names", numbers=["Sessions"]),
        note("The fortnight is our proposal: change it. The log knows that you met, not what was kept. You know that."),
    )


def agendas(team: Team) -> Shown:
    """The next 1:1 with each rep, in the order of names; it begins with the last commitments, the manager's first."""
    if team.reps.empty:
        return say("There is nobody to meet yet. The order of a 1:1 above holds for your first rep.")
    focus = focus_of_each(team.reps, team.finding("diagnosis"))
    held = commitments.sessions(team.reps, team.company.coaching_log, team.as_of)
    rows = pd.DataFrame(
        {
            "Rep": focus["name"],
            "Begin with what you agreed": [_begin(last) for last in held.itertuples(index=False)],
            "Then, after their own questions": [_then(row) for row in focus.itertuples(index=False)],
        }
    )
    return table(rows, caption=f"The next 1:1s, {wording.count(len(rows), 'rep')}, in the order of names")


def luck_alone(team: Team) -> Shown:
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
            "Worked out exactly, not measured. The rate is of {closed}; {deals} is the middle number per rep in the "
            "last {days} days." + _KAHNEMAN,
            closed=wording.count(len(closed), "closed deal"),
            deals=wording.number(deals),
            days=_QUARTER_DAYS,
        ),
    )


def _luck_of_a_made_up_team() -> Shown:
    return together(
        _luck(
            "Your team has too few closed deals for its own sum. Take a made-up one: {reps}, all equally good",
            *_MADE_UP,
        ),
        note("Worked out exactly, not measured." + _KAHNEMAN),
    )


def _luck(suppose: str, reps: int, deals: int, rate: float) -> Shown:
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


def sheet() -> Shown:
    """Commitments of three kinds, to be kept by hand."""
    kinds = ("The rep's", "The rep's", "Mine", "Mine", "My leader's")
    rows = pd.DataFrame(
        [{"Whose": k, "When … I will …": _LINE * 2, "By": "________", "What came of it": _LINE} for k in kinds]
    )
    return together(
        table(rows, caption="Commitments of three kinds. Print one sheet per rep, or keep it beside you."),
        worksheet(
            "What I settle today",
            [
                ("The day of the week, and the hour, at which I look at this sheet:", 1),
                ("A commitment of mine that is open, and by when I keep it:", 1),
                ("What I say when something was not kept (my own words):", 2),
            ],
        ),
    )


def _begin(last: object) -> str:
    if pd.isna(last.last_on):
        return "Nothing is written down yet: agree one thing, and write it down."
    subject = "" if pd.isna(last.last_focus) else f" ({last.last_focus})"
    return f"{wording.day(last.last_on)}{subject}. Yours first, then theirs."


def _then(row: object) -> str:
    if pd.isna(row.driver):
        return "What goes well, and what they want to get better at."
    return f"{label_of(row.driver)}. {play_of(row.driver).questions[0]}"


def _closed_of_active_reps(team: Team) -> pd.DataFrame:
    deals = team.deals
    return deals[deals["outcome"].isin(["won", "lost"]) & deals["rep_id"].isin(team.reps["person_id"])]
