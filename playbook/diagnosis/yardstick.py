"""How much each rep counts in what the others are compared with: people count, not deals, and nobody alone decides.

In: how far each rep lies from the model of all, and how sure that is.  Out: a weight per rep.
Two reasons for a weight below 1. Where people differ from one another anyway, the deals of one busy rep say less about
what is usual than as many deals of several people (the weights of a random-effects mean; DerSimonian and Laird 1986).
And whoever stands far apart from the middle rep counts less and less the farther out (a redescending M-estimator, as
in Hampel et al. 1986): one deal-maker among five ordinary people does not make the five small.
"""

import numpy as np

_ORDINARY = 2.5  # standard deviations from the middle rep up to which everybody counts in full
_NORMAL = 1.4826  # the median absolute deviation of a normal curve is its standard deviation divided by this
_LEAST = 1e-6


def weights_of(difference: np.ndarray, error: np.ndarray) -> np.ndarray:
    """The weight of each rep's rows in the model of what is usual, above 0 and at most 1.

    Parameters
    ----------
    difference : each rep's difference from the model of all, on the model's own scale.
    error : its standard error.
    """
    if len(difference) < 3:
        return np.ones(len(difference))
    variance = np.maximum(error, 1e-9) ** 2
    precision = np.minimum(1 / variance, np.median(1 / variance))  # nobody counts for more than the middle rep
    away = difference - weighted_median(difference, precision)
    spread = (_NORMAL * weighted_median(np.abs(away), precision)) ** 2
    between = max(spread - weighted_median(variance, precision), 0.0)
    standing = np.abs(away) / np.sqrt(variance + between)
    apart = np.where(standing > _ORDINARY, (_ORDINARY / np.maximum(standing, _ORDINARY)) ** 2, 1.0)
    return np.maximum(apart * variance / (variance + between), _LEAST)


def weighted_median(values: np.ndarray, weights: np.ndarray) -> float:
    """The value on both sides of which lies half of the weight; halfway between two that both are such values."""
    order = np.argsort(values, kind="stable")
    up_to = np.cumsum(weights[order]) / weights.sum()
    low = int(np.searchsorted(up_to, 0.5 - 1e-9))
    high = int(np.searchsorted(up_to, 0.5 + 1e-9))
    return float(values[order[low]] + values[order[min(high, len(values) - 1)]]) / 2
