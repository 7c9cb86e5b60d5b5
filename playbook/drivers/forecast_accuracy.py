"""Forecast accuracy: were lost deals not committed, and won ones committed before they were won?

Two measures: lost deals that had not been committed (an optimist's are few), won ones that had (who holds back).
Neither depends on how much a rep wins. Lost deals are those that came as far as commits do, by the stage in which they
were lost. A rep is judged by the one that is likelier to harm (a forecast is judged as a test is, by what it says of
those who have it and of those who have not; Yerushalmy 1947).
"""

from collections.abc import Iterator

import pandas as pd

from playbook import wording
from playbook.drivers.driver import SHARE, Aspect, Driver
from playbook.drivers.showing import RecentDeals, latest_first, lost
from playbook.metrics.forecast_calls import WAS_CALLED, WAS_LOST, forecast_calls
from playbook.metrics.observations import PLACE, SHARES, DealsToCompare, Observations, rows_of
from playbook.metrics.strata import UNKNOWN

_HELD_EQUAL = (*PLACE, "source", "kind", "size", "period")
_STANDS = "Of {known} {many}, {name} called {level} rightly."


def _measure(deals: DealsToCompare) -> Iterator[Observations]:
    if not deals.company.has("stage_history.forecast_category"):
        return
    calls = forecast_calls(deals.deals, deals.company.stage_history, deals.company.stages)
    late, won = deals.deals[(deals.deals["outcome"] == "lost") & calls["late"]], deals.won()
    by_stage = deals.traits.assign(lost_in=calls["lost_in"].fillna(UNKNOWN))
    of_lost = rows_of(late, by_stage, ~calls["committed"][late.index])
    yield Observations(DRIVER.key, SHARES, of_lost, ("lost_in", *_HELD_EQUAL), aspect=WAS_LOST)
    of_won = rows_of(won, deals.traits, calls["committed"][won.index])
    yield Observations(DRIVER.key, SHARES, of_won, _HELD_EQUAL, aspect=WAS_CALLED)


def _called_wrongly(deals: RecentDeals) -> pd.DataFrame:
    history = deals.company.stage_history
    committed = history.loc[history["forecast_category"] == "commit", "opportunity_id"]
    if deals.aspect != WAS_CALLED:
        return lost(deals.lost[deals.lost["opportunity_id"].isin(committed)], "committed, then lost")
    first = latest_first(deals.won[~deals.won["opportunity_id"].isin(committed)])
    return first.assign(why=[f"won on {wording.day(day)}, never committed" for day in first["closed_on"]])


DRIVER = Driver(
    key="forecast_accuracy",
    label="Forecast accuracy",
    order=90,
    measure=_measure,
    needs=("stage_history", "stage_history.forecast_category"),
    unit=SHARE,
    level_unit=SHARE,
    higher_is_better=True,
    margin=0.10,
    fewest=10,
    counted_in_all="deals won, or lost late",
    aspects=(
        Aspect(
            key=WAS_LOST,
            counted="deals lost late",
            one="deal lost late",
            many="deals lost late",
            fact="{hits} of {n} deals lost late had been committed.",
            counts_the_rest=True,
            each="lost and had not been committed",
            over_time="late losses not called as wins",
            stands=_STANDS,
        ),
        Aspect(
            key=WAS_CALLED,
            second=True,
            counted="deals won",
            one="won deal",
            many="won deals",
            fact="{hits} of {n} deals won had been committed before.",
            each="committed before it was won",
            over_time="wins called in advance",
            stands=_STANDS,
            look_at="three deals that came in uncalled: on which day did their notes already show it?",
        ),
    ),
    look_at="the deals committed this month: what has the customer done that shows it?",
    deals_that_show_it=_called_wrongly,
    sensitive_to=(
        "categories_not_kept",
        "late_closing",
        "bulk_closing",
        "stale_open_deals",
        "late_entry",
        "jumped_stages",
        "owner_change",
        "inherited",
        "one_account",
        "job",
        "unusual_colleague",
    ),
)
