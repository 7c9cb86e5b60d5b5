"""What to do this week, for the cover of a workbook: at most three things, in the order of what they change.

In: a team.  Out: where the quarter stands in one line, and steps, each with a reason and the chapter that helps.
They name the manager's own reps only. A quota that the forecast misses comes first, then what the whole team shows,
then one rep and one thing, then whoever waits for a talk; what is left is filled with room for coaching.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pandas as pd

from playbook import wording
from playbook.chapter_numbers import named
from playbook.chapters.chosen_focus import focus_proposed
from playbook.chapters.quota_pace import far_behind
from playbook.chapters.team_matters import findings_of_the_team
from playbook.chapters.where_revenue_comes_from.expected_money import running_quarter
from playbook.chapters.where_revenue_comes_from.revenue_facts import month_and_quarter
from playbook.chapters.who_sells import of_another_job, without_deals
from playbook.coaching import logged_sessions, plans, time_budget
from playbook.coaching.focus import ASK, OBSERVE, START
from playbook.drivers.registry import driver_of, label_of
from playbook.escaping import plain
from playbook.forecast.forecast_rows import ForecastRow
from playbook.sentences.team_sentences import level_beside_others, who_shows_it, worth
from playbook.team import Team

_MOST_STEPS = 3
_MOST_NAMES = 6  # a longer list is a roster, no choice
_ENDS_AT = "It ends at {low} to {high} in eight of ten cases"


@dataclass(frozen=True)
class Step:
    """One thing to do: `what` in a few words, `why` in a sentence or two, `chapter` is the number of the one to open.

    Texts are as they shall be read, not escaped.
    """

    what: str
    why: str
    chapter: int


def this_week(team: Team) -> tuple[Step, ...]:
    """What to do this week: three things at most, those first that change most."""
    return tuple(islice(_in_order(team), _MOST_STEPS))


def standing_in_a_line(team: Team) -> str:
    """Where the quarter stands: won of the quota, the range in which it ends, what is open; empty without dates."""
    if team.lacks("opportunities.closed_on") or team.reps.empty:
        return ""
    _, quarter = month_and_quarter(team)
    left, total = quarter.period.days_left(team.as_of), quarter.total
    in_money = not team.lacks("opportunities.amount")
    won = wording.money(total["won"], team.currency) if in_money else wording.count(int(total["won_deals"]), "deal")
    open_ = wording.count(int(total["open_all_deals"]), "deal")
    worth_open = (
        f"{wording.money(total['open_all'], team.currency)} in {open_}" if in_money and total["open_all"] else open_
    )
    with_quota = in_money and quarter.quota > 0
    ends = running_quarter(team)
    return wording.paragraph(
        f"{wording.upper_first(quarter.period.name)}, {wording.count(left, 'day')} left.",
        f"{won} won, {wording.share(total['won'] / quarter.quota)} of the quota of "
        f"{wording.rounded_money(quarter.quota, team.currency)}."
        if with_quota
        else f"{wording.upper_first(won)} won.",
        f"{_range_of(ends, team.currency)}." if ends else "",
        f"Open: {worth_open}.",
    )


def _in_order(team: Team) -> Iterator[Step]:
    """Every step that fits the team, those first that change most; the first three are shown."""
    if team.reps.empty:
        yield _ask_who_reports()
    else:
        yield from filter(None, (_tell_your_leader(team), _team_matter(team)))
        yield _watch(team)
        yield from filter(None, (_overdue(team),))
    yield _make_room(team)
    yield from filter(None, (_agree_with_new(team), _write_down(team)))
    yield _ask_your_leader(team)


def _range_of(ends: ForecastRow, currency: str) -> str:
    return _ENDS_AT.format(
        low=wording.rounded_money(ends.low, currency), high=wording.rounded_money(ends.high, currency)
    )


def _tell_your_leader(team: Team) -> Step | None:
    ends = running_quarter(team)
    if ends is None or not ends.quota > 0 or ends.quota <= ends.won or ends.low <= ends.quota <= ends.high:
        return None
    quota = wording.rounded_money(ends.quota, team.currency)
    if ends.quota > ends.high:
        return Step(
            "Tell your leader now that the quarter will probably miss its quota.",
            f"{_range_of(ends, team.currency)}, and the quota is {quota}. The half page is ready: read it, add what "
            "you need, and send it.",
            3,
        )
    return Step(
        "Tell your leader that the quarter will probably beat its quota.",
        f"{_range_of(ends, team.currency)}, and the quota is {quota}. The half page is ready. Say, too, which deals "
        "you leave for the next quarter.",
        3,
    )


def _team_matter(team: Team) -> Step | None:
    findings = findings_of_the_team(team)
    if not findings:
        return None
    first = findings[0]
    return Step(
        f"Take {_in_a_sentence(first.driver)} to your leader: it is the whole team's.",
        wording.paragraph(
            wording.upper_first(level_beside_others(first, team.currency)),
            worth(first, team.currency),
            who_shows_it(first),
            "Coaching one rep will not mend it.",
        ),
        4,
    )


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


def _ask_who_reports() -> Step:
    return Step(
        "Ask sales operations who reports to you.",
        "In this export it is nobody who sells. Once your reps are entered, this workbook speaks of them.",
        1,
    )


def _watch(team: Team) -> Step:
    reps = team.reps
    if "diagnosis" not in team.findings:
        return Step(_beside([], len(reps)), "Form a view with your own eyes before you look at numbers.", 6)
    everybody = focus_proposed(team)
    nobody_to_watch = without_deals(team) | of_another_job(team)
    focus = everybody[~everybody["rep_id"].isin(nobody_to_watch)]
    focus = everybody if focus.empty else focus
    for group in (START, OBSERVE):
        members = focus[(focus["group"] == group) & focus["driver"].notna()]
        if not members.empty:
            return _one_rep_one_thing(team, members)
    names = [plain(name) for name in focus.loc[focus["group"] == ASK, "name"]]
    if names:
        return Step(
            _beside(names, len(reps)),
            f"What stands out in the data may be how the record is kept. Ask first; {named('each_rep')} says what.",
            6,
        )
    behind = far_behind(team)
    slow = focus[(focus["group"] == OBSERVE) & focus["rep_id"].isin(list(behind))]
    if not slow.empty:
        first = slow.assign(attained=[behind[rep].attained for rep in slow["rep_id"]]).nsmallest(1, "attained").iloc[0]
        name = plain(first["name"])
        return Step(
            _beside([name], len(reps)),
            f"{behind[first['rep_id']].sentence} The numbers do not say why: watch, and ask what is in the way.",
            6,
        )
    silent = focus[focus["group"] == OBSERVE]
    if not silent.empty:
        names = [plain(name) for name in silent["name"]]
        them = plain(names[0]) if len(names) == 1 else "them"
        return Step(_beside(names, len(reps)), f"The data cannot tell anything about {them} yet. Your own eyes can.", 6)
    return Step(
        "Watch one conversation of a rep, and say what worked.",
        "The data shows no sure difference with anybody, which is no proof that all is well.",
        6,
    )


def _one_rep_one_thing(team: Team, members: pd.DataFrame) -> Step:
    """The rep to begin with: the one with most money at stake, else the first by name; the others wait their turn."""
    diagnosis = team.finding("diagnosis")
    stakes = diagnosis.set_index(["rep_id", "driver"])["value_at_stake"]
    money = [stakes.get((row.rep_id, row.driver), float("nan")) for row in members.itertuples()]
    first = members.assign(money=money).sort_values("money", ascending=False, kind="stable").iloc[0]
    name, label = plain(first["name"]), _in_a_sentence(first["driver"])
    look_at = driver_of(first["driver"]).look_at.removesuffix("?")
    at_stake = f"At stake: about {wording.money(first['money'], team.currency)} a quarter."
    others = [plain(other) for other in members["name"] if plain(other) != name]
    hours = wording.hours(time_budget.hours_needed(1))
    if len(members) == 1:
        next_one = ""
    elif len(others) == len(members) - 1 and len(others) <= _MOST_NAMES:
        next_one = f"Then {wording.listing(others)}."
    else:
        next_one = f"{wording.upper_first(wording.count(len(members) - 1, 'other'))} can wait."
    return Step(
        f"Spend {hours} on {name}: {label}.",
        wording.paragraph(
            "" if first["verdict"] == "coach" else "It is a sign, not yet evidence.",
            f"Look at {look_at}. Then talk.",
            at_stake if first["money"] == first["money"] else "",
            next_one,
        ),
        6,
    )


def _beside(names: list[str], reps: int) -> str:
    if len(names) == 1:
        return f"Spend an hour beside {names[0]}."
    if not names or len(names) > _MOST_NAMES:
        return "Spend an hour beside your rep." if reps == 1 else "Spend an hour beside one of your reps."
    return f"Spend an hour beside one of these: {', '.join(names[:-1])} or {names[-1]}."


def _overdue(team: Team) -> Step | None:
    """Whoever waits longest for a talk, by the log; nobody where there is no log."""
    if team.lacks("coaching_log"):
        return None
    held = logged_sessions.sessions(team.reps, team.company.coaching_log, team.as_of)
    waiting = held[logged_sessions.due(held, team.as_of)["is_due"].to_numpy()]
    if waiting.empty:
        return None
    names = [plain(name) for name in waiting["name"]]
    whom = wording.listing(names) if len(names) <= _MOST_NAMES else f"{len(names)} of your {len(team.reps)} reps"
    agreed = waiting["last_on"].notna().any()
    begin = "Begin it with what you agreed." if agreed else "Begin it with a question: what gets in your way?"
    return Step(f"Set a day for a 1:1 with {whom}.", f"{_last_time(waiting)} {begin}", 8)


def _ask_your_leader(team: Team) -> Step:
    if team.reps.empty or team.lacks("coaching_log"):
        why = "Settle what you are there for, and which hours are yours. One page to bring along is drafted."
    else:
        why = "Ask for cover for the hours that coaching takes. One page to bring along is drafted."
    return Step("Ask your leader for half an hour.", why, 9)


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


def _agree_with_new(team: Team) -> Step | None:
    new = plans.new_reps(team.reps, team.as_of)
    if new.empty:
        return None
    names = wording.listing(plain(name) for name in new["name"])
    began = "began lately" if len(new) > 1 else f"began on {wording.day(new['hired_on'].iloc[0])}"
    return Step(
        f"Agree the next 30 days with {names}.",
        f"{names} {began}. Say what they can do by when, together, and write it down.",
        7,
    )


def _write_down(team: Team) -> Step | None:
    if team.reps.empty or not team.lacks("coaching_log"):
        return None
    return Step(
        "Agree one thing with one rep, and write it down.",
        "One thing, in the rep's words, with a day on which you look again. There is a sheet for it.",
        8,
    )


def _in_a_sentence(driver: str) -> str:
    return wording.lower_first(plain(label_of(driver)))
