"""What ordinary peers would have done with the very same deals, so that a rep is not judged for the deals they were given.

In: observations of one driver.  Out: per rep what was seen, what peers would be expected to show, and how sure that is.
Method: a generalised linear model of the deals' traits (logistic, normal or Poisson; McCullagh and Nelder 1989) with a
weak ridge penalty; each rep is compared with the model that the *other* reps of the same job give (one Newton step away
from the model of all, as in Pregibon 1981), so that nobody is their own peer.
"""

import numpy as np
import pandas as pd

from playbook.metrics.observations import COUNTS, MEANS, SHARES, Observations

_RIDGE = 1.0  # prior standard deviation 1 of each trait's effect on the model's scale
_STEPS = 25
_RARE = 20  # a trait's value that fewer rows have is folded into "other"


def compared(seen: Observations) -> pd.DataFrame:
    """Each rep beside what the others would have shown with the same deals; call it for one job at a time.

    Returns
    -------
    DataFrame indexed by rep_id: n (rows), seen, expected (mean value; for counts per unit of exposure), effect (seen
    less expected), error (standard error of the effect, in the same unit), spread (standard deviation of one row),
    exposure (sum).
    """
    rows = seen.rows
    rep, reps = pd.factorize(rows["rep_id"], sort=True)
    design = _design(rows, seen.traits)
    value, weight = rows["value"].to_numpy(), rows["exposure"].to_numpy(dtype="float64")
    beta = _fit(design, value, weight, seen.family)
    mean, curve = _mean(design @ beta, seen.family)
    mean, curve = mean * _offset(weight, seen.family), curve * _offset(weight, seen.family)
    noise = _noise(value, mean, rep, len(reps), seen.family)
    counts = np.bincount(rep, minlength=len(reps)).astype("float64")
    total = np.bincount(rep, weight, minlength=len(reps)) if seen.family == COUNTS else counts
    order = np.argsort(rep, kind="stable")
    ends = np.searchsorted(rep[order], np.arange(len(reps) + 1))
    penalty = _penalty(design.shape[1])
    information = design.T @ (design * curve[:, None]) + penalty
    expected, error = np.empty(len(reps)), np.empty(len(reps))
    for i in range(len(reps)):
        own = order[ends[i] : ends[i + 1]]
        x, pull = design[own], value[own] - mean[own]
        others = np.linalg.inv(information - x.T @ (x * curve[own, None]))
        without = beta - others @ (x.T @ pull)
        usual, slope = _mean(x @ without, seen.family)
        offset = _offset(weight[own], seen.family)
        expected[i] = (usual * offset).sum() / total[i]
        gradient = x.T @ (slope * offset)
        own_noise = noise * _row_noise(usual * offset, seen.family).sum()
        error[i] = np.sqrt(own_noise + noise * gradient @ others @ gradient) / total[i]
    observed = np.bincount(rep, value, minlength=len(reps)) / total
    columns = {"n": counts.astype("int64"), "seen": observed, "expected": expected}
    columns |= {"effect": observed - expected, "error": error, "spread": error * np.sqrt(counts), "exposure": total}
    return pd.DataFrame(columns, index=pd.Index(reps, name="rep_id"))


def _design(rows: pd.DataFrame, traits: tuple[str, ...]) -> np.ndarray:
    columns = [np.ones((len(rows), 1))]
    for trait in traits:
        counts = rows[trait].value_counts()
        folded = rows[trait].where(rows[trait].map(counts) >= _RARE, "other")
        dummies = pd.get_dummies(folded, dtype="float64")
        if dummies.shape[1] > 1:
            columns.append(dummies.to_numpy())
    return np.hstack(columns)


def _penalty(size: int) -> np.ndarray:
    return np.diag([1e-6] + [_RIDGE] * (size - 1))


def _fit(design: np.ndarray, value: np.ndarray, weight: np.ndarray, family: str) -> np.ndarray:
    beta = np.zeros(design.shape[1])
    offset = _offset(weight, family)
    start = (value.sum() + 0.5) / (offset.sum() + 1.0)
    beta[0] = {SHARES: np.log(start / max(1 - start, 1e-9)), MEANS: value.mean(), COUNTS: np.log(start)}[family]
    for _ in range(_STEPS):
        mean, curve = _mean(design @ beta, family)
        mean, curve = mean * offset, curve * offset
        penalty = _penalty(len(beta))
        step = np.linalg.solve(
            design.T @ (design * curve[:, None]) + penalty, design.T @ (value - mean) - penalty @ beta
        )
        beta = beta + np.clip(step, -3, 3)
        if np.abs(step).max() < 1e-8:
            break
    return beta


def _offset(weight: np.ndarray, family: str) -> np.ndarray:
    return weight if family == COUNTS else np.ones_like(weight)


def _mean(line: np.ndarray, family: str) -> tuple[np.ndarray, np.ndarray]:
    """The expected value on the model's line, and its slope there."""
    if family == MEANS:
        return line, np.ones_like(line)
    if family == COUNTS:
        rate = np.exp(np.clip(line, -20, 20))
        return rate, rate
    share = 1 / (1 + np.exp(-np.clip(line, -20, 20)))
    return share, np.maximum(share * (1 - share), 1e-6)


def _row_noise(mean: np.ndarray, family: str) -> np.ndarray:
    if family == SHARES:
        return np.maximum(mean * (1 - mean), 1e-6)
    return np.ones_like(mean) if family == MEANS else mean


def _noise(value: np.ndarray, mean: np.ndarray, rep: np.ndarray, reps: int, family: str) -> float:
    """How much single rows scatter around their rep's own level, as a multiple of the family's own noise (at least 1)."""
    if family == SHARES:
        return 1.0
    off = value - mean
    own = np.bincount(rep, off, minlength=reps) / np.maximum(np.bincount(rep, minlength=reps), 1)
    free = max(len(value) - reps, 1)
    if family == MEANS:
        return float(((off - own[rep]) ** 2).sum() / free)
    ratio = np.bincount(rep, value, minlength=reps) / np.maximum(np.bincount(rep, mean, minlength=reps), 1e-9)
    fitted = np.maximum(mean * ratio[rep], 1e-9)
    return max(1.0, float((((value - mean * ratio[rep]) ** 2) / fitted).sum() / free))
