"""What fills the weeks: a seller's activities, the quotas set over them, and the manager's coaching log."""

import numpy as np
import pandas as pd

from playbook.drivers.driver import MONEY
from playbook.simulate import days, market
from playbook.simulate.deal_tables import Texts
from playbook.simulate.draws import Draws, Floats, Ints, picked
from playbook.simulate.openings import Deals, weekly_openings
from playbook.simulate.plan import Plan
from playbook.simulate.skills import Skills
from playbook.simulate.staff import DEVELOPMENT, Staff
from playbook.simulate.walk import Walk

PER_DEAL_WEEK = 0.9  # activities on one open deal in a week
_PROSPECTING = 6.0  # a week, on no deal yet
_DEVELOPMENT = 38.0  # a development rep's week
_KINDS, _OFTEN = ("email", "call", "meeting", "demo"), (0.42, 0.33, 0.18, 0.07)
_COLD_OFTEN = (0.55, 0.45)
_MINUTES = np.array([5.0, 15.0, 45.0, 60.0])
_LENGTHS = np.array([0.5, 1.0, 1.0, 1.5])  # of the usual minutes
_TIME_OFF = 1.12  # time off is taken out afterwards
_MOST_A_WEEK = 10_000  # activities on one deal, for the places of draws
_WEEKS_A_QUARTER = 47 / 4
_COACHING_KINDS, _COACHING_OFTEN = ("1:1", "deal review", "forecast call", "call review", "joint call"), (
    0.42, 0.28, 0.14, 0.10, 0.06,
)  # fmt: skip
_COACHING_MINUTES = np.array([30.0, 30.0, 20.0, 40.0, 60.0])
_NOTHING = np.array(None, dtype=object)
_ABOUT_DEALS = 0.55  # of what is logged names no skill
_STRETCH = 1.08  # quotas are set above what an ordinary rep of the segment sold
_NO_QUOTA_DAYS = 75  # a new rep's first weeks count towards no quota
_FIRST_QUOTA_AFTER = 75  # days; before that the simulated pipeline is still filling


def activities(
    plan: Plan,
    staff: Staff,
    ids: Texts,
    skills: Skills,
    deals: Deals,
    walk: Walk,
    present: Floats,
    first: int,
    draws: Draws,
) -> pd.DataFrame:
    """Activities on open deals, and prospecting on none, on the days their seller was at work."""
    deal, week, number, on = _on_deals(plan, staff, skills, deals, walk, draws)
    there = present[deals.seller[deal], on - first] > 0
    deal, week, number, on = deal[there], week[there], number[there], on[there]
    key, place = deals.key[deal], week * _MOST_A_WEEK + number
    kinds, lengths = draws.pair("kind and length of an activity", key, place)
    seller, day, which = _prospecting(staff, skills, present, first, draws)
    key, place = staff.key[seller], day * _MOST_A_WEEK + which
    cold_kinds, cold_lengths = draws.pair("kind and length of prospecting", key, place)
    kind = np.concatenate([picked(_OFTEN, kinds), picked(_COLD_OFTEN, cold_kinds)])
    length = np.floor(np.concatenate([lengths, cold_lengths]) * len(_LENGTHS)).astype(np.int64)
    return pd.DataFrame(
        {
            "rep_id": np.array(staff.ids, dtype=object)[np.concatenate([deals.seller[deal], seller])],
            "opportunity_id": np.concatenate([ids[deal], np.full(len(seller), None)]),
            "kind": np.array(_KINDS, dtype=object)[kind],
            "on": days.as_dates(np.concatenate([on, day])),
            "minutes": np.maximum(np.round(_MINUTES[kind] * _LENGTHS[length]), 2.0),
        }
    )


def _on_deals(
    plan: Plan, staff: Staff, skills: Skills, deals: Deals, walk: Walk, draws: Draws
) -> tuple[Ints, Ints, Ints, Ints]:
    """Deal, week of its life, number in the week, and day of each activity on a deal, time off not yet taken out.

    Each week of a deal has draws of its own, so that its end changes nothing before it.
    """
    ends = days.number_of(plan.last_day)
    last_day = np.minimum(np.minimum(walk.ends, ends), staff.sells_until[deals.seller])
    weeks = np.maximum(last_day - deals.opened, 0) // 7 + 1
    deal = np.repeat(np.arange(deals.n), weeks)
    week = np.arange(len(deal)) - np.repeat(np.cumsum(weeks) - weeks, weeks)
    level = np.exp(skills.at("activity", deals.seller[deal], deals.opened[deal] + 7 * week))
    counts = draws.counts("activities in a week", PER_DEAL_WEEK * _TIME_OFF * level, deals.key[deal], week)
    number = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    deal, week = np.repeat(deal, counts), np.repeat(week, counts)
    in_week = draws.uniform("day of an activity", deals.key[deal], week * _MOST_A_WEEK + number)
    on = deals.opened[deal] + 7 * week + np.floor(7.0 * in_week).astype(np.int64)
    workday = days.workday(on)
    done = (on <= last_day[deal]) & (workday <= ends)
    return deal[done], week[done], number[done], workday[done]


