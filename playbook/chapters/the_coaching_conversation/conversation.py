"""The coaching conversation: per rep a hypothesis, what to watch, what to ask, a scene, a rubric, a sheet.

In: a team with its diagnosis, and perhaps the name of one rep.  Out: what the chapter's cells show. The data gives a
place to look; no sentence here says why something is so, or that it is the rep.
"""

from collections import Counter

import pandas as pd

from playbook import wording
from playbook.chapter_numbers import named
from playbook.chapters.ask_first import ask_first_sentence
from playbook.chapters.chosen_focus import focus_chosen
from playbook.chapters.how_promoted import before_the_first_talk
from playbook.chapters.not_computed import without_diagnosis
from playbook.chapters.quota_pace import far_behind
from playbook.chapters.the_coaching_conversation.without_a_sign import (
    FOUR_QUESTIONS,
    STRENGTH_INTERVIEW,
    four_questions,
    strength_interview,
    two_conversations,
)
from playbook.chapters.who_sells import of_another_job, to_watch, without_deals
from playbook.coaching.focus import ASK, GROUPS, OBSERVE, START, UNSURE, FocusRow, of_rep, strengths
from playbook.coaching.plays import Play, play_of
from playbook.coaching.shared_causes import THE_CALENDAR, of_the_calendar, shared_by_the_team
from playbook.display import PagePart, bullets, folded, heading, note, say, table, together
from playbook.drivers.registry import label_of
from playbook.errors import UnusableInput
from playbook.forms import conversation_notes
from playbook.forms.fold import Fold
from playbook.forms.form import Form, Part, form, no_journal
from playbook.forms.saved_answers import saved_answers
from playbook.journal.verdict_diary import CONFIRMED, NOTHING_SEEN, SOMETHING_ELSE, results_in
from playbook.sentences.diary_sentences import diary
from playbook.sentences.verdict_sentences import reason_of
from playbook.team import Team

_MEANING = {
    START: "a difference that luck hardly explains",
    ASK: "a difference that may be how the record is kept, or shows in no result: ask before you coach",
    OBSERVE: "a sign, too little data, or far behind the quota: watch before you speak of it",
    UNSURE: "no proof that all is well: watch one conversation, and speak of what goes well",
}
_CERTAINTY = {
    "coach": "**Why** it is so, the data cannot say. You may find that it is not {name}.",
    "watch": "This is a sign, not yet evidence. It may be luck. Watch first, and speak of it only if you saw it.",
}
_ANY_IF_THEN = "When … happens, I will … (in the rep's own words)"
_NO_MORE_THAN_A_PLACE = say(
    "The data gave a place to look, no more. If you watched twice and saw nothing, the hypothesis was wrong: say so, "
    "and drop it. You can show each of these pages to the rep it is about."
)


def who(team: Team) -> PagePart:
    """The reps in three groups by verdict alone, by name inside each; at most one focus per rep."""
    if (silent := _nothing_to_say(team)) is not None:
        return together(silent, before_the_first_talk(team))
    focus = focus_chosen(team, saved_answers(team).values)
    lines = []
    for group in GROUPS:
        members = focus[focus["group"] == group]
        if not members.empty:
            names = wording.listing(_with_driver(row) for row in members.itertuples())
            lines.append(
                say(
                    "**{group}** ({meaning}): {names}.",
                    group=wording.upper_first(group),
                    meaning=_MEANING[group],
                    names=names,
                )
            )
    return together(
        say(
            "Your {reps}, by what the data can say. In a group they stand by name.",
            reps=wording.count(len(focus), "rep"),
        ),
        bullets(lines),
        _team_wide(team),
        before_the_first_talk(team),
    )


def conversations(team: Team, rep: str = "") -> PagePart | Form:
    """For each rep with a focus (or for `rep` alone, a name or an id) everything that the conversation needs.

    Raises
    ------
    UnusableInput : if `rep` is nobody of the team.
    """
    saved = saved_answers(team)
    if team.reps.empty or "diagnosis" not in team.findings:
        return form(saved, *_without_a_sign(team))
    everyone = focus_chosen(team, saved.values)
    chosen_reps = chosen(everyone, rep)
    with_focus = chosen_reps[chosen_reps["driver"].notna()]
    if not with_focus.empty:
        parts = [part for _, row in with_focus.iterrows() for part in _conversation(team, row, everyone)]
        return form(saved, *parts, _NO_MORE_THAN_A_PLACE)
    if rep:
        return form(saved, *(part for _, row in chosen_reps.iterrows() for part in _strengths_talk(team, row)))
    return form(
        saved,
        say(
            "**The data shows nobody to coach or to watch.** That is no proof that all is well, and no reason "
            "to look for a fault. Begin with the rep whom you have watched least."
        ),
        *_without_a_sign(team),
    )


