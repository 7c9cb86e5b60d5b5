"""What of the quota is won, and whether what is open can cover the rest.

In: revenue per rep, quotas, a period.  Out: attainment per rep; coverage of a team.
Coverage is the open value due in the period against what is still to be won. That it should stand near one over the
own win rate is practice, not a law: it takes the win rate by number for that by value.
"""

import pandas as pd

from playbook.metrics.periods import Period
from playbook.metrics.quota_by_rep import DEALS, MONEY, quota_in


def attainment(revenue: pd.DataFrame, quotas: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Each rep's quota and how much of it is won.

    Parameters
    ----------
    revenue : money and counts per rep (`revenue.revenue_by_rep`).

    Returns
    -------
    DataFrame: rep_id, unit, quota, covered, prorated (`quotas.quota_in`), won (in the quota's unit; NaN where the unit
    is neither money nor deals, or the amount of a won deal is unknown), won_deals, attained (0 upwards; NaN where
    quota or won is unknown or the quota is 0). By the order of `revenue`, then unit.
    """
    quota = quota_in(quotas, period)
    order = {rep: place for place, rep in enumerate(revenue.index)}
    quota = quota[quota["rep_id"].isin(order)]
    money = quota["rep_id"].map(revenue["won"].mask(revenue["won_unknown"] > 0))
    deals = quota["rep_id"].map(revenue["won_deals"])
    won = money.where(quota["unit"] == MONEY).fillna(deals.where(quota["unit"] == DEALS)).astype("float64")
    rows = quota.assign(won=won, won_deals=deals.astype("int64"))
    rows = rows.assign(attained=rows["won"] / rows["quota"].where(rows["quota"] > 0))
    place = rows["rep_id"].map(order)
    return rows.assign(place=place).sort_values(["place", "unit"], ignore_index=True).drop(columns="place")


def coverage(won: float, open_due: float, quota: float, win_rate: float) -> dict[str, float]:
    """Open value due against what is still to be won.

    Returns
    -------
    dict: to_win (quota less won, not under 0), coverage (open_due / to_win; NaN where nothing is left to win or the
    quota is unknown), target (1 / win_rate; NaN if that is unknown or 0).
    """
    to_win = max(quota - won, 0.0) if quota == quota else float("nan")
    return {
        "to_win": to_win,
        "coverage": open_due / to_win if to_win > 0 else float("nan"),
        "target": 1 / win_rate if win_rate > 0 else float("nan"),
    }
