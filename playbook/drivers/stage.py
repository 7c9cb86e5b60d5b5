"""Stage conversion: of the deals that left a stage, the share that went on. A driver of its own for each open stage.

Each stage's is that of the deals that reached it, so one weak stage does not pull down the next.
"""

from collections.abc import Iterator

import pandas as pd

from playbook.drivers.driver import REACHED, SHARE, Aspect, Driver
from playbook.drivers.price import in_proportion
from playbook.drivers.showing import RecentDeals, lost
from playbook.metrics.observations import DEAL_TRAITS, SHARES, DealsToCompare, Observations, rows_of
from playbook.metrics.stage_conversion import followed_up, stage_exits
from playbook.metrics.stage_moments import EARLY, LATE, OFFER, SHOWING, moment_of

# By what happens in a stage; where neither its name nor its place says it, the play of the driver's own key.
_PLAYS = {EARLY: "stage_early", SHOWING: "stage_showing", OFFER: "stage_offer", LATE: "stage_late"}


def _measure(deals: DealsToCompare) -> Iterator[Observations]:
    if not deals.has_stages:
        return
    exits = followed_up(stage_exits(deals.company), deals.as_of)
    place = deals.places_of(exits["opportunity_id"])
    exits, place = exits[place >= 0].reset_index(drop=True), place[place >= 0]
    position = exits.groupby("stage")["position"].min().sort_values(kind="stable")
    for stage in sorted(position.index, key=lambda name: (position[name], name)):
        here = (exits["stage"] == stage).to_numpy()
        left, index = exits[here], place[here]
        passed = pd.Series((left["result"] == "passed").to_numpy(), index=index)
        left_on = pd.Series(left["left_on"].to_numpy(), index=index)
        rows = rows_of(deals.deals.loc[index], deals.traits, passed, on=left_on)
        yield Observations(f"{DRIVER.key}:{stage}", SHARES, rows, DEAL_TRAITS)


def _lost_here(deals: RecentDeals) -> pd.DataFrame:
    exits = stage_exits(deals.company.with_tables(opportunities=deals.lost))
    here = exits.loc[(exits["stage"] == deals.name) & (exits["result"] == "lost"), "opportunity_id"]
    return lost(deals.lost[deals.lost["opportunity_id"].isin(here)], f"lost in {deals.name}")


def _play(name: str, place: float | None) -> str:
    return _PLAYS.get(moment_of(name, place), DRIVER.key)


DRIVER = Driver(
    key="stage",
    label="Stage conversion",
    by_name=True,
    label_by_name="Conversion out of {name}",
    short_by_name="Out of {name}",
    order=20,
    measure=_measure,
    needs=("stage_history", "stages.position"),
    unit=SHARE,
    level_unit=SHARE,
    higher_is_better=True,
    margin=0.06,
    fewest=12,
    aspects=(
        Aspect(
            counted="deals that left the stage",
            one="deal that leaves this step",
            many="deals that leave this step",
            fact="{hits} of {n} deals that left {name} went on.",
            each="went on",
        ),
    ),
    price=in_proportion,
    wins_of=REACHED,
    plays=tuple(_PLAYS.values()),
    play_by_name=_play,
    look_at="two live conversations at this step, and the notes of three deals that stopped there",
    deals_that_show_it=_lost_here,
    sensitive_to=(
        "unused_stage",  # a step that is not used, or jumped over by the winners, keeps the losers
        "jumped_stages",
        "late_entry",  # what is entered at the third stage never failed at the first
        "early_filtering",
        "stale_open_deals",  # whoever never closes a lost deal has lost none
        "bulk_closing",
        "duplicates_closed",
        "handover",
        "owner_change",
        "inherited",
        "one_account",
        "job",
        "unusual_colleague",
    ),
)
