"""Cover from your leader: one page, drafted from the data, ready to send.

In: a team with its diagnosis.  Out: what the chapter's cells show. The page goes to somebody else, so it names no rep:
counts only, and none for a team of fewer than five.
"""

import math
from dataclasses import replace
from typing import Any

import pandas as pd

from playbook import wording
from playbook.catalogue import briefly_to_ask_for, to_ask_for
from playbook.chapters.chosen_focus import focus_proposed
from playbook.chapters.cover_from_your_leader import cover_answers
from playbook.chapters.team_matters import findings_of_the_team
from playbook.coaching import time_budget
from playbook.coaching.focus import ASK, GROUPS, OBSERVE, START, UNSURE
from playbook.coaching.shared_causes import THE_CALENDAR, of_the_calendar
from playbook.data_gaps import remedies
from playbook.display import PagePart, alone, bullets, heading, note, say, table, together
from playbook.drivers.registry import label_of
from playbook.forms import agreement, hours
from playbook.forms.form import Form, form
from playbook.forms.saved_answers import saved_answers
from playbook.sentences.team_sentences import ANSWER_IN, level_beside_others, who_shows_it, worth
from playbook.team import Team

FEWEST_FOR_COUNTS = 5  # in a smaller team a count tells who it is
FEWEST_FOR_TOPIC = 2  # a need of one rep is coached, not trained
_FIRST_ASKS = 3  # the page for the leader stays one page
_FEWEST_FOR_PHASES = 3  # reps; fewer are one step
_PHASES = ("Now", "In four weeks", "In twelve weeks")
_IN_RETURN = (
    "**In a week,** and every week then: the quarter as a range, on half a page.",
    "**In four weeks:** how many conversations I watched, and what we practise. No names.",
    "**In twelve weeks:** what moved that we can both see. If nothing did, we change it or stop.",
)
_AFTER_A_NO = (
    "“Which of these hours can I have from Monday, and for how long?”",
    "“What would you need to see, and by when, to give me the rest?”",
    "“Then I coach one rep, and you hear in four weeks what came of it. The others hear from me that they wait.”",
)
_VERDICTS_NAMED = ("coach", "watch", "team_wide")


def page(team: Team, coaching_hours: float = 0) -> Form:
    """The one page for the leader; `coaching_hours` a week, 0 for those of `your_week` or what the arithmetic asks."""
    reps = len(team.reps)
    saved = saved_answers(team)
    answers = saved.values
    weekly_hours = float(coaching_hours) or hours.coaching_hours(answers) or time_budget.hours_needed(reps)
    agreed = cover_answers.agreed(team, answers)
    letter = together(
        heading(f"What I ask of you, so that my team gets coached: {team.manager}"),
        heading("Hours", 4),
        _hours(team, reps, weekly_hours),
        heading("What stops for it", 4) if reps else None,
        _what_stops(team) if reps else None,
        cover_answers.hours(team, answers),
        heading("What you get, and when", 4) if reps else None,
        bullets(say(line) for line in _IN_RETURN) if reps else None,
        heading("Priorities", 4),
        _priorities(team),
        heading("What I learn", 4),
        cover_answers.learning(team, answers),
        heading("What we agreed before", 4) if agreed else None,
        agreed,
        heading("What I ask of others", 4),
        bullets([*_asks_in_short(team), *cover_answers.for_others(team, answers)]),
        heading("Judge me on this", 4),
        bullets(
            [
                "Coaching that took place: hours kept, conversations watched, plans agreed with each rep.",
                "Commitments of mine that I kept, towards my reps and towards you.",
                "A forecast with an honest range, and early bad news.",
                "After two or three quarters: how many of my reps sell more, not only what the team sold.",
            ]
        ),
        heading("Please do not judge me on this", 4),
        bullets(
            [
                "Deals that I close myself. Each one costs my reps hours, and teaches them to wait for me.",
                "One month, or one rep's quarter. Small numbers move by luck.",
                "How busy the team looks: calls and meetings are easy to count, and prove nothing.",
            ]
        ),
    )
    left_out = cover_answers.left_out(team, answers)
    no = together(heading("If the answer is no", 4), bullets(_AFTER_A_NO)) if reps else None
    whole = form(saved, left_out, letter, agreement.agreement(), no)
    to_send = form(saved, letter, agreement.agreement())
    return replace(whole, html=together(left_out, alone(to_send, dense=True), no).html)