def everyone_else(team: Team) -> PagePart:
    """What to do with the reps who have no focus: a strength to ask about, or something to watch."""
    if team.reps.empty or "diagnosis" not in team.findings:
        return say("Everybody gets the same two conversations and the same questions.")
    focus = focus_chosen(team, saved_answers(team).values)
    others = focus[focus["driver"].isna()]
    if others.empty:
        return say("Each of your reps has a focus above. Ask each of them what goes well, too.")
    advice = pd.DataFrame({"name": others["name"], "what": [_other(team, row) for row in _tuples(others)]})
    rows = advice.groupby("what", sort=False)["name"].agg(wording.listing).reset_index()
    return together(
        table(
            rows.rename(columns={"name": "Rep", "what": "What to do"})[["Rep", "What to do"]],
            caption=f"{wording.count(len(others), 'rep')} without a focus, in the order of names",
        ),
        None
        if focus["driver"].isna().all()  # then it stands above already
        else folded(
            "Two conversations to watch, four questions, a strength interview",
            two_conversations(),
            four_questions(),
            heading(STRENGTH_INTERVIEW, 3),
            strength_interview(),
        ),
    )


def how_often_it_was_so(team: Team) -> PagePart:
    """How many of the data's hypotheses were confirmed by looking, from the manager's own diary, with a range."""
    saved = saved_answers(team)
    if saved.journal is None:
        return no_journal(saved)
    results = Counter(result.result for result in results_in(saved.values))
    return together(
        say("{diary}", diary=diary(results[CONFIRMED], results[SOMETHING_ELSE], results[NOTHING_SEEN])),
        note("Counted are hypotheses of all your reps together, since you began. It says nothing about anybody."),
    )


def blank_sheet(team: Team) -> Form:
    """One page for a conversation with anybody."""
    sheet = conversation_notes.notes("A conversation", _ANY_IF_THEN)
    return form(saved_answers(team), sheet)


def chosen(focus: pd.DataFrame, rep: str) -> pd.DataFrame:
    """The rows of `focus_of_each` for `rep` (a name or an id, in any case); all of them where it is empty.

    Raises
    ------
    UnusableInput : if nobody of the team is called that.
    """
    wanted = rep.strip().casefold()
    if not wanted:
        return focus
    rows = focus[(focus["name"].str.casefold() == wanted) | (focus["rep_id"].str.casefold() == wanted)]
    if rows.empty:
        raise UnusableInput(
            f"nobody of your team is called {rep!r}.",
            where="the parameter rep",
            remedy=f"Write one of these names, or nothing: {wording.listing(focus['name']) or 'there are none'}.",
        )
    return rows


def _conversation(team: Team, row: pd.Series, everyone: pd.DataFrame) -> list[Part]:
    """What to do with one rep on one screen; what the talk needs besides, and the page to fill in, are folded."""
    play = play_of(row["driver"], team.company.stages)
    topic = wording.lower_first(play.topic)
    introduction = together(
        heading(f"{row['name']}: {topic}"),
        say(
            "**{label}.** {why}",
            label=label_of(row["driver"]),
            why=reason_of(team.finding("diagnosis"), row["rep_id"], row["driver"], team.currency).what_was_seen,
        ),
        say(_CERTAINTY[row["verdict"]], name=row["name"]),
        bullets(
            [
                say("**Watch first.** {first}", first=play.observe[0]),
                say("**If you saw it, ask:** {question} Then wait.", question=play.questions[0]),
                say(
                    "**Then practise** the moment that counts, twice. {chapter} drafts what you agree.",
                    chapter=wording.upper_first(named("the_improvement_plan")),
                ),
            ],
            ordered=True,
        ),
        _colleagues(team, row, everyone),
    )
    if_then = f"“{play.if_then}” In {row['name']}'s own words:"
    title = f"One page for you and {row['name']}: {topic}"
    sheets = (
        conversation_notes.rubric(row["rep_id"], row["name"], row["driver"], play),
        conversation_notes.hypothesis_result(row["rep_id"], row["name"], row["driver"], team.as_of),
        conversation_notes.notes(title, if_then, row["rep_id"], row["driver"]),
    )
    return [
        introduction,
        Fold(f"For the talk with {row['name']}: other reasons, all questions, a scene", (_the_talk(play),)),
        Fold(f"What you saw with {row['name']}, and one page to fill in or to print", sheets),
    ]


