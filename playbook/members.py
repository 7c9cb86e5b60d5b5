"""Which texts are among others, for columns of millions of ids.

In: two columns.  Out: flags. `Series.isin` makes a Python object of each value looked for; Arrow and an index do not.
"""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def is_among(values: pd.Series | pd.Index, among: pd.Series | pd.Index) -> np.ndarray:
    """For each of `values` whether it is one of `among`; a missing value is never."""
    looked_for = pd.Index(among).dropna().unique()
    if isinstance(values.dtype, pd.StringDtype) and isinstance(looked_for.dtype, pd.StringDtype):
        texts = pa.array(looked_for, type=pa.large_string())
        return pc.is_in(pa.array(values, type=pa.large_string()), value_set=texts).to_numpy(zero_copy_only=False)
    return (looked_for.get_indexer(pd.Index(values)) >= 0) & np.asarray(values.notna())
