"""How deals enter the record: in which stage, and how long before or after the first thing that was done on them.

In: `RecordInputs`.  Out: a trait per rep.
Nobody's skill moves the days between a deed and its entry: these are negative controls (Lipsitch, Tchetgen Tchetgen and
Cohen 2010), and the pattern *inadvertent time travel* of Suriadi et al. (2017).
"""

import numpy as np
import pandas as pd

from playbook.records.inputs import RecordInputs
from playbook.records.measures import mean_of, share_of

_FEWEST_DATED = 0.2  # of the deals must have an activity for it to say anything


def entered_late(inputs: RecordInputs) -> pd.DataFrame | None:
    """Share of the deals whose first stage on record is a later one than that in which most of its pipeline begin."""
    first = inputs.moves.drop_duplicates("opportunity_id")
    if first.empty:
        return None
    usual = first.groupby(first["pipeline"].fillna(""))["position"].agg(lambda places: places.mode().iloc[0])
    late = first["position"] > first["pipeline"].fillna("").map(usual)
    return share_of(late, first["rep_id"])


def done_before_entry(inputs: RecordInputs) -> pd.DataFrame | None:
    """Share of the deals on which something was done before the day on which they were entered."""
    first = _first_activity(inputs)
    if first is None:
        return None
    return share_of((first["on"] < first["created_on"]), first["rep_id"])


def days_to_first_sign(inputs: RecordInputs) -> pd.DataFrame | None:
    """Weeks from a deal's entry to the first thing done on it (an activity, else a change of stage), on average.

    No deal counts for more than a quarter. Long for everybody whose deals are entered with a day that lies back.
    """
    deals = inputs.deals[inputs.deals["created_on"].notna()]
    done = inputs.first_activity.reindex(deals.index)
    later = inputs.moves[inputs.moves["opportunity_id"].duplicated()]
    moved = later.groupby("opportunity_id")["entered_on"].min().reindex(deals.index)
    weeks = (pd.concat([done, moved], axis=1).min(axis=1) - deals["created_on"]).dt.days / 7
    if not weeks.notna().any():
        return None
    return mean_of(np.clip(weeks, 0, 13), deals["rep_id"])


def _first_activity(inputs: RecordInputs) -> pd.DataFrame | None:
    deals = inputs.deals[inputs.deals["created_on"].notna()]
    first = inputs.first_activity.reindex(deals.index)
    if first.notna().mean() < _FEWEST_DATED:
        return None
    return deals.assign(on=first)[first.notna()]
