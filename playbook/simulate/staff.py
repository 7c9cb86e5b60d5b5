"""Who works there: reps in teams, people who left, managers who once sold there, leaders; and when each was away.

What is drawn for a seller belongs to the team and the place in it, so that one more rep or team at the end changes
nobody else.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from playbook.simulate import days, names
from playbook.simulate.draws import Draws, Flags, Floats, Ints, picked
from playbook.simulate.plan import Plan

ACCOUNT_EXECUTIVE, FARMER, DEVELOPMENT = "Account Executive", "Account Manager", "Sales Development Rep"
MANAGERS_PER_LEADER = 8
REP, LEAVER, PROMOTED = range(3)
_NEVER = 4_000_000  # a day number after every simulated day
_GOLDEN = (5**0.5 - 1) / 2  # its multiples spread evenly however many there are
_TIME_OFF_EACH = 91  # days; one block of one or two weeks in each
_LONG, _SHORT = 12, 5  # days off, weekends between them included


@dataclass(frozen=True)
class Staff:
    """Everyone who ever owned a deal (`sellers`: reps, leavers, managers before their promotion) and everyone else.

    Arrays have one value per seller. `group` is REP, LEAVER or PROMOTED and `place` the seller's number in the team's
    group; `sells_until` is the last day on which a seller opens deals.
    """

    ids: list[str]
    team: Ints
    group: Ints
    place: Ints
    segment: Ints
    job: list[str]
    hired: Ints
    sells_until: Ints
    territory: list[str]
    region: list[str]
    people: pd.DataFrame
    manager_ids: list[str]
    manager_since: Ints

    @property
    def n(self) -> int:
        """How many sellers there are."""
        return len(self.ids)

    @property
    def key(self) -> Ints:
        """What each seller's draws belong to."""
        return _key(self.team, self.group, self.place)

    @property
    def number(self) -> Ints:
        """The seller's number in the company's group."""
        return _number_within(self.group)

    def is_job(self, job: str) -> Flags:
        """Whose job is `job`."""
        return np.array([mine == job for mine in self.job])

    @property
    def is_rep(self) -> Flags:
        """Who is a rep today."""
        return self.group == REP

    @property
    def seller_at(self) -> dict[tuple[int, int], int]:
        """The seller of each (team, rep) place."""
        reps = np.flatnonzero(self.is_rep)
        return {(int(self.team[i]), int(self.place[i])): int(i) for i in reps}


def _key(team: Ints, group: Ints, place: Ints) -> Ints:
    return (group << 32) | (team << 12) | place


def hire(plan: Plan, new_hires: set[tuple[int, int]], hard: set[tuple[int, int]], draws: Draws) -> Staff:
    """Everyone in the company; `new_hires` and `hard` (territories) are (team, rep) places."""
    places = [(t, r) for t, size in enumerate(plan.team_sizes) for r in range(size)]
    team = np.array([t for t, _ in places] + [*plan.leavers, *plan.promoted], dtype=np.int64)
    group = np.repeat([REP, LEAVER, PROMOTED], [len(places), len(plan.leavers), len(plan.promoted)]).astype(np.int64)
    place = _number_within(_key(team, group, np.zeros(len(team), dtype=np.int64)))
    key, at = _key(team, group, place), [*places, *[None] * int((group != REP).sum())]
    hired, until = _times(plan, key, group, np.array([spot in new_hires for spot in at]), draws)
    segment = _segments(plan, team, key, draws)
    segment = np.where(np.array([spot in hard for spot in at]), len(plan.segments) - 1, segment)
    job = [ACCOUNT_EXECUTIVE] * len(team)
    for wanted, title in ((plan.farmers, FARMER), (plan.development_reps, DEVELOPMENT)):
        for spot in wanted:
            job[places.index(spot)] = title
    regions = [names.REGIONS[t % len(names.REGIONS)] for t in team]
    promoted = np.array(plan.promoted, dtype=np.int64)
    managers = np.arange(plan.managers)
    since = days.months_before(plan.ends_on, plan.months) - draws.whole("manager since", 100, 1_500, managers)
    since[promoted] = until[group == PROMOTED] + 1
    width = max(3, len(str(len(team))))
    manager_ids = [f"M{t + 1:0{width}d}" for t in range(plan.managers)]
    letter, number = np.array(["R", "F", "M"])[group], _number_within(group)
    ids = [f"{letter[i]}{number[i] + 1:0{width}d}" for i in range(len(team))]
    ids = [manager_ids[team[i]] if group[i] == PROMOTED else one for i, one in enumerate(ids)]
    staff = Staff(
        ids=ids,
        team=team,
        group=group,
        place=place,
        segment=segment,
        job=job,
        hired=hired,
        sells_until=until,
        # who left has been followed by the team's first rep
        territory=[f"{region} {r + 1 if g == REP else 1}" for region, r, g in zip(regions, place, group, strict=True)],
        region=regions,
        people=pd.DataFrame(),
        manager_ids=manager_ids,
        manager_since=since,
    )
    return replace(staff, people=_people(plan, staff, width, draws))


def _times(plan: Plan, key: Ints, group: Ints, is_new: Flags, draws: Draws) -> tuple[Ints, Ints]:
    """When each seller was hired, and until when each sells."""
    ends, starts = days.number_of(plan.ends_on), days.months_before(plan.ends_on, plan.months)
    long_ago = starts - draws.whole("hired long ago", 200, 2_200, key)
    recent = np.maximum(ends - draws.whole("hired recently", 60, 120, key), starts - 60)
    hired = days.workday(np.where(is_new, recent, long_ago))
    left = draws.uniform("left", key, low=0.35, high=0.8)
    promoted = draws.uniform("promoted", key, low=0.7, high=0.9)
    share = np.where(group == LEAVER, left, promoted)
    until = starts + np.floor(share * (ends - starts)).astype(np.int64)
    return hired, np.where(group == REP, _NEVER, until)


