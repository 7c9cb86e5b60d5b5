"""Who works there: reps in teams, people who left, managers who once sold there, leaders; and when each was away."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.simulate import days, names
from playbook.simulate.draws import Draws, Flags, Floats, Ints
from playbook.simulate.plan import Plan

ACCOUNT_EXECUTIVE, FARMER, DEVELOPMENT = "Account Executive", "Account Manager", "Sales Development Rep"
MANAGERS_PER_LEADER = 8
_NEVER = 4_000_000  # a day number after every simulated day


@dataclass(frozen=True)
class Staff:
    """Everyone who ever owned a deal (`sellers`: reps, leavers, managers before their promotion) and everyone else.

    Arrays have one value per seller. `sells_until` is the last day on which a seller opens deals; `place` is the rep's
    number in the team, -1 for who is no rep today.
    """

    ids: list[str]
    team: Ints
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

    def is_job(self, job: str) -> Flags:
        """Whose job is `job`."""
        return np.array([mine == job for mine in self.job])

    @property
    def is_rep(self) -> Flags:
        """Who is a rep today."""
        return self.place >= 0


def hire(plan: Plan, new_hires: set[tuple[int, int]], hard: set[tuple[int, int]], draws: Draws) -> Staff:
    """Everyone in the company; `new_hires` and `hard` (territories) are (team, rep) places."""
    ends, starts = days.number_of(plan.ends_on), days.months_before(plan.ends_on, plan.months)
    places = [(t, r) for t, size in enumerate(plan.team_sizes) for r in range(size)]
    leaver_teams, promoted = list(plan.leavers), list(plan.promoted)
    team = np.array([t for t, _ in places] + leaver_teams + promoted, dtype=np.int64)
    place = np.array([r for _, r in places] + [-1] * (len(leaver_teams) + len(promoted)), dtype=np.int64)
    n, span = len(team), ends - starts
    hired = starts - draws.whole(n, 200, 2_200)
    recent = ends - draws.whole(n, 60, 120)
    is_new = np.array([p in new_hires for p in places] + [False] * (n - len(places)))
    hired = days.workday(np.where(is_new, np.maximum(recent, starts - 60), hired))
    until = np.full(n, _NEVER)
    first_leaver, first_promoted = len(places), len(places) + len(leaver_teams)
    until[first_leaver:first_promoted] = starts + np.floor(draws.uniform(len(leaver_teams), 0.35, 0.8) * span)
    until[first_promoted:] = starts + np.floor(draws.uniform(len(promoted), 0.7, 0.9) * span)
    segment = _segments(plan, team, draws)
    is_hard = np.array([p in hard for p in places] + [False] * (n - len(places)))
    segment = np.where(is_hard, len(plan.segments) - 1, segment)
    job = [ACCOUNT_EXECUTIVE] * n
    for wanted, title in ((plan.farmers, FARMER), (plan.development_reps, DEVELOPMENT)):
        for spot in wanted:
            job[places.index(spot)] = title
    regions = [names.REGIONS[t % len(names.REGIONS)] for t in team]
    territory = [f"{region} {i + 1}" for i, region in zip(_number_within(team), regions, strict=True)]
    manager_since = starts - draws.whole(plan.managers, 100, 1_500)
    manager_since[promoted] = until[first_promoted:] + 1
    return _named(
        plan,
        team,
        place,
        segment,
        job,
        hired,
        until,
        territory,
        regions,
        manager_since,
        first_promoted,
        promoted,
        draws,
    )


def _segments(plan: Plan, team: Ints, draws: Draws) -> Ints:
    """Home segment of each seller: mostly the team's own, else as the company's mix."""
    shares = np.array(list(plan.segments.values()), dtype=float)
    due = (np.arange(plan.managers) + 0.5) / plan.managers
    own = np.searchsorted(np.cumsum(shares / shares.sum()), due)[draws.shuffled(plan.managers)]
    leans = draws.chance(plan.team_leans_to_segment, len(team))
    return np.where(leans, np.minimum(own, len(shares) - 1)[team], draws.pick(shares, len(team)))


def _number_within(team: Ints) -> Ints:
    frame = pd.Series(team)
    return frame.groupby(frame).cumcount().to_numpy()


def _named(
    plan: Plan,
    team: Ints,
    place: Ints,
    segment: Ints,
    job: list[str],
    hired: Ints,
    until: Ints,
    territory: list[str],
    regions: list[str],
    manager_since: Ints,
    first_promoted: int,
    promoted: list[int],
    draws: Draws,
) -> Staff:
    """Give everyone an id and a name, and write the table of people."""
    n_leaders = -(-plan.managers // MANAGERS_PER_LEADER) if plan.managers > 1 else 0
    tops = 1 if n_leaders > 1 else 0
    width = max(3, len(str(len(team))))
    rep_ids = [f"R{i + 1:0{width}d}" for i in range(first_promoted)]
    manager_ids = [f"M{t + 1:0{width}d}" for t in range(plan.managers)]
    leader_ids = [f"L{i + 1:0{width}d}" for i in range(n_leaders + tops)]
    everyone = names.people(len(rep_ids) + len(manager_ids) + len(leader_ids) + 1, draws)
    ends = days.number_of(plan.ends_on)
    segment_names = list(plan.segments)
    gone = until[:first_promoted] <= ends
    reps = pd.DataFrame(
        {
            "person_id": rep_ids,
            "name": everyone[: len(rep_ids)],
            "role": "rep",
            "job": job[:first_promoted],
            "manager_id": [manager_ids[t] for t in team[:first_promoted]],
            "territory": territory[:first_promoted],
            "segment": [segment_names[s] for s in segment[:first_promoted]],
            "hired_on": days.as_dates(hired[:first_promoted]),
            "left_on": days.as_dates(np.where(gone, until[:first_promoted], -1)),
            "active": ~gone,
        }
    )
    at = len(rep_ids)
    since = np.full(plan.managers, -1)
    since[promoted] = manager_since[promoted]
    managers = pd.DataFrame(
        {
            "person_id": manager_ids,
            "name": everyone[at : at + plan.managers],
            "role": "manager",
            "job": "Sales Manager",
            "manager_id": [
                leader_ids[tops + t // MANAGERS_PER_LEADER] if leader_ids else None for t in range(plan.managers)
            ],
            "territory": [names.REGIONS[t % len(names.REGIONS)] for t in range(plan.managers)],
            "hired_on": days.as_dates(manager_since - draws.whole(plan.managers, 400, 900)),
            "promoted_on": days.as_dates(since),
            "active": True,
        }
    )
    managers["hired_on"] = _hired_of_managers(managers["hired_on"], hired[first_promoted:], promoted)
    at += plan.managers
    leaders = pd.DataFrame(
        {
            "person_id": leader_ids,
            "name": everyone[at : at + len(leader_ids)],
            "role": "leader",
            "job": ["Chief Revenue Officer"] * tops + ["VP Sales"] * n_leaders,
            "manager_id": [None] * tops + [leader_ids[0] if tops else None] * n_leaders,
            "active": True,
        }
    )
    return Staff(
        ids=rep_ids + [manager_ids[t] for t in promoted],
        team=team,
        place=place,
        segment=segment,
        job=job,
        hired=hired,
        sells_until=until,
        territory=territory,
        region=regions,
        people=pd.concat([frame for frame in (reps, managers, leaders) if not frame.empty], ignore_index=True),
        manager_ids=manager_ids,
        manager_since=manager_since,
    )


def _hired_of_managers(usual: pd.Series, sold_since: Ints, promoted: list[int]) -> pd.Series:
    own = pd.Series(days.as_dates(sold_since), index=promoted)
    return usual.mask(usual.index.isin(promoted), own.reindex(usual.index))


def at_work(plan: Plan, staff: Staff, first: int, draws: Draws) -> Floats:
    """1 on each seller's working days from day `first` to the end, else 0 (sellers × days): weekends and time off.

    Each year a seller takes about four blocks of one or two weeks.
    """
    ends = days.number_of(plan.ends_on)
    calendar = np.arange(first, ends + 1)
    present = np.repeat(days.is_workday(calendar)[None, :].astype(float), staff.n, axis=0)
    present *= (calendar[None, :] >= staff.hired[:, None]) & (calendar[None, :] <= staff.sells_until[:, None])
    blocks = max(1, round(4 * len(calendar) / 365))
    begin = first + draws.uniform((staff.n, blocks)) * len(calendar)
    length = np.where(draws.chance(0.35, (staff.n, blocks)), 12, 5)
    for block in range(blocks):
        away = (calendar[None, :] >= begin[:, block, None]) & (
            calendar[None, :] < begin[:, block, None] + length[:, block, None]
        )
        present *= ~away
    return present
