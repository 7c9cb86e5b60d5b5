"""Which texts are among others, for columns of millions of ids.

In: two columns.  Out: flags. `Series.isin` makes a Python object of each value looked for; an index does not.
"""

import numpy as np
import pandas as pd


def is_among(values: pd.Series | pd.Index, among: pd.Series | pd.Index) -> np.ndarray:
    """For each of `values` whether it is one of `among`; a missing value is never."""
    looked_for = pd.Index(among).dropna().unique()
    return (looked_for.get_indexer(pd.Index(values)) >= 0) & np.asarray(values.notna())
