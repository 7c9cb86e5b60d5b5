"""What the coaching log shows, and what is due: facts only.

In: the coaching log of one manager.  Out: per rep the sessions held, the last one and when the next is due. The log
says that a session took place, never how good it was; a session that nobody logged is not there.
"""

from datetime import date

import pandas as pd

from playbook.drivers.registry import is_driver, label_of

RECENT_DAYS = 90
CADENCE_DAYS = 14  # a fortnight, for the manager to change; no study gives a best number


def sessions(reps: pd.DataFrame, log: pd.DataFrame, as_of: date, days: int = RECENT_DAYS) -> pd.DataFrame:
    """The logged coaching of the last `days`, a row per rep in the order of `reps`.

    Returns
    -------
    DataFrame: rep_id, name, sessions (count within `days`), minutes (sum, missing where none was written), last_on
    (ever), last_focus.
    """
    until = log[~(log["on"] > pd.Timestamp(as_of))].sort_values("on", kind="stable")
    recent = until[until["on"] > pd.Timestamp(as_of) - pd.Timedelta(days=days)]
    ids = reps["person_id"]
    last = until.drop_duplicates("rep_id", keep="last").set_index("rep_id").reindex(ids)
    return pd.DataFrame(
        {
            "rep_id": ids,
            "name": reps["name"].fillna(ids),
            "sessions": recent.groupby("rep_id").size().reindex(ids, fill_value=0).to_numpy(dtype="int64"),
            "minutes": recent.groupby("rep_id")["minutes"].sum(min_count=1).reindex(ids).to_numpy(dtype="float64"),
            "last_on": last["on"].astype("datetime64[us]").array,
            "last_focus": last["focus"].map(_focus_label, na_action="ignore").astype("str").array,
        }
    )


def _focus_label(focus: str) -> str:
    """A subject as a person says it: a driver's key (`stage:Proposal`) becomes its name."""
    return label_of(focus) if is_driver(focus) else focus


def due(held: pd.DataFrame, as_of: date, every: int = CADENCE_DAYS) -> pd.DataFrame:
    """Which follow-ups are due at `as_of`, one row per rep in the order of `held`.

    Returns
    -------
    DataFrame: rep_id, name, due_on (missing where no session was logged), is_due (also where none ever was).
    """
    on = held["last_on"] + pd.Timedelta(days=every)
    return pd.DataFrame(
        {
            "rep_id": held["rep_id"],
            "name": held["name"],
            "due_on": on,
            "is_due": on.isna() | (on <= pd.Timestamp(as_of)),
        }
    )
