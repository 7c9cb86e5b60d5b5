"""How likely a deal like this one is won within so many days.

In: landmark rows.  Out: cumulative chances to be won, per group of deals alike.
Method: discrete-time cause-specific hazards of winning and losing per day, so that deals still open count for as long
as they were watched; their cumulative incidence (Aalen and Johansen 1978). Small groups are drawn towards the larger
group that holds them, as if that had lent them some deals. A deal seen on several landmarks counts once in all.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from playbook.forecast.landmarks import LONGEST, TRAITS

LENT_DEALS = 15.0
ENOUGH_ALIKE = 20


def life_table(rows: pd.DataFrame, wanted: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The chance that each deal of `wanted` is won within 0, 1, … LONGEST days.

    Parameters
    ----------
    rows : landmark rows (`landmarks.landmarks`).
    wanted : deals with the same TRAITS.

    Returns
    -------
    (won_by, n): won_by has a row per deal of `wanted` and a column per day; n is how many past deals stand behind each
    (those that share the most traits of which there are at least 20, else those that share fewer).
    """
    wanted_group = np.zeros(len(wanted), dtype="int64")
    past = np.zeros(len(rows), dtype="int64")
    won, lost = _hazards(rows, past, 1, None)
    n = np.full(len(wanted), rows["opportunity_id"].nunique())
    for level in range(1, len(TRAITS) + 1):
        parent_group, parents = wanted_group, (won, lost)
        past, wanted_group = _groups(rows, wanted, list(TRAITS[:level]))
        rows, past = rows[past >= 0], past[past >= 0]
        groups = int(wanted_group.max(initial=-1)) + 1
        parent = np.zeros(groups, dtype="int64")
        parent[wanted_group] = parent_group
        won, lost = _hazards(rows, past, groups, tuple(hazard[parent] for hazard in parents))
        alike = _deals_per_group(rows["opportunity_id"], past, groups)[wanted_group]
        n = np.where(alike >= ENOUGH_ALIKE, alike, n)
    return _won_by(won, lost)[wanted_group], n


def _groups(rows: pd.DataFrame, wanted: pd.DataFrame, traits: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """The group of each past row and each wanted deal, numbered from 0; -1 for past rows unlike every wanted deal."""
    both = pd.concat([wanted[traits], rows[traits]], ignore_index=True)
    number = both.groupby(traits, sort=False).ngroup().to_numpy()  # numbered as they appear: wanted deals come first
    wanted_group, past_group = number[: len(wanted)], number[len(wanted) :]
    return np.where(past_group <= wanted_group.max(initial=-1), past_group, -1), wanted_group


def _hazards(
    rows: pd.DataFrame, group: np.ndarray, groups: int, parent: Sequence[np.ndarray] | None
) -> tuple[np.ndarray, np.ndarray]:
    """The daily chance of a win and of a loss per group, drawn towards the parent's by LENT_DEALS deals."""
    days = rows["days"].to_numpy()
    weight = _once_per_deal(rows["opportunity_id"], group)
    cell = group * (LONGEST + 1) + days
    size = groups * (LONGEST + 1)
    shape = (groups, LONGEST + 1)
    event = rows["event"].to_numpy()
    left = np.bincount(cell, weights=weight, minlength=size).reshape(shape)
    at_risk = np.cumsum(left[:, ::-1], axis=1)[:, ::-1]
    hazards = []
    for cause in (1, 2):
        happened = np.bincount(cell, weights=weight * (event == cause), minlength=size).reshape(shape)
        lent, lenders = (0.0, 0.0) if parent is None else (LENT_DEALS * parent[cause - 1], LENT_DEALS)
        total = at_risk + lenders
        hazards.append((happened + lent) / np.where(total > 0, total, 1.0))
    return hazards[0], hazards[1]


def _won_by(won: np.ndarray, lost: np.ndarray) -> np.ndarray:
    stays = 1 - np.minimum(won + lost, 1.0)
    open_before = np.cumprod(np.column_stack([np.ones(len(stays)), stays[:, :-1]]), axis=1)
    return np.cumsum(open_before * won, axis=1)


def _once_per_deal(deal: pd.Series, group: np.ndarray) -> np.ndarray:
    return 1 / deal.groupby([deal, group]).transform("size").to_numpy(dtype="float64")


def _deals_per_group(deal: pd.Series, group: np.ndarray, groups: int) -> np.ndarray:
    pairs = pd.DataFrame({"deal": deal.to_numpy(), "group": group}).drop_duplicates()
    return np.bincount(pairs["group"], minlength=groups)
