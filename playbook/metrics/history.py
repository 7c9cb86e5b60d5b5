"""The stage history in its order, without sorting millions of rows that are in order already.

In: stage history.  Out: the same rows, each deal's together and by step.
"""

import numpy as np
import pandas as pd


def in_order(history: pd.DataFrame) -> pd.DataFrame:
    """`history` with the rows of each deal together, by step; deals in the order of their ids unless they stand so."""
    deal = pd.factorize(history["opportunity_id"])[0]
    step = history["step"].to_numpy(dtype="float64", na_value=np.nan)
    later = (deal[1:] > deal[:-1]) | ((deal[1:] == deal[:-1]) & (step[1:] >= step[:-1]))
    return history if later.all() else history.sort_values(["opportunity_id", "step"], kind="stable")
