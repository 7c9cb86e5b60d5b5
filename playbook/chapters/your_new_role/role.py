"""Your new role: the job as behaviours, the team as facts.

In: a team.  Out: what the chapter's cells show. Nobody is compared here.
"""

import pandas as pd

from playbook import wording
from playbook.catalogue import SECTIONS
from playbook.chapter_numbers import number_of
from playbook.chapters.off import off_for_want_of
from playbook.coaching import plans
from playbook.coaching.self_view import FEWEST_ANSWERS, Gap, gaps, two_to_build
from playbook.display import PagePart, note, say, table, together
from playbook.forms import self_assessment
from playbook.forms.form import Form, form
from playbook.forms.saved_answers import saved_answers, workbook_of
from playbook.team import Team
from playbook.workbook import LEADERS_SHEET, TEAMS_SHEET

_HOW_FAR = {0.5: "a little ", 1.0: "", 1.5: "much ", 2.0: "much "}
_FEWEST = wording.in_words(FEWEST_ANSWERS)
_STEPS = {0.0: "never", 0.5: "never to once", 1.0: "once", 1.5: "once to a habit", 2.0: "a habit"}


def assessment(team: Team) -> Form:
    """The fourteen tasks as behaviours of the last two weeks, with a box for never, once and as a habit."""
    return form(saved_answers(team), self_assessment.assessment())


def others_views(team: Team) -> Form:
    """What the leader's sheet and the team's sheets say, to be typed in; on paper where the sheets are found."""
    here = workbook_of(team) is not None
    sheets = [_sheet(LEADERS_SHEET, linked=here), _sheet(TEAMS_SHEET, linked=here)]
    where = "Two sheets lie beside this page" if here else "In a workbook of your own, two sheets lie beside this page"
    rest = "Print them, hand them out, and type in what comes back. Both are for those who want them: nobody has to."
    instructions = PagePart(
        f"<p>{where}: {wording.listing(sheet.html for sheet in sheets)}. {rest}</p>",
        f"{where}: {wording.listing(sheet.text for sheet in sheets)}. {rest}",
    )
    careful = note(
        "The team's sheet is anonymous. Ask someone your reps trust to collect it, and to give you only the totals. "
        "Fewer than {fewest} answers are shown nowhere: they would tell who said what.",
        fewest=_FEWEST,
    )
    return form(
        saved_answers(team), instructions, careful, self_assessment.leaders_view(), self_assessment.teams_view()
    )


def how_others_see_it(team: Team) -> PagePart:
    """Each task as the manager, the leader and the middle of the team see it, and where to talk first. No total."""
    seen = _gaps(team)
    answered = [gap for gap in seen if gap.leader is not None or gap.team is not None]
    if not answered:
        if any(gap.team_answers for gap in seen):
            return say("Of your team fewer than {fewest} answered, so it is shown nowhere.", fewest=_FEWEST)
        return say("Nothing of your leader or your team is typed in yet, so there is nothing to compare.")
    rows = pd.DataFrame([_as_seen(gap) for gap in answered])
    most = max((gap.team_answers for gap in answered if gap.team is not None), default=0)
    caption = "The tasks that others answered, in their order"
    if most:
        caption = f"{caption}; of your team the middle of up to {wording.count(most, 'answer')}"
    return together(
        _talk_first(answered),
        table(rows, caption=caption),
        note("A gap says that you two saw different things. It is no mark, and the lines do not add up to one."),
    )


def two_skills(team: Team) -> PagePart:
    """The two skills to build first, each with its reason: from the boxes, or where none is ticked a proposal."""
    seen = _gaps(team)
    first, second = two_to_build(seen)
    from_boxes = any(gap.own is not None for gap in seen)
    return together(
        say(
            "By what is ticked above, build these two first: **{one}** ({n}), as {why}; and **{two}** ({m}), as "
            "{because}."
            if from_boxes
            else "If you do not know where to begin: **{one}** ({n}), as {why}; and **{two}** ({m}), as {because}.",
            one=first.title,
            n=first.number,
            why=first.why_first,
            two=second.title,
            m=second.number,
            because=second.why_first,
        ),
        say("Choose others if you know better. The guide has a chapter for each task, under the same number."),
    )


