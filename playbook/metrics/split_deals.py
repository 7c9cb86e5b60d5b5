"""One deal that was entered as several: the same account, product and kind, opened on one day and closed on one day.

In: deals.  Out: which deals are parts of the same.
Some reps enter a deal in parts, for invoicing or by habit. Counted apart they make small deals and much new pipeline;
so whoever counts or sizes deals takes the parts together, for everybody.
"""

import numpy as np
import pandas as pd

_SAME = ("rep_id", "account", "product", "kind", "created_on", "closed_on")


def parts_of_one(deals: pd.DataFrame) -> np.ndarray:
    """A number for each deal; parts of one deal have the same. A deal without an account or a day is its own."""
    keyed = deals["account"].notna() & deals["created_on"].notna()
    code = np.zeros(len(deals), dtype="int64")
    for column in _SAME:
        own, names = pd.factorize(deals[column], use_na_sentinel=False)
        code = pd.factorize(code * (len(names) + 1) + own)[0].astype("int64")
    alone = np.arange(len(deals)) + (int(code.max()) + 1 if len(code) else 0)
    return pd.factorize(np.where(keyed.to_numpy(), code, alone))[0]
