"""The win rate taken apart: by segment, region, source, product, kind, size, and the quarter's last month.

In: closed deals.  Out: one row per group with its interval, and whether it stands apart from the other deals.
The win rate is won of won and lost, closed in the last 12 months. A group is called different only if luck is an
unlikely reason after all the groups shown are counted (false-discovery rate 5%) and the gap is one that matters.
A group that is mostly one rep's deals is not tested: that would be a verdict on a person in disguise.
"""

from datetime import date

import pandas as pd

from playbook.metrics.proportions import differ, false_discovery, wilson
from playbook.metrics.strata import UNKNOWN, strata

SMALLEST_GROUP = 10
MARGIN = 0.07  # the gap in win rate that is worth a manager's hour; the driver's own margin
_FALSE_DISCOVERIES = 0.05
_MOST_GROUPS = 8  # per trait, the largest; the others are folded
_ONE_REP = 0.8
_FEWEST_FOR_A_YEAR = 20
_MOSTLY_UNKNOWN = 0.5
_SAME_GROUPS = 0.95  # of the deals: where the product settles the size, both would test the same groups
TRAITS = {
    "segment": "Segment",
    "region": "Region",
    "source": "Source",
    "product": "Product",
    "kind": "Kind of deal",
    "size": "Size of deal",
    "quarter_end": "When it closed",
}


def closed_deals(deals: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Won and lost deals of the last 12 months up to `as_of`; of all time where those are fewer than 20 or undated."""
    closed = deals[deals["outcome"].isin(["won", "lost"])]
    day = pd.Timestamp(as_of)
    recent = closed[(closed["closed_on"] > day - pd.DateOffset(years=1)) & (closed["closed_on"] <= day)]
    return recent if len(recent) >= _FEWEST_FOR_A_YEAR else closed


def win_rate(closed: pd.DataFrame) -> dict[str, float]:
    """Won of won and lost: won, closed (counts), rate, low, high (0 to 1; NaN without closed deals)."""
    won, n = int((closed["outcome"] == "won").sum()), len(closed)
    interval = wilson(pd.Series([won]), pd.Series([n])).iloc[0]
    return {"won": won, "closed": n} | {name: float(interval[name]) for name in ("rate", "low", "high")}


def win_rate_by(closed: pd.DataFrame, fiscal_year_starts: int = 1) -> pd.DataFrame:
    """The win rate of each group of each trait that the data holds.

    Returns
    -------
    DataFrame: trait (its key), group (a label; size `1` to `4`, quarter_end `yes` or `no`), won, closed, rate, low,
    high, gap (rate less that of all other deals), q (adjusted for the groups tested; NaN where not tested), folded
    (groups in this row that were too small to show alone, else 0), one_rep (mostly one rep's deals), different (bool),
    mirror (bool: one of two groups, whose gap is that of the other told from its side; of the calendar the other
    months). Traits in a fixed order, groups by number of deals (sizes and quarter's end in their own order). Sizes are
    left out where the product settles them, as with list prices.
    """
    traits = strata(closed, fiscal_year_starts)
    compared = [trait for trait in TRAITS if trait != "size" or not _settled_by(traits["product"], traits["size"])]
    tables = [_one_trait(trait, traits[trait], closed) for trait in compared]
    known = [table for table in tables if table is not None]
    if not known:
        return pd.DataFrame(columns=[*_COLUMNS, "q", "different", "mirror"])
    rows = pd.concat(known, ignore_index=True)
    tested = (rows["folded"] == 0) & ~rows["one_rep"]
    mirror = _mirrors(rows)
    counted_once = tested & ~mirror
    q = false_discovery(rows["p"].where(counted_once))
    q = q.fillna(rows["trait"].map(q.groupby(rows["trait"]).min())).where(tested)
    different = tested & (q <= _FALSE_DISCOVERIES) & (rows["gap"].abs() >= MARGIN)
    return rows[_COLUMNS].assign(q=q, different=different.astype(bool), mirror=mirror)


_COLUMNS = ["trait", "group", "won", "closed", "rate", "low", "high", "gap", "folded", "one_rep"]


def _one_trait(trait: str, group: pd.Series, closed: pd.DataFrame) -> pd.DataFrame | None:
    if (group == UNKNOWN).mean() > _MOSTLY_UNKNOWN or group[group != UNKNOWN].nunique() < 2:
        return None
    won = closed["outcome"] == "won"
    counts = pd.DataFrame({"won": won.groupby(group).sum(), "closed": won.groupby(group).size()})
    by_rep = closed.groupby([group.rename("group"), "rep_id"]).size()
    counts["one_rep"] = by_rep.groupby("group").max() / counts["closed"] > _ONE_REP
    if closed["rep_id"].nunique() < 2:
        counts["one_rep"] = False  # the whole team is one rep: nothing is in disguise
    order = ["group"] if trait in ("size", "quarter_end") else ["closed", "group"]
    counts = counts.rename_axis("group").reset_index().sort_values(order, ascending=[o == "group" for o in order])
    large = (counts["closed"] >= SMALLEST_GROUP) & (counts["group"] != UNKNOWN)
    largest = counts[large].head(_MOST_GROUPS)
    if largest.empty or (len(largest) == 1 and trait in ("size", "quarter_end")):
        return None
    rest = counts[~counts["group"].isin(largest["group"])]
    folded = pd.DataFrame(
        {"group": ["other"], "won": rest["won"].sum(), "closed": rest["closed"].sum(), "one_rep": False}
    )
    rows = pd.concat([largest.assign(folded=0), folded.assign(folded=len(rest))[: int(not rest.empty)]])
    rows = rows.reset_index(drop=True).assign(trait=trait)
    others_won, others = won.sum() - rows["won"], len(closed) - rows["closed"]
    p = [differ(*counted) for counted in zip(rows["won"], rows["closed"], others_won, others, strict=True)]
    gap = rows["won"] / rows["closed"] - others_won / others.where(others > 0)
    return rows.join(wilson(rows["won"], rows["closed"])).assign(gap=gap, p=p)


def _mirrors(rows: pd.DataFrame) -> pd.Series:
    """One of exactly two groups: the same comparison as the other, seen from the other side."""
    size = rows.groupby("trait")["trait"].transform("size")
    second = rows["trait"].duplicated().mask(rows["trait"] == "quarter_end", rows["group"] == "no")
    return ((size == 2) & second).astype(bool)


def _settled_by(product: pd.Series, size: pd.Series) -> bool:
    """Whether the product tells the size of nearly every deal; products of a few deals tell nothing."""
    known = (product != UNKNOWN) & (size != UNKNOWN)
    deals = pd.crosstab(product[known], size[known])
    large = deals[deals.sum(axis=1) >= SMALLEST_GROUP]
    return bool(known.any()) and large.max(axis=1).sum() >= _SAME_GROUPS * int(known.sum())
