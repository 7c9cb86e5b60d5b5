"""What the whole team shows, with its numbers, as several pages need it.

In: a team with its diagnosis.  Out: facts; the sentences are in `sentences.team_sentences`.
"""

from playbook.coaching.team_findings import TeamFinding, team_findings
from playbook.company import Company
from playbook.remembering import remembered
from playbook.team import Team


def company_of_the_reps(team: Team) -> Company:
    """The team's company without the manager's own deals."""
    history = team.company.stage_history
    mine = history["opportunity_id"].isin(team.own_deals["opportunity_id"])
    return team.company.with_tables(opportunities=team.deals, stage_history=history[~mine])


@remembered
def findings_of_the_team(team: Team) -> list[TeamFinding]:
    """What the team's active reps show together, the costliest first."""
    diagnosis, levels, reps = team.finding("diagnosis"), team.finding("levels"), team.reps["person_id"]
    if diagnosis.empty:
        return []
    own_levels = levels if levels.empty else levels[levels["rep_id"].isin(reps)]
    own = diagnosis[diagnosis["rep_id"].isin(reps)]
    return team_findings(own, own_levels, company_of_the_reps(team), team.as_of)
