"""Whether quotas can be money: their size beside what the same people sold.

In: quotas and what each rep won.  Out: how often over, or a remark. A quota of 18 a month beside 20,000 won is a number
of deals, of meetings or of thousands; as money it would make everybody a hundredfold hero.
"""

import pandas as pd

from playbook.crm.account.ledger import Ledger

_A_MONTH = 30.4  # days
_MOST, _LEAST = 10.0, 0.02  # times its quota that somebody sells in the long run; beyond for everybody, it is a unit
_NEARLY_ALL = 0.9
_FEWEST = 3  # people with a quota


def without_other_units(quotas: pd.DataFrame, won: pd.Series, days: pd.Series, ledger: Ledger) -> pd.DataFrame:
    """`quotas` without those in money that can be none, which are asked about.

    Parameters
    ----------
    won : the money won per rep_id.
    days : the first and the last day of closing are among them.
    """
    money = quotas["unit"] == "money"
    if quotas.loc[money, "rep_id"].nunique() < _FEWEST:
        return quotas
    attained = _attained(quotas[money], won, days)
    if attained.empty:
        return quotas
    if (attained > _MOST).mean() >= _NEARLY_ALL:
        sold = "more than ten times"
    elif (attained < _LEAST).mean() >= _NEARLY_ALL:
        sold = "less than a fiftieth of"
    else:
        return quotas
    first = quotas[money].iloc[0]
    ledger.warn(
        f"The quotas are hardly money: nearly everybody who sold anything sold {sold} their quota (the first is "
        f"{first['amount']:,g}). They were left out. If they count deals, give a table with the columns Rep, Month, "
        "Units and Unit (deals); if they are in thousands or in another currency, write them out as deals are."
    )
    return quotas[~money]


def _attained(quotas: pd.DataFrame, won: pd.Series, days: pd.Series) -> pd.Series:
    """How many times the usual quota each rep sells in a month; by rep_id, of those who sold anything."""
    closed = days.dropna()
    lasts = ((quotas["ends_on"] - quotas["starts_on"]).dt.days + 1) / _A_MONTH
    a_month = (quotas["amount"] / lasts).groupby(quotas["rep_id"]).median()
    if closed.empty or a_month.empty:
        return pd.Series(dtype="float64")
    months = max((closed.max() - closed.min()).days / _A_MONTH, 1.0)
    attained = won.reindex(a_month.index) / months / a_month
    return attained[(a_month > 0) & (attained > 0)]
