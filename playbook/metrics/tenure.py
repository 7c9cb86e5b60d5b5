"""From when on a rep counts: after the months in which everybody ramps.

In: a company.  Out: a day per rep.  New hires are compared with nobody before that day, as all new hires start low.
"""

import pandas as pd

from playbook import roster
from playbook.company import Company

RAMP_DAYS = 180  # half a year in role; what came before says how new a rep is, not how good
_LATE_START = 90  # days after the data's beginning from which a first deal says that its owner began then


def ramped_on(company: Company) -> pd.Series:
    """The day from which each active rep's deals and weeks count, indexed by person_id.

    Hire date and RAMP_DAYS; where the hire date is unknown, the first deal and RAMP_DAYS if it comes late in the data,
    else the data's beginning. NaT for a rep without hire date and deals.
    """
    people = roster.active_reps(company).set_index("person_id")
    deals = roster.deals_to_compare(company)
    first_deal = deals["created_on"].fillna(deals["closed_on"]).groupby(deals["rep_id"]).min()
    began = first_deal.min()
    first = first_deal.reindex(people.index)
    late = first > began + pd.Timedelta(days=_LATE_START)
    unhired = first.where(~late, first + pd.Timedelta(days=RAMP_DAYS))
    start = (people["hired_on"] + pd.Timedelta(days=RAMP_DAYS)).fillna(unhired)
    return start.where(start.isna(), start.clip(lower=began)).rename("ramped_on")


def still_ramping(company: Company, as_of: object) -> pd.Series:
    """Which active reps are still within the ramp at `as_of`: bool, indexed by person_id."""
    return ramped_on(company) > pd.Timestamp(as_of)
