"""From evidence to what is believed of each rep and driver: best estimate, range, probabilities.

In: evidence.  Out: the same rows with beliefs, in margins that matter.
"""

import numpy as np
import pandas as pd

from playbook.diagnosis.diagnosis_rows import FEWEST_PEERS
from playbook.diagnosis.evidence import MOST_UNLIKE
from playbook.diagnosis.likelihood import central_range, log_likelihood
from playbook.diagnosis.own_team import team_difference
from playbook.diagnosis.pooling import Posterior, posterior, shares_of_widths
from playbook.drivers.registry import driver_of
from playbook.metrics.observations import COUNTS, MEANS

HALF = 0.5  # margins; a difference beyond it is called real
FEWEST_EVENTS = 10  # events that peers would have shown in the same time; with fewer, a count says nothing
_OUTER_TENTH = 1.28  # standard deviations
_WORTH_A_LOOK = 0.2  # probability of being real below which no verdict hangs on the middle rep or the own team


def judged(evidence: pd.DataFrame) -> pd.DataFrame:
    """What is believed of each row of `evidence`.

    Returns
    -------
    `evidence` with: little (too few of the rep's own), comparable (enough peers, and deals like theirs), and for rows
    that are neither: best (estimate of the true difference), low, high (90% range, as the rep's own deals alone would
    say, so it need not hold `best`), raw (as seen), in margins; harm, good (probabilities that it exceeds one margin to
    the harmful, to the good side), real, real_good (that it exceeds half a margin), mates, team, shows (`own_team`).
    Where the team shows it, `harm` and `real` are beside the own team's level; else beside what is expected or the
    middle rep of the driver, whichever is the less harmful; so are `good` and `real_good`; and all four with or without
    the rep's largest account.
    """
    floor = evidence["driver"].map(lambda key: driver_of(key).fewest)
    like = evidence["unlike"].fillna(0) <= MOST_UNLIKE
    events = (evidence["expected"] * evidence["total"]).fillna(evidence["value"])
    rare = (evidence["family"] == COUNTS) & ~(events >= FEWEST_EVENTS)
    handful = evidence["deals"] < evidence["driver"].map(lambda key: driver_of(key).fewest_deals)
    handful &= evidence["peers"] >= FEWEST_PEERS
    little = (
        (evidence["own_n"] < floor) | rare | handful | (like & ((evidence["n"] < floor) | evidence["expected"].isna()))
    )
    comparable = (evidence["peers"] >= FEWEST_PEERS) & like
    rows = evidence.assign(little=little, comparable=comparable)
    empty = dict.fromkeys(("best", "low", "high", "raw", "harm", "good", "real", "real_good", "team"), np.nan)
    rows = rows.assign(**empty, mates=0, shows=False)
    usable = (~little & comparable).to_numpy()
    if not usable.any():
        return rows
    rows = rows.assign(margin=rows["margin"] * _where_people_differ_more(rows[usable]).reindex(rows.index).fillna(1.0))
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
    beliefs = known.assign(
        best=best,
        low=low,
        high=high,
        raw=raw,
        mates=team["mates"],
        team=team["team"],
        shows=team["shows"],
    )
    team_shows = team["shows"].to_numpy()
    middle = sign * _of_the_middle_rep(known, raw)
    to_harm = np.where(team_shows, team["team"], sign * np.minimum(middle, 0.0))
    to_good = sign * np.maximum(middle, 0.0)
    beliefs = beliefs.assign(
        **_beyond(("harm", "real"), known, belief, shares, -sign, to_harm),
        **_beyond(("good", "real_good"), known, belief, shares, sign, to_good),
    )
    return pd.concat([beliefs, rows[~usable]]).sort_index()


def _of_the_middle_rep(known: pd.DataFrame, raw: np.ndarray) -> np.ndarray:
    """The difference of the middle one of the reps of the same job, in margins: not all can lie below what is usual."""
    keys = ["driver", "aspect", "job"]
    return known[keys].assign(raw=raw).groupby(keys)["raw"].transform("median").to_numpy()


def _beyond(
    names: tuple[str, str],
    known: pd.DataFrame,
    belief: Posterior,
    shares: np.ndarray,
    side: np.ndarray,
    beside: np.ndarray,
) -> dict[str, np.ndarray]:
    """The probabilities, by `names`, to lie beyond the margin and beyond half of it on a `side`.

    Where `beside` is not 0, so many margins are added to what is expected first. Where one account could make the
    difference by itself, the lower of the probabilities with and without it.
    """
    beyond, half = belief.beyond(side), belief.beyond(side, HALF)

    def lower(rows: pd.DataFrame, which: np.ndarray) -> None:
        shifted = posterior(np.exp(log_likelihood(rows, shift=beside[which])), shares[which])
        beyond[which] = np.minimum(beyond[which], shifted.beyond(side[which]))
        half[which] = np.minimum(half[which], shifted.beyond(side[which], HALF))

    again = np.flatnonzero((beside != 0) & (half >= _WORTH_A_LOOK))
    if len(again):
        lower(known.iloc[again], again)
    again = np.flatnonzero(known["total_less"].notna() & (half >= _WORTH_A_LOOK))
    if len(again):
        lower(_without_the_largest_account(known.iloc[again]), again)
    return dict(zip(names, (beyond, half), strict=True))


def _without_the_largest_account(rows: pd.DataFrame) -> pd.DataFrame:
    total, value = rows["total_less"], rows["value_less"]
    return rows.assign(total=total, value=value, seen=value / total, expected=rows["expected_less"])


def _where_people_differ_more(known: pd.DataFrame) -> pd.Series:
    """By how much each row's margin grows because the reps of this company differ from one another anyway; 1 or more.

    Where most reps differ by more than the margin (territories handed out unevenly, say), a difference counts only
    beyond the outer tenth of what is ordinary there. Spread without the part that luck brings, from the middle half, so
    that a few people who stand apart do not count.
    """
    raw, error = difference_seen(known)
    frame = known[["driver", "aspect"]].assign(raw=raw, variance=error**2).groupby(["driver", "aspect"])
    middle_half = frame["raw"].transform(lambda r: r.quantile(0.75) - r.quantile(0.25)) / 1.349
    spread = np.sqrt((middle_half**2 - frame["variance"].transform("median")).clip(lower=0))
    return (_OUTER_TENTH * spread).clip(lower=1.0)


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
