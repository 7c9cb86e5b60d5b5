"""The driver in which a rep without any finding lies furthest on the weak side, luck allowed for.

In: a rep's rows of the diagnosis.  Out: one row, or none. It is no finding: a place to watch where one must begin
somewhere, and a reason not to call everything well.
"""

import pandas as pd

from playbook.drivers.registry import driver_of

_LEANS = 0.5  # halves of the range: from there on most of it lies on the weak side


def nearest_sign(own: pd.DataFrame) -> pd.Series | None:
    """The row of `own` (columns driver, verdict, effect, low, high) that comes nearest to a sign on the weak side.

    None where nothing leans to that side, or where no range may be read.
    """
    if not {"effect", "low", "high"} <= set(own.columns):
        return None
    compared = own[own["verdict"] == "no_evidence"].dropna(subset=["effect", "low", "high"])
    if compared.empty:
        return None
    weak = compared["driver"].map(lambda driver: -1.0 if driver_of(driver).higher_is_better else 1.0)
    half = (compared["high"] - compared["low"]) / 2
    leaning = (weak * compared["effect"] / half.where(half > 0)).dropna().sort_values(ascending=False, kind="stable")
    if leaning.empty or leaning.iloc[0] < _LEANS:
        return None
    return compared.loc[leaning.index[0]]