def _prospecting(staff: Staff, skills: Skills, present: Floats, first: int, draws: Draws) -> tuple[Ints, Ints, Ints]:
    """Seller, day and number of the day of what is done on no deal yet."""
    seller, day = np.nonzero(present)
    day = day + first
    own = _PROSPECTING * np.exp(skills.at("openings", seller, day))
    mean = np.where(staff.is_job(DEVELOPMENT)[seller], _DEVELOPMENT, own) / 5.0
    counts = draws.counts("prospecting", mean, staff.key[seller], day)
    number = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(seller, counts), np.repeat(day, counts), number


def quotas(plan: Plan, staff: Staff, won_amount: Floats, first: int, draws: Draws) -> pd.DataFrame:
    """A quota for each rep and fiscal quarter, from what an ordinary rep of the same segment sells, and noise."""
    ends, start = days.number_of(plan.last_day), plan.fiscal_year_starts
    current = int(days.quarter_of(np.array([ends]), start)[0])
    earliest = int(days.quarter_of(np.array([first + _FIRST_QUOTA_AFTER - 1]), start)[0]) + 1
    quarters = np.arange(min(earliest, current), current + 1)
    begins, stops = days.quarter_start(quarters, start), days.quarter_end(quarters, start)
    seller, at = (
        axis.ravel()
        for axis in np.meshgrid(
            np.flatnonzero(staff.is_rep & ~staff.is_job(DEVELOPMENT)), np.arange(len(quarters)), indexing="ij"
        )
    )
    key = staff.key[seller]
    noise = draws.around_one("quota", 0.07, key, quarters[at]) * draws.around_one("quotas of a rep", 0.08, key)
    level = weekly_openings(plan, staff) * _WEEKS_A_QUARTER * won_amount[staff.segment] * (1.0 - market.DISCOUNT)
    in_role = stops[at] - staff.hired[seller]
    amount = np.round(level[seller] * _STRETCH * np.clip(in_role / 270.0, 0.0, 1.0) * noise / 5_000.0) * 5_000.0
    counts = in_role > _NO_QUOTA_DAYS
    return pd.DataFrame(
        {
            "rep_id": np.array(staff.ids, dtype=object)[seller],
            "starts_on": days.as_dates(begins[at]),
            "ends_on": days.as_dates(stops[at]),
            "amount": np.maximum(amount, 5_000.0),
            "unit": MONEY,
        }
    )[counts]


def coaching_log(plan: Plan, staff: Staff, first: int, draws: Draws) -> pd.DataFrame:
    """What managers noted of their 1:1s and reviews. Managers differ in how often, and what is noted names no cause."""
    ends = days.number_of(plan.last_day)
    weeks = np.arange(first, ends + 1, 7)
    often = draws.uniform("how often a manager coaches", np.arange(plan.managers), low=0.15, high=0.75)
    reps = np.flatnonzero(staff.is_rep)
    seller, week = np.repeat(reps, len(weeks)), np.tile(np.arange(len(weeks)), len(reps))
    key = staff.key[seller]
    held = draws.chance("coached", often[staff.team[seller]], key, week)
    on = days.workday(weeks[week] + draws.whole("day of coaching", 0, 4, key, week))
    held &= (on > staff.hired[seller]) & (on > staff.manager_since[staff.team[seller]]) & (on <= ends)
    seller, on, key, week = seller[held], on[held], key[held], week[held]
    kind = draws.pick("kind of coaching", _COACHING_OFTEN, key, week)
    drivers = np.array(plan.drivers, dtype=object)
    focus = drivers[draws.whole("what coaching is about", 0, len(drivers) - 1, key, week)]
    return pd.DataFrame(
        {
            "manager_id": np.array(staff.manager_ids, dtype=object)[staff.team[seller]],
            "rep_id": np.array(staff.ids, dtype=object)[seller],
            "on": days.as_dates(on),
            "kind": np.array(_COACHING_KINDS, dtype=object)[kind],
            "minutes": _COACHING_MINUTES[kind] + 5.0 * draws.whole("minutes of coaching", -2, 2, key, week),
            "focus": np.where(draws.chance("about deals", _ABOUT_DEALS, key, week), _NOTHING, focus),
        }
    )
