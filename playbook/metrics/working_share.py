"""Which share of each week a rep could sell, as far as somebody said so: part time and leave.

In: circumstances (`playbook.circumstances`), a day.  Out: shares of a full week. Whoever works half of it opens half
the deals: a rate is taken over what was worked, not over the calendar.
"""

from datetime import date

import numpy as np
import pandas as pd

from playbook.circumstances import of_kind

LEAST = 0.2  # of a week; where less was worked, the week says nothing about how somebody sells


def working_share(circumstances: pd.DataFrame, as_of: date, reps: pd.Index, weeks: int) -> np.ndarray:
    """Shares of shape (reps, weeks), 0 to 1; column 0 is the week that ends at `as_of`. 1 where nothing was said.

    Of part time the share that was said, of leave nothing, each for its own days of the week.
    """
    days = weeks * 7
    share = np.ones((len(reps), days))
    for kind, worked in (("part_time", None), ("leave", 0.0)):
        for row in of_kind(circumstances, kind).itertuples(index=False):
            place = reps.get_indexer([row.rep_id])[0]
            newest, oldest = _back(row.ends_on, as_of, 0), _back(row.starts_on, as_of, days - 1)
            if place >= 0 and oldest >= 0 and newest < days:
                span = slice(max(newest, 0), min(oldest, days - 1) + 1)
                share[place, span] = np.minimum(share[place, span], row.share if worked is None else worked)
    return share.reshape(len(reps), weeks, 7).mean(axis=2)


def _back(day: pd.Timestamp, as_of: date, unsaid: int) -> int:
    """How many days before `as_of`; `unsaid` where no day is said."""
    return unsaid if pd.isna(day) else (pd.Timestamp(as_of) - day).days
