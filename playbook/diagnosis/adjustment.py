"""What ordinary peers would have done with the very same deals: nobody is judged for the deals they were given.

In: observations of one driver, of one family of jobs.  Out: per rep what was seen and what the others would have shown.
Method: a generalised linear model of the deals' traits (logistic, normal or Poisson; McCullagh and Nelder 1989) with a
weak ridge penalty; each rep is set beside the model that the *other* reps give (one Newton step away from the model of
all, as in Pregibon 1981), so that nobody is their own peer. Values known only to be "at least so long" (deals still in
a stage) are filled in with what is to be expected beyond that point (Buckley and James 1979, with a normal tail).
"""

import numpy as np
import pandas as pd
from scipy.special import log_ndtr

from playbook.metrics.observations import COUNTS, MEANS, SHARES, Observations

LEAST_ALIKE_REPS = 3  # others who must have deals of the same trait for it to count as comparable
LEAST_ALIKE_ROWS = 20
_RIDGE = 1.0  # prior standard deviation 1 of each trait's effect on the model's scale
_STEPS = 25
_MOST_ROWS_FITTED = 250_000  # of larger companies an even sample sets the model; more rows would not change it
_FEWEST_CLUSTERS = 40  # below, how far single rows hang together cannot be told
_POOLED_ROWS = 12.0  # rows of everybody's scatter that are lent to each rep's own
_COLUMNS = ["n", "total", "value", "seen", "expected", "scatter", "inflation", "model_error", "unlike"]


def expected_of_each(seen: Observations) -> pd.DataFrame:
    """Each rep beside what the others would have shown with the same deals.

    Returns
    -------
    DataFrame indexed by rep_id: n (deals or weeks), total (rows, or exposure of counts), value (sum), seen and expected
    (mean of a row, or rate per exposure), scatter (variance of one row around the rep's own mean; means only),
    inflation (by how much rows of one rep and time, or account, vary more than independent ones; at least 1),
    model_error (standard error of `expected`), unlike (share of the rep's rows that few others have the like of; left out here).
    """
    if seen.rows.empty:
        return pd.DataFrame(columns=_COLUMNS, dtype="float64", index=pd.Index([], name="rep_id"))
    rows, unlike = _alike(seen)
    rep, reps = pd.factorize(rows["rep_id"], sort=True)
    design = _design(rows, seen.traits)
    exposure = rows["exposure"].to_numpy(dtype="float64") if seen.family == COUNTS else np.ones(len(rows))
    value, beta = _fitted(design, rows, exposure, seen.family)
    expected, model_error = _of_the_others(design, value, exposure, rep, len(reps), beta, seen.family)
    total = np.bincount(rep, exposure, minlength=len(reps))
    sums = np.bincount(rep, value, minlength=len(reps))
    mean, _ = _mean(design @ beta, seen.family)
    account = rows["account"].to_numpy() if "account" in rows else None
    scatter, inflation = _noise(value, mean * exposure, rep, rows["period"].to_numpy(), account, seen.family)
    found = pd.DataFrame(
        {
            "n": rows.groupby(rep)["unit_id"].nunique().to_numpy(),
            "total": total,
            "value": sums,
            "seen": sums / total,
            "expected": expected,
            "scatter": scatter,
            "inflation": inflation,
            "model_error": model_error,
        },
        index=pd.Index(reps, name="rep_id"),
    )
    return found.assign(unlike=unlike.reindex(found.index).fillna(0.0))


