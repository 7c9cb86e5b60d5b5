"""What fills the weeks: a seller's activities, the quotas set over them, and the manager's coaching log."""

import numpy as np
import pandas as pd

from playbook.drivers.driver import MONEY
from playbook.simulate import days
from playbook.simulate.draws import Draws, Floats
from playbook.simulate.history import ids
from playbook.simulate.openings import Deals
from playbook.simulate.plan import Plan
from playbook.simulate.skills import Skills
from playbook.simulate.staff import ACCOUNT_EXECUTIVE, DEVELOPMENT, Staff
from playbook.simulate.walk import Walk

PER_DEAL_WEEK = 0.9  # activities on one open deal in a week
_PROSPECTING = 6.0  # a week, on no deal yet
_DEVELOPMENT = 38.0  # a development rep's week
_KINDS, _OFTEN = ("email", "call", "meeting", "demo"), (0.42, 0.33, 0.18, 0.07)
_MINUTES = np.array([5.0, 15.0, 45.0, 60.0])
_COACHING_KINDS, _COACHING_OFTEN = ("1:1", "deal review", "forecast call", "call review", "joint call"), (
    0.42, 0.28, 0.14, 0.10, 0.06,
)  # fmt: skip
_COACHING_MINUTES = np.array([30.0, 30.0, 20.0, 40.0, 60.0])
_ABOUT_DEALS = 0.55  # of what is logged names no skill
_STRETCH = 1.08  # quotas are set above what an ordinary rep of the segment sold
_NO_QUOTA_DAYS = 75  # a new rep's first weeks count towards no quota
_FIRST_QUOTA_AFTER = 75  # days; before that the simulated pipeline is still filling


def activities(
    plan: Plan, staff: Staff, skills: Skills, deals: Deals, walk: Walk, present: Floats, first: int, draws: Draws
) -> pd.DataFrame:
    """Activities on open deals, and prospecting on none, on the days their seller was at work."""
    on_deals, without = draws.split(2)
    last_day = np.minimum(np.minimum(walk.ends, days.number_of(plan.ends_on)), staff.sells_until[deals.seller])
    weeks = (last_day - deals.opened + 1) / 7.0
    level = np.exp(skills.at("activity", deals.seller, deals.opened))
    n_each = on_deals.counts(PER_DEAL_WEEK * weeks * level * 1.12)  # time off is taken out below
    deal = np.repeat(np.arange(deals.n), n_each)
    on = deals.opened[deal] + np.floor(on_deals.uniform(len(deal)) * (last_day - deals.opened + 1)[deal]).astype(
        np.int64
    )
    on = np.minimum(days.workday(on), days.number_of(plan.ends_on))
    there = present[deals.seller[deal], on - first] > 0
    deal, on = deal[there], on[there]
    calendar = np.arange(first, first + present.shape[1])
    prospects = np.where(staff.is_job(DEVELOPMENT), _DEVELOPMENT, _PROSPECTING * np.exp(skills.openings[0]))
    counts = without.counts(prospects[:, None] / 5.0 * present)
    seller, day = np.nonzero(counts)
    seller, day = np.repeat(seller, counts[seller, day]), calendar[np.repeat(day, counts[seller, day])]
    kind = np.concatenate([on_deals.pick(_OFTEN, len(deal)), without.pick((0.55, 0.45), len(seller))])
    minutes = _MINUTES[kind] * np.array([0.5, 1.0, 1.0, 1.5])[draws.whole(len(kind), 0, 3)]
    return pd.DataFrame(
        {
            "rep_id": np.array(staff.ids, dtype=object)[np.concatenate([deals.seller[deal], seller])],
            "opportunity_id": np.concatenate([ids(deals.n)[deal], np.full(len(seller), None)]),
            "kind": np.array(_KINDS, dtype=object)[kind],
            "on": days.as_dates(np.concatenate([on, day])),
            "minutes": np.maximum(np.round(minutes), 2.0),
        }
    )


