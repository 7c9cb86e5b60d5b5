"""How the record is kept, as a manager may read it: what is usual only where it tells of many.

In: the record of a whole company.  Out: the same rows, fit for folders.
"""

import numpy as np
import pandas as pd

from playbook.disclosure.rules import disclosable_to_each, two_digits


def record_for_folders(record: pd.DataFrame) -> pd.DataFrame:
    """The finding `record`, each row as the rep's manager may read it.

    What is usual is the middle of all the others, so it is told with two digits, and only to whom a summary of those
    outside the own team may be shown (`rules`); else it is missing. So is the error, as it borrows the scatter of all
    where a rep has few deals. On which side a rep lies stays.
    """
    if record.empty:
        return record
    readable = record.groupby("trait", sort=False)["manager_id"].transform(_may_read).astype(bool)
    usual, error = (record[name].map(two_digits).astype("float64").where(readable) for name in ("usual", "error"))
    return record.assign(usual=usual, error=error, difference=record["value"] - usual)


def _may_read(teams: pd.Series) -> np.ndarray:
    team = pd.factorize(teams)[0]
    return disclosable_to_each(team, np.ones(len(team)))[team]
