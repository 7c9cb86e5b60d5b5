"""What somebody puts in beside what comes of it: where no result is behind peers, an input is asked about, not coached.

In: rows with verdicts.  Out: the same rows. Whoever does less on each deal and wins as much may need less, or log less:
to coach that is to ask for work that nothing calls for.
"""

import pandas as pd

from playbook.diagnosis.diagnosis_rows import RESULTS_HOLD
from playbook.drivers.registry import driver_of

_BEHIND = ("coach", "ask_first", "watch", "team_wide")


def with_inputs_asked_first(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` (with verdict, way, way_trait) in which no input is called `coach` of whom no result is behind peers."""
    is_input = rows["driver"].map(lambda key: driver_of(key).is_input).astype(bool)
    behind = rows.loc[~is_input & rows["verdict"].isin(_BEHIND), "rep_id"]
    without_a_result = is_input & (rows["verdict"] == "coach") & ~rows["rep_id"].isin(behind)
    return rows.assign(
        verdict=rows["verdict"].mask(without_a_result, "ask_first"),
        way=rows["way"].mask(without_a_result, RESULTS_HOLD),
        way_trait=rows["way_trait"].mask(without_a_result, ""),
    )
