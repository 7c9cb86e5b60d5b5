"""Since when each rep is coached on what: from the coaching log, and from what the manager wrote down.

In: the log, and starts that others read from a journal.  Out: one row per rep and driver, the earliest day first.
"""

from collections.abc import Iterable

import pandas as pd

from playbook.drivers.registry import is_driver, label_of

FEWEST_SESSIONS = 2  # sessions on one subject from which on it counts as coaching of that subject
LOG = "log"


def subjects(focus: pd.Series, drivers: Iterable[str]) -> pd.Series:
    """The driver that each session was about, from its words: a driver's key, its name, or a stage's name; else none.

    Parameters
    ----------
    focus : the column of the coaching log.
    drivers : the keys that the company's data holds.
    """
    keys = list(drivers)
    named = {key.casefold(): key for key in keys} | {label_of(key).casefold(): key for key in keys}
    named |= {stage.casefold(): key for key in keys if (stage := key.partition(":")[2])}
    return focus.astype("str").str.strip().str.casefold().map(named)


def begun(coaching_log: pd.DataFrame, drivers: Iterable[str]) -> pd.DataFrame:
    """What the log calls coaching: rep_id, driver, began_on (the first session), sessions (two or more)."""
    driver = subjects(coaching_log["focus"], drivers)
    known = coaching_log.assign(driver=driver)[driver.notna()]
    each = known.groupby(["rep_id", "driver"])["on"].agg(began_on="min", sessions="size").reset_index()
    return each[each["sessions"] >= FEWEST_SESSIONS].reset_index(drop=True)


def earliest(logged: pd.DataFrame, noted: pd.DataFrame) -> pd.DataFrame:
    """Both together: rep_id, driver, began_on (the earlier day), sessions (0 where none is logged), by (who says so).

    Parameters
    ----------
    logged : as `begun` gives it.
    noted : rep_id, driver, began_on, by: from a journal; drivers that the kit does not know are left out.
    """
    columns = ["rep_id", "driver", "began_on", "sessions", "by"]
    known = noted[noted["driver"].map(lambda key: is_driver(str(key))).astype(bool)]
    parts = [part for part in (logged.assign(by=LOG), known.assign(sessions=0)) if len(part)]
    if not parts:
        return pd.DataFrame(columns=columns).astype({"began_on": "datetime64[us]"})
    every = pd.concat([part.reindex(columns=columns) for part in parts], ignore_index=True)
    every = every.assign(began_on=pd.to_datetime(every["began_on"]).astype("datetime64[us]"))
    every["sessions"] = every.groupby(["rep_id", "driver"])["sessions"].transform("max").astype("int64")
    first = every.sort_values(["rep_id", "driver", "began_on"], kind="stable").drop_duplicates(["rep_id", "driver"])
    return first.reset_index(drop=True)
