"""Slippage: how often the expected close date of a deal is moved to a later day.

Pushes are counted over the weeks in which a deal showed signs of life and told per deal, so a long cycle alone does not
raise them.
"""

from collections.abc import Iterator

import pandas as pd

from playbook import wording
from playbook.drivers.driver import PER_DEAL, Aspect, Driver
from playbook.drivers.showing import RecentDeals, latest_first
from playbook.metrics.deal_pace import alive_until
from playbook.metrics.observations import COUNTS, PLACE, DealsToCompare, Observations, rows_of
from playbook.metrics.open_deals import pushes

_HELD_EQUAL = (*PLACE, "source", "kind", "size", "period")


def _measure(deals: DealsToCompare) -> Iterator[Observations]:
    if not deals.company.has("stage_history.expected_close_on"):
        return
    every = deals.deals
    until = alive_until(deals.company)
    history = deals.company.stage_history
    in_time = history["entered_on"] <= until.reindex(history["opportunity_id"]).to_numpy()
    pushed = every["opportunity_id"].map(pushes(history[in_time.to_numpy()]))
    weeks = (until.reindex(every["opportunity_id"]).to_numpy() - every["created_on"]).dt.days / 7
    rows = rows_of(every, deals.traits, pushed, weeks.where(weeks > 0))
    known = pushed.notna() & every["rep_id"].notna() & (weeks > 0)
    per = float(weeks[known].mean()) if known.any() else 1.0
    yield Observations(DRIVER.key, COUNTS, rows, _HELD_EQUAL, per=per)


def _pushed_most(deals: RecentDeals) -> pd.DataFrame:
    pushed = deals.recent.assign(pushed=deals.recent["opportunity_id"].map(pushes(deals.company.stage_history)))
    first = latest_first(pushed[pushed["pushed"] >= 1].nlargest(deals.most, "pushed", keep="first"))
    times = [wording.times(count) for count in first["pushed"]]
    return first.assign(why=[f"its close date moved {how_often} before it closed" for how_often in times])


DRIVER = Driver(
    key="slippage",
    label="Slippage",
    order=70,
    measure=_measure,
    needs=("stage_history", "stage_history.expected_close_on"),
    unit=PER_DEAL,
    level_unit=PER_DEAL,
    higher_is_better=False,
    margin=0.35,
    fewest=12,
    aspects=(
        Aspect(
            counted="deals with an expected close date",
            one="deal with an expected close date",
            many="deals with an expected close date",
            fact="The expected close date moves later {level} times a deal ({n} deals).",
        ),
    ),
    look_at="the close dates of five open deals: who chose each date, the customer or us?",
    deals_that_show_it=_pushed_most,
    sensitive_to=(
        "dates_not_kept",  # whoever moves a date when it should be moved shows more pushes than who never does
        "late_closing",
        "bulk_closing",
        "stale_open_deals",
        "late_entry",
        "owner_change",
        "inherited",
        "one_account",
        "job",
        "unusual_colleague",
    ),
)
