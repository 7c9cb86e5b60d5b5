"""Why the team's win rate moved: other deals on the table (mix), or another share of the same deals won (rate).

In: closed deals of two periods, each with the group it belongs to.  Out: both parts, per group and in all.
Method: Kitagawa 1955.  A group's part of the mix is the change of its share of the deals, times its win rate, measured
from the team's; its part of the rate is the change of its win rate, times its share; each taken at the mean of both
periods, so that nothing is left over and the two periods may change places.  The interval of the whole change: Newcombe
1998, method 10.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from playbook.metrics.proportions import wilson
from playbook.metrics.strata import UNKNOWN, strata

FEWEST_CLOSED = 40  # in each of the two periods; with fewer, both parts are mostly luck
FEWEST_ALIKE = 5  # closed deals of a group in each period; smaller groups are taken together
REST = "all others"
_MOSTLY_UNKNOWN = 0.5
TRAITS = ("kind", "source", "segment", "product")  # fixed before anybody works the deal; the coarsest first
LEAST_IN_LARGE_GROUPS = 0.75  # of the deals must stay in groups of their own, or a trait more is one too many
WINDOWS = {365: "12 months", 182: "six months", 91: "three months"}  # days


@dataclass(frozen=True)
class TwoPeriods:
    """Closed deals of the last `days` days up to a day (`after`), and of as many before them (`before`)."""

    days: int
    before: pd.DataFrame
    after: pd.DataFrame


def two_periods(deals: pd.DataFrame, as_of: date) -> TwoPeriods | None:
    """The longest of WINDOWS that the data holds twice, with at least FEWEST_CLOSED closed deals each; None if none."""
    closed = deals[deals["outcome"].isin(["won", "lost"]) & deals["closed_on"].notna()]
    day = pd.Timestamp(as_of)
    for days in WINDOWS:
        length = pd.Timedelta(days=days)
        after = closed[(closed["closed_on"] > day - length) & (closed["closed_on"] <= day)]
        before = closed[(closed["closed_on"] > day - 2 * length) & (closed["closed_on"] <= day - length)]
        reaches_back = not closed.empty and closed["closed_on"].min() <= day - 2 * length + pd.Timedelta(days=14)
        if reaches_back and min(len(before), len(after)) >= FEWEST_CLOSED:
            return TwoPeriods(days, before, after)
    return None


def groups_of(before: pd.DataFrame, after: pd.DataFrame) -> tuple[pd.Series, pd.Series, list[str]]:
    """The group of each deal of either period: deals alike in every trait of TRAITS that both periods know.

    A trait is used only while LEAST_IN_LARGE_GROUPS of the deals stay in groups of FEWEST_ALIKE in each period. What
    stays smaller is taken together as REST.

    Returns
    -------
    (groups of `before`, groups of `after`, the traits used).
    """
    both = pd.concat([before, after], keys=["before", "after"])
    traits = strata(both.reset_index(drop=True)).set_axis(both.index)
    used: list[str] = []
    group = pd.Series("", index=both.index)
    for trait in TRAITS:
        if (traits[trait] == UNKNOWN).mean() > _MOSTLY_UNKNOWN or traits[trait].nunique() < 2:
            continue
        finer = (group + " · " + traits[trait]) if used else traits[trait]
        if _large_enough(finer).mean() >= LEAST_IN_LARGE_GROUPS:
            group, used = finer, [*used, trait]
    if used:
        group = group.where(_large_enough(group), REST)
    return group.loc["before"], group.loc["after"], used


def mix_and_rate(
    before: pd.DataFrame, after: pd.DataFrame, group_before: pd.Series, group_after: pd.Series
) -> pd.DataFrame:
    """What each group adds to the change of the win rate, through its share of the deals and through its own rate.

    A group that only one of the periods has counts as mix alone: its win rate is taken as the same in both.

    Returns
    -------
    DataFrame: group, closed_before, closed_after (deals), rate_before, rate_after (0 to 1; NaN without deals), mix,
    rate (parts of the change, -1 to 1; the sum of all is the change). By group.

    Raises
    ------
    ValueError : if one of the periods has no closed deal.
    """
    if before.empty or after.empty:
        raise ValueError("a change needs closed deals in both periods.")
    old, new = _counts(before, group_before), _counts(after, group_after)
    groups = old.index.union(new.index).sort_values()
    old, new = old.reindex(groups, fill_value=0), new.reindex(groups, fill_value=0)
    share = {"old": old["closed"] / len(before), "new": new["closed"] / len(after)}
    seen = {"old": old["won"] / old["closed"].where(old["closed"] > 0)}
    seen["new"] = new["won"] / new["closed"].where(new["closed"] > 0)
    rate_old, rate_new = seen["old"].fillna(seen["new"]), seen["new"].fillna(seen["old"])
    level = (old["won"].sum() / len(before) + new["won"].sum() / len(after)) / 2
    rows = {
        "group": groups.to_numpy(),
        "closed_before": old["closed"].to_numpy(),
        "closed_after": new["closed"].to_numpy(),
        "rate_before": seen["old"].to_numpy(),
        "rate_after": seen["new"].to_numpy(),
        "mix": ((share["new"] - share["old"]) * ((rate_old + rate_new) / 2 - level)).to_numpy(),
        "rate": ((rate_new - rate_old) * (share["old"] + share["new"]) / 2).to_numpy(),
    }
    return pd.DataFrame(rows)


def change(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, float]:
    """How far the win rate moved, with the interval within which luck alone could have moved it (95%).

    Returns
    -------
    dict: change, low, high (-1 to 1).
    """
    won = pd.Series([(deals["outcome"] == "won").sum() for deals in (before, after)])
    old, new = wilson(won, pd.Series([len(before), len(after)])).itertuples(index=False)
    moved = new.rate - old.rate
    low = moved - float(np.hypot(new.rate - new.low, old.high - old.rate))
    high = moved + float(np.hypot(new.high - new.rate, old.rate - old.low))
    return {"change": float(moved), "low": low, "high": high}


def _counts(closed: pd.DataFrame, group: pd.Series) -> pd.DataFrame:
    won = (closed["outcome"] == "won").to_numpy()
    by_group = pd.Series(won, index=closed.index).groupby(group.to_numpy())
    return pd.DataFrame({"won": by_group.sum(), "closed": by_group.size()})


def _large_enough(group: pd.Series) -> pd.Series:
    """Whether the group of each deal has FEWEST_ALIKE deals in either period; indexed by period and deal."""
    sizes = group.groupby([group.index.get_level_values(0), group]).size().unstack(0, fill_value=0)
    sizes = sizes.reindex(columns=["before", "after"], fill_value=0)
    return group.map(sizes.min(axis=1) >= FEWEST_ALIKE).astype(bool)
