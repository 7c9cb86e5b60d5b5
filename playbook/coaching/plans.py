"""The content of an improvement plan: one focus, a leading indicator, days to look again, support.

In: a rep's focus, its play, the day.  Out: what stands in a draft. The rep writes the plan together with the manager;
nothing here is an order, and nothing here says why something is so.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from playbook.coaching.observed import own_values
from playbook.coaching.plays import Play, play_of
from playbook.coaching.when_known import WhenKnown, when_known
from playbook.company import Company

NEW_DAYS = 120  # how long after the first day a rep is counted as new
# Working days after the start: close enough to remember, far enough to have tried.
STEPS = (
    ("Watch first, then write this plan together", 5),
    ("Talk about the first try", 10),
    ("Look at the leading indicator together", 20),
    ("Decide together: go on, change it, or stop", 30),
)
RAMP = (
    (30, "Learn", "knows the customers, the product and the steps; has listened to calls of several colleagues"),
    (60, "Do it together", "leads conversations with somebody beside them; opens own deals"),
    (90, "Do it alone", "leads own deals; brings their own questions to the 1:1"),
)


@dataclass(frozen=True)
class Draft:
    """A plan to be written over by the rep: the focus, its play, and when the data could show a change."""

    rep_id: str
    name: str
    driver: str
    verdict: str
    play: Play
    when: WhenKnown


def draft(company: Company, focus: pd.Series, as_of: date, aspect: str = "") -> Draft:
    """The draft for one row of `focus_of_each` that has a driver; `aspect` says which measure of a forecast it is."""
    return Draft(
        rep_id=focus["rep_id"],
        name=focus["name"],
        driver=focus["driver"],
        verdict=focus["verdict"],
        play=play_of(focus["driver"], company.stages),
        when=when_could_be_known(company, focus["rep_id"], focus["driver"], as_of, aspect),
    )


def when_could_be_known(company: Company, rep_id: str, driver: str, as_of: date, aspect: str = "") -> WhenKnown:
    """When the data could show that this rep changed in `driver`, if they began at `as_of`, at their own pace."""
    hired = company.people.set_index("person_id")["hired_on"].get(rep_id)
    own = own_values(company, rep_id, driver, as_of, aspect)
    return when_known(own, driver, as_of, None if pd.isna(hired) else hired)


def steps(as_of: date) -> pd.DataFrame:
    """The days to look again, counted in working days (Monday to Friday; holidays are not known) after `as_of`.

    Returns
    -------
    DataFrame: step, working_day (a count), on.
    """
    start = np.datetime64(as_of, "D")
    rows = [(step, n, pd.Timestamp(np.busday_offset(start, n, roll="backward"))) for step, n in STEPS]
    return pd.DataFrame(rows, columns=["step", "working_day", "on"])


def new_reps(reps: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Those of `reps` who began within NEW_DAYS before `as_of`, in the order of `reps`.

    Returns
    -------
    DataFrame: person_id, name, hired_on, day (how many days they have been here).
    """
    day = (pd.Timestamp(as_of) - reps["hired_on"]).dt.days
    here = reps.assign(day=day, name=reps["name"].fillna(reps["person_id"]))[day.between(0, NEW_DAYS)]
    return here[["person_id", "name", "hired_on", "day"]].reset_index(drop=True)


def ramp(hired_on: date | pd.Timestamp) -> pd.DataFrame:
    """The 30-60-90 days of a new rep.

    Returns
    -------
    DataFrame: day, on, aim, can (what the rep can then do).
    """
    begin = pd.Timestamp(hired_on)
    rows = [(day, begin + pd.Timedelta(days=day), aim, can) for day, aim, can in RAMP]
    return pd.DataFrame(rows, columns=["day", "on", "aim", "can"])
