"""The improvement plan: a draft per rep, 30-60-90 for new reps, a blank one for anybody.

In: a team with its diagnosis, and perhaps the name of one rep.  Out: what the chapter's cells show. A draft is there to
be written over by the rep; nothing in it is an order.
"""

import math

import pandas as pd

from playbook import wording
from playbook.catalogue import SECTIONS
from playbook.chapter_numbers import named
from playbook.chapters.chosen_focus import focus_chosen
from playbook.chapters.how_promoted import before_the_first_plan
from playbook.chapters.off import off_for_want_of
from playbook.chapters.the_coaching_conversation.conversation import chosen
from playbook.chapters.who_sells import to_watch
from playbook.coaching import plans
from playbook.coaching.driver_levels import aspect_of
from playbook.coaching.selling_skills import SKILLS
from playbook.coaching.when_known import WhenKnown
from playbook.display import PagePart, heading, note, say, table, together
from playbook.drivers.driver import PER_DEAL, SHARE
from playbook.drivers.registry import driver_of, label_of
from playbook.forms import improvement_plan
from playbook.forms.fold import Fold
from playbook.forms.form import Form, Part, form
from playbook.forms.saved_answers import saved_answers
from playbook.sentences.verdict_sentences import reason_of
from playbook.team import Team

_BOTH_SIDES = "To tell {change} from luck takes about **{needed}** after the change, beside the {known} before it."
_NEVER = (
    "**The numbers can never show {change} from here:** it takes at least {half} {many} before it, and there are "
    "{known}. So agree on something that you can both see."
)


def drafts(team: Team, rep: str = "") -> PagePart | Form:
    """A draft for each rep with something to coach or to watch (or for `rep` alone, a name or an id).

    Raises
    ------
    UnusableInput : if `rep` is nobody of the team.
    """
    saved = saved_answers(team)
    if team.reps.empty:
        nobody = say("In this export nobody who sells reports to you. The blank plan below is for your first rep.")
        return form(saved, nobody, before_the_first_plan(team), _days(team), _to_choose_from())
    focus = chosen(focus_chosen(team, saved.values), rep)
    with_focus = focus[focus["driver"].notna()]
    if with_focus.empty:
        whom = focus["name"].iloc[0] if rep else "anybody of your team"
        return form(
            saved,
            say(
                "The data gives no focus for {whom}. So the rep chooses one: from the skills sheet of {chapter}, or "
                "from these five.",
                whom=whom,
                chapter=named("the_coaching_conversation"),
            ),
            before_the_first_plan(team),
            _to_choose_from(),
            _days(team),
            *_plans_to_fill_in(team, focus),
        )
    levels = team.finding("levels")
    drafts_of_each = [
        plans.draft(team.company, row, team.as_of, aspect_of(levels, row["rep_id"], row["driver"]))
        for _, row in with_focus.iterrows()
    ]
    return form(
        saved,
        before_the_first_plan(team),
        _days(team),
        *(part for draft in drafts_of_each for part in _draft(team, draft)),
        None
        if len(with_focus) == len(focus)
        else Fold("For the others: five to choose one from", (_to_choose_from(),)),
        say(
            "Numbers alone often take longer than a year to show a change, for anybody. That is why the plan looks at "
            "behaviour first. Do not promise to see it in next quarter's win rate."
        ),
        note(
            "“When could we know” is worked out for the deals before and after, a chance of 80% to see the change, "
            "and a false alarm in 5 of 100 cases."
        ),
    )


def new_reps(team: Team) -> PagePart | Form:
    """30-60-90 days for each rep who began within the last 120 days."""
    reps = team.reps
    if reps.empty:
        return say("There is nobody to ramp yet. The three steps above hold for the first rep whom you hire.")
    if reps["hired_on"].isna().all():
        who_is_new = SECTIONS["who_is_new"]
        return off_for_want_of(who_is_new.what, who_is_new.needs, "The three steps hold for any new rep.")
    new = plans.new_reps(reps, team.as_of)
    if new.empty:
        return say(
            "Nobody of your {reps} began in the last {days} days.",
            reps=wording.count(len(reps), "rep"),
            days=plans.NEW_DAYS,
        )
    return form(saved_answers(team), *(part for _, row in new.iterrows() for part in _ramp(team, row)))


def blank(team: Team) -> Form:
    """A plan for anybody; the rep holds the pen."""
    return form(saved_answers(team), improvement_plan.plan("An improvement plan. The rep holds the pen."))


def _to_choose_from() -> PagePart:
    """The five skills, each with an if-then and with the sign that both can see soon."""
    rows = pd.DataFrame(
        [(skill.name, skill.if_then, wording.upper_first(skill.sign)) for skill in SKILLS],
        columns=["Skill", "When … then …", "Seen soonest in"],
    )
    return table(rows, caption="Five to choose one from, in the rep's own words", words=["When … then …"])


def _plans_to_fill_in(team: Team, focus: pd.DataFrame) -> list[Fold]:
    """A plan for each of `focus` whom there is something to watch."""
    reps = to_watch(team)
    chosen_reps = focus[focus["rep_id"].isin(reps["person_id"])]
    return [
        Fold(
            f"The plan of {name}, to fill in or to print",
            (improvement_plan.plan(f"Plan of {name}. {name} holds the pen.", rep_id),),
        )
        for rep_id, name in zip(chosen_reps["rep_id"], chosen_reps["name"], strict=True)
    ]