def quotas(
    plan: Plan, staff: Staff, deals: Deals, walk: Walk, sold_for: Floats, first: int, draws: Draws
) -> pd.DataFrame:
    """A quota for each rep and fiscal quarter, from what reps of the same home segment sold on average, and noise."""
    ends = days.number_of(plan.ends_on)
    start = plan.fiscal_year_starts
    current = int(days.quarter_of(np.array([ends]), start)[0])
    earliest = int(days.quarter_of(np.array([first + _FIRST_QUOTA_AFTER - 1]), start)[0]) + 1
    quarters = np.arange(min(earliest, current), current + 1)
    sells = staff.is_rep & ~staff.is_job(DEVELOPMENT)
    level = _sold_per_quarter(plan, staff, deals, walk, sold_for, first)
    rows = []
    for seller in np.flatnonzero(sells):
        noise = draws.around_one(len(quarters), 0.07) * draws.around_one(1, 0.08)
        begins, stops = days.quarter_start(quarters, start), days.quarter_end(quarters, start)
        ramped = np.clip((stops - staff.hired[seller]) / 270.0, 0.0, 1.0)
        amount = np.round(level[seller] * _STRETCH * ramped * noise / 5_000.0) * 5_000.0
        rows.append(
            pd.DataFrame(
                {
                    "rep_id": staff.ids[seller],
                    "starts_on": days.as_dates(begins),
                    "ends_on": days.as_dates(stops),
                    "amount": np.maximum(amount, 5_000.0),
                    "unit": MONEY,
                }
            )[stops - staff.hired[seller] > _NO_QUOTA_DAYS]
        )
    return pd.concat(rows, ignore_index=True)


def _sold_per_quarter(plan: Plan, staff: Staff, deals: Deals, walk: Walk, sold_for: Floats, first: int) -> Floats:
    """What sellers of each one's home segment sold on average in a quarter, once the pipeline had filled."""
    ends = days.number_of(plan.ends_on)
    since = min(first + 2 * _FIRST_QUOTA_AFTER, first + (ends - first) // 2)
    counted = walk.won & (walk.ends <= ends) & (walk.ends > since)
    sold = np.bincount(deals.seller[counted], weights=sold_for[counted], minlength=staff.n)
    days_there = np.minimum(ends, staff.sells_until) - np.maximum(since, staff.hired + 120)
    usual = (days_there > 60) & np.array([job == ACCOUNT_EXECUTIVE for job in staff.job])
    level = np.zeros(staff.n)
    for segment in range(len(plan.segments)):
        same = usual & (staff.segment == segment)
        if not same.any():
            same = usual if usual.any() else np.ones(staff.n, dtype=bool)
        per_day = sold[same].sum() / max(float(np.maximum(days_there[same], 30).sum()), 1.0)
        level[staff.segment == segment] = max(per_day * 91.0, 5_000.0)
    return level


def coaching_log(plan: Plan, staff: Staff, first: int, draws: Draws) -> pd.DataFrame:
    """What managers noted of their 1:1s and reviews. Managers differ in how often, and what is noted names no cause."""
    ends = days.number_of(plan.ends_on)
    weeks = np.arange(first, ends + 1, 7)
    often = draws.uniform(plan.managers, 0.15, 0.75)
    seller, week = np.meshgrid(np.flatnonzero(staff.is_rep), np.arange(len(weeks)), indexing="ij")
    seller, week = seller.ravel(), week.ravel()
    held = draws.chance(often[staff.team[seller]])
    on = days.workday(weeks[week] + draws.whole(len(week), 0, 4))
    held &= (on > staff.hired[seller]) & (on > staff.manager_since[staff.team[seller]]) & (on <= ends)
    seller, on = seller[held], on[held]
    kind = draws.pick(_COACHING_OFTEN, len(seller))
    drivers = np.array(plan.drivers, dtype=object)
    focus = drivers[draws.whole(len(seller), 0, len(drivers) - 1)]
    return pd.DataFrame(
        {
            "manager_id": np.array(staff.manager_ids, dtype=object)[staff.team[seller]],
            "rep_id": np.array(staff.ids, dtype=object)[seller],
            "on": days.as_dates(on),
            "kind": np.array(_COACHING_KINDS, dtype=object)[kind],
            "minutes": _COACHING_MINUTES[kind] + 5.0 * draws.whole(len(seller), -2, 2),
            "focus": np.where(draws.chance(_ABOUT_DEALS, len(seller)), None, focus),
        }
    )
