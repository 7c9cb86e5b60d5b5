"""What a seller says will happen: the expected close date and its pushes, and when a deal is committed.

A forecast is made by someone who senses something of the outcome. The simulation knows how a deal will end, and gives
each seller a probability to commit a deal that will be won, and one that will be lost.
"""

from dataclasses import dataclass

import numpy as np

from playbook.simulate import days
from playbook.simulate.draws import Draws, Floats, Ints
from playbook.simulate.openings import Deals, pace_of
from playbook.simulate.plan import Plan
from playbook.simulate.skills import Skills
from playbook.simulate.walk import Walk

USUAL_PUSHES = 0.8  # of a deal that is open for as long as its kind usually is
_MEAN_PUSHES = 0.95  # of all deals, as simulated; what one seller adds must not hang on the deals of others
_SHORTEST_BETWEEN = 5  # days between two pushes
_LEAST_PUSH = 2  # days; a push always sets a later date
NEVER = 4_000_000


@dataclass(frozen=True)
class Promises:
    """`pushed_on` and `expected` hold, per deal, the days of its pushes and the dates expected from each push on.

    `expected` has one column more than `pushed_on`: its first is the date given when the deal was opened.
    """

    pushed_on: Ints
    expected: Ints
    usual_pushes: Floats
    committed_on: Ints


def promise(plan: Plan, skills: Skills, deals: Deals, walk: Walk, draws: Draws) -> Promises:
    """Expected dates and commits of every deal."""
    life = (walk.ends - deals.opened).astype(float)
    usual = USUAL_PUSHES * np.clip(life / (0.72 * pace_of(deals, plan)), 0.1, 2.5)
    mean = np.maximum(usual + _own_pushes(skills, deals, usual), 0.02)
    n_pushes = np.minimum(draws.counts("pushes", mean, deals.key), np.floor(life / _SHORTEST_BETWEEN).astype(np.int64))
    most = max(int(n_pushes.max(initial=0)), 1)
    pushed_on = np.full((deals.n, most), NEVER)
    expected = np.zeros((deals.n, most + 1), dtype=np.int64)
    lag = draws.whole(
        "days from date to push", -6, 9, deals.key
    )  # pushed a little after the date had passed, or a little before
    final = days.workday(walk.ends + np.abs(7.0 * draws.normal("days from end to date", deals.key, within=3.0)))
    for k in range(most):
        has = k < n_pushes
        at = 0.2 + 0.75 * (k + draws.uniform("day of a push", deals.key, k, low=0.25, high=0.75)) / np.maximum(
            n_pushes, 1
        )
        pushed_on[:, k] = np.where(has, np.minimum(days.workday(deals.opened + life * at), walk.ends), NEVER)
    for k in range(most + 1):
        next_push = pushed_on[:, k] if k < most else np.full(deals.n, NEVER)
        to_next = np.maximum(days.workday(np.minimum(next_push, walk.ends) + lag), deals.opened + 3)
        expected[:, k] = np.where(k < n_pushes, to_next, final)
    steps = _LEAST_PUSH * np.arange(most + 1)[None, :]
    expected = np.maximum.accumulate(expected - steps, axis=1) + steps
    return Promises(pushed_on, expected, usual, _commits(plan, skills, deals, walk, draws))


def _own_pushes(skills: Skills, deals: Deals, usual: Floats) -> Floats:
    """A seller's own pushes per deal, more of them where a deal is open for longer."""
    return skills.at("pushes", deals.seller, deals.opened) * usual / _MEAN_PUSHES


def _commits(plan: Plan, skills: Skills, deals: Deals, walk: Walk, draws: Draws) -> Ints:
    """The day on which a deal is committed, or never."""
    last = len(plan.stages) - 1
    when, early_draw, late_draw = (draws.uniform(f"commits: {what}", deals.key) for what in ("when", "early", "late"))
    own = skills.at("commits", deals.seller, walk.entered[:, last])
    committed = np.full(deals.n, NEVER)
    late = walk.reached[:, last] & (late_draw < np.where(walk.won, own[:, 1], own[:, 2]))
    late_day = walk.entered[:, last] + 0.6 * when * (walk.ends - walk.entered[:, last])
    committed = np.where(late, days.workday(late_day), committed)
    if last > 0:
        leaves = np.where(walk.reached[:, last], walk.entered[:, last], walk.ends)
        early_day = walk.entered[:, last - 1] + (0.2 + 0.6 * when) * (leaves - walk.entered[:, last - 1])
        early = walk.reached[:, last - 1] & (early_draw < own[:, 0])
        committed = np.where(early, days.workday(early_day), committed)
    return np.where(committed < walk.ends, committed, NEVER)
