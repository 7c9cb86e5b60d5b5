"""Each rep: the team on two axes, the line-up, a part per rep, and what the data cannot say about anybody.

In: a team with its findings.  Out: what the chapter's cells show. People stand by name. A rep's part holds nothing of
anybody else, so that it can be shown to that rep.
"""

import pandas as pd

from playbook import wording
from playbook.chapter_numbers import number_of
from playbook.chapters.chosen_focus import choices
from playbook.chapters.coaching_began import coaching_began
from playbook.chapters.each_rep.record_part import record_of_team
from playbook.chapters.each_rep.rep_part import rep_part
from playbook.chapters.each_rep.team_map_rows import (
    focus_of,
    in_words,
    map_rows,
    map_table,
    quiet,
    reps_in_words,
    stake_of,
)
from playbook.chapters.not_computed import without_diagnosis
from playbook.chapters.off import off_for_want_of
from playbook.chapters.the_coaching_conversation.conversation import chosen
from playbook.coaching.focus import GROUPS, START
from playbook.coaching.shared_causes import THE_CALENDAR, of_the_calendar, shared_by_the_team
from playbook.display import (
    NOTHING,
    PagePart,
    bullets,
    figure,
    folded,
    note,
    say,
    together,
)
from playbook.drivers.registry import DRIVERS, label_of
from playbook.figures import line_up_figure as line_up_figure
from playbook.figures import team_map as map_figure
from playbook.forms import decision
from playbook.forms.form import Form, form
from playbook.forms.saved_answers import saved_answers
from playbook.metrics.line_up import CHARTS, FEWEST_DEALS, FEWEST_REPS, LineUp, line_up
from playbook.team import Team

_MOST_DRAWN = 100  # reps with pictures: a page of many more takes long to open, on paper hundreds of sheets
_TELLS = 0.05  # as seldom as this by luck: then a chart shows something
_OFTEN = 0.20
_TWO_AXES = (
    "The two axes stay apart on purpose. A large sum with little certainty calls for watching, not for coaching."
)
_GROUPS = (
    "**Start here:** luck hardly explains the difference. **Ask first:** it may be how the record is kept. "
    "**Observe first:** a sign, too little data, or far behind the quota. **No sure difference:** no proof that all is "
    "well."
)
_CALLS_FOR_A_LOOK = {"coach": 0, "ask_first": 1, "disputed": 2, "watch": 3, "strength": 4}
_MONEY_DRAWN = "Thin line: the range in which the money lies nine times out of ten."
_NO_MONEY = "What is at stake in money cannot be told for these drivers."
_NO_DOT = "Without a dot: too few people outside the team stand behind it for numbers to be shown."
_HOW_TO_READ = folded(
    "How to read the pictures",
    note(
        "Every driver has its own line, on one scale. Right is better for the business. A dot in the grey is ordinary "
        "luck. A dot outside it is not yet a finding: with ten drivers and several reps some land there by luck. The "
        "colour has allowed for that: filled orange is evidence, hollow orange a sign, blue a strength, grey neither."
    ),
)


def team_map(team: Team) -> PagePart:
    """Who has something to coach, how sure that is and what is at stake: groups by verdict, by name in each."""
    if (silent := _nothing_to_say(team)) is not None:
        return silent
    rows = map_rows(team)
    focused = rows[rows["driver"].notna()]
    groups = [
        f"{group}: {wording.count(int((rows['group'] == group).sum()), 'rep')}"
        for group in GROUPS
        if (rows["group"] == group).any()
    ]
    counted = wording.listing(groups)
    if focused.empty:
        return together(
            say(quiet(rows), reps=reps_in_words(team)),
            folded("Each of them", map_table(team, rows)),
        )
    start = rows.loc[rows["group"] == START, "name"]
    title = (
        f"There is something to coach with {_few(start)}"
        if len(start)
        else "There are signs to watch, and no evidence to coach on yet"
    )
    money_text = lambda amount: wording.money(amount, team.currency)  # noqa: E731
    stakes = [stake_of(team, row) for row in rows.itertuples()]
    drawn = rows.assign(money_low=[s.low for s in stakes], money_high=[s.high for s in stakes])
    axes = map_figure.team_map(drawn, money_text=money_text)
    picture = figure(
        axes,
        title=f"{title}.",
        alt=f"{reps_in_words(team)} in groups, by name in each. {counted}. {in_words(team, focused)}",
        below=wording.paragraph(
            f"{wording.upper_first(reps_in_words(team))}, by name in each group. Filled: evidence; hollow: a sign. "
            "One driver a rep.",
            _MONEY_DRAWN if rows["money"].notna().any() else _NO_MONEY,
            _NO_DOT if focused["probability"].isna().any() else "",
        ),
    )
    return together(
        picture,
        folded("The same as a table", map_table(team, rows)),
        say(wording.paragraph(_TWO_AXES if rows["money"].notna().any() else "", _GROUPS)),
    )