def _segments(plan: Plan, team: Ints, key: Ints, draws: Draws) -> Ints:
    """Home segment of each seller: mostly the team's own, else as the company's mix."""
    shares = np.array(list(plan.segments.values()), dtype=float)
    start = float(draws.uniform("the teams' own segments", [0])[0])
    spread = np.asarray((start + _GOLDEN * np.arange(plan.managers)) % 1.0, dtype=np.float64)
    own = picked(shares, spread)
    leans = draws.chance("leans to the team's segment", plan.team_leans_to_segment, key)
    return np.where(leans, own[team], draws.pick("home segment", shares, key))


def _number_within(group: Ints) -> Ints:
    """The number of each element among those of the same value, in order."""
    frame = pd.Series(group)
    return np.asarray(frame.groupby(frame).cumcount(), dtype=np.int64)


def _people(plan: Plan, staff: Staff, width: int, draws: Draws) -> pd.DataFrame:
    """The table of people."""
    n_leaders = -(-plan.managers // MANAGERS_PER_LEADER) if plan.managers > 1 else 0
    tops = 1 if n_leaders > 1 else 0
    leader_ids = [f"L{i + 1:0{width}d}" for i in range(n_leaders + tops)]
    name_of = names.PeoplesNames(draws)
    frames = (
        _sellers(plan, staff, name_of),
        _managers(plan, staff, leader_ids[tops:], name_of, draws),
        _leaders(leader_ids, tops, name_of),
    )
    return pd.concat([frame for frame in frames if not frame.empty], ignore_index=True)


def _sellers(plan: Plan, staff: Staff, name_of: names.PeoplesNames) -> pd.DataFrame:
    """Reps and who left; the managers who once sold are among the managers."""
    own = np.flatnonzero(staff.group != PROMOTED)
    until = staff.sells_until[own]
    gone = until <= days.number_of(plan.last_day)
    n_reps, n_leavers = int(staff.is_rep.sum()), len(plan.leavers)
    return pd.DataFrame(
        {
            "person_id": [staff.ids[i] for i in own],
            "name": name_of.of(names.REPS, n_reps) + name_of.of(names.LEAVERS, n_leavers),
            "role": "rep",
            "job": [staff.job[i] for i in own],
            "manager_id": [staff.manager_ids[staff.team[i]] for i in own],
            "territory": [staff.territory[i] for i in own],
            "segment": [list(plan.segments)[s] for s in staff.segment[own]],
            "hired_on": days.as_dates(staff.hired[own]),
            "left_on": days.as_dates(np.where(gone, until, -1)),
            "active": ~gone,
        }
    )


def _managers(
    plan: Plan, staff: Staff, leader_ids: list[str], name_of: names.PeoplesNames, draws: Draws
) -> pd.DataFrame:
    teams, was_promoted = np.arange(plan.managers), staff.group == PROMOTED
    hired = staff.manager_since - draws.whole("manager hired", 400, 900, teams)
    hired[staff.team[was_promoted]] = staff.hired[was_promoted]
    promoted_on = np.full(plan.managers, -1)
    promoted_on[staff.team[was_promoted]] = staff.manager_since[staff.team[was_promoted]]
    return pd.DataFrame(
        {
            "person_id": staff.manager_ids,
            "name": name_of.of(names.MANAGERS, plan.managers),
            "role": "manager",
            "job": "Sales Manager",
            "manager_id": [leader_ids[t // MANAGERS_PER_LEADER] if leader_ids else None for t in teams],
            "territory": [names.REGIONS[t % len(names.REGIONS)] for t in teams],
            "hired_on": days.as_dates(hired),
            "promoted_on": days.as_dates(promoted_on),
            "active": True,
        }
    )


def _leaders(ids: list[str], tops: int, name_of: names.PeoplesNames) -> pd.DataFrame:
    """The heads of the managers, and above several of them one more."""
    lower = len(ids) - tops
    return pd.DataFrame(
        {
            "person_id": ids,
            "name": name_of.of(names.LEADERS, len(ids)),
            "role": "leader",
            "job": ["Chief Revenue Officer"] * tops + ["VP Sales"] * lower,
            "manager_id": [None] * tops + [ids[0] if tops else None] * lower,
            "active": True,
        }
    )


def at_work(plan: Plan, staff: Staff, first: int, draws: Draws) -> Floats:
    """1 on each seller's working days from day `first` to the end, else 0 (sellers × days): weekends and time off.

    Each year a seller takes about four blocks of one or two weeks.
    """
    calendar = np.arange(first, days.number_of(plan.last_day) + 1)
    present = np.repeat(days.is_workday(calendar)[None, :].astype(float), staff.n, axis=0)
    present *= (calendar[None, :] >= staff.hired[:, None]) & (calendar[None, :] <= staff.sells_until[:, None])
    blocks = np.arange(-(-len(calendar) // _TIME_OFF_EACH))
    key = staff.key[:, None]
    begin = first + _TIME_OFF_EACH * (blocks + draws.uniform("time off from", key, blocks))
    length = np.where(draws.chance("long time off", 0.35, key, blocks), _LONG, _SHORT)
    for block in blocks:
        since = begin[:, block, None]
        present *= ~((calendar[None, :] >= since) & (calendar[None, :] < since + length[:, block, None]))
    return present
