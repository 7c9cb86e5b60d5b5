"""What the CRM holds on the day the company is looked at: the history of every deal, and the deal as it then stood.

What came later is undone here and nowhere else: a deal that closes later is open, in the stage it then had.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from playbook.simulate import days, market, names
from playbook.simulate.draws import Draws, Flags, Floats, Ints
from playbook.simulate.openings import Deals
from playbook.simulate.plan import Plan
from playbook.simulate.promises import NEVER, Promises
from playbook.simulate.staff import DEVELOPMENT, PROMOTED, Staff
from playbook.simulate.terms import REASONS, Terms
from playbook.simulate.walk import Walk

Texts = NDArray[np.object_]

PIPELINE, WON, LOST = "Sales", "Closed Won", "Closed Lost"
_SKIPS = np.array([0.03, 0.10, 0.25])  # by kind: a renewal is seldom walked through every stage
_GOES_BACK = 0.035
_LONG_ENOUGH = 8  # days in a stage, to go back and return within it
_KEEPS_OWN = 0.25  # of the deals open at a manager's promotion; the others go to the team
_CATEGORIES = np.array(["pipeline", "best_case", "commit", "closed", "omitted"])
_NOTHING = np.array(None, dtype=object)
_LOST_TO = np.array(["competitor", "no_decision", "other"])
_NEXT_STEPS = (
    "Call with the sponsor", "Send the business case", "Workshop with users", "Meet the buyer", "Agree dates",
    "Wait for the customer", "Review the contract", "Reference call",
)  # fmt: skip


def events(plan: Plan, deals: Deals, walk: Walk, promises: Promises, draws: Draws) -> pd.DataFrame:
    """Every row of history up to the last day; columns deal, on, stage (position; wins and losses come after the last).

    A row is a move into a stage, or a new expected date or forecast within one.
    """
    n, stages = walk.entered.shape
    skipped = walk.passed & draws.chance("skips", _SKIPS[deals.kind][:, None], deals.key[:, None], np.arange(stages))
    skipped[:, -1] = False
    recorded = walk.entered.copy()
    recorded[:, 0] = deals.opened
    for place in range(1, stages):
        recorded[:, place] = np.where(skipped[:, place - 1], recorded[:, place - 1], recorded[:, place])
    deal, stage = np.nonzero(walk.reached & ~skipped)
    everyone = np.arange(n)
    pieces = [
        (deal, recorded[deal, stage], stage, 10 * stage),
        (everyone, walk.ends, np.where(walk.won, stages, stages + 1), np.full(n, 10_000)),
        *_steps_back(deals, walk, recorded, skipped, draws),
    ]
    pushed, at = np.nonzero(promises.pushed_on < NEVER)
    pieces.append((pushed, promises.pushed_on[pushed, at], np.full(len(pushed), -1), np.full(len(pushed), 5_000)))
    called = np.flatnonzero(promises.committed_on < NEVER)
    pieces.append((called, promises.committed_on[called], np.full(len(called), -1), np.full(len(called), 5_000)))
    frame = pd.DataFrame(
        {name: np.concatenate([piece[i] for piece in pieces]) for i, name in enumerate(("deal", "on", "stage", "turn"))}
    )
    frame = frame[frame["on"] <= days.number_of(plan.last_day)]
    frame = frame.sort_values(["deal", "on", "turn", "stage"], ignore_index=True)
    return _one_change_a_day(frame)


def _steps_back(
    deals: Deals, walk: Walk, recorded: Ints, skipped: Flags, draws: Draws
) -> list[tuple[Ints, Ints, Ints, Ints]]:
    """A few deals go back a stage for a while: two rows, out and back in, within the time spent in the stage."""
    stages = walk.entered.shape[1]
    leaves = np.concatenate([walk.entered[:, 1:], walk.ends[:, None]], axis=1)
    leaves = np.where(walk.passed & (np.arange(stages) < stages - 1), leaves, walk.ends[:, None])
    length = leaves - recorded
    goes = (
        draws.chance("goes back", _GOES_BACK, deals.key[:, None], np.arange(stages))
        & walk.reached
        & ~skipped
        & (length >= _LONG_ENOUGH)
    )
    goes[:, 0] = False
    deal, stage = np.nonzero(goes)
    begin, length = recorded[deal, stage], length[deal, stage]
    out, back = days.workday(begin + 0.35 * length), days.workday(begin + 0.65 * length)
    return [(deal, out, stage - 1, 10 * stage + 1), (deal, back, stage, 10 * stage + 2)]


def _one_change_a_day(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out a change within a stage on a day that has a row already, and say the stage of the others."""
    is_change = frame["stage"] < 0
    one_a_day = frame[~(is_change & frame.duplicated(["deal", "on"]))]
    later_move = one_a_day.duplicated(["deal", "on"], keep="last") & (one_a_day["stage"] < 0)
    one_a_day = one_a_day[~later_move].drop(columns="turn")
    stage = one_a_day["stage"].where(one_a_day["stage"] >= 0).ffill().astype(np.int64)
    return one_a_day.assign(stage=stage).reset_index(drop=True)


