"""Decides in whom something is planted: first what the plan names, then its mix, drawn for each rep and team alone."""

from dataclasses import replace

import numpy as np

from playbook.simulate.draws import Draws, picked
from playbook.simulate.plan import STRENGTH, TEAM_WIDE, Plan, Planted

Place = tuple[int, int]


def plant(plan: Plan, draws: Draws) -> tuple[Planted, ...]:
    """Everything planted, one row per rep: what is planted in a whole team stands once for each of its reps.

    A mixed-in cause never meets another in the same rep, nor a problem of the whole team, except where the mix asks
    for two causes. What a rep or a team gets belongs to it: more reps or teams change nothing for the others.
    """
    given = tuple(one for planted in plan.planted for one in _each(planted, plan))
    jobs = {*plan.development_reps, *plan.farmers}
    taken = {(planted.team, planted.rep) for planted in given} | jobs
    teams = np.arange(plan.managers)
    wide_teams = np.flatnonzero(draws.chance("team-wide", plan.mix.team_wide, teams))
    wide = [
        Planted(int(team), None, TEAM_WIDE + _driver(plan, draws, "team-wide driver", int(team)))
        for team in wide_teams
        if not any((int(team), rep) in taken for rep in range(plan.team_sizes[team]))
    ]
    wide_each = tuple(one for planted in wide for one in _each(planted, plan))
    taken |= {(planted.team, planted.rep) for planted in wide_each}
    places = [(t, r) for t, size in enumerate(plan.team_sizes) for r in range(size) if (t, r) not in taken]
    return given + wide_each + _mixed(plan, places, draws)


def _each(planted: Planted, plan: Plan) -> list[Planted]:
    """The same for each rep it is planted in; a driver planted in a whole team is a team-wide one."""
    if planted.rep is not None:
        return [planted]
    wide = planted.driver in plan.drivers and not planted.cause.startswith((TEAM_WIDE, STRENGTH))
    cause = TEAM_WIDE + planted.cause if wide else planted.cause
    return [replace(planted, rep=rep, cause=cause) for rep in range(plan.team_sizes[planted.team])]


def _driver(plan: Plan, draws: Draws, what: str, thing: int, but: str = "") -> str:
    """A driver of the mix, each as often as the others (`but` one); a stage's turn goes to one of the stages."""
    keys = [key for key in plan.mix.drivers if key != but]
    which, stage = draws.pair(what, thing)
    key = keys[int(which * len(keys))]
    return f"stage:{plan.stages[int(stage * len(plan.stages))]}" if key == "stage" else key


def _mixed(plan: Plan, places: list[Place], draws: Draws) -> tuple[Planted, ...]:
    """What each of the free places gets: one or two causes, a strength, a decoy, or nothing."""
    things = np.array([(team << 12) | rep for team, rep in places], dtype=np.int64)
    mix = plan.mix
    chances = [mix.two_causes, mix.one_cause, mix.strength, mix.hard_territory, mix.new_hire, mix.luck]
    gets = picked([*chances, max(1.0 - sum(chances), 0.0)], draws.uniform("what a rep gets", things))
    planted: list[Planted] = []
    for (team, rep), thing, what in zip(places, things.tolist(), gets.tolist(), strict=True):
        if what in (0, 1):
            first = _driver(plan, draws, "first cause", thing)
            planted.append(Planted(team, rep, first))
            if what == 0:
                second = _driver(plan, draws, "second cause", thing, but=first.partition(":")[0])
                planted.append(Planted(team, rep, second))
        elif what == 2:
            planted.append(Planted(team, rep, STRENGTH + _driver(plan, draws, "strength", thing)))
        elif what < len(chances):
            planted.append(Planted(team, rep, ("hard_territory", "new_hire", "luck")[what - 3]))
    return tuple(planted)
