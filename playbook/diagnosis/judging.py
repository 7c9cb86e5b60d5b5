"""From evidence to what is believed of each rep and driver: best estimate, range, probabilities; against all and the own team.

In: evidence.  Out: the same rows with beliefs, in margins that matter.
"""

import numpy as np
import pandas as pd

from playbook.diagnosis.evidence import FEWEST_PEERS, MOST_UNLIKE
from playbook.diagnosis.likelihood import central_range, log_likelihood
from playbook.diagnosis.own_team import team_difference
from playbook.diagnosis.pooling import posterior, shares_of_widths
from playbook.drivers import driver_of
from playbook.metrics.observations import MEANS


def judged(evidence: pd.DataFrame) -> pd.DataFrame:
    """What is believed of each row of `evidence`.

    Returns
    -------
    `evidence` with: little (too few of the rep's own), comparable (enough peers, and deals like theirs), and for rows
    that are neither: best (estimate of the true difference), low, high (90% range), raw (as seen), all in margins;
    harm, good (probabilities that it exceeds one margin to the harmful, to the good side); mates, team, shows
    (`own_team`), apart (probability of harm beyond the own team's level; NaN where the team does not show it).
    """
    floor = evidence["driver"].map(lambda key: driver_of(key).fewest)
    little = (evidence["n"] < floor) | evidence["expected"].isna()
    comparable = (evidence["peers"] >= FEWEST_PEERS) & (evidence["unlike"].fillna(0) <= MOST_UNLIKE)
    rows = evidence.assign(little=little, comparable=comparable)
    empty = dict.fromkeys(("best", "low", "high", "raw", "harm", "good", "team", "apart"), np.nan)
    rows = rows.assign(**empty, mates=0, shows=False)
    usable = (~little & comparable).to_numpy()
    if not usable.any():
        return rows
    known = rows[usable]
    logs = log_likelihood(known)
    likelihood = np.exp(logs)
    shares = shares_of_widths(likelihood, (known["driver"] + known["aspect"]).reset_index(drop=True))
    belief = posterior(likelihood, shares)
    sign = known["sign"].to_numpy()
    low, high = central_range(logs)
    best = belief.mean()
    raw, error = difference_seen(known)
    team = team_difference(known, raw, error)
    found = known.assign(
        best=best,
        low=np.minimum(low, best),
        high=np.maximum(high, best),
        raw=raw,
        harm=belief.beyond(-sign),
        good=belief.beyond(sign),
        mates=team["mates"],
        team=team["team"],
        shows=team["shows"],
    )
    shown = team["shows"].to_numpy()
    if shown.any():
        beside_mates = np.exp(log_likelihood(known[shown], shift=team["team"].to_numpy()[shown]))
        apart = posterior(beside_mates, shares[shown]).beyond(-sign[shown])
        found.loc[shown, "apart"] = apart
    return pd.concat([found, rows[~usable]]).sort_index()


def difference_seen(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The difference of each row as seen, and its standard error, both in margins."""
    seen, expected, margin = (rows[c].to_numpy() for c in ("seen", "expected", "margin"))
    logs = rows["logarithms"].to_numpy(dtype=bool)
    raw = np.where(logs, np.expm1(seen - expected), seen - expected) / margin
    own = np.where(rows["family"] == MEANS, rows["scatter"], _counted_variance(rows)) / rows["total"].to_numpy()
    return raw, np.sqrt(own * rows["inflation"].to_numpy() + rows["model_error"].to_numpy() ** 2) / margin


def _counted_variance(rows: pd.DataFrame) -> np.ndarray:
    level = rows["expected"].to_numpy()
    return np.where(rows["family"] == "shares", np.clip(level * (1 - level), 1e-6, None), np.clip(level, 1e-9, None))
