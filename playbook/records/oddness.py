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
    family = job.reindex(measured.index)
    usual = pd.Series(np.nan, index=measured.index)
    middle_error = pd.Series(0.0, index=measured.index)
    others = measured["value"].groupby(family).transform("size") - 1
    for _, values in measured["value"].groupby(family):
        if len(values) > FEWEST_OTHERS:
            usual[values.index] = _median_of_the_others(values.to_numpy())
            spread = (values - values.median()).abs().median() * 1.4826
            middle_error[values.index] = 1.25 * spread / np.sqrt(len(values) - 1)
    difference = measured["value"] - usual
    error = np.sqrt(measured["error"] ** 2 + middle_error**2)
    apart = (difference.abs() >= margin) & (difference.abs() >= SURE * error)
    side = np.where(apart & (difference > 0), HIGH, np.where(apart & (difference < 0), LOW, ALIKE))
    return measured.assign(usual=usual, difference=difference, side=side, others=others.fillna(0).astype("int64"))


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
