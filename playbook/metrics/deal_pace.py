"""How long deals take from one step forward to the next, and until when each shows signs of moving.

In: stage history.  Out: one row per step forward, or per deal.
Only steps forward and wins are looked at: a loss is entered when somebody gets round to it, and a deal that is never
closed would seem to take for ever. A step is set beside steps between the same two stages, so that a stage which
somebody does not use makes nobody slow.
"""

from datetime import date

import pandas as pd

from playbook.company import Company
from playbook.metrics.stage_conversion import moves

_FOLLOWED_UP = 0.9  # entries younger than the time in which nine of ten steps come are left out
WON = "won"


def steps_forward(company: Company, as_of: date) -> pd.DataFrame:
    """The days between each deal's steps forward, of stages entered long enough ago.

    Entries are chosen by their age alone, so that quick steps are not counted more often than slow ones.

    Returns
    -------
    DataFrame: opportunity_id, days (from the first entry into a stage to that into the next higher one, or to the win),
    known_on (the day of the step), span (`Discovery to Proposal`, `Proposal to won`).
    """
    columns = ["opportunity_id", "days", "known_on", "span"]
    steps = moves(company)
    steps = steps[steps["stage_outcome"] == "open"]
    highest = steps.groupby("opportunity_id")["position"].cummax()
    before = highest.groupby(steps["opportunity_id"]).shift()
    steps = steps[before.isna() | (highest > before)]  # what was reached for the first time
    ends = company.opportunities.set_index("opportunity_id")[["outcome", "closed_on"]].reindex(steps["opportunity_id"])
    won = pd.Series((ends["outcome"] == "won").to_numpy(), index=steps.index)
    following = steps.groupby("opportunity_id")[["stage", "entered_on"]].shift(-1)
    last = following["stage"].isna()
    to = following["stage"].mask(last & won, WON)
    on = following["entered_on"].mask(last & won, pd.Series(ends["closed_on"].to_numpy(), index=steps.index))
    days = (on - steps["entered_on"]).dt.days
    enough = days.groupby(steps["stage"]).transform(lambda d: d.quantile(_FOLLOWED_UP))
    old = (pd.Timestamp(as_of) - steps["entered_on"]).dt.days >= enough
    table = steps[["opportunity_id"]].assign(
        days=days.astype("float64"), known_on=on, span=steps["stage"] + " to " + to.astype("str")
    )
    return table[to.notna() & old & (days >= 0)][columns].reset_index(drop=True)


def moving_until(company: Company) -> pd.Series:
    """The day until which each deal is known to be under way: its win, else its last change of stage.

    Without a stage history only wins tell; the days of losses and of open deals are NaT then. Indexed by
    opportunity_id.
    """
    deals = company.opportunities.set_index("opportunity_id")
    until = deals["closed_on"].where(deals["outcome"] == "won")
    if company.stage_history.empty:
        return until
    steps = moves(company)
    last = steps[steps["stage_outcome"] == "open"].groupby("opportunity_id")["entered_on"].max()
    return until.fillna(last.reindex(deals.index))


def alive_until(company: Company) -> pd.Series:
    """The day of each deal's last sign of life: its win, else the later of its last change of stage and activity.

    Not the day on which it was closed as lost: that is entered when somebody gets round to it. Indexed by
    opportunity_id.
    """
    moved = moving_until(company)
    last = company.activities.groupby("opportunity_id")["on"].max().reindex(moved.index)
    won = (company.opportunities["outcome"] == "won").to_numpy()
    return moved.where(won | last.isna() | (last <= moved), last)
