"""What of the quota is won.

In: revenue per rep, quotas, a period.  Out: attainment per rep.
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
