"""What makes two deals alike: the groups within which reps may be compared.

In: opportunities.  Out: one text column per trait, `unknown` where the export does not say.
"""

import pandas as pd

UNKNOWN = "unknown"
_FEWEST_KNOWN = 0.9  # below this the trait is missing for a reason, often the outcome itself
_SIZE_BANDS = 4


def strata(deals: pd.DataFrame, fiscal_year_starts: int = 1) -> pd.DataFrame:
    """The traits of each deal that a fair comparison holds equal.

    Parameters
    ----------
    deals : opportunities.
    fiscal_year_starts : month in which the fiscal year starts, for the quarter's end.

    Returns
    -------
    DataFrame with the index of `deals`: segment, region, source, product, kind, size (quarter of the company's deal
    sizes), quarter_end (`yes` where the deal closed in the last month of a fiscal quarter). A trait that is filled for
    won deals and not for lost ones, or the other way round, would give the outcome away: it is `unknown` throughout.
    """
    named = {c: _even(deals[c], deals["outcome"]) for c in ("segment", "region", "source", "product", "kind")}
    return pd.DataFrame(named | {"size": size_band(deals), "quarter_end": quarter_end(deals, fiscal_year_starts)})


def size_band(deals: pd.DataFrame) -> pd.Series:
    """Each deal's quarter of the company's deal sizes, `1` (smallest) to `4`, by list amount where there is one."""
    amounts = deals["list_amount"] if deals["list_amount"].notna().mean() >= _FEWEST_KNOWN else deals["amount"]
    known = amounts.where(amounts > 0)
    if known.notna().sum() < 4 * _SIZE_BANDS or not _known_alike(known.notna(), deals["outcome"]):
        return pd.Series(UNKNOWN, index=deals.index, dtype="str")
    band = (known.rank(pct=True, method="average") * _SIZE_BANDS).clip(upper=_SIZE_BANDS - 1e-9)
    return (band // 1 + 1).astype("Int64").astype("str").where(known.notna(), UNKNOWN)


def quarter_end(deals: pd.DataFrame, fiscal_year_starts: int = 1) -> pd.Series:
    """`yes` for deals closed in the last month of a fiscal quarter, `no` for other closed ones, else `unknown`."""
    month = deals["closed_on"].dt.month
    last = (month - fiscal_year_starts) % 3 == 2
    return last.map({True: "yes", False: "no"}).astype("str").where(month.notna(), UNKNOWN)


def _even(values: pd.Series, outcome: pd.Series) -> pd.Series:
    if not _known_alike(values.notna(), outcome):
        return pd.Series(UNKNOWN, index=values.index, dtype="str")
    return values.fillna(UNKNOWN)


def _known_alike(known: pd.Series, outcome: pd.Series) -> bool:
    """Whether the trait is known about as often for won deals as for lost ones."""
    won, lost = known[outcome == "won"], known[outcome == "lost"]
    if won.empty or lost.empty:
        return bool(known.any())
    return bool(known.any()) and abs(won.mean() - lost.mean()) < 1 - _FEWEST_KNOWN
