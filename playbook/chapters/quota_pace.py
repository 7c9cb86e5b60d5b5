"""Who is far behind the pace of their quota: a fact beside what the comparison with peers cannot explain.

In: a team.  Out: per rep how much of which quota is won and how much of its time is over. A quarter that has just begun
says nothing, so the one before it speaks instead.
"""

from dataclasses import dataclass

import pandas as pd

from playbook import wording
from playbook.chapters.where_revenue_comes_from.revenue_facts import standing
from playbook.metrics.periods import Period, quarter_of, quarters_before
from playbook.remembering import remembered
from playbook.team import Team

_EARLY = 1 / 3  # of a quarter; before that, what is won so far tells nothing
_FAR = 1 / 2  # of the pace
_RUNNING = "{attained} of the quota for {period} is won, with {gone_by} of its days over."
_WHOLE = "In {period}, {attained} of the quota was won."


@dataclass(frozen=True)
class QuotaPace:
    """A rep's share of a quota that is won, and the share of its days that is over (1 for a quarter that has ended)."""

    attained: float
    gone_by: float
    period: str

    @property
    def sentence(self) -> str:
        """The fact, whole."""
        form = _RUNNING if self.gone_by < 1 else _WHOLE
        fact = form.format(
            attained=wording.share(self.attained), period=self.period, gone_by=wording.share(self.gone_by)
        )
        return wording.upper_first(fact)


@remembered
def far_behind(team: Team) -> dict[str, QuotaPace]:
    """The reps who have won less than half of what the days of their quota would ask for, by id."""
    if team.company.quotas.empty or team.lacks("opportunities.closed_on"):
        return {}
    running = quarter_of(team.as_of, team.company.settings.fiscal_year_starts)
    gone_by = 1 - running.days_left(team.as_of) / running.days
    if gone_by >= _EARLY:
        return _behind(team, running, gone_by)
    (last,) = quarters_before(running, 1)
    return _behind(team, last, 1.0)


def _behind(team: Team, period: Period, gone_by: float) -> dict[str, QuotaPace]:
    begun = team.reps.set_index("person_id")["hired_on"]
    here = begun.isna() | (begun <= pd.Timestamp(period.starts_on))
    rows = standing(team, period).quotas
    rows = rows[rows["rep_id"].isin(here.index[here]) & (rows["covered"] >= 0.99) & (rows["quota"] > 0)]
    worst = rows.dropna(subset=["attained"]).sort_values("attained", kind="stable").drop_duplicates("rep_id")
    slow = worst[worst["attained"] < _FAR * gone_by]
    return {row.rep_id: QuotaPace(row.attained, gone_by, period.name) for row in slow.itertuples()}
