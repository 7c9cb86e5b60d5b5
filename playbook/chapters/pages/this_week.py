"""The three things to do this week, for the cover of a workbook: make room, watch one rep, follow up.

In: a team.  Out: three steps, each with a reason and the chapter that helps with it. They name the manager's own reps
only, in the order of their names, and a choice among several stays the manager's.
"""

from dataclasses import dataclass

import pandas as pd

from playbook import wording
from playbook.chapter_numbers import named
from playbook.coaching import logged_sessions, plans, time_budget
from playbook.coaching.focus import ASK, OBSERVE, START, focus_of_each
from playbook.drivers.registry import driver_of, label_of
from playbook.escaping import plain
from playbook.team import Team

_MOST_NAMES = 6  # a longer list is a roster, no choice
_WATCH_FIRST = "Watch first: the numbers say where to look, not why."


@dataclass(frozen=True)
class Step:
    """One thing to do: `what` in a few words, `why` in a sentence or two, `chapter` is the number of the one to open.

    Texts are as they shall be read, not escaped.
    """

    what: str
    why: str
    chapter: int


def three_things(team: Team) -> tuple[Step, Step, Step]:
    """What to do this week: first free hours, then spend one beside a rep, then keep what was agreed."""
    return _make_room(team), _watch(team), _follow_up(team)


def _make_room(team: Team) -> Step:
    still_own = int((team.own_deals["outcome"] == "open").sum())
    if still_own:
        mine = "your own open deal" if still_own == 1 else "one of your own open deals"
        is_, one = ("is", "it") if still_own == 1 else ("are", "the next one")
        return Step(
            f"Hand over {mine}.",
            f"{wording.count(still_own, 'open deal')} {is_} still in your name. Give {one} a new owner and a day. The "
            "hours that it takes are your first hours for coaching.",
            2,
        )
    reps = len(team.reps)
    if not reps:
        return Step("Keep an hour free for coaching.", "Your reps will need it from their first day on.", 2)
    needed = wording.hours(time_budget.hours_needed(reps))
    begin = wording.hours(time_budget.hours_needed(1))
    of = "your rep" if reps == 1 else f"your {reps} reps"
    more = "Put it" if reps == 1 else f"Begin with {begin} for one of them, and put them"
    return Step(
        f"Keep {begin} free for coaching.",
        f"Coaching {of} takes about {needed} a week. {more} into your calendar now, in place of something that nobody "
        "would miss.",
        2,
    )


def _watch(team: Team) -> Step:
    reps = team.reps
    if reps.empty:
        return Step(
            "Ask sales operations who reports to you.",
            "In this export it is nobody who sells. Once your reps are entered, this workbook speaks of them.",
            1,
        )
    if "diagnosis" not in team.findings:
        return Step(_beside([], len(reps)), "Form a view with your own eyes before you look at numbers.", 6)
    focus = focus_of_each(reps, team.finding("diagnosis"))
    for group, finding in (
        (START, "The data shows something to coach"),
        (OBSERVE, "The data shows a sign, not yet evidence"),
    ):
        members = focus[(focus["group"] == group) & focus["driver"].notna()]
        if not members.empty:
            return _watch_for(members, finding)
    names = [plain(name) for name in focus.loc[focus["group"] == ASK, "name"]]
    if names:
        return Step(
            _beside(names, len(reps)),
            f"What stands out in the data may be how the record is kept. Ask first; {named('each_rep')} says what.",
            6,
        )
    silent = focus[focus["group"] == OBSERVE]
    if not silent.empty:
        names = [plain(name) for name in silent["name"]]
        them = plain(names[0]) if len(names) == 1 else "them"
        return Step(_beside(names, len(reps)), f"The data cannot tell anything about {them} yet. Your own eyes can.", 6)
    return Step(
        "Tell one rep what goes well.",
        "The data shows nobody to coach, and that is a full answer. Watch one conversation, and speak of what worked.",
        6,
    )


