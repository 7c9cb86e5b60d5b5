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

from playbook.diagnosis.traits_model import (
    LEAST_ALIKE_ROWS,
    Design,
    OwnRows,
    design_of,
    fit,
    mean_and_slope,
    penalty,
)
from playbook.diagnosis.yardstick import weights_of
from playbook.metrics.observations import COUNTS, MEANS, SHARES, Observations

LEAST_ALIKE_REPS = 3  # others who must have deals of the same trait for it to count as comparable
_MOSTLY = 0.5
_MOST_ROWS_FITTED = 250_000  # of larger companies an even sample sets the model; more rows would not change it
_MOST_NUMBERS = 8_000_000  # of all reps' matrices that are held at a time
_FEWEST_CLUSTERS = 40  # below, how far single rows hang together cannot be told
_POOLED_ROWS = 12.0  # rows of everybody's scatter that are lent to each rep's own
_LARGE = 0.10  # share of a rep's rows from which on one account could make the difference by itself
_FEW_ROWS = 3
LESS = ["total_less", "value_less", "expected_less"]
OWN = ["own_n", "own_total", "own_value"]
_COLUMNS = ["n", "total", "value", "seen", "expected", "scatter", "inflation", "model_error", "unlike", *OWN, *LESS]


def expected_of_each(seen: Observations) -> pd.DataFrame:
    """Each rep beside what the others would have shown with the same deals.

    Returns
    -------
    DataFrame indexed by rep_id: n (deals or weeks), total (rows, or exposure of counts), value (sum), seen and expected
    (mean of a row, or rate per exposure), scatter (variance of one row around the rep's own mean; means only),
    inflation (by how much rows of one rep and time, or account, vary more than independent ones; at least 1),
    model_error (standard error of `expected`), unlike (share of the rep's rows that few others have the like of; left
    out here), own_n, own_total, own_value (n, total and value with those included), and total_less, value_less,
    expected_less: total, value and expected without the rep's largest account, NaN where no account holds one in ten of
    the rows. A rep whose every row is unlike has the own numbers only.
    """
    if seen.rows.empty:
        return pd.DataFrame(columns=_COLUMNS, dtype="float64", index=pd.Index([], name="rep_id"))
    rep, reps = pd.factorize(seen.rows["rep_id"], sort=True)
    codes = [pd.factorize(seen.rows[trait], sort=True, use_na_sentinel=False)[0] for trait in seen.traits]
    alike, codes = _alike(rep, codes)
    unlike = 1 - np.bincount(rep, alike, minlength=len(reps)) / np.bincount(rep, minlength=len(reps))
    rows = seen.rows if alike.all() else seen.rows[alike]
    own = _own_numbers(seen, rep, reps)
    if not alike.any():
        return _nothing_alike(own, unlike)
    still, rep = np.unique(rep[alike], return_inverse=True)
    names = reps[still]
    design = design_of([c[alike] for c in codes], len(rows))
    exposure = rows["exposure"].to_numpy(dtype="float64") if seen.family == COUNTS else np.ones(len(rows))
    value, beta = _fitted(design, rows, exposure, seen.family)
    total = np.bincount(rep, exposure, minlength=len(names))
    sums = np.bincount(rep, value, minlength=len(names))
    mean, slope = (part * exposure for part in mean_and_slope(design.line(beta), seen.family))
    account = rows["account"].to_numpy() if "account" in rows else None
    scatter, inflation = _noise(value, mean, rep, rows["period"], account, seen.family)
    weight = _weights(value - mean, slope, rep, scatter if seen.family == MEANS else np.ones(len(names)), inflation)
    beta = _refitted(design, value, exposure, weight[rep], beta, seen.family)
    largest = np.zeros(len(rows), dtype=bool) if account is None else _largest_account(rep, account)
    expected, model_error, less = _of_the_others(design, value, exposure, weight, rep, beta, seen.family, largest)
    has_large = np.bincount(rep, largest, minlength=len(names)) > 0
    table = pd.DataFrame(
        {
            "n": _different_units(rep, rows["unit_id"], len(names)),
            "total": total,
            "value": sums,
            "seen": sums / total,
            "expected": expected,
            "scatter": scatter,
            "inflation": inflation,
            "model_error": model_error,
            "unlike": unlike[still],
            **own.iloc[still],
            "total_less": np.where(has_large, np.bincount(rep, exposure * ~largest, minlength=len(names)), np.nan),
            "value_less": np.where(has_large, np.bincount(rep, value * ~largest, minlength=len(names)), np.nan),
            "expected_less": np.where(has_large, less, np.nan),
        },
        index=pd.Index(names, name="rep_id"),
    )
    return table if len(still) == len(reps) else pd.concat([table, _nothing_alike(own, unlike)]).sort_index()


