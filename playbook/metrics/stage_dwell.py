"""How long deals stay in a stage; a deal that is still there has stayed at least so long.

In: stage history.  Out: one row per deal and stage.
"""

from datetime import date

import pandas as pd

from playbook.company import Company
from playbook.metrics.stage_conversion import stage_exits

_FOLLOWED_UP = 0.9  # entries younger than the time in which nine of ten exits happen are left out


def stage_dwell(company: Company, as_of: date, exits: pd.DataFrame | None = None) -> pd.DataFrame:
    """The days that each deal spent in each stage, of entries old enough to have seen nine of ten exits.

    Entries are chosen by their age alone, so that quick exits are not counted more often than slow ones; of those, the
    ones still in the stage are kept as censored. `exits` : the company's `stage_exits`, if they are at hand.

    Returns
    -------
    DataFrame: opportunity_id, rep_id, stage, days (until it left forwards or was lost, or until `as_of`), still_there
    (bool), known_on (the day it left, or `as_of`), exit (the stage and how it ended: `Discovery passed`; one still
    there counts with those lost, as deals that stay longest mostly are).
    """
    exits = stage_exits(company) if exits is None else exits
    columns = ["opportunity_id", "rep_id", "stage", "days", "still_there", "known_on", "exit"]
    if exits.empty:
        return pd.DataFrame(columns=columns)
    exits = exits[exits["left_on"].notna() | (exits["result"] == "open")]  # lost, nobody knows when: no stay to measure
    left = exits["left_on"].notna()
    known_on = exits["left_on"].fillna(pd.Timestamp(as_of))
    days = (known_on - exits["entered_on"]).dt.days
    age = (pd.Timestamp(as_of) - exits["entered_on"]).dt.days
    enough = days.where(left).groupby(exits["stage"]).transform(lambda d: d.quantile(_FOLLOWED_UP))
    result = exits["result"].replace("open", "lost")
    found = exits.assign(days=days.astype("float64"), still_there=~left, known_on=known_on)
    found = found.assign(exit=exits["stage"] + " " + result)
    return found[(age >= enough) & (days >= 0)][columns].reset_index(drop=True)