def stage_history(
    plan: Plan, ids: Texts, events: pd.DataFrame, deals: Deals, walk: Walk, terms: Terms, promises: Promises
) -> pd.DataFrame:
    """The canonical table of history without its steps; beside it the deal's number and whether a price was offered."""
    deal, on, stage = (events[c].to_numpy() for c in ("deal", "on", "stage"))
    n_stages = len(plan.stages)
    offered = walk.reached[deal, n_stages - 1] & (on >= walk.entered[deal, n_stages - 1])
    which = (promises.pushed_on[deal] <= on[:, None]).sum(axis=1)
    closed = stage >= n_stages
    category = np.where(stage < -(-n_stages // 2), 0, 1)
    category = np.where(promises.committed_on[deal] <= on, 2, category)
    category = np.where(closed, np.where(stage == n_stages, 3, 4), category)
    return pd.DataFrame(
        {
            "deal": deal,
            "opportunity_id": ids[deal],
            "stage": np.array([*plan.stages, WON, LOST])[stage],
            "entered_on": days.as_dates(on),
            "amount": np.where(offered, terms.sold_for[deal], deals.price[deal]),
            "expected_close_on": days.as_dates(np.where(closed, on, promises.expected[deal, which])),
            "forecast_category": _CATEGORIES[category],
            "offered": offered,
        }
    )


def opportunities(
    plan: Plan, staff: Staff, ids: Texts, history: pd.DataFrame, deals: Deals, walk: Walk, terms: Terms, draws: Draws
) -> pd.DataFrame:
    """The canonical table of deals as they stand on the last day."""
    last = history.drop_duplicates("deal", keep="last").reset_index(drop=True)
    won, lost = (last["stage"] == WON).to_numpy(), (last["stage"] == LOST).to_numpy()
    closed, offered = won | lost, last["offered"].to_numpy()
    account = np.array(names.accounts(*_account_places(staff, deals)), dtype=object)
    product = np.array([p.name for p in market.PRODUCTS], dtype=object)[deals.product]
    step = np.array(_NEXT_STEPS, dtype=object)[draws.whole("next step", 0, len(_NEXT_STEPS) - 1, deals.key)]
    has_next_step = draws.chance("has a next step", 0.8, deals.key) & ~closed
    reason = np.array(REASONS, dtype=object)[np.maximum(walk.lost_to, 0), terms.reason]
    return pd.DataFrame(
        {
            "opportunity_id": ids,
            "rep_id": np.array(staff.ids, dtype=object)[owners(plan, staff, deals, walk, draws)],
            "account": account,
            "name": account + ": " + product,
            "segment": np.array(list(plan.segments), dtype=object)[deals.segment],
            "region": np.array(staff.region, dtype=object)[deals.seller],
            "source": np.array([s.name for s in market.SOURCES], dtype=object)[deals.source],
            "product": product,
            "kind": np.array([k.name for k in market.KINDS], dtype=object)[deals.kind],
            "pipeline": PIPELINE,
            "stage": last["stage"],
            "outcome": np.where(won, "won", np.where(lost, "lost", "open")),
            "amount": last["amount"],
            "list_amount": deals.price,
            "discount": np.where(offered, terms.discount, np.nan),
            "created_on": days.as_dates(deals.opened),
            "closed_on": days.as_dates(np.where(closed, walk.ends, -1)),
            "expected_close_on": last["expected_close_on"],
            "lost_to": np.where(lost, _LOST_TO[np.maximum(walk.lost_to, 0)], _NOTHING),
            "lost_reason": np.where(lost, reason, _NOTHING),
            "competitor": np.where(terms.rival >= 0, np.array(names.RIVALS, dtype=object)[terms.rival], _NOTHING),
            "forecast_category": last["forecast_category"],
            "next_step": np.where(has_next_step, step, _NOTHING),
        }
    )


def owners(plan: Plan, staff: Staff, deals: Deals, walk: Walk, draws: Draws) -> Ints:
    """Who owns each deal on the last day: deals that were open when their seller stopped selling went to the team."""
    goes_on = (walk.ends > staff.sells_until[deals.seller]) & (
        staff.sells_until[deals.seller] <= days.number_of(plan.last_day)
    )
    keeps_own = (staff.group == PROMOTED)[deals.seller] & draws.chance("keeps own", _KEEPS_OWN, deals.key)
    owner = deals.seller.copy()
    takes_over = staff.is_rep & ~staff.is_job(DEVELOPMENT)
    for deal in np.flatnonzero(goes_on & ~keeps_own):
        mates = np.flatnonzero(takes_over & (staff.team == staff.team[deals.seller[deal]]))
        if len(mates):
            owner[deal] = mates[np.argmax(draws.uniform("takes over", deals.key[deal], staff.key[mates]))]
    return owner


def _account_places(staff: Staff, deals: Deals) -> tuple[Ints, Ints]:
    """Where the names of the deals' accounts stand: reps count among reps, the others among themselves."""
    among = np.where(staff.is_rep, staff.number, np.cumsum(~staff.is_rep) - 1)
    return names.account_numbers(among[deals.seller], staff.is_rep[deals.seller], deals.account)


def stages_table(plan: Plan, wins_from: Floats) -> pd.DataFrame:
    """The canonical table of stages; the probability is the share of deals in the stage that ordinary sellers win."""
    return pd.DataFrame(
        {
            "pipeline": PIPELINE,
            "stage": [*plan.stages, WON, LOST],
            "position": range(1, len(plan.stages) + 3),
            "probability": [*np.round(wins_from * 20.0) / 20.0, 1.0, 0.0],
            "outcome": ["open"] * len(plan.stages) + ["won", "lost"],
        }
    )


def ids_of(staff: Staff, deals: Deals) -> Texts:
    """The id of each deal: who opened it, on which day, and its number on that day.

    It belongs to the deal: one more deal changes the id of no other.
    """
    people, number = np.array(staff.ids, dtype=object)[deals.seller], deals.opened * 100 + deals.of_day + 1
    return np.array([f"{who}-{which}" for who, which in zip(people, number, strict=True)], dtype=object)
