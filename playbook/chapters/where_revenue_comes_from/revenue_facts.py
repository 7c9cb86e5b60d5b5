"""What the chapter counts for one period: money per rep, what has no rep any more, the manager's own, and the quotas.

In: a team and a period.  Out: `PeriodStanding`; no sentence yet. The reps stand in the order of their names.
"""

from dataclasses import dataclass

import pandas as pd

from playbook import wording
from playbook.metrics.attainment import attainment
from playbook.metrics.open_deals import open_deals, won_ages
from playbook.metrics.periods import Period, month_of, quarter_of
from playbook.metrics.quota_by_rep import MONEY, quota_in
from playbook.metrics.revenue_by_rep import PARTS, in_all, revenue_by_rep
from playbook.remembering import remembered
from playbook.team import Team


@dataclass(frozen=True)
class PeriodStanding:
    """One period of a team.

    `by_rep`: the active reps' money and counts (`revenue.revenue_by_rep`), indexed by rep_id in the order of names.
    `gone`: the same sums of everybody else whose deals are the team's, people who left; `gone_people`: their number.
    `own`: the manager's own deals. `total`: the reps and those who left. `quotas`: `attainment.attainment` of the reps.
    `quota`: the team's money quota, with that of people who left during the period; NaN if there is none.
    """

    period: Period
    by_rep: pd.DataFrame
    gone: dict[str, float]
    gone_people: int
    own: dict[str, float]
    total: dict[str, float]
    quotas: pd.DataFrame
    quota: float


def month_and_quarter(team: Team) -> tuple[PeriodStanding, PeriodStanding]:
    """The month and the fiscal quarter that the team's day lies in."""
    quarter = quarter_of(team.as_of, team.company.settings.fiscal_year_starts)
    return standing(team, month_of(team.as_of)), standing(team, quarter)


@remembered
def standing(team: Team, period: Period) -> PeriodStanding:
    """What is won, committed, due and at risk in `period`, and what was asked."""
    everybody = pd.Series(team.company.people["person_id"].unique(), name="rep_id")
    owners = pd.concat([everybody, team.company.opportunities["rep_id"]]).drop_duplicates()
    deals, still_open = team.company.opportunities, open_now(team)
    rows = revenue_by_rep(deals, still_open, period, owners)
    by_rep = rows.loc[list(team.reps["person_id"])]
    others = rows.drop(index=[*by_rep.index, team.manager_id], errors="ignore")
    of_reps = in_all(by_rep)
    gone = in_all(others)
    return PeriodStanding(
        period=period,
        by_rep=by_rep,
        gone=gone,
        gone_people=int((others[[f"{part}_deals" for part in PARTS]].sum(axis=1) > 0).sum()),
        own=in_all(rows.loc[[team.manager_id]] if team.manager_id in rows.index else rows.iloc[:0]),
        total={key: of_reps[key] + gone[key] for key in of_reps},
        quotas=attainment(by_rep, team.company.quotas, period),
        quota=_team_quota(team, period),
    )


@remembered
def open_now(team: Team) -> pd.DataFrame:
    """Every open deal with its flags, the manager's own included; what is old is told by the reps' own won deals."""
    return open_deals(team.company, team.as_of, won_ages(team.deals, team.as_of))


def money_of(team: Team, sums: dict[str, float], part: str) -> str:
    """One part of a standing's sums as `$340k in 12 deals`; the deals alone where none of their amounts is known."""
    deals, unknown = int(sums[f"{part}_deals"]), int(sums[f"{part}_unknown"])
    counted = wording.count(deals, "deal")
    if not deals or unknown == deals:
        return counted
    known = f"{wording.rounded_money(sums[part], team.currency)} in {counted}"
    return f"{known} ({wording.number(unknown)} without an amount)" if unknown else known


def _team_quota(team: Team, period: Period) -> float:
    people = team.company.people
    here = people[~(people["left_on"] < pd.Timestamp(period.starts_on)) & (people["person_id"] != team.manager_id)]
    quotas = quota_in(team.company.quotas, period)
    money = quotas[(quotas["unit"] == MONEY) & quotas["rep_id"].isin(here["person_id"])]
    return float(money["quota"].sum()) if not money.empty else float("nan")