def team_at_a_glance(team: Team) -> PagePart:
    """The people who report to the manager, in the order of their names: facts only."""
    reps = team.reps
    if reps.empty:
        return say(
            "In this export nobody who sells reports to you. If somebody does, ask sales operations to enter you as "
            "their manager, and have this workbook built again. The rest of this chapter holds all the same."
        )
    new = plans.new_reps(reps, team.as_of)
    opening = say(
        "You lead **{reps}**. The table is in the order of their names. It holds facts only, and it ranks nobody.",
        reps=wording.count(len(reps), "person", "people"),
    )
    caption = f"Your team on {wording.day(team.as_of)}: {wording.count(len(reps), 'person', 'people')}"
    return together(opening, table(_facts(team), caption=caption, numbers=["Open deals"]), _about_new(team, new))


def the_data(team: Team) -> PagePart:
    """What the import said about the export, if the workbook holds it."""
    if not team.import_summary:
        return say(
            "How the export was read is not kept with this team. Whoever built the workbook has the import report."
        )
    return say("{summary}", summary=team.import_summary)


def first_steps(team: Team) -> Form:
    """The sheet with which the chapter ends."""
    return form(saved_answers(team), self_assessment.first_steps())


def _gaps(team: Team) -> tuple[Gap, ...]:
    answers = saved_answers(team).values
    return gaps(
        self_assessment.own_boxes(answers),
        self_assessment.leaders_boxes(answers),
        self_assessment.teams_counts(answers),
    )


def _sheet(file: str, *, linked: bool) -> PagePart:
    """The name of a file beside the page, with a link where it is there."""
    return PagePart(f'<a href="{file}">{file}</a>' if linked else f"<strong>{file}</strong>", file)


def _talk_first(answered: list[Gap]) -> PagePart:
    differing = [f"{gap.task.title} ({gap.task.number})" for gap in answered if gap.differs]
    if differing:
        return say(
            "**Talk first about {tasks}.** There others see you differently from how you see yourself. Neither side is "
            "wrong: ask for one example.",
            tasks=wording.listing(differing),
        )
    if all(gap.own is None for gap in answered):
        return say("Tick your own boxes above as well: then the gaps show.")
    return say("**Nobody who answered sees it a whole step differently.** Ask for an example all the same.")


def _as_seen(gap: Gap) -> dict[str, str]:
    return {
        "Task": f"{gap.task.number}. {gap.task.title}",
        "You": _often(gap.own),
        "Your leader": _often(gap.leader),
        "Your team": _often(gap.team),
        "The gap": _gap_text(gap),
    }


def _often(step: float | None) -> str:
    return _STEPS[step] if step is not None else "–"


def _gap_text(gap: Gap) -> str:
    """Who sees more or less of it than the manager does, and how far apart they are."""
    if gap.own is None:
        return "tick your own box"
    sides = (("your leader", gap.from_leader), ("your team", gap.from_team))
    differences = [f"{who} sees {_HOW_FAR[abs(by)]}{'less' if by > 0 else 'more'} of it" for who, by in sides if by]
    return "; ".join(differences) or "alike"


def _facts(team: Team) -> pd.DataFrame:
    """One row per rep; a column that the export does not fill for anybody is left out."""
    reps = team.reps
    deals = team.deals
    open_deals = deals[deals["outcome"] == "open"].groupby("rep_id").size()
    facts = pd.DataFrame({"Name": reps["name"].fillna(reps["person_id"])})
    for heading, column in (("Job", "job"), ("Segment", "segment"), ("Territory", "territory")):
        if reps[column].notna().any():
            facts[heading] = reps[column].fillna("not given")
    if reps["hired_on"].notna().any():
        facts["Here since"] = [wording.month(day) for day in reps["hired_on"]]
    facts["Open deals"] = [wording.number(open_deals.get(rep, 0)) for rep in reps["person_id"]]
    return facts


def _about_new(team: Team, new: pd.DataFrame) -> PagePart:
    if team.reps["hired_on"].isna().all():
        return off_for_want_of(SECTIONS["who_is_new"].what, SECTIONS["who_is_new"].needs)
    if new.empty:
        return say("Nobody began in the last {days} days.", days=plans.NEW_DAYS)
    return say(
        "**New in the last {days} days: {names}.** Ramping takes months, so their figures say little yet. Chapter "
        "{plan} has a plan for their first 90 days.",
        days=plans.NEW_DAYS,
        names=wording.listing(new["name"]),
        plan=number_of("the_improvement_plan"),
    )