def _own_numbers(seen: Observations, rep: np.ndarray, reps: np.ndarray) -> pd.DataFrame:
    """OWN of every rep: all that is theirs, whether others have the like of it or not."""
    value = seen.rows["value"].to_numpy(dtype="float64")
    exposure = seen.rows["exposure"].to_numpy(dtype="float64") if seen.family == COUNTS else np.ones(len(value))
    total, sums = np.bincount(rep, exposure, minlength=len(reps)), np.bincount(rep, value, minlength=len(reps))
    numbers = (_different_units(rep, seen.rows["unit_id"], len(reps)), total, sums)
    return pd.DataFrame(dict(zip(OWN, numbers, strict=True)), index=pd.Index(reps, name="rep_id"))


def _nothing_alike(own: pd.DataFrame, unlike: np.ndarray) -> pd.DataFrame:
    """The reps whose every row is unlike any: what they show themselves, and nothing to set it beside."""
    table = own.assign(
        n=own["own_n"], total=own["own_total"], value=own["own_value"], seen=own["own_value"] / own["own_total"]
    )
    return table.assign(unlike=unlike)[unlike == 1.0].reindex(columns=_COLUMNS)


def _different_units(rep: np.ndarray, unit: pd.Series, reps: int) -> np.ndarray:
    """How many different deals or weeks each rep has."""
    codes, units = pd.factorize(unit)
    pairs = pd.unique(rep.astype("int64") * (len(units) + 1) + codes)
    return np.bincount(pairs // (len(units) + 1), minlength=reps)


def _alike(rep: np.ndarray, codes: list[np.ndarray]) -> tuple[np.ndarray, list[np.ndarray]]:
    """Which rows have only traits that enough others share; and the traits, with names that nobody shares as one.

    Where hardly any row's trait is shared by three others, one other will do; a trait of which each name is one
    person's (a territory a head) names the person and tells nothing else, so it counts for nobody.
    """
    alike, used = np.ones(len(rep), dtype=bool), []
    for code in codes:
        reps_with_it, rows_with_it = _others_with_it(rep, code)
        shared = (reps_with_it >= LEAST_ALIKE_REPS) & (rows_with_it >= LEAST_ALIKE_ROWS)
        if shared.mean() < _MOSTLY:
            shared = (reps_with_it >= 1) & (rows_with_it >= LEAST_ALIKE_ROWS)
        if shared.mean() >= _MOSTLY:
            alike &= shared
        used.append(np.where(shared, code, int(code.max()) + 1))
    # A small company has no trait that many share: there everybody is compared with everybody, and traits are adjusted.
    return alike if alike.mean() >= _MOSTLY else np.ones(len(rep), dtype=bool), used


def _others_with_it(rep: np.ndarray, code: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each row how many other reps have deals of its name, and how many deals."""
    reps = int(rep.max()) + 1
    pair = code.astype("int64") * reps + rep
    # Of traits with very many names only the pairs that are there.
    if (int(code.max()) + 1) * reps <= _MOST_NUMBERS:
        pairs = np.arange((int(code.max()) + 1) * reps)
    else:
        pair, pairs = pd.factorize(pair)
    rows_of_pair = np.bincount(pair, minlength=len(pairs))
    reps_with_it = np.bincount(pairs // reps, rows_of_pair > 0)
    rows_with_it = np.bincount(pairs // reps, rows_of_pair)
    return reps_with_it[code] - 1, rows_with_it[code] - rows_of_pair[pair]


def _largest_account(rep: np.ndarray, account: np.ndarray) -> np.ndarray:
    """Which rows belong to the largest account of their rep, where it holds one in ten of the rep's rows or more."""
    pair, _ = pd.factorize(rep.astype("int64") * (int(account.max()) + 1) + account)
    size = np.bincount(pair)
    owner = np.zeros(len(size), dtype="int64")
    owner[pair] = rep
    order = np.lexsort((-size, owner))
    first = order[np.unique(owner[order], return_index=True)[1]]
    large = (size[first] >= _FEW_ROWS) & (size[first] >= _LARGE * np.bincount(rep)[owner[first]])
    return np.isin(pair, first[large])


def _fitted(design: Design, rows: pd.DataFrame, exposure: np.ndarray, family: str) -> tuple[np.ndarray, np.ndarray]:
    """The values, with censored ones filled in, and the model of all."""
    known = rows["value"].to_numpy(dtype="float64")
    every = max(len(known) // _MOST_ROWS_FITTED, 1)
    part = design.part(every)
    censored = rows["censored"].to_numpy(dtype=bool)
    value, beta = known, fit(part, known[::every], exposure[::every], family)
    if family != MEANS or not censored.any():
        return value, beta
    for _ in range(3):
        line = design.line(beta)
        spread = float(np.std((value - line)[~censored])) or 1.0
        beyond = (known[censored] - line[censored]) / spread
        hazard = np.exp(-0.5 * beyond**2 - 0.5 * np.log(2 * np.pi) - log_ndtr(-beyond))
        value = known.copy()
        value[censored] = line[censored] + spread * hazard
        beta = fit(part, value[::every], exposure[::every], family)
    return value, beta


def _weights(off: np.ndarray, slope: np.ndarray, rep: np.ndarray, scatter: np.ndarray, inflation: float) -> np.ndarray:
    """How much each rep counts in what is usual, by the distance from the model of all on the model's own scale."""
    information = np.bincount(rep, slope, minlength=len(scatter))
    difference = np.bincount(rep, off, minlength=len(scatter)) / np.maximum(information, 1e-9)
    return weights_of(difference, np.sqrt(scatter * inflation / np.maximum(information, 1e-9)))


def _refitted(
    design: Design, value: np.ndarray, exposure: np.ndarray, weight: np.ndarray, beta: np.ndarray, family: str
) -> np.ndarray:
    """The model in which each row counts by its `weight`."""
    if (weight == 1.0).all():
        return beta
    every = max(len(value) // _MOST_ROWS_FITTED, 1)
    own = weight[::every]
    return fit(design.part(every), value[::every] * own, exposure[::every] * own, family)


def _of_the_others(
    design: Design,
    value: np.ndarray,
    exposure: np.ndarray,
    weight: np.ndarray,
    rep: np.ndarray,
    beta: np.ndarray,
    family: str,
    largest: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What the others' model expects of each rep's rows, and the standard error of that; each rep by its `weight`.

    Third: what it expects of the rows that are not of the rep's `largest` account.
    """
    reps = len(weight)
    mean, slope = mean_and_slope(design.line(beta), family)
    off = (value - mean * exposure) * weight[rep]
    noise = float(np.average((value - mean) ** 2, weights=weight[rep])) if family == MEANS else 1.0
    slope = slope * exposure * weight[rep]
    information = design.products(slope) + penalty(design.width)
    order = np.argsort(rep, kind="stable")
    ends = np.searchsorted(rep[order], np.arange(reps + 1))
    expected, error, less = np.empty(reps), np.empty(reps), np.empty(reps)
    many = max(_MOST_NUMBERS // design.width**2, 1)
    for begin in range(0, reps, many):
        stop = min(begin + many, reps)
        own = order[ends[begin] : ends[stop]]
        some = OwnRows(design.ones[own], design.width, rep[own] - begin, stop - begin)
        others = information - some.products(slope[own])
        step = np.linalg.solve(others, some.sums(off[own])[..., None])[..., 0]
        without = beta - step
        usual, usual_slope = mean_and_slope(some.line(without), family)
        total = np.bincount(some.rep, exposure[own], minlength=some.reps)
        expected[begin:stop] = np.bincount(some.rep, usual * exposure[own], minlength=some.reps) / total
        apart = exposure[own] * ~largest[own]
        rest = np.maximum(np.bincount(some.rep, apart, minlength=some.reps), 1e-9)
        less[begin:stop] = np.bincount(some.rep, usual * apart, minlength=some.reps) / rest
        gradient = some.sums(usual_slope * exposure[own]) / total[:, None]
        spread = np.linalg.solve(others, gradient[..., None])[..., 0]
        error[begin:stop] = np.sqrt(noise * np.einsum("rk,rk->r", gradient, spread))
    return expected, error, less


def _noise(
    value: np.ndarray, mean: np.ndarray, rep: np.ndarray, period: pd.Series, account: np.ndarray | None, family: str
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


def _spans(period: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """The quarter and the half year of each row as codes; luck that lasts for months shows only in the longer one."""
    quarter, names = pd.factorize(period)
    half = [f"{name[:4]}H{1 + (name[5:] > '2')}" if name[4:5] == "Q" else name for name in names.astype("str").tolist()]
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