def which_is_real(team: Team) -> PagePart | Form:
    """The line-up: nine charts, one the real team, eight the same deals shuffled among the reps; the answer folded."""
    deals = team.deals[team.deals["rep_id"].isin(team.reps["person_id"])]
    order = pd.Categorical(deals["rep_id"], categories=team.reps["person_id"], ordered=True)
    in_order = deals.assign(_order=order).sort_values(["_order", "opportunity_id"]).drop(columns="_order")
    lineup = line_up(in_order, team.company.settings.company_id, team.manager_id)
    if lineup is None:
        return say(
            "There are too few deals for this test: it takes {reps} reps or more with {deals} closed deals each. So no "
            "chart of win rates by rep can tell you anything yet.",
            reps=wording.in_words(FEWEST_REPS),
            deals=wording.in_words(FEWEST_DEALS),
        )
    reps = lineup.charts["rep_id"].nunique()
    axes = line_up_figure.line_up(lineup.charts, lineup.overall)
    closed = wording.count(lineup.deals, "closed deal")
    picture = figure(
        axes,
        title="Eight of these nine charts are pure luck. Which one is your team?",
        alt=(
            f"Nine small charts of {reps} reps and their share of won deals, {closed}. One is the team as it is. In "
            "the others the same deals were dealt out to the reps by chance. Which is which stands below."
        ),
        below=(
            f"A dot is a rep: the share won of {closed}, {reps} reps in the same order. The line is all of them "
            f"together ({wording.share(lineup.overall)})."
        ),
    )
    saved = saved_answers(team)
    return form(
        saved,
        picture,
        decision.which_chart(team.as_of, CHARTS),
        folded("Choose one first. Then open the answer", *_answer(lineup, decision.guessed(saved.values, team.as_of))),
        say(
            "If you cannot tell which chart is real, do not coach from it. That is no failure of yours: small "
            "numbers move that much."
        ),
    )


def reps(team: Team, rep: str = "") -> PagePart:
    """A part for each rep by name (or for `rep` alone, a name or an id), each fit to be shown to that rep.

    Raises
    ------
    UnusableInput : if `rep` is nobody of the team.
    """
    if (silent := _nothing_to_say(team)) is not None:
        return silent
    everyone = chosen(focus_of(team), rep)
    if not everyone["rep_id"].isin(team.company.opportunities["rep_id"]).any() and len(everyone) > 1:
        return say(
            "**The export holds no deal of any of your {reps}.** So the data can say nothing, good or bad. Ask sales "
            "operations whether the deals run under other names. Until then, watch two real conversations of each.",
            reps=wording.count(len(everyone), "rep"),
        )
    began, drawn = coaching_began(team), _drawn(team, everyone["rep_id"])
    parts = [
        rep_part(team, row.rep_id, row.name, began, drawn=row.rep_id in drawn)
        for row in everyone.itertuples(index=False)
    ]
    return together(
        _HOW_TO_READ if any("<figure" in part.html for part in parts) else None,
        _not_all_drawn(len(everyone)) if len(drawn) < len(everyone) else None,
        *parts,
    )


