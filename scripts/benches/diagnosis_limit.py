"""The observer who knows the true model: how much likelier what was seen is with a planted cause than without.

In: per rep and driver the log of that ratio.  Out: the probability of each rep's own cause.
The observer knows what an ordinary rep would do with each very deal, how far ordinary reps differ, how large planted
causes are, and how often they are planted in a rep or in a whole team; not in whom.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

_NODES = np.array([-1.5, -0.75, 0.0, 0.75, 1.5])  # ordinary differences, in standard deviations
_WEIGHTS = np.exp(-0.5 * _NODES**2) / np.exp(-0.5 * _NODES**2).sum()
LogLikelihood = Callable[[float], np.ndarray]


def log_ratio(seen: LogLikelihood, planted: list[float], ordinary: float) -> np.ndarray:
    """The log of how much likelier what was seen of each rep is if one of the sizes `planted` is added.

    `seen` gives each rep's log-likelihood at a difference; `ordinary` is the standard deviation of ordinary ones.
    """
    return _averaged(seen, planted, ordinary) - _averaged(seen, [0.0], ordinary)


def _averaged(seen: LogLikelihood, sizes: list[float], ordinary: float) -> np.ndarray:
    logs = [
        seen(size + ordinary * node) + np.log(w) for size in sizes for node, w in zip(_NODES, _WEIGHTS, strict=True)
    ]
    return np.logaddexp.reduce(np.array(logs), axis=0) - np.log(len(sizes))


def own_cause(ratios: pd.DataFrame, teams: pd.Series, in_a_rep: float, in_a_team: float) -> pd.DataFrame:
    """The probability that each driver is the rep's own cause.

    Parameters
    ----------
    ratios : rep_id, driver, log_ratio.
    teams : each rep_id's manager.
    in_a_rep, in_a_team : how often one driver (a `stage`: one of them all) is planted in a rep, in a whole team.

    Returns
    -------
    DataFrame: rep_id, driver, score. What a whole team shows is no rep's own.
    """
    stages = max(ratios.loc[ratios["driver"].str.startswith("stage:"), "driver"].nunique(), 1)
    prior = np.where(ratios["driver"].str.startswith("stage:"), in_a_rep / stages, in_a_rep)
    wide = np.where(ratios["driver"].str.startswith("stage:"), in_a_team / stages, in_a_team)
    logs = ratios["log_ratio"].to_numpy()
    single = np.logaddexp(np.log1p(-prior), np.log(prior) + logs)
    key = [ratios["rep_id"].map(teams), ratios["driver"]]
    everyone = pd.Series(logs - single, index=ratios.index).groupby(key).transform("sum").to_numpy()
    odds_of_team = np.log(wide) - np.log1p(-wide) + everyone
    not_team = 1 / (1 + np.exp(np.clip(odds_of_team, -500, 500)))
    return ratios[["rep_id", "driver"]].assign(score=not_team * np.exp(np.log(prior) + logs - single))


def like_for_like(rep: np.ndarray, segment: np.ndarray, reps: int, counted: np.ndarray) -> np.ndarray:
    """How much each other rep (columns) counts as a peer of each rep (rows): by who else has deals of the segments.

    `rep` and `segment` are codes, one per deal; `counted` says who is a peer at all. Rows sum to 1.
    """
    table = np.zeros((reps, int(segment.max(initial=0)) + 1))
    np.add.at(table, (rep, segment), 1.0)
    table += 1e-9
    own = table / table.sum(axis=1, keepdims=True)
    theirs = table * counted[:, None]
    weights = np.zeros((reps, reps))
    for s in range(table.shape[1]):
        others = theirs[:, s].sum() - theirs[:, s]
        weights += own[:, s, None] * theirs[None, :, s] / np.maximum(others, 1e-9)[:, None]
    np.fill_diagonal(weights, 0.0)
    return weights / weights.sum(axis=1, keepdims=True)
