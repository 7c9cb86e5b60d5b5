"""The walk of every deal through the stages: how long it stays in each, whether it passes, when and how it ends.

All deals take one stage at a time together, in arrays. The walk goes on past the day on which the company is looked
at; `history` undoes what came later.
"""

from dataclasses import dataclass

import numpy as np

from playbook.simulate import days, market
from playbook.simulate.draws import Draws, Flags, Floats, Ints
from playbook.simulate.openings import Deals, pace_of, source_odds
from playbook.simulate.plan import Plan
from playbook.simulate.skills import Skills, conversion
from playbook.simulate.staff import Staff

TO_COMPETITOR = 0  # of the ways to lose a deal; then comes no decision, then another reason
# How ordinary deals are lost in the first and in the last stage; stages between lie between.
_LOST_EARLY, _LOST_LATE = np.array([0.18, 0.52, 0.30]), np.array([0.46, 0.40, 0.14])
_LINGER = np.array([1.0, 1.5, 0.8])  # a deal that ends in no decision is kept open longer
_FROM_QUARTER_END = 26  # days into the next quarter from which a close may be pulled forward
_PULLED = 0.45
_LAST_DAYS = 12
LUCK_DRAWS, LUCK_DAYS = 10, 150  # the worst of ten draws for the deals opened in the last five months


@dataclass(frozen=True)
class Walk:
    """One row per deal, one column per stage where it says so. Days are working days, and never fall back.

    `usual` is the probability to pass that an ordinary, ramped seller has with the same deal, `truly` the seller's own.
    """

    entered: Ints
    reached: Flags
    passed: Flags
    usual: Floats
    truly: Floats
    usual_days: Floats
    ends: Ints
    won: Flags
    last_stage: Ints
    lost_to: Ints
    pulled: Flags


def walk(plan: Plan, staff: Staff, skills: Skills, deals: Deals, draws: Draws) -> Walk:
    """Take every deal from its first stage to its end."""
    n, stages = deals.n, len(plan.stages)
    key, place = deals.key[:, None], np.arange(stages)
    base = usual_odds(plan, deals)
    luck = _with_luck(draws.uniform("passes", key, place), base, plan, staff, skills, deals, draws)
    share_of_days, cycle = market.stage_days(stages), pace_of(deals, plan)
    entered, truly = np.zeros((n, stages), dtype=np.int64), np.zeros((n, stages))
    reached, passed = np.zeros((n, stages), dtype=bool), np.zeros((n, stages), dtype=bool)
    lost_to = np.zeros(n, dtype=np.int64)
    here, now = np.ones(n, dtype=bool), deals.opened.astype(float)
    last_stage, longer = np.zeros(n, dtype=np.int64), draws.normal("stays", key, place, within=3.0)
    for stage in range(stages):
        reached[:, stage], entered[:, stage] = here, days.workday(now)
        truly[:, stage] = market.share_of(base[:, stage] + _own_odds(staff, skills, deals, now)[:, stage])
        passed[:, stage] = here & (luck[:, stage] < truly[:, stage])
        ended_here = here & ~passed[:, stage]
        to = draws.pick("lost to", _lost_weights(stage, stages), deals.key, stage)
        lost_to = np.where(ended_here, to, lost_to)
        stay = cycle * share_of_days[stage] * np.exp(market.DWELL_SPREAD * plan.noise * longer[:, stage])
        stay = stay * np.exp(skills.at("pace", deals.seller, now)) * np.where(ended_here, _LINGER[to], 1.0)
        last_stage = np.where(here, stage, last_stage)
        now = np.where(here, now + np.maximum(stay, 1.0), now)
        here = passed[:, stage]
    ends, pulled = _pulled_into_quarter(plan, days.workday(now), here, entered[:, -1], deals, draws)
    return Walk(
        entered=entered,
        reached=reached,
        passed=passed,
        usual=market.share_of(base),
        truly=truly,
        usual_days=cycle[:, None] * share_of_days[None, :],
        ends=ends,
        won=here,
        last_stage=last_stage,
        lost_to=np.where(here, -1, lost_to),
        pulled=pulled,
    )


def usual_odds(plan: Plan, deals: Deals) -> Floats:
    """The log-odds to pass each stage that an ordinary, ramped seller has with these deals (deals × stages)."""
    stages = len(plan.stages)
    odds = market.odds_of(conversion(plan))[None, :] + source_odds(deals, stages) + deals.odds[:, None]
    return odds + _centre(deals, stages)


def _centre(deals: Deals, stages: int) -> Floats:
    """Takes the average source out again, so that the plan's conversion is that of an average new deal."""
    odds = np.array([s.odds for s in market.SOURCES])
    share = np.array([s.share for s in market.SOURCES])
    weight = np.where(np.arange(stages) == 0, 1.0, market.SOURCE_LATER)
    return np.tile(-(odds * share).sum() / share.sum() * weight, (deals.n, 1))


def _own_odds(staff: Staff, skills: Skills, deals: Deals, now: Floats) -> Floats:
    """What the seller adds on that day: the own skill per stage, and being new."""
    ramping = market.RAMP_ODDS * (1.0 - market.ramp(now - staff.hired[deals.seller]))
    return skills.at("odds", deals.seller, now) + ramping[:, None]


def _lost_weights(stage: int, stages: int) -> Floats:
    late = stage / max(stages - 1, 1)
    return (1.0 - late) * _LOST_EARLY + late * _LOST_LATE


def _with_luck(
    luck: Floats, base: Floats, plan: Plan, staff: Staff, skills: Skills, deals: Deals, draws: Draws
) -> Floats:
    """For sellers with planted luck: of several draws for their last months' deals, the one with the fewest wins.

    (Or with the most, for good luck.) It is chance and nothing else: any seller's deals may have come out so. Which
    draw it is, is decided before the seller's first intervention.
    """
    changed = luck.copy()
    ends = days.number_of(plan.ends_on)
    unmoved = np.minimum(skills.first_change(), ends + 1)
    for seller in np.flatnonzero(skills.luck):
        rows = np.flatnonzero((deals.seller == seller) & (deals.opened >= ends - LUCK_DAYS) & (deals.opened <= ends))
        these = deals.take(rows)
        own = market.share_of(base[rows] + _own_odds(staff, skills, these, these.opened.astype(float)))
        place = LUCK_DRAWS * np.arange(base.shape[1]) + np.arange(LUCK_DRAWS)[:, None, None]
        sheets = draws.uniform("luck", these.key[:, None], place)
        decides = these.opened < unmoved[seller]
        all_passed: Flags = np.all(sheets < own[None], axis=2)
        wins = all_passed[:, decides].sum(axis=1)
        changed[rows] = sheets[int(np.argmax(skills.luck[seller] * wins))]
    return changed


def _pulled_into_quarter(
    plan: Plan, ends: Ints, won: Flags, in_last_since: Ints, deals: Deals, draws: Draws
) -> tuple[Ints, Flags]:
    """Some wins that were due early in a quarter are closed in the last days of the quarter before."""
    begins = days.quarter_start(days.quarter_of(ends, plan.fiscal_year_starts), plan.fiscal_year_starts)
    earlier = days.workday(begins - 1 - draws.whole("days before the quarter ends", 2, _LAST_DAYS, deals.key))
    pulled = (
        draws.chance("pulled into the quarter", _PULLED, deals.key)
        & won
        & (ends - begins < _FROM_QUARTER_END)
        & (earlier > in_last_since + 2)
    )
    pulled = pulled & plan.quarter_end
    return np.where(pulled, earlier, ends), pulled
