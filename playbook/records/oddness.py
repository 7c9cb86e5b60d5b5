"""Whose trait stands apart from that of like colleagues, by more than luck.

In: traits as measured, and each rep's job.  Out: per rep the middle of the others, the difference, on which side.
The middle is the median of the others of the same job, so no single colleague moves it (Hampel 1974). Odd is who
differs by the trait's margin and by more than sampling brings (one side in twenty). Odd has no good side: where nearly
everybody has a habit, the few who have it not are odd, and the same question is asked of what stands out in them.
"""

import numpy as np
import pandas as pd

FEWEST_OTHERS = 5
SURE = 1.645  # standard errors: one side in twenty
HIGH, LOW, ALIKE = "high", "low", "alike"


def beside_the_middle(measured: pd.DataFrame, job: pd.Series, margin: float) -> pd.DataFrame:
    """Each rep's trait beside the middle of the others of the same job.

    Parameters
    ----------
    measured : value, n, error (`measures`), indexed by rep_id.
    job : each rep's family of jobs, indexed by rep_id.

    Returns
    -------
    DataFrame indexed as `measured`: value, n, error, usual (median of the others), difference, side (`high`, `low`,
    `alike`), others (how many). Where fewer than FEWEST_OTHERS others are there, usual is NaN and side `alike`.
    """
    family = pd.factorize(job.reindex(measured.index))[0]
    value = measured["value"].to_numpy(dtype="float64")
    usual, middle_error = np.full(len(value), np.nan), np.zeros(len(value))
    others = np.zeros(len(value), dtype="int64")
    for number in range(family.max(initial=-1) + 1):
        alike = np.flatnonzero(family == number)
        others[alike] = len(alike) - 1
        if len(alike) > FEWEST_OTHERS:
            values = value[alike]
            usual[alike] = _median_of_the_others(values)
            spread = np.median(np.abs(values - np.median(values))) * 1.4826
            middle_error[alike] = 1.25 * spread / np.sqrt(len(alike) - 1)
    difference = value - usual
    error = np.sqrt(measured["error"].to_numpy(dtype="float64") ** 2 + middle_error**2)
    apart = (np.abs(difference) >= margin) & (np.abs(difference) >= SURE * error)
    side = np.where(apart & (difference > 0), HIGH, np.where(apart & (difference < 0), LOW, ALIKE))
    return measured.assign(usual=usual, difference=difference, side=side, others=others)


def _median_of_the_others(values: np.ndarray) -> np.ndarray:
    """For each value the median of the rest."""
    order = np.argsort(values, kind="stable")
    ranks = np.empty(len(values), dtype="int64")
    ranks[order] = np.arange(len(values))
    rest = len(values) - 1
    low, high = (rest - 1) // 2, rest // 2
    sorted_values = values[order]

    def at(place: int) -> np.ndarray:
        return sorted_values[place + (ranks <= place)]

    return (at(low) + at(high)) / 2
