"""What a difference costs per quarter, from the rep's own pipeline.

In: judged rows and the company's won deals.  Out: money per quarter, with its range.
The rep's own revenue per quarter, times what the same deals would bring at the peers' level in that driver. Drivers
multiply: all gaps closed together bring at least as much as each alone, added up. That product less one, times the
rep's revenue, is the gap, and no sum over drivers exceeds it. How a driver's level moves revenue, its own file says.
"""

from datetime import date

import pandas as pd

from playbook.company import Company
from playbook.drivers.registry import driver_of

_YEAR, _QUARTER = 365, 91
_SHORTEST = 91  # days; a shorter record would be blown up to a quarter
_MOST = 3.0  # at most this many times the own revenue; beyond, the ratio rests on next to nothing


def revenue_per_quarter(company: Company, as_of: date) -> pd.Series:
    """Won per quarter and rep_id, over the last 12 months or the rep's own time if shorter; NaN without amounts."""
    day = pd.Timestamp(as_of)
    deals = company.opportunities
    won = deals[(deals["outcome"] == "won") & (deals["closed_on"] > day - pd.Timedelta(days=_YEAR))]
    begun = deals["created_on"].fillna(deals["closed_on"])
    first = begun.groupby(deals["rep_id"]).min().clip(lower=begun.min())
    days = (day - first).dt.days.clip(lower=_SHORTEST, upper=_YEAR)
    return won.groupby("rep_id")["amount"].sum(min_count=1) / days * _QUARTER


def at_stake(rows: pd.DataFrame, revenue: pd.Series) -> pd.DataFrame:
    """Money per quarter that each row's difference costs: at_stake, at_stake_low, at_stake_high; with `rows`' index.

    0 where the rep lies at or above the peers' level; NaN where the driver has no price or the revenue is unknown.
    """
    own = rows["rep_id"].map(revenue)
    columns = {"at_stake": "best", "at_stake_low": "high", "at_stake_high": "low"}
    worse_is_low = rows["sign"] > 0
    sums = {}
    for name, bound in columns.items():
        other = {"high": "low", "low": "high", "best": "best"}[bound]
        difference = rows[bound].where(worse_is_low, rows[other]) * rows["margin"]
        sums[name] = own * _more(rows, difference)
    return pd.DataFrame(sums, index=rows.index)


def _more(rows: pd.DataFrame, difference: pd.Series) -> pd.Series:
    """The share by which revenue would rise at the peers' level; NaN where the driver has no price."""
    more = pd.Series(float("nan"), index=rows.index)
    for key, own in rows.groupby("driver"):
        price = driver_of(str(key)).price
        if price is not None:
            more.loc[own.index] = price(own["expected"], difference.loc[own.index])
    return more.clip(lower=0.0, upper=_MOST)
