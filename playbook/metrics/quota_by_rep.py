"""What each rep is asked to sell in a month or a quarter.

In: quotas.  Out: one row per rep and unit.  Quotas of different units are never added.
"""

import pandas as pd

from playbook.metrics.periods import Period

MONEY, DEALS = "money", "deals"
_MONEY_WORDS = {
    "",
    "money",
    "amount",
    "revenue",
    "currency",
    "value",
    "bookings",
    "sales",
    "arr",
    "acv",
    "mrr",
    "tcv",
}
_DEAL_WORDS = {"deals", "deal", "count", "opportunities", "won deals", "wins"}
_WHOLE = 0.99  # a period that is covered but for a day counts as covered


def unit_of(units: pd.Series) -> pd.Series:
    """Each unit as `money`, `deals`, or as the company writes it; an unsaid unit is money, so is a currency's code."""
    words = units.fillna("").str.strip().str.casefold()
    code = units.fillna("").str.fullmatch(r"[A-Z]{3}")
    return words.mask(words.isin(_MONEY_WORDS) | code, MONEY).mask(words.isin(_DEAL_WORDS), DEALS)


def quota_in(quotas: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The quota of each rep for `period`.

    A quota that lasts longer than the period counts by its days in it; shorter ones are added. Where a rep has, say,
    yearly and quarterly quotas side by side, those count that cover the period and are nearest to its length.

    Returns
    -------
    DataFrame: rep_id, unit (`money`, `deals`, or as written), quota, covered (share of the period's days that the
    quotas speak of, 0 to 1), prorated (whether a part of a longer quota was taken). By rep_id and unit.
    """
    columns = ["rep_id", "unit", "quota", "covered", "prorated"]
    starts, ends = pd.Timestamp(period.starts_on), pd.Timestamp(period.ends_on)
    rows = quotas[quotas["amount"].notna() & (quotas["starts_on"] <= ends) & (quotas["ends_on"] >= starts)]
    if rows.empty:
        return pd.DataFrame(columns=columns).astype({"quota": float, "covered": float, "prorated": bool})
    length = (rows["ends_on"] - rows["starts_on"]).dt.days + 1
    inside = (rows["ends_on"].clip(upper=ends) - rows["starts_on"].clip(lower=starts)).dt.days + 1
    parts = rows.assign(
        unit=unit_of(rows["unit"]),
        kind=(length / 30.4).round(),  # months that the quota lasts
        part=rows["amount"] * inside / length,
        inside=inside,
        prorated=inside < length * _WHOLE,
    )
    sums = parts.groupby(["rep_id", "unit", "kind"], as_index=False).agg(
        quota=("part", "sum"), inside=("inside", "sum"), prorated=("prorated", "any")
    )
    sums["covered"] = (sums["inside"] / period.days).clip(upper=1.0)
    sums["whole"] = sums["covered"] >= _WHOLE
    sums["far"] = (sums["kind"] - round(period.days / 30.4)).abs()
    best = sums.sort_values(["rep_id", "unit", "whole", "far"], ascending=[True, True, False, True], kind="stable")
    return best.drop_duplicates(["rep_id", "unit"]).reset_index(drop=True)[columns]
