"""What makes two deals alike: the groups within which reps may be compared.

In: opportunities.  Out: one text column per trait, `unknown` where the export does not say.
"""

import pandas as pd

UNKNOWN = "unknown"
NAMED = ("segment", "region", "source", "product", "kind", "pipeline")
_FEWEST_KNOWN = 0.9  # below this the trait is missing for a reason, often the outcome itself
_FEWEST_OWN = 10  # won and lost deals of a rep from which on a habit of leaving a trait empty shows
_SURE = 3.0  # standard errors; so far apart, a rep's won and lost deals are not filled in alike by chance
_SIZE_BANDS = 4


def strata(deals: pd.DataFrame, fiscal_year_starts: int = 1) -> pd.DataFrame:
    """The traits of each deal that a fair comparison holds equal.

    Parameters
    ----------
    deals : opportunities.
    fiscal_year_starts : month in which the fiscal year starts, for the quarter's end.

    Returns
    -------
    DataFrame with the index of `deals`: NAMED traits, size (quarter of the company's deal sizes), quarter_end (`yes`
    where the deal closed in the last month of a fiscal quarter). A trait that is filled for won deals and not for lost
    ones, or the other way round, would give the outcome away: it is `unknown` throughout. Where only some reps fill it
    in so, it is `unknown` for all of their deals.
    """
    named = {column: _even(deals[column].fillna(UNKNOWN), deals[column].notna(), deals) for column in NAMED}
    end = quarter_end(deals, fiscal_year_starts)
    dated = _even(end, deals["closed_on"].notna() | (deals["outcome"] == "open"), deals)
    return pd.DataFrame(named | {"size": size_band(deals), "quarter_end": dated})


def size_band(deals: pd.DataFrame) -> pd.Series:
    """Each deal's quarter of the company's deal sizes, `1` (smallest) to `4`, by list amount where there is one."""
    amounts = deals["list_amount"] if deals["list_amount"].notna().mean() >= _FEWEST_KNOWN else deals["amount"]
    known = amounts.where(amounts > 0)
    if known.notna().sum() < 4 * _SIZE_BANDS:
        return pd.Series(UNKNOWN, index=deals.index, dtype="str")
    band = (known.rank(pct=True, method="average") * _SIZE_BANDS).clip(upper=_SIZE_BANDS - 1e-9)
    names = (band // 1 + 1).astype("Int64").astype("str").where(known.notna(), UNKNOWN)
    return _even(names, known.notna(), deals)


def quarter_end(deals: pd.DataFrame, fiscal_year_starts: int = 1) -> pd.Series:
    """`yes` for deals closed in the last month of a fiscal quarter, `no` for other closed ones, else `unknown`."""
    month = deals["closed_on"].dt.month
    last = (month - fiscal_year_starts) % 3 == 2
    return last.map({True: "yes", False: "no"}).astype("str").where(month.notna(), UNKNOWN)


def _even(values: pd.Series, known: pd.Series, deals: pd.DataFrame) -> pd.Series:
    """`values` where whether they are known says nothing of the outcome, else `unknown`."""
    if not _known_alike(known, deals["outcome"]):
        return pd.Series(UNKNOWN, index=values.index, dtype="str")
    telling = _reps_whose_gaps_tell(known, deals)
    return values.mask(deals["rep_id"].isin(telling), UNKNOWN) if len(telling) else values


def _known_alike(known: pd.Series, outcome: pd.Series) -> bool:
    """Whether the trait is known about as often for won deals as for lost ones."""
    won, lost = known[outcome == "won"], known[outcome == "lost"]
    if won.empty or lost.empty:
        return bool(known.any())
    return bool(known.any()) and abs(won.mean() - lost.mean()) < 1 - _FEWEST_KNOWN


def _reps_whose_gaps_tell(known: pd.Series, deals: pd.DataFrame) -> pd.Index:
    """The reps for whose won deals the trait is known clearly more or less often than for their lost ones."""
    closed = deals["outcome"].isin(["won", "lost"])
    if known[closed].all():
        return pd.Index([])
    table = known[closed].groupby([deals["rep_id"][closed], deals["outcome"][closed]]).agg(["mean", "size"]).unstack()
    if len(table.columns) < 4:
        return pd.Index([])
    share, size = table["mean"], table["size"]
    gap = (share["won"] - share["lost"]).abs()
    level = (known[closed].groupby(deals["rep_id"][closed]).mean()).reindex(table.index)
    error = (level * (1 - level) * (1 / size["won"] + 1 / size["lost"])) ** 0.5
    enough = size.min(axis=1) >= _FEWEST_OWN
    return table.index[enough & (gap >= 1 - _FEWEST_KNOWN) & (gap > _SURE * error)]