def _drawn(team: Team, rep_ids: pd.Series) -> set[str]:
    """Whose part has pictures: everybody's, and in a very large team those first whose verdicts call for a look."""
    calls = team.finding("diagnosis").set_index("rep_id")["verdict"].map(_CALLS_FOR_A_LOOK)
    most = calls.groupby(level=0).min().reindex(rep_ids).fillna(len(_CALLS_FOR_A_LOOK))
    return set(most.sort_values(kind="stable").index[:_MOST_DRAWN])


def _not_all_drawn(reps: int) -> PagePart:
    return note(
        "**Pictures for {drawn} of {reps}.** More would make this page slow to open. Those come first whose verdicts "
        "call for a look; the others' numbers are all here, as tables. To see one rep's pictures, run this chapter in "
        "JupyterLab with the name as `rep` in its first code.",
        drawn=wording.number(_MOST_DRAWN),
        reps=wording.count(reps, "rep"),
    )


def cannot_say(team: Team) -> PagePart:
    """What is off for want of data, with the export that would switch it on, and what the whole team shows."""
    if team.reps.empty:
        return say("There is nobody to compare yet.")
    off = [
        off_for_want_of(driver.label, lacking)
        for driver in DRIVERS.values()
        if (lacking := driver.lacks(lambda needs: team.lacks(*needs)))
    ]
    shared, record = _shared(team), record_of_team(team)
    if not off and not shared and not record:
        return say("The export holds what each driver needs. Nothing shows in the whole team alone.")
    return together(*off, shared, record)


def first_step(team: Team) -> Form:
    """What the manager decides at the end of the chapter: one thing per rep with findings, and whom to begin with."""
    saved = saved_answers(team)
    whom = choices(team)
    return form(saved, decision.one_thing_each(whom) if whom else None, decision.first_rep())


def _answer(lineup: LineUp, guess: str) -> list[PagePart]:
    rare = lineup.further_apart / lineup.shuffles
    if rare < _TELLS:
        so = "Luck alone seldom does that; among many teams a few look so. Which rep, and why, this chart cannot tell."
    elif rare < _OFTEN:
        so = "Luck alone does that about once in {once} times: too often to coach anybody from this chart."
    else:
        so = "So luck alone makes teams like yours all the time. Do not coach anybody from this chart."
    return [
        say(
            "**Chart {real} is your team.** You chose chart {guess}." if guess else "**Chart {real} is your team.**",
            real=lineup.real,
            guess=guess,
        ),
        say(
            f"Of {{all}} shuffled teams, {{further}} lie as far apart as yours or further. {so}",
            once=wording.in_words(round(1 / max(rare, 0.01))),
            all=wording.number(lineup.shuffles),
            further=wording.number(lineup.further_apart) if lineup.further_apart else "none",
        ),
        note(
            "The parts below compare deals that are alike, step by "
            "step. So they can see a difference that hides in the win rate, and stay silent about one that is luck. "
            "The test comes from Buja and others (2009) and Wickham and others (2010)."
        ),
    ]


def _shared(team: Team) -> PagePart:
    diagnosis = team.finding("diagnosis")
    if diagnosis.empty:
        return NOTHING
    rows = shared_by_the_team(diagnosis)
    drivers = rows.loc[rows["rep_id"].isin(team.reps["person_id"]), "driver"].drop_duplicates().sort_values()
    calendar = note(f"About the win rate: {wording.lower_first(THE_CALENDAR)}")
    calendar = calendar if of_the_calendar(diagnosis).any() else NOTHING
    if drivers.empty:
        return calendar
    return together(
        calendar,
        say("**No talk with one rep, as the whole team or segment shows it:**"),
        bullets(label_of(driver) for driver in drivers),
        note(
            "Look at the process, the product and the leads first: chapter {apart} takes it apart, chapter {cover} "
            "asks for help.",
            apart=number_of("why_deals_are_lost"),
            cover=number_of("cover_from_your_leader"),
        ),
    )


def _nothing_to_say(team: Team) -> PagePart | None:
    if team.reps.empty:
        return say("In this export nobody who sells reports to you. This chapter fills once somebody does.")
    return without_diagnosis("The comparison of reps", team) or None


def _few(names: pd.Series) -> str:
    return wording.listing(names) if len(names) <= 4 else f"{len(names)} reps"