def _the_talk(play: Play) -> PagePart:
    """What is read once before the talk."""
    return together(
        heading("Perhaps not the rep", 4),
        bullets(play.perhaps_not_the_rep),
        heading("Read, and watch, too", 4),
        bullets([play.observe[1], *play.look_also]),
        heading("Ask, in this order, and wait", 4),
        bullets(play.questions, ordered=True),
        heading("Practise", 4),
        say("{scene}", scene=play.scene),
    )


def _colleagues(team: Team, row: pd.Series, everyone: pd.DataFrame) -> PagePart | None:
    """Those of the team whom the data shows as strong in the same driver, by name."""
    others = everyone[everyone["rep_id"] != row["rep_id"]]
    diagnosis = team.finding("diagnosis")
    strong = diagnosis[(diagnosis["driver"] == row["driver"]) & (diagnosis["verdict"] == "strength")]
    names = others.loc[others["rep_id"].isin(strong["rep_id"]), "name"]
    if names.empty:
        return None
    return say(
        "**A colleague may teach this better than you.** It is a strength of {names}. Ask both whether they would "
        "like to work on it together.",
        names=wording.listing(names),
    )


def _without_a_sign(team: Team) -> list[Part]:
    """All that a talk needs where the data says nothing, with a page for each rep whom there is something to watch."""
    reps = to_watch(team)
    pages = [
        Fold(f"A page for the talk with {name}", (conversation_notes.notes(f"You and {name}", _ANY_IF_THEN, rep_id),))
        for rep_id, name in zip(reps["person_id"], reps["name"].fillna(reps["person_id"]), strict=True)
    ]
    return [two_conversations(), four_questions(), Fold(STRENGTH_INTERVIEW, (strength_interview(),)), *pages]


def _strengths_talk(team: Team, row: pd.Series) -> list[Part]:
    introduction = together(
        heading(row["name"]),
        say("{what}", what=_other(team, row)),
        bullets(FOUR_QUESTIONS, ordered=True),
    )
    page = conversation_notes.notes(f"One page for you and {row['name']}", _ANY_IF_THEN, row["rep_id"])
    return [introduction, Fold(STRENGTH_INTERVIEW, (strength_interview(),)), page]


def _other(team: Team, row: FocusRow) -> str:
    """One sentence on a rep without a focus."""
    if getattr(row, "waits", False):
        return f"You chose nothing for now in {named('each_rep')}. Ask what they would like to get better at."
    own = of_rep(team.finding("diagnosis"), row.rep_id)
    strong = strengths(team.finding("diagnosis"), row.rep_id)
    if own["verdict"].eq("disputed").any():
        return "A verdict is disputed. Look at the rows together, and answer, before you coach it."
    if row.rep_id in of_another_job(team):
        return "The title is not a seller's, so no deals are compared. Ask what they work on, and what would help."
    if row.rep_id in without_deals(team):
        return "The export holds no deal of theirs. Ask under which name their deals run."
    if row.group == ASK:
        return ask_first_sentence(own)
    if not strong.empty:
        labels = wording.listing(label_of(driver) for driver in strong["driver"])
        return f"Stands out well in: {labels}. Ask how, and whether a colleague may watch."
    if row.group == OBSERVE and (pace := far_behind(team).get(row.rep_id)):
        return f"{pace.sentence} The data shows no cause. Watch two real conversations, and ask what is in the way."
    if row.group == OBSERVE:
        return "Too little data to say anything. Watch two real conversations, and ask what would help."
    return "The data shows no sure difference. Watch one conversation, and ask what they would like to get better at."


def _team_wide(team: Team) -> PagePart | None:
    diagnosis = team.finding("diagnosis")
    shared = shared_by_the_team(diagnosis)
    calendar = of_the_calendar(diagnosis).any()
    if shared.empty and not calendar:
        return None
    labels = wording.listing(label_of(driver) for driver in shared["driver"].drop_duplicates().sort_values())
    return together(
        note(
            "Not a talk with one rep: {labels}. The whole team or segment shows it. {chapters} take it up.",
            labels=labels,
            chapters=wording.upper_first(named("why_deals_are_lost", "cover_from_your_leader")),
        )
        if labels
        else None,
        note(f"The win rate is no matter for a talk with one rep. {THE_CALENDAR}") if calendar else None,
    )


def _nothing_to_say(team: Team) -> PagePart | None:
    if team.reps.empty:
        return say("In this export nobody who sells reports to you. Keep the blank sheet below for your first rep.")
    return without_diagnosis("Who has something to coach", team) or None


def _with_driver(row: FocusRow) -> str:
    return row.name if pd.isna(row.driver) else f"{row.name} ({wording.lower_first(label_of(row.driver))})"


def _tuples(frame: pd.DataFrame) -> list:
    return list(frame.itertuples(index=False))
