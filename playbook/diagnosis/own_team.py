"""Whether a whole team shows it: then it is a matter of process, product or leads, not of one rep.

In: evidence with each rep's likeliest difference.  Out: per row the own team's difference without the rep.
A team counts as showing it if its other members, the farthest one left out, lie together at least half a margin on the
harmful side with 90% certainty, at least two in three of them one by one, and the rep lies there too.
"""

import numpy as np
import pandas as pd
from scipy.special import ndtr

FEWEST_MATES = 3
_HALF = 0.5  # margins
_SURE = 0.90
_MOST = 2 / 3
_NOBODY = "(nobody)"  # reps without a manager are no team
_FARTHEST = 2.0  # margins from the team's middle member beyond which nobody moves the team's mean any further
_ORDINARY = 0.25  # margins by which ordinary people differ


def team_difference(evidence: pd.DataFrame, raw: np.ndarray, error: np.ndarray) -> pd.DataFrame:
    """The mean difference of the other members of each rep's team, in margins, and whether the team shows it.

    Parameters
    ----------
    evidence : columns manager_id, driver, aspect, sign; a row per rep.
    raw, error : each row's difference seen, in margins, and its standard error.

    Returns
    -------
    DataFrame with the index of `evidence`: mates (how many), team (their mean difference), shows (bool).
    """
    harm = -evidence["sign"].to_numpy() * raw
    keys = ["manager_id", "driver", "aspect"]
    frame = evidence[keys].assign(harm=harm, weight=1 / (error**2 + _ORDINARY**2))
    frame = frame.assign(manager_id=frame["manager_id"].fillna(_NOBODY))
    teams = frame.groupby(keys, sort=False)
    key = teams.ngroup().to_numpy()
    middle = teams["harm"].transform("median").to_numpy()
    table = _of_each(
        key,
        np.clip(harm, middle - _FARTHEST, middle + _FARTHEST),
        frame["weight"].to_numpy(),
        (frame["manager_id"] != _NOBODY).to_numpy(),
    )
    table.index = evidence.index
    return table.assign(team=-evidence["sign"] * table["team"], shows=table["shows"] & (harm > 0))


def _of_each(key: np.ndarray, harm: np.ndarray, weight: np.ndarray, is_team: np.ndarray) -> pd.DataFrame:
    """For each member of each team (`key`) what the others show, the farthest of them left out."""
    size = np.bincount(key)[key]
    order = np.lexsort((-harm, key))  # in each team the farthest first
    first = np.searchsorted(key[order], np.arange(len(np.bincount(key))))
    farthest, second = order[first], order[np.minimum(first + 1, len(order) - 1)]
    left_out = np.where(farthest[key] == np.arange(len(key)), second[key], farthest[key])

    def of_others(values: np.ndarray) -> np.ndarray:
        return np.bincount(key, values)[key] - values - values[left_out]

    compared = (size > FEWEST_MATES) & is_team
    with np.errstate(divide="ignore", invalid="ignore"):
        total = of_others(weight)
        team = np.where(compared, of_others(weight * harm) / total, 0.0)
        above = (np.bincount(key, harm > 0)[key] - (harm > 0)) / (size - 1)
        sure = ndtr((team - _HALF) * np.sqrt(np.maximum(total, 0.0)))
    return pd.DataFrame({"mates": size - 1, "team": team, "shows": compared & (sure >= _SURE) & (above >= _MOST)})
