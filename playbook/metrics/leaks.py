"""Where deals leak: the team's share that leaves each stage forwards, and what one point more would bring.

In: a company's (or team's) deals and stage history.  Out: one row per stage.
A point's worth: a hundredth of the deals that leave the stage in a quarter, times the share of those passing it that
are won in the end, times what a won deal brings (mean, the largest and smallest twentieth drawn in). It takes the later
stages and the prices as they are.
"""

from datetime import date

import pandas as pd

from playbook.company import Company
from playbook.metrics.proportions import wilson
from playbook.metrics.stage_conversion import followed_up, stage_exits

SMALLEST_STAGE = 10
_LOOK_BACK = 540  # days: a year, and time for its deals to leave their stages
_YEAR = 365
_QUARTERS_A_YEAR = 4
_TRIMMED = 0.05  # of the won amounts at either end, so that one giant does not set the price of a point
_COLUMNS = ["stage", "position", "left", "passed", "rate", "low", "high", "won_after", "a_quarter", "a_point"]


def leaks(company: Company, as_of: date) -> pd.DataFrame:
    """Share of deals that left each stage forwards, of those that entered it in the last 18 months.

    Only entries old enough to know what became of them count (`stage_conversion.followed_up`).

    Returns
    -------
    DataFrame: stage, position, left, passed, rate, low, high (Wilson), won_after (share of those that passed and are
    closed that were won), a_quarter (deals leaving the stage per quarter, over the last 12 months), a_point (money per
    quarter that one percentage point more out of this stage is worth; NaN without amounts). By position.
    """
    exits = stage_exits(company)
    day = pd.Timestamp(as_of)
    known = followed_up(exits, as_of)
    recent = known[known["entered_on"] > day - pd.Timedelta(days=_LOOK_BACK)]
    if recent.empty:
        return pd.DataFrame(columns=_COLUMNS)
    outcome = recent["opportunity_id"].map(company.opportunities.set_index("opportunity_id")["outcome"])
    passed = recent["result"] == "passed"
    closed = passed & outcome.isin(["won", "lost"])
    rows = recent.assign(is_passed=passed, closed=closed, won=closed & (outcome == "won")).groupby("stage")
    sums = rows.agg(
        position=("position", "min"),
        left=("is_passed", "size"),
        passed=("is_passed", "sum"),
        closed=("closed", "sum"),
        won=("won", "sum"),
    )
    sums = sums.sort_values("position").reset_index()
    won_after = sums["won"] / sums["closed"].where(sums["closed"] > 0)
    a_quarter = sums["stage"].map(_leaving_a_quarter(exits, day)).astype("float64")
    worth = 0.01 * a_quarter * won_after * _typical_amount(company.opportunities)
    interval = wilson(sums["passed"], sums["left"])
    return sums.join(interval).assign(won_after=won_after, a_quarter=a_quarter, a_point=worth)[_COLUMNS]


def _leaving_a_quarter(exits: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """Deals that leave each stage per quarter, from those of the last year, or since the data begins if later."""
    left = exits[exits["left_on"] > day - pd.Timedelta(days=_YEAR)]
    days = min((day - exits["entered_on"].min()).days, _YEAR)
    return left.groupby("stage").size() / max(days, 1) * _YEAR / _QUARTERS_A_YEAR


def _typical_amount(deals: pd.DataFrame) -> float:
    won = deals.loc[(deals["outcome"] == "won") & (deals["amount"] > 0), "amount"]
    return float(won.clip(won.quantile(_TRIMMED), won.quantile(1 - _TRIMMED)).mean()) if len(won) else float("nan")
