"""Quotas in the company's currency: converted at the given rates, or left out and asked about.

In: quotas with the currency that each is written in.  Out: those in money that deals can be held against. A quota in
dollars beside deals in euros would make a share of it that means nothing.
"""

from collections.abc import Mapping

import pandas as pd

from playbook.crm.account.ledger import Ledger
from playbook.crm.values.words import examples
from playbook.wording import count, listing


def in_company_currency(
    quotas: pd.DataFrame, currency: str, in_deals: int, rates: Mapping[str, float], ledger: Ledger
) -> pd.DataFrame:
    """`quotas` without their column `currency`.

    Parameters
    ----------
    currency : the company's; empty if the deals name none.
    in_deals : in how many currencies the deals are.
    rates : what one of another currency is worth in the company's.
    """
    money = quotas["unit"] == "money"
    named = sorted(quotas.loc[money, "currency"].dropna().unique())
    without = quotas.drop(columns="currency")
    if not named:
        if in_deals > 1 and money.any():
            ledger.assume(f"The quotas name no currency, and are taken to be in {currency}.")
        return without
    if not currency and len(named) == 1:
        ledger.assume(f"The quotas are in {named[0]}, and the deals name no currency: they are taken to be in it too.")
        return without
    if not currency:
        ledger.warn(
            f"The quotas are in {listing(named)}, and the deals name no currency, so the quotas were left out. Say in "
            'a mapping file which the deals are in: [company] currency = "…".'
        )
        return without[~(money & quotas["currency"].notna())]
    factor = quotas["currency"].map({**rates, currency: 1.0}).astype("float64")
    factor = factor.mask(quotas["currency"].isna() | ~money, 1.0)
    _say_converted(quotas[factor.notna() & (factor != 1.0)], currency, ledger)
    _say_left_out(quotas[factor.isna()], currency, ledger)
    return without.assign(amount=quotas["amount"] * factor)[factor.notna()]


def _say_converted(quotas: pd.DataFrame, currency: str, ledger: Ledger) -> None:
    what = f"converted to {currency} at the given rates"
    ledger.repair("quotas", what, len(quotas), examples(quotas["currency"]))


def _say_left_out(quotas: pd.DataFrame, currency: str, ledger: Ledger) -> None:
    if quotas.empty:
        return
    codes = sorted(quotas["currency"].unique())
    people = count(quotas["rep_id"].nunique(), "person", "people")
    entries = ", ".join(f"{code} = …" for code in codes)
    ledger.warn(
        f"The quotas of {people} are in {listing(codes)}, and deals are counted in {currency}: without a rate they "
        f"were left out. Give it in a mapping file: [rates] {entries} (what one is worth in {currency})."
    )