def _watch_for(members: pd.DataFrame, finding: str) -> Step:
    names = [plain(name) for name in members["name"]]
    labels = [_in_a_sentence(driver) for driver in members["driver"]]
    if len(names) == 1:
        look_at = driver_of(members["driver"].iloc[0]).look_at
        closing = "" if look_at.endswith("?") else "."
        return Step(_beside(names, 1), f"{finding}: {labels[0]}. Look at {look_at}{closing}", 6)
    if len(names) > _MOST_NAMES:
        return Step(_beside(names, len(names)), f"{finding} with {len(names)} of them. {_WATCH_FIRST}", 6)
    each = "; ".join(f"{name}, {label}" for name, label in zip(names, labels, strict=True))
    return Step(_beside(names, len(names)), f"{finding}: {each}. {_WATCH_FIRST}", 6)


def _beside(names: list[str], reps: int) -> str:
    if len(names) == 1:
        return f"Spend an hour beside {names[0]}."
    if not names or len(names) > _MOST_NAMES:
        return "Spend an hour beside your rep." if reps == 1 else "Spend an hour beside one of your reps."
    return f"Spend an hour beside one of these: {', '.join(names[:-1])} or {names[-1]}."


def _follow_up(team: Team) -> Step:
    reps = team.reps
    if reps.empty:
        return Step(
            "Ask your leader for half an hour.",
            "Settle what you are there for, and which hours are yours. One page to bring along is drafted.",
            9,
        )
    new = plans.new_reps(reps, team.as_of)
    if team.lacks("coaching_log"):
        return _agree_with_new(new) if len(new) else _write_down()
    held = logged_sessions.sessions(reps, team.company.coaching_log, team.as_of)
    follow_ups = logged_sessions.due(held, team.as_of)
    waiting = held[follow_ups["is_due"].to_numpy()]
    if len(waiting):
        names = [plain(name) for name in waiting["name"]]
        whom = wording.listing(names) if len(names) <= _MOST_NAMES else f"{len(names)} of your {len(reps)} reps"
        agreed = waiting["last_on"].notna().any()
        begin = "Begin it with what you agreed." if agreed else "Begin it with a question: what gets in your way?"
        return Step(f"Set a day for a 1:1 with {whom}.", f"{_last_time(waiting)} {begin}", 8)
    if len(new):
        return _agree_with_new(new)
    return Step(
        "Ask your leader for half an hour.",
        f"Each of your reps had a session in the last {logged_sessions.CADENCE_DAYS} days. "
        "Ask for cover for those hours.",
        9,
    )


def _last_time(waiting: pd.DataFrame) -> str:
    """When those who wait were last spoken with, as the log has it."""
    never = [plain(name) for name in waiting.loc[waiting["last_on"].isna(), "name"]]
    if len(waiting) == 1:
        on = waiting["last_on"].iloc[0]
        if never:
            return f"The log shows no session with {never[0]} yet."
        return f"The last one in the log was on {wording.day(on)}."
    long_ago = f"at least {logged_sessions.CADENCE_DAYS} days ago"
    if not never:
        return f"In the log, the last one with each was {long_ago}."
    if len(never) == len(waiting):
        return "The log shows no session with any of them yet."
    whom = wording.listing(never) if len(never) <= _MOST_NAMES else f"{len(never)} of them"
    return f"The log shows no session with {whom} yet; with the others the last one was {long_ago}."


def _agree_with_new(new: pd.DataFrame) -> Step:
    names = wording.listing(plain(name) for name in new["name"])
    began = "began lately" if len(new) > 1 else f"began on {wording.day(new['hired_on'].iloc[0])}"
    return Step(
        f"Agree the next 30 days with {names}.",
        f"{names} {began}. Say what they can do by when, together, and write it down.",
        7,
    )


def _write_down() -> Step:
    return Step(
        "Agree one thing with one rep, and write it down.",
        "One thing, in the rep's words, with a day on which you look again. There is a sheet for it.",
        8,
    )


def _in_a_sentence(driver: str) -> str:
    return wording.lower_first(plain(label_of(driver)))
