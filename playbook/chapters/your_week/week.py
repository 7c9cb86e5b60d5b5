"""Your week: what coaching takes, what the log shows, what can be handed over.

In: a team, and the hours that the manager says are free.  Out: what the chapter's cells show.
"""

from datetime import timedelta

import pandas as pd

from playbook import calendars, wording
from playbook.chapter_numbers import named
from playbook.chapters.chosen_focus import focus_proposed
from playbook.chapters.off import section_off
from playbook.chapters.quota_pace import far_behind
from playbook.coaching import logged_sessions, plans, time_budget
from playbook.coaching.week_kinds import sort_hours
from playbook.display import PagePart, note, say, table, together
from playbook.forms import hours
from playbook.forms.form import Form, form
from playbook.forms.saved_answers import saved_answers, workbook_of
from playbook.team import Team

_LINE = "________"
_CALENDAR_DAYS = 28  # four weeks even out the one with the trade fair
_MOST_TITLES = 12
_WEEKS_SEEN = logged_sessions.RECENT_DAYS / 7
_PER_WEEK = "Minutes a week"
_MOST_DEALS = 20  # a longer list is work for a spreadsheet, not for a page


def hours_needed(team: Team) -> PagePart:
    """The arithmetic of coaching hours for the team's size."""
    reps = len(team.reps)
    if not reps:
        return say("In this export nobody who sells reports to you, so there is nothing to add up yet.")
    total = time_budget.hours_needed(reps)
    rows = pd.DataFrame(
        [
            {
                "Part": part.what,
                "For one rep": wording.hours(part.hours),
                "For your team": wording.hours(part.hours * reps),
            }
            for part in time_budget.PARTS
        ]
        + [{"Part": "Together", "For one rep": wording.hours(total / reps), "For your team": wording.hours(total)}]
    )
    return together(
        say(
            "You lead **{reps}**. Coaching them takes about **{total} a week**.",
            reps=wording.count(reps, "rep"),
            total=wording.hours(total),
        ),
        table(
            rows, caption=f"Hours a week, for {wording.count(reps, 'rep')}", numbers=["For one rep", "For your team"]
        ),
        note(
            "The hours per rep are a planning figure of ours: change it. No study gives a best number. In 37 "
            "randomised studies with 2,528 people, workplace coaching worked about as well when it was short. (De Haan "
            "and Nilsson 2023, at a business school that trains coaches. Most of it was not by managers, nor in sales.)"
        ),
    )


def hours_seen(team: Team) -> PagePart:
    """What the coaching log of the last months shows, per rep, in the order of names."""
    if off := section_off(team, "coaching_so_far", "A calendar or your memory will do for now."):
        return off
    if team.reps.empty:
        return say("Without reps there is no coaching to show yet.")
    held = logged_sessions.sessions(team.reps, team.company.coaching_log, team.as_of)
    total = int(held["sessions"].sum())
    if not total:
        return say(
            "The log shows no session of yours in the last {days} days. A session that nobody wrote down is not there.",
            days=logged_sessions.RECENT_DAYS,
        )
    minutes = held["minutes"].sum() / _WEEKS_SEEN
    more = "That is about {minutes} minutes a week in all, of the {needed} a week that it takes." if minutes else ""
    return together(
        say(
            wording.paragraph(
                "In the last {days} days the log shows **{sessions}** of yours, with {people} of your {reps}.", more
            ),
            days=logged_sessions.RECENT_DAYS,
            sessions=wording.count(total, "session"),
            people=int((held["sessions"] > 0).sum()),
            reps=wording.count(len(held), "rep"),
            minutes=wording.number(minutes),
            needed=wording.hours(time_budget.hours_needed(len(held))),
        ),
        table(_log_rows(held), caption=_log_caption(team, held), numbers=["Sessions", _PER_WEEK]),
        note("A session that nobody wrote down is not there. The log says that you met, not how good it was."),
    )


