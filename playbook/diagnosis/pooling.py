"""How far each rep truly differs, once luck is taken into account.

In: likelihoods of differences.  Out: the best estimate, and probabilities beyond a margin.
Method: empirical Bayes with a mixture of normal curves of growing width (adaptive shrinkage, Stephens 2017). How common
small and large differences are is learned from all reps and drivers together, then for each driver with that as its
starting point; where most reps are alike, a lone outlier has to show more.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.diagnosis.likelihood import GRID

WIDTHS = np.array([0.25, 0.5, 1.0, 2.0, 3.5])  # standard deviations of true differences, in margins that matter
# Before any data: most people differ from their peers by less than matters. Counts for as much as so many rows.
_BEFORE = np.array([0.62, 0.18, 0.08, 0.07, 0.05])
_BEFORE_ROWS = 30.0
_LENT_ROWS = 25.0  # by all drivers together to each single one
_ROUNDS = 200


@dataclass(frozen=True)
class Posterior:
    """The distribution of each row's true difference over GRID (rows × differences; each row sums to 1)."""

    mass: np.ndarray

    def mean(self) -> np.ndarray:
        """The best estimate of the difference, in margins."""
        return self.mass @ GRID

    def beyond(self, sign: np.ndarray, margins: float = 1.0) -> np.ndarray:
        """The probability that the difference exceeds so many margins in the direction of `sign` (+1 or -1) per row."""
        edge = margins - 1e-9
        above = self.mass[:, np.greater_equal(GRID, edge)].sum(axis=1)
        below = self.mass[:, np.less_equal(GRID, -edge)].sum(axis=1)
        return np.where(np.asarray(sign) > 0, above, below)


def shares_of_widths(likelihood: np.ndarray, driver: pd.Series) -> np.ndarray:
    """How common each width of true differences is, for each row by its driver (rows × WIDTHS)."""
    fit = likelihood @ _curves().T
    everywhere = _mix(fit, _BEFORE * _BEFORE_ROWS)
    out = np.empty_like(fit)
    for _, rows in driver.groupby(driver).indices.items():
        out[rows] = _mix(fit[rows], everywhere * _LENT_ROWS)
    return out


def posterior(likelihood: np.ndarray, shares: np.ndarray) -> Posterior:
    """What to believe of each row's true difference; `shares` as `shares_of_widths` gives them."""
    mass = likelihood * (shares @ _curves())
    return Posterior(mass / np.maximum(mass.sum(axis=1, keepdims=True), 1e-300))


def _curves() -> np.ndarray:
    curves = np.exp(-0.5 * (GRID[None, :] / WIDTHS[:, None]) ** 2)
    return curves / curves.sum(axis=1, keepdims=True)


def _mix(fit: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Shares of the curves by expectation and maximisation, `before` counting as rows seen earlier."""
    shares = before / before.sum()
    for _ in range(_ROUNDS):
        each = fit * shares
        each /= np.maximum(each.sum(axis=1, keepdims=True), 1e-300)
        new = (each.sum(axis=0) + before) / (len(fit) + before.sum())
        if np.abs(new - shares).max() < 1e-7:
            break
        shares = new
    return shares
