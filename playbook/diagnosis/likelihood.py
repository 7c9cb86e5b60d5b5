"""How well each possible true difference between a rep and the peers agrees with what was seen.

In: what was seen and expected per rep.  Out: log-likelihoods over a grid of differences, counted in margins that
matter. Exact for the family (binomial, Poisson, normal), so that small numbers and shares near 0 or 1 are judged
rightly; made flatter by what the rows of one quarter share, and by the uncertainty of what is expected
(quasi-likelihood, McCullagh and Nelder 1989). The range told is that of a flat prior: central 90% of the likelihood.
"""

import numpy as np
import pandas as pd

from playbook.metrics.observations import COUNTS, MEANS, SHARES

STEP = 0.05
GRID = np.arange(-6.0, 6.0 + STEP / 2, STEP)  # differences, in margins
LEVEL = 0.90
_IMPOSSIBLE = -1e12


def log_likelihood(evidence: pd.DataFrame, shift: np.ndarray | float = 0.0) -> np.ndarray:
    """Log-likelihood of each difference of GRID (columns) for each row of `evidence`, its highest set to 0.

    Parameters
    ----------
    evidence : rows of one or several drivers; columns family, logarithms, total, value, seen, expected, scatter,
        inflation, model_error, margin (in the scale of `seen`; of logarithms: as a ratio).
    shift : margins to add to what is expected (a team's own level).
    """
    out = np.empty((len(evidence), len(GRID)), dtype="float64")
    away = GRID[None, :] + np.broadcast_to(np.asarray(shift, dtype="float64"), len(evidence))[:, None]
    for family in (SHARES, MEANS, COUNTS):
        which = (evidence["family"] == family).to_numpy()
        if which.any():
            rows = evidence[which]
            level = _levels(rows, away[which] * rows["margin"].to_numpy()[:, None])
            out[which] = _tempered(rows, level, family)
    return out - out.max(axis=1, keepdims=True)


def central_range(logs: np.ndarray, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray]:
    """The differences, in margins, that the data allow: the central share `level` of each row's likelihood."""
    mass = np.exp(logs)
    return quantile(mass, (1 - level) / 2), quantile(mass, (1 + level) / 2)


def quantile(mass: np.ndarray, share: float) -> np.ndarray:
    """The difference below which `share` of each row's mass over GRID lies, interpolated."""
    up_to = np.cumsum(mass, axis=1)
    up_to /= up_to[:, -1:]
    place = (up_to < share).sum(axis=1).clip(0, len(GRID) - 1)
    rows = np.arange(len(mass))
    before = np.where(place > 0, up_to[rows, np.maximum(place - 1, 0)], 0.0)
    inside = (share - before) / np.maximum(up_to[rows, place] - before, 1e-300)
    return GRID[place] + (np.clip(inside, 0, 1) - 0.5) * STEP


def _levels(rows: pd.DataFrame, difference: np.ndarray) -> np.ndarray:
    """What a rep with each difference would show; NaN where that cannot be."""
    expected = rows["expected"].to_numpy()[:, None]
    logs = rows["logarithms"].to_numpy(dtype=bool)[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        return expected + np.where(logs, np.log1p(np.where(difference > -0.97, difference, np.nan)), difference)


def _tempered(rows: pd.DataFrame, level: np.ndarray, family: str) -> np.ndarray:
    value, total = (rows[c].to_numpy()[:, None] for c in ("value", "total"))
    with np.errstate(invalid="ignore", divide="ignore"):
        if family == SHARES:
            logs = value * np.log(level) + (total - value) * np.log1p(-level)
            own = np.clip(rows["expected"] * (1 - rows["expected"]), 1e-6, None) / rows["total"]
        elif family == COUNTS:
            logs = value * np.log(level) - level * total
            own = np.clip(rows["expected"], 1e-9, None) / rows["total"]
        else:
            own = rows["scatter"] / rows["total"]
            logs = -0.5 * (value / total - level) ** 2 / np.maximum(own.to_numpy()[:, None], 1e-12)
    spread = own * rows["inflation"]
    sharp = (own / (spread + rows["model_error"] ** 2)).to_numpy()[:, None]
    impossible = ~np.isfinite(logs) | (family == COUNTS) & (level <= 0)
    return np.where(impossible, _IMPOSSIBLE, logs * sharp)