def own_deals(team: Team) -> PagePart:
    """Open deals that are still in the manager's name: a list to hand over."""
    deals = team.own_deals
    still_open = deals[deals["outcome"] == "open"]
    if still_open.empty:
        return say("No open deal in this export is in your name. Good: that is one thing less to hand over.")
    worth = still_open["amount"].sum(min_count=1)
    first_deals = still_open.sort_values(["expected_close_on", "opportunity_id"], kind="stable").head(_MOST_DEALS)
    rest = len(still_open) - len(first_deals)
    if pd.isna(worth):
        in_your_name = "**{deals}** {are} still in your name."
    elif still_open["amount"].isna().any():
        in_your_name = "**{deals}** {are} still in your name, worth {worth} where the amount is known."
    elif len(still_open) == 1:
        in_your_name = "**{deals}** {are} still in your name, worth {worth}."
    else:
        in_your_name = "**{deals}** {are} still in your name, worth {worth} together."
    return together(
        say(
            wording.paragraph(
                in_your_name,
                "A customer waits for a rep in each, and each takes hours that your reps need.",
                "Give every one a new owner and a day.",
            ),
            deals=wording.count(len(still_open), "open deal"),
            are="is" if len(still_open) == 1 else "are",
            worth=wording.money(worth, team.currency),
        ),
        table(
            _deal_rows(team, first_deals),
            caption=f"Your own open deals: {len(first_deals)} of {len(still_open)}",
            numbers=["Amount"],
        ),
        say("{rest} more are in the data; they come later.", rest=wording.number(rest)) if rest else None,
    )


def proposed_split(team: Team, coaching_hours: float = 0) -> PagePart:
    """A first split of the coaching hours, in the order of names, with a reason a line.

    `coaching_hours` are hours a week; 0 takes what the manager wrote above, or else what the arithmetic asks for.
    """
    reps = team.reps
    if reps.empty:
        return say("Without reps there are no hours to split yet.")
    meant = float(coaching_hours) or hours.coaching_hours(saved_answers(team).values)
    to_split = meant or time_budget.hours_needed(len(reps))
    focus = focus_proposed(team)
    new = frozenset(plans.new_reps(reps, team.as_of)["person_id"])
    split = time_budget.proposed_split(focus, to_split, new, frozenset(far_behind(team)))
    rows = pd.DataFrame(
        {"Rep": split["name"], "A week": [wording.hours(h) for h in split["hours"]], "Because": split["reason"]}
    )
    return together(
        say(
            "A first split of **{hours} a week**. Everybody gets a share. You know more than the data: change it.",
            hours=wording.hours(to_split),
        ),
        table(
            rows,
            caption=f"Proposed hours a week, {wording.count(len(rows), 'rep')}, in the order of names",
            numbers=["A week"],
        ),
    )


def from_calendar(team: Team) -> PagePart:
    """The hours of the last four weeks by kind, from a calendar file in the workbook's folder."""
    folder = workbook_of(team)
    file = calendars.calendar_in(folder) if folder else None
    if file is None:
        return say(
            "**Your calendar can fill in last week.** Export it as an .ics file, put the file into the folder of your "
            "workbook, and run this page again. It is read here and sent nowhere."
        )
    first = team.as_of - timedelta(days=_CALENDAR_DAYS - 1)
    span_read = calendars.meetings(calendars.read_calendar(file), first, team.as_of)
    held = span_read.held
    span = f"the {_CALENDAR_DAYS} days up to {wording.day(team.as_of)}"
    if not held:
        return say("{file} holds no meeting in {span}. Export a newer one.", file=file.name, span=span)
    names = list(team.reps["name"].dropna())
    sorted_hours = sort_hours([(m.title, m.hours) for m in held], _CALENDAR_DAYS / 7, names)
    coaching = sum(sorted_hours.hours[kind] for kind in time_budget.FOR_COACHING)
    rows = pd.DataFrame(
        {"Kind": list(sorted_hours.hours), "Hours a week": [wording.number(h, 1) for h in sorted_hours.hours.values()]}
    )
    return together(
        say(
            "By your calendar, coaching and listening take **{coaching} hours a week**. Your team needs {needed}.",
            coaching=wording.number(coaching, 1),
            needed=wording.hours(time_budget.hours_needed(len(team.reps))),
        )
        if len(team.reps)
        else None,
        table(
            rows,
            caption=f"{file.name}: {wording.count(len(held), 'meeting')} in {span}, by the words in their titles",
            numbers=["Hours a week"],
        ),
        note(
            "Work without a meeting is not in it. Copy what is right into the sheet below. "
            + ("These titles told nothing and count as internal meetings: {titles}." if sorted_hours.unsorted else ""),
            titles=wording.listing(sorted_hours.unsorted[:_MOST_TITLES]),
        ),
        _counted_once(span_read.counted_once),
    )