def _alike(seen: Observations) -> tuple[pd.DataFrame, pd.Series]:
    """The rows whose every trait enough others share, and the share of each rep's rows that was left out."""
    rows = seen.rows
    kept = pd.Series(True, index=rows.index)
    for trait in seen.traits:
        pairs = rows.groupby([trait, "rep_id"], observed=True).size()
        with_it = pairs.groupby(level=0).agg(["size", "sum"])
        others = rows[trait].map(with_it["size"]) - 1
        their_rows = (
            rows[trait].map(with_it["sum"])
            - pairs.reindex(pd.MultiIndex.from_frame(rows[[trait, "rep_id"]])).to_numpy()
        )
        kept &= (others >= LEAST_ALIKE_REPS) & (their_rows >= LEAST_ALIKE_ROWS)
    # A small company has no trait that many share: there everybody is compared with everybody, and traits are adjusted.
    if kept.mean() < 0.5:
        kept[:] = True
    unlike = 1 - kept.groupby(rows["rep_id"]).mean()
    return rows[kept].reset_index(drop=True), unlike


def _design(rows: pd.DataFrame, traits: tuple[str, ...]) -> np.ndarray:
    columns = [np.ones((len(rows), 1))]
    for trait in traits:
        counts = rows[trait].value_counts()
        folded = rows[trait].where(rows[trait].map(counts) >= LEAST_ALIKE_ROWS, "other")
        codes, names = pd.factorize(folded, sort=True)
        if len(names) > 1:
            columns.append((codes[:, None] == np.arange(len(names))[None, :]).astype("float64"))
    return np.hstack(columns)


