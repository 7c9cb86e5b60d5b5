"""Chapter 01, Your new role: the job as behaviours, the team as facts.

In: a team.  Out: what the chapter's cells show. Nobody is compared here.
"""

import pandas as pd

from playbook import wording
from playbook.coaching import plans
from playbook.display import Shown, say, switched_off, table, together
from playbook.forms import self_assessment
from playbook.forms.form import Form, form
from playbook.forms.keeping import kept_answers
from playbook.team import Team


def assessment(team: Team) -> Form:
    """The fourteen tasks as behaviours of the last two weeks, with a box for never, once and as a habit."""
    return form(kept_answers(team), self_assessment.assessment())


def team_at_a_glance(team: Team) -> Shown:
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


def the_data(team: Team) -> Shown:
    """What the import said about the export, if the workbook holds it."""
    if not team.import_summary:
        return say(
            "How the export was read is not kept with this team. Whoever built the workbook has the import report."
        )
    return say("{summary}", summary=team.import_summary)


def first_steps(team: Team) -> Form:
    """The sheet with which the chapter ends."""
    return form(kept_answers(team), self_assessment.first_steps())


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


def _about_new(team: Team, new: pd.DataFrame) -> Shown:
    if team.reps["hired_on"].isna().all():
        return switched_off(
            "Who is new",
            "The export does not say when people began.",
            "An export of users with their start date turns it on.",
        )
    if new.empty:
        return say("Nobody began in the last {days} days.", days=plans.NEW_DAYS)
    return say(
        "**New in the last {days} days: {names}.** Ramping takes months, so their figures say little yet. Chapter 07 "
        "has a plan for their first 90 days.",
        days=plans.NEW_DAYS,
        names=wording.listing(new["name"]),
    )