def _draft(team: Team, draft: plans.Draft) -> list[Part]:
    play = draft.play
    rows = pd.DataFrame(
        [
            ("One focus", wording.upper_first(play.focus)),
            ("When … then …", play.if_then),
            ("Seen soonest in", wording.upper_first(play.leading_indicator)),
            ("What I, the manager, do", play.support),
        ],
        columns=["Part", "A draft to write over"],
    )
    introduction = together(
        heading(f"{draft.name}: {wording.lower_first(play.topic)}"),
        note("In your data: {label}.", label=label_of(draft.driver)),
        _how_sure(draft),
        table(rows, caption=f"A draft for {draft.name}, to be changed in the rep's own words"),
    )
    behind = together(
        heading("What does the data show?", 4),
        say("{why}", why=reason_of(team.finding("diagnosis"), draft.rep_id, draft.driver, team.currency).what_was_seen),
        heading("It worked if", 4),
        say("{worked}", worked=play.worked_if),
        heading("When could we know?", 4),
        _when(team, draft),
    )
    title = f"Plan of {draft.name}. {draft.name} holds the pen."
    return [
        introduction,
        Fold(f"What the data shows of {draft.name}, and when it could show a change", (behind,)),
        Fold(
            f"The plan of {draft.name}, to fill in or to print",
            (improvement_plan.plan(title, draft.rep_id, draft.driver),),
        ),
    ]


def _how_sure(draft: plans.Draft) -> PagePart:
    if draft.verdict == "coach":
        return say("Watch first. If you see something else than the data suggests, write another plan.")
    return say(
        "This is a sign, not evidence. Make a plan only if you saw it yourself, and {name} agrees.",
        name=draft.name,
    )


def _days(team: Team) -> PagePart:
    steps = plans.steps(team.as_of)
    after = [f"after {wording.count(n, 'working day')}" for n in steps["working_day"]]
    rows = pd.DataFrame({"Step": steps["step"], "When": after})
    if not team.days_old:
        rows["Day"] = [wording.day(on) for on in steps["on"]]
    begin = "the day on which you start" if team.days_old else wording.day(team.as_of)
    return together(
        say("Each draft keeps the same rhythm. Give each rep days of their own."),
        table(rows, caption=f"Days to look again, counted from {begin}. Move what falls on a holiday."),
    )


def _when(team: Team, draft: plans.Draft) -> PagePart:
    when = draft.when
    if when.needed is None:
        return say(
            "{name} has too few {counted} to work this out yet ({seen} in the last half year). Look at the leading "
            "indicator.",
            name=draft.name,
            counted=when.counted_many,
            seen=wording.number(when.seen),
        )
    sentences = [
        _NEVER if when.never else _BOTH_SIDES,
        *([] if when.level is None else [driver_of(draft.driver).aspect(when.aspect).stands]),
        "" if when.never else _pace(team, when),
    ]
    return say(
        wording.paragraph(*sentences),
        name=draft.name,
        change=_change(draft.driver, when),
        needed=f"{wording.number(when.after or when.needed)} {when.counted_many}",
        half=wording.number(math.ceil(when.needed / 2)),
        counted=when.counted,
        level="" if when.level is None else wording.share(when.level),
        known=wording.number(when.known),
        many=when.counted_many,
        span="the pace of the last half year" if when.half_year else "the pace so far",
        weeks=wording.count(round((when.on - team.as_of).days / 7), "week") if when.on else "",
        month=wording.month(when.on),
    )


def _change(driver: str, when: WhenKnown) -> str:
    row = driver_of(driver)
    if row.unit == SHARE:
        return f"a change of {wording.points(when.change)}"
    if row.unit == PER_DEAL:
        return f"a change of {wording.number(when.change, 1)} per deal"
    return f"a change by {wording.share(when.change)}"


def _pace(team: Team, when: WhenKnown) -> str:
    """The template of the sentence on the day, or on why there is none."""
    if not when.per_week:
        return "The last half year shows no {counted} of {name}, so there is no day to give."
    if when.on is None:
        return "At {span} that is more than three years away. So agree on something that you can both see sooner."
    if team.days_old:
        return "At {span} the data could know in about **{weeks}**. Until then, look at the leading indicator."
    return "At {span} the data could know in about **{weeks}**, in {month}. Until then, look at the leading indicator."


def _ramp(team: Team, row: pd.Series) -> list[Part]:
    ramp = plans.ramp(row["hired_on"])
    ahead = ramp[ramp["on"] > pd.Timestamp(team.as_of)]
    where = (
        f"Day {ahead['day'].iloc[0]} is the next to look at."
        if len(ahead)
        else "All three days are past. Look back together: what can {name} do by now, and what was missing?"
    )
    by = [f"Day {day}: {wording.day(on)}" for day, on in zip(ramp["day"], ramp["on"], strict=True)]
    introduction = together(
        heading(f"{row['name']}: the first 90 days"),
        say(
            "{name} began on {day}, {days} before the day of this data. Figures of the first months say little. "
            + where,
            name=row["name"],
            day=wording.day(row["hired_on"]),
            days=wording.days(row["day"]),
        ),
    )
    caption = f"{row['name']}: 30, 60 and 90 days after {wording.day(row['hired_on'])}"
    return [introduction, improvement_plan.ramp(row["person_id"], caption, by)]
