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
    found = [_of_one(group, str(key[0])) for key, group in frame.groupby(keys, sort=False)]
    table = pd.concat(found).reindex(evidence.index)
    return table.assign(team=-evidence["sign"] * table["team"], shows=table["shows"] & (harm > 0))


def _of_one(group: pd.DataFrame, manager_id: str) -> pd.DataFrame:
    """One team in one driver: for each member what the others show, the farthest of them left out."""
    harm, weight = group["harm"].to_numpy(), group["weight"].to_numpy()
    size = len(group)
    team, shows = np.zeros(size), np.zeros(size, dtype=bool)
    order = np.argsort(-harm, kind="stable")
    for i in range(size if size > FEWEST_MATES and manager_id != _NOBODY else 0):
        others = np.delete(order, np.flatnonzero(order == i)[0])
        kept = others[1:]
        total = weight[kept].sum()
        team[i] = (weight[kept] * harm[kept]).sum() / total
        sure = ndtr((team[i] - _HALF) * np.sqrt(total))
        shows[i] = sure >= _SURE and (harm[others] > 0).mean() >= _MOST
    return pd.DataFrame({"mates": size - 1, "team": team, "shows": shows}, index=group.index)