def _fitted(design: np.ndarray, rows: pd.DataFrame, exposure: np.ndarray, family: str) -> tuple[np.ndarray, np.ndarray]:
    """The values, with censored ones filled in, and the model of all."""
    value = rows["value"].to_numpy(dtype="float64")
    every = max(len(value) // _MOST_ROWS_FITTED, 1)
    censored = rows["censored"].to_numpy(dtype=bool)
    beta = _fit(design[::every], value[::every], exposure[::every], family)
    if family != MEANS or not censored.any():
        return value, beta
    for _ in range(3):
        line = design @ beta
        spread = float(np.std((value - line)[~censored])) or 1.0
        beyond = (rows["value"].to_numpy() - line) / spread
        hazard = np.exp(-0.5 * beyond**2 - 0.5 * np.log(2 * np.pi) - log_ndtr(-beyond))
        value = np.where(censored, line + spread * hazard, rows["value"].to_numpy(dtype="float64"))
        beta = _fit(design[::every], value[::every], exposure[::every], family)
    return value, beta


def _of_the_others(
    design: np.ndarray,
    value: np.ndarray,
    exposure: np.ndarray,
    rep: np.ndarray,
    reps: int,
    beta: np.ndarray,
    family: str,
) -> tuple[np.ndarray, np.ndarray]:
    """What the others' model expects of each rep's rows, and the standard error of that."""
    mean, slope = _mean(design @ beta, family)
    mean, slope = mean * exposure, slope * exposure
    noise = float(np.var(value - mean)) if family == MEANS else 1.0
    order = np.argsort(rep, kind="stable")
    ends = np.searchsorted(rep[order], np.arange(reps + 1))
    information = design.T @ (design * slope[:, None]) + _penalty(design.shape[1])
    expected, error = np.empty(reps), np.empty(reps)
    for i in range(reps):
        own = order[ends[i] : ends[i + 1]]
        x = design[own]
        others = information - x.T @ (x * slope[own, None])
        without = beta - np.linalg.solve(others, x.T @ (value[own] - mean[own]))
        usual, usual_slope = _mean(x @ without, family)
        total = exposure[own].sum()
        expected[i] = (usual * exposure[own]).sum() / total
        gradient = x.T @ (usual_slope * exposure[own]) / total
        error[i] = np.sqrt(noise * gradient @ np.linalg.solve(others, gradient))
    return expected, error


def _penalty(size: int) -> np.ndarray:
    return np.diag([1e-6] + [_RIDGE] * (size - 1))


def _fit(design: np.ndarray, value: np.ndarray, exposure: np.ndarray, family: str) -> np.ndarray:
    """Newton's method for the model's coefficients, with the ridge penalty."""
    beta = np.zeros(design.shape[1])
    start = (value.sum() + 0.5) / (exposure.sum() + 1.0)
    beta[0] = {SHARES: np.log(start / max(1 - start, 1e-9)), MEANS: value.mean(), COUNTS: np.log(max(start, 1e-9))}[
        family
    ]
    penalty = _penalty(len(beta))
    for _ in range(_STEPS):
        mean, slope = _mean(design @ beta, family)
        mean, slope = mean * exposure, slope * exposure
        step = np.linalg.solve(
            design.T @ (design * slope[:, None]) + penalty, design.T @ (value - mean) - penalty @ beta
        )
        beta = beta + np.clip(step, -3, 3)
        if np.abs(step).max() < 1e-8:
            break
    return beta


def _mean(line: np.ndarray, family: str) -> tuple[np.ndarray, np.ndarray]:
    """The expected value on the model's line, and its slope there."""
    if family == MEANS:
        return line, np.ones_like(line)
    if family == COUNTS:
        rate = np.exp(np.clip(line, -20, 20))
        return rate, rate
    share = 1 / (1 + np.exp(-np.clip(line, -20, 20)))
    return share, np.maximum(share * (1 - share), 1e-6)


def _noise(
    value: np.ndarray, mean: np.ndarray, rep: np.ndarray, period: np.ndarray, account: np.ndarray | None, family: str
) -> tuple[np.ndarray, float]:
    """The scatter of one row (per rep; of means) and the inflation of all rows, both around the rep's own level.

    Rows of one time hang together, and so do those of one account: what either adds is added up (clustering in two
    ways, Cameron, Gelbach and Miller 2011).
    """
    reps = int(rep.max()) + 1
    n = np.bincount(rep, minlength=reps).astype("float64")
    if family == MEANS:
        off = value - mean
        off = off - (np.bincount(rep, off, minlength=reps) / n)[rep]
        squares = np.bincount(rep, off**2, minlength=reps)
        pooled = squares.sum() / max(len(value) - reps, 1)
        scatter = (squares + _POOLED_ROWS * pooled) / (np.maximum(n - 1, 0) + _POOLED_ROWS)
        usual = scatter[rep]
    else:
        ratio = np.bincount(rep, value, minlength=reps) / np.maximum(np.bincount(rep, mean, minlength=reps), 1e-9)
        level = mean * ratio[rep]
        if family == SHARES:
            level = np.clip(level, 1e-6, 1 - 1e-6)
        off = value - level
        usual = level * (1 - level) if family == SHARES else np.maximum(level, 1e-9)
        scatter = np.full(reps, np.nan)
    in_time = max(_together(off, usual, rep, codes) for codes in _spans(period))
    by_account = _together(off, usual, rep, account) if account is not None else 1.0
    return scatter, in_time + by_account - 1.0


def _spans(period: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The quarter and the half year of each row as codes; luck that lasts for months shows only in the longer one."""
    quarter, names = pd.factorize(period)
    half = [f"{name[:4]}H{1 + (name[5:] > '2')}" if name[4:5] == "Q" else name for name in names.astype("str")]
    return quarter, pd.factorize(np.array(half, dtype=object))[0][quarter]


def _together(off: np.ndarray, usual: np.ndarray, rep: np.ndarray, group: np.ndarray) -> float:
    """By how much rows of one rep and group vary more than independent ones (1 or more)."""
    cluster = pd.factorize(rep.astype("int64") * (int(group.max()) + 1) + group)[0]
    clusters, reps = int(cluster.max()) + 1, int(rep.max()) + 1
    if clusters - reps < _FEWEST_CLUSTERS:
        return 1.0
    together = np.bincount(cluster, off, minlength=clusters) ** 2
    alone = np.bincount(cluster, usual, minlength=clusters)
    return max(1.0, float(together.sum() / (alone.sum() * (clusters - reps) / clusters)))