def _counted_once(titles: list[str]) -> PagePart | None:
    if not titles:
        return None
    return note(
        "These repeat by a rule that cannot be laid out, so each counts on its first day alone: {titles}.",
        titles=wording.listing([title or "one without a title" for title in dict.fromkeys(titles)][:_MOST_TITLES]),
    )


def hours_sheet(team: Team) -> Form:
    """The week by kinds of hours, and what is settled: to be filled in."""
    return form(saved_answers(team), hours.hours(), hours.settled())


def balance(team: Team) -> PagePart:
    """What the sheet above frees, to whom it goes, and how many coaching hours are still missing."""
    answers = saved_answers(team).values
    written = hours.written(answers)
    if not any(line.now is not None for line in written):
        return say("Fill in the sheet above, and this part adds up what is freed and what is still missing.")
    freed = [line for line in written if line.freed and line.kind not in time_budget.FOR_COACHING]
    mine, needed = hours.coaching_hours(answers), time_budget.hours_needed(len(team.reps))
    return together(
        _still_missing(mine, needed) if needed else None,
        _handed_back(freed),
        _without_a_taker([line.kind for line in freed if not line.who]),
    )


def _still_missing(mine: float, needed: float) -> PagePart:
    missing = needed - mine
    if missing <= 0:
        return say(
            "**Nothing is missing.** You keep {mine} a week for coaching and listening; your team needs {needed}.",
            mine=wording.hours(mine),
            needed=wording.hours(needed),
        )
    return say(
        "**{missing} a week {are} still missing.** You keep {mine} for coaching and listening; your team needs about "
        "{needed}. Hand more back, begin with fewer reps, or take this to your leader ({cover}).",
        missing=wording.hours(missing),
        are="is" if missing <= 1 else "are",
        mine=wording.hours(mine) if mine else "no hours",
        cover=named("cover_from_your_leader"),
        needed=wording.hours(needed),
    )


def _handed_back(freed: list[hours.KindOfHours]) -> PagePart:
    if not freed:
        return say("By the sheet you hand nothing back yet: no kind of hours gets fewer.")
    rows = pd.DataFrame(
        {
            "You hand back": [line.kind for line in freed],
            "Hours a week": [wording.number(line.freed, 1) for line in freed],
            "To whom, from which day": [line.who or "nobody named yet" for line in freed],
        }
    )
    total = wording.hours(sum(line.freed for line in freed))
    return table(rows, caption=f"Freed by your own sheet: {total} a week", numbers=["Hours a week"])


def _without_a_taker(kinds: list[str]) -> PagePart | None:
    if not kinds:
        return None
    return note(
        "What has no new owner comes back: {kinds}.",
        kinds=wording.listing(wording.lower_first(kind) for kind in kinds),
    )


def _log_caption(team: Team, held: pd.DataFrame) -> str:
    span = f"the {logged_sessions.RECENT_DAYS} days up to {wording.day(team.as_of)}"
    need = wording.number(60 * time_budget.hours_needed(1))
    caption = f"Coaching written down in {span}, in the order of names"
    if held["minutes"].isna().all():
        return caption
    return f"{caption}; about {need} minutes a week are needed for each"


def _log_rows(held: pd.DataFrame) -> pd.DataFrame:
    rows = pd.DataFrame({"Rep": held["name"], "Sessions": [wording.number(n) for n in held["sessions"]]})
    if held["minutes"].notna().any():
        rows[_PER_WEEK] = [wording.number((0 if pd.isna(m) else m) / _WEEKS_SEEN) for m in held["minutes"]]
    rows["Last one"] = ["none written down" if pd.isna(day) else wording.day(day) for day in held["last_on"]]
    if held["last_focus"].notna().any():
        rows["Its subject"] = held["last_focus"].fillna("not given")
    return rows


def _deal_rows(team: Team, deals: pd.DataFrame) -> pd.DataFrame:
    title = deals["account"].fillna(deals["name"]).fillna(deals["opportunity_id"])
    rows = pd.DataFrame({"Deal": title})
    if deals["stage"].notna().any():
        rows["Stage"] = deals["stage"].fillna("not given")
    if deals["amount"].notna().any():
        rows["Amount"] = [wording.money(amount, team.currency) for amount in deals["amount"]]
    if deals["expected_close_on"].notna().any():
        rows["Expected to close"] = [wording.day(day) for day in deals["expected_close_on"]]
    return rows.assign(**{"New owner, and day": _LINE * 2})
