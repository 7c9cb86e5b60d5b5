"""Activity on open deals: calls, meetings and mails a week for each deal that is open."""

from collections.abc import Iterator

import pandas as pd

from playbook import wording
from playbook.drivers.driver import PER_WEEK, Aspect, Driver
from playbook.drivers.showing import RecentDeals
from playbook.metrics.observations import COUNTS, WEEK_TRAITS, DealsToCompare, Observations
from playbook.metrics.rep_weeks import activity_weeks

_QUIET_DAYS = 21


def _measure(deals: DealsToCompare) -> Iterator[Observations]:
    if deals.company.has("activities"):
        yield Observations(DRIVER.key, COUNTS, activity_weeks(deals.company, deals.as_of), WEEK_TRAITS)


def _untouched(deals: RecentDeals) -> pd.DataFrame:
    """Open deals on which nothing was logged for three weeks, the longest first."""
    still = deals.every[deals.every["outcome"] == "open"]
    touched = deals.company.activities.dropna(subset=["opportunity_id"]).groupby("opportunity_id")["on"].max()
    last = touched.reindex(still["opportunity_id"]).set_axis(still.index)
    quiet = (pd.Timestamp(deals.as_of) - last).dt.days
    first = still.assign(quiet=quiet)[quiet > _QUIET_DAYS].nlargest(deals.most, "quiet", keep="first")
    return first.assign(why=[f"nothing logged for {wording.days(days)}" for days in first["quiet"]])


DRIVER = Driver(
    key="activity",
    label="Activity on open deals",
    order=80,
    measure=_measure,
    needs=("activities",),
    unit=PER_WEEK,
    level_unit=PER_WEEK,
    higher_is_better=True,
    margin=0.20,
    relative_margin=True,
    fewest=8,
    fewest_deals=10,
    counts="week",
    is_input=True,
    aspects=(
        Aspect(
            counted="weeks of data",
            one="week",
            many="weeks",
            fact="There are {level} activities a week on each open deal (over {n} weeks).",
        ),
    ),
    look_at="one week of their calendar and sent mail, together, on open deals only",
    deals_that_show_it=_untouched,
    sensitive_to=(
        "activities_not_logged",
        "late_entry",  # what is done before a deal is entered counts over fewer of its weeks
        "late_closing",  # a deal that is lost and still open counts as one on which nothing is done
        "bulk_closing",
        "stale_open_deals",
        "backdated_entry",
        "split_deals",
        "handover",
        "owner_change",
        "inherited",
        "part_time",
        "absence",
        "other_system",
        "job",
        "unusual_colleague",
    ),
)
