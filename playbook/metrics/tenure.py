"""From when on a rep counts: after the months in which everybody ramps.

In: a company.  Out: a day per rep.  New hires are compared with nobody before that day, as all new hires start low.
"""

from datetime import date

import pandas as pd

from playbook import roster
from playbook.circumstances import of_kind
from playbook.company import Company
from playbook.remembering import remembered
from playbook.stray_days import day_by_which, first_of_the_mass, last_of_the_mass

RAMP_DAYS = 180  # half a year in role; what came before says how new a rep is, not how good
_LATE_START = 90  # days after the company's own first deals from which a first deal says that its owner began then
_STRAY = 0.03  # of a rep's deals, those whose day may be wrong
_EARLIER = 0.10  # of a rep's deals, those that may stem from another job before, or were taken over


@remembered
def ramped_on(company: Company) -> pd.Series:
    """The day from which each active rep's deals and weeks count, indexed by person_id.

    RAMP_DAYS after the hire date, and after the rep's beginning if that comes late beside the company's, whose deals
    may be few at first for everybody; where neither is so, the data's beginning. No single date decides: the data
    begins with the mass of the deals (`stray_days`), a rep once one in thirty of the own deals is there, or one in ten
    if those before came long before the others, as they do where somebody sold a little in another job. A day on which
    somebody came from another job, as people said, counts as a hire date. NaT for a rep without hire date and deals.
    """
    people = roster.active_reps(company).set_index("person_id")
    deals = roster.deals_to_compare(company, ["rep_id", "created_on", "closed_on"])
    days = deals["created_on"].fillna(deals["closed_on"])
    began, last = first_of_the_mass(days) or pd.NaT, last_of_the_mass(days) or pd.NaT
    earliest, first, tenth = (
        day_by_which(days, deals["rep_id"], share).reindex(people.index) for share in (0.0, _STRAY, _EARLIER)
    )
    company_wide = day_by_which(days, pd.Series("company", index=days.index), _STRAY)
    ramp, late = pd.Timedelta(days=RAMP_DAYS), company_wide.max() + pd.Timedelta(days=_LATE_START)
    other_job = tenth > late + _EARLIER * (last - began)
    start = tenth.where(other_job & (first <= late), first.where(first > late)) + ramp
    came = of_kind(company.circumstances, "new_in_job").groupby("rep_id")["starts_on"].max().reindex(people.index)
    hired = pd.concat([people["hired_on"], came], axis=1).max(axis=1) + ramp
    counts = pd.concat([start, hired], axis=1).max(axis=1).fillna(earliest)
    return counts.where(counts.isna(), counts.clip(lower=began)).rename("ramped_on")


def still_ramping(company: Company, as_of: date) -> pd.Series:
    """Which active reps are still within the ramp at `as_of`: bool, indexed by person_id."""
    return ramped_on(company) > pd.Timestamp(as_of)