def to_enablement(team: Team) -> PagePart:
    """Topics that at least two reps show, by how many; no names. Coaching stays with the manager."""
    topics = _topics(team)
    calendar = note(f"The win rate is no topic. {THE_CALENDAR}") if _calendar(team).any() else None
    if topics.empty:
        return together(
            say(
                "**No topic for a training yet.** Fewer than {fewest} of your reps share one. What a single rep needs "
                "is coached, not trained.",
                fewest=wording.in_words(FEWEST_FOR_TOPIC),
            ),
            calendar,
        )
    rows = pd.DataFrame(
        {
            "Topic": [label_of(driver) for driver in topics["driver"]],
            "Reps who show it": [_how_many(team, n) for n in topics["reps"]],
            "Seen as": ["the whole team or segment" if shared else "single reps" for shared in topics["shared"]],
        }
    )
    return together(
        table(
            rows, caption=f"Topics in a team of {wording.count(len(team.reps), 'rep')}, in the order of the alphabet"
        ),
        note(
            "A sign is counted like a finding here. What the whole team shows may come from the process, the product "
            "or the leads. Ask enablement to look at that before anybody is trained."
        ),
        calendar,
    )


def to_operations(team: Team) -> PagePart:
    """The data that was missing, in plain words, and what it would turn on."""
    asks = remedies(lambda needs: team.lacks(*needs))
    if not asks:
        return say("**Nothing to ask for.** The export held everything that this workbook uses.")
    rows = pd.DataFrame(
        [
            {
                "Please add to the export": wording.upper_first(to_ask_for(ask.need)),
                "It turns on": wording.upper_first("; ".join(ask.turns_on)),
            }
            for ask in asks
        ]
    )
    return together(
        say(
            "The export lacked **{things}** that this workbook could use.",
            things=wording.count(len(rows), "thing"),
        ),
        table(rows, caption="For sales operations"),
    )


def _hours(team: Team, reps: int, weekly_hours: float) -> PagePart:
    if not reps:
        return say(
            "In the CRM nobody who sells reports to me yet. Please have that corrected, or tell me who will. For each "
            "rep I ask for {each} a week.",
            each=wording.hours(time_budget.hours_needed(1)),
        )
    return together(
        say(
            "I lead **{reps}**. Coaching them takes **{hours} a week**: about {each} for each, to watch a real "
            "conversation, to talk about it, and to prepare.",
            reps=wording.count(reps, "rep"),
            hours=wording.hours(weekly_hours),
            each=wording.hours(weekly_hours / reps),
        ),
        _in_phases(reps, weekly_hours),
    )


def _in_phases(reps: int, weekly_hours: float) -> PagePart:
    """The hours step by step: a leader who cannot grant all of it can grant the first of them."""
    if reps < _FEWEST_FOR_PHASES:
        return say("Please help me to keep these hours free.")
    first, second = math.ceil(reps / 4), math.ceil(reps / 2)
    lines = zip(_PHASES, (first, second, reps), strict=True)
    return together(
        say("I do not ask for all of it at once:"),
        bullets(
            say(
                "**{when}:** {hours} a week, for {whom}.",
                when=when,
                hours=wording.hours(weekly_hours * n / reps),
                whom=f"all {reps}" if n == reps else wording.count(n, "rep"),
            )
            for when, n in lines
        ),
    )


def _what_stops(team: Team) -> PagePart:
    own = int((team.own_deals["outcome"] == "open").sum())
    return bullets(
        [
            *(
                [
                    say(
                        "{deals} {are} still in my name. I hand {them} over, by a day that we agree.",
                        deals=wording.count(own, "open deal"),
                        are="is" if own == 1 else "are",
                        them="it" if own == 1 else "them",
                    )
                ]
                if own
                else []
            ),
            "I join a rep's closing call only if you ask me to.",
            "One meeting in which deals are read aloud; the half page on the quarter takes its place.",
        ]
    )


