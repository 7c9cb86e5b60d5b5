"""New pipeline: how many deals, and how much, were opened in each month.

In: deals.  Out: one row per month.
"""

from datetime import date

import pandas as pd


def created_per_month(deals: pd.DataFrame, as_of: date, months: int = 12) -> pd.DataFrame:
    """Deals opened in each of the last `months` months, the one under way included.

    Amounts are those the deals have today. Months before the first deal of the data are left out.

    Returns
    -------
    DataFrame: month (its first day), deals, amount (of those with a known amount), amount_unknown (deals without),
    under_way (bool: the month is not over at `as_of`). In the order of months.
    """
    created = deals[deals["created_on"].notna()]
    first = created["created_on"].min()
    this_month = pd.Timestamp(as_of).to_period("M")
    if pd.isna(first):
        return pd.DataFrame(columns=["month", "deals", "amount", "amount_unknown", "under_way"])
    start = max(first.to_period("M"), this_month - (months - 1))
    wanted = pd.period_range(start, this_month, freq="M")
    by_month = created.groupby(created["created_on"].dt.to_period("M"))
    unknown = created["amount"].isna().groupby(created["created_on"].dt.to_period("M")).sum()
    rows = pd.DataFrame({"deals": by_month.size(), "amount": by_month["amount"].sum(), "amount_unknown": unknown})
    rows = rows.reindex(wanted).fillna(0)
    over = wanted.end_time.normalize() <= pd.Timestamp(as_of)
    return (
        rows.astype({"deals": "int64", "amount_unknown": "int64"})
        .assign(month=wanted.to_timestamp(), under_way=~over)[
            ["month", "deals", "amount", "amount_unknown", "under_way"]
        ]
        .reset_index(drop=True)
    )
