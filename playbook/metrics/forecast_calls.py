"""What a seller said of each deal, committed or not, and how far the deals came that were lost.

In: deals, their stage history and the stages.  Out: per deal whether it was ever committed, and the last open stage.
A lost deal tells of a forecast only if it came as far as commits do: before, nobody would have committed it.
"""

import numpy as np
import pandas as pd

from playbook.members import is_among
from playbook.metrics.history import in_order

WAS_LOST, WAS_CALLED = "was lost", "was said"  # the two measures of a forecast
_EARLY_COMMITS = 0.05  # share of the first commits that come in earlier stages than those asked about


def forecast_calls(deals: pd.DataFrame, stage_history: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """Per deal, in the order and with the index of `deals`.

    Returns
    -------
    DataFrame: committed (bool: at some time), lost_in (the last open stage, missing without history), late
    (bool: that stage is one in which deals are committed, or is not known).
    """
    history = in_order(stage_history)
    history = history[is_among(history["opportunity_id"], deals["opportunity_id"])]
    commits = history[history["forecast_category"] == "commit"].drop_duplicates("opportunity_id")
    outcome = stages.drop_duplicates("stage").set_index("stage")["outcome"]
    still_open = history[history["stage"].map(outcome).fillna("open") == "open"]
    last = still_open.drop_duplicates("opportunity_id", keep="last").set_index("opportunity_id")["stage"]
    position = stages.dropna(subset=["position"]).drop_duplicates("stage").set_index("stage")["position"]
    places = commits["stage"].map(position).dropna().astype("float64")
    first = float(places.quantile(_EARLY_COMMITS, interpolation="lower")) if len(places) else -np.inf
    lost_in = deals["opportunity_id"].map(last)
    late = lost_in.map(position).astype("float64").fillna(np.inf) >= first
    committed = pd.Series(is_among(deals["opportunity_id"], commits["opportunity_id"]), index=deals.index)
    return pd.DataFrame({"committed": committed, "lost_in": lost_in, "late": late}, index=deals.index)
