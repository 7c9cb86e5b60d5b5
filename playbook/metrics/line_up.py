"""The line-up: is the real team to be told from teams in which the same deals were dealt out by chance?

In: closed deals.  Out: nine teams, one real, eight with the deals of each segment and kind shuffled among the reps.
Method: Buja et al. 2009; Wickham et al. 2010. Every rep keeps the number of deals per segment and kind (new, renewal,
expansion), so that a rep who sells renewals stays where renewals are won, and only the luck of which deal was won
moves. The same data and the same seed give the same nine.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.escaping import short_hash
from playbook.metrics.strata import UNKNOWN

CHARTS = 9
FEWEST_DEALS = 10  # closed deals of a rep, below which a share jumps by more than any skill moves it
FEWEST_REPS = 3
SHUFFLES = 999


@dataclass(frozen=True)
class LineUp:
    """Nine teams to look at.

    `charts`: chart (1 to 9), rep_id, n (closed deals), rate (share won, 0 to 1). `real` is the chart with the team as
    it is. `further_apart` of `shuffles` shuffled teams lie at least as far apart as the real one. `overall` is the
    share won by all of them, `deals` their closed deals.
    """

    charts: pd.DataFrame
    real: int
    further_apart: int
    shuffles: int
    overall: float
    deals: int


def line_up(deals: pd.DataFrame, *seed: str) -> LineUp | None:
    """The line-up of the reps with at least ten closed deals, in the order in which they first stand in `deals`.

    Parameters
    ----------
    deals : opportunities of one team's reps.
    seed : texts that fix the chance, such as the ids of company and manager.

    Returns
    -------
    None if fewer than three reps have enough deals, or all deals ended the same way: then there is nothing to tell.
    """
    closed = deals[deals["outcome"].isin(["won", "lost"])]
    counts = closed["rep_id"].value_counts()
    closed = closed[closed["rep_id"].isin(counts.index[counts >= FEWEST_DEALS])]
    rep, reps = pd.factorize(closed["rep_id"])
    won = (closed["outcome"] == "won").to_numpy(dtype="float64")
    if len(reps) < FEWEST_REPS or won.min() == won.max():
        return None
    alike = closed["segment"].fillna(UNKNOWN) + "\x1f" + closed["kind"].fillna(UNKNOWN)
    group = pd.factorize(alike)[0]
    chance = np.random.default_rng(int(short_hash(*seed), 16))
    shuffled = _shuffled(won, group, chance)
    n = np.bincount(rep, minlength=len(reps))
    usual = _per_rep(_group_means(won, group)[None, :], rep, len(reps))[0]
    apart = ((_per_rep(np.vstack([won, shuffled]), rep, len(reps)) - usual) ** 2 / n).sum(axis=1)
    real = int(chance.integers(CHARTS)) + 1
    dealt = list(shuffled[: CHARTS - 1])
    dealt.insert(real - 1, won)
    rates = _per_rep(np.array(dealt), rep, len(reps)) / n
    charts = pd.DataFrame(
        {
            "chart": np.repeat(np.arange(1, CHARTS + 1), len(reps)),
            "rep_id": np.tile(reps.to_numpy(), CHARTS),
            "n": np.tile(n, CHARTS),
            "rate": rates.ravel(),
        }
    )
    further = int((apart[1:] >= apart[0] - 1e-9).sum())
    return LineUp(charts, real, further, SHUFFLES, float(won.mean()), len(won))


def _shuffled(won: np.ndarray, group: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """SHUFFLES rows of outcomes, each group's dealt out anew."""
    rows = np.tile(won, (SHUFFLES, 1))
    for one in range(group.max() + 1):
        own = np.flatnonzero(group == one)
        rows[:, own] = chance.permuted(rows[:, own], axis=1)
    return rows


def _group_means(won: np.ndarray, group: np.ndarray) -> np.ndarray:
    return (np.bincount(group, won) / np.bincount(group))[group]


def _per_rep(rows: np.ndarray, rep: np.ndarray, reps: int) -> np.ndarray:
    """Sums per rep of each row."""
    member = np.zeros((rows.shape[1], reps))
    member[np.arange(len(rep)), rep] = 1.0
    return rows @ member