def _priorities(team: Team) -> PagePart:
    if team.reps.empty or "diagnosis" not in team.findings:
        return say("I begin by watching real conversations of each rep, before I form a view.")
    if len(team.reps) < FEWEST_FOR_COUNTS:
        return say("My team is small, so I give no counts. I coach one thing per rep, from what I have seen myself.")
    groups = focus_proposed(team)["group"].value_counts().reindex(GROUPS, fill_value=0)
    sentences = [
        "Of my {reps}, the data shows something to coach with {start}.",
        "With {ask} I ask first, as it may be how the record is kept." if groups[ASK] else "",
        "With {observe} I watch first, as the data cannot say yet." if groups[OBSERVE] else "",
        "With {unsure} it shows no sure difference, which is no proof that all is well." if groups[UNSURE] else "",
    ]
    return together(
        say(
            " ".join(filter(None, sentences)),
            reps=wording.count(len(team.reps), "rep"),
            start=wording.in_words(groups[START]) if groups[START] else "nobody",
            ask=wording.in_words(groups[ASK]),
            observe=wording.in_words(groups[OBSERVE]),
            unsure=wording.in_words(groups[UNSURE]),
        ),
        say("I coach one thing at a time. I give no names here: coaching only works when it is no report."),
    )


def _asks_in_short(team: Team) -> list[PagePart]:
    topics, asks = _topics(team), remedies(lambda needs: team.lacks(*needs))
    own = findings_of_the_team(team)
    whole_team = [
        say(
            "Enablement, by {day}: to read five deals with me. {driver}: {facts}",
            day=wording.day(team.as_of + ANSWER_IN),
            driver=label_of(finding.driver),
            facts=wording.paragraph(
                level_beside_others(finding, team.currency, "my"), worth(finding, team.currency), who_shows_it(finding)
            ),
        )
        for finding in own
    ]
    topics = topics[~topics["driver"].isin([finding.driver for finding in own])]
    training = wording.listing(
        f"{wording.lower_first(label_of(t.driver))} ({_seen_with(team, t)})" for t in topics.itertuples()
    )
    first = [briefly_to_ask_for(ask.need) for ask in asks[:_FIRST_ASKS]]
    rest = [f"{wording.count(len(asks) - len(first), 'more thing')} (I send the list)"] if asks[_FIRST_ASKS:] else []
    in_training = (
        say("Enablement, to look at with me before anybody is trained: {topics}.", topics=training)
        if training
        else say("Enablement: no training for now; I come back when several reps share a need.")
    )
    return [
        *whole_team,
        *([in_training] if training or not whole_team else []),
        say(
            "Sales operations: {data}.",
            data=wording.listing(first + rest) or "nothing; the data is complete",
        ),
    ]


def _topics(team: Team) -> pd.DataFrame:
    """Drivers that at least FEWEST_FOR_TOPIC active reps show: driver, reps (count), shared (team-wide for any)."""
    diagnosis = team.finding("diagnosis")
    if diagnosis.empty:
        return pd.DataFrame(columns=["driver", "reps", "shared"])
    own = diagnosis["rep_id"].isin(team.reps["person_id"])
    findings = diagnosis[diagnosis["verdict"].isin(_VERDICTS_NAMED) & own & ~_calendar(team)]
    shared = findings["verdict"].eq("team_wide").groupby(findings["driver"]).any()
    counted = pd.DataFrame({"reps": findings.groupby("driver")["rep_id"].nunique(), "shared": shared}).reset_index()
    return counted[counted["reps"] >= FEWEST_FOR_TOPIC].sort_values("driver", ignore_index=True)


def _calendar(team: Team) -> pd.Series:
    """Per row of the diagnosis whether only the calendar is behind it: that is no topic."""
    return of_the_calendar(team.finding("diagnosis"))


def _seen_with(team: Team, topic: Any) -> str:
    """With whom a topic was seen: `3 of 10 reps`, or the whole team; never who it is."""
    return "the whole team or segment" if topic.shared else f"{_how_many(team, topic.reps)} reps"


def _how_many(team: Team, reps: int) -> str:
    return f"{reps} of {len(team.reps)}" if len(team.reps) >= FEWEST_FOR_COUNTS else "several"
