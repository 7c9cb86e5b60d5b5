"""How far luck alone moves a share: the half-width of the range in which nine of ten equal reps lie."""

from typing import TypeVar

import numpy as np
import pandas as pd

_NINE_OF_TEN = 1.645  # standard errors
Rates = TypeVar("Rates", float, pd.Series)


def luck_spread(rate: Rates, n: "int | pd.Series") -> Rates:
    """Nine of ten equal reps with `n` deals each lie within `rate` and so much above or below it."""
    spread: Rates = _NINE_OF_TEN * np.sqrt(rate * (1 - rate) / n)
    return spread
