"""Decides in whom something is planted: first what the plan names, then its mix, drawn at random."""

from collections.abc import Iterator
from dataclasses import replace

from playbook.simulate.draws import Draws
from playbook.simulate.plan import STRENGTH, TEAM_WIDE, Mix, Plan, Planted

Place = tuple[int, int]


def plant(plan: Plan, draws: Draws) -> tuple[Planted, ...]:
    """Everything planted, one row per rep: what is planted in a whole team stands once for each of its reps.

    A mixed-in cause never meets another in the same rep, nor a problem of the whole team, except where the mix asks
    for two causes. Drivers come in turn, so that a large company holds every one about equally often.
    """
    given = tuple(one for planted in plan.planted for one in _each(planted, plan))
    jobs = {*plan.development_reps, *plan.farmers}
    taken = {(planted.team, planted.rep) for planted in given} | jobs
    teams = [int(t) for t in draws.shuffled(plan.managers)]
    turn = _drivers_in_turn(plan, draws)
    wide = [
        Planted(team, None, TEAM_WIDE + next(turn))
        for team in teams[: round(plan.mix.team_wide * plan.managers)]
        if not any((team, rep) in taken for rep in range(plan.team_sizes[team]))
    ]
    wide_each = tuple(one for planted in wide for one in _each(planted, plan))
    taken |= {(planted.team, planted.rep) for planted in wide_each}
    places = [(t, r) for t, size in enumerate(plan.team_sizes) for r in range(size)]
    free = [places[int(i)] for i in draws.shuffled(len(places)) if places[int(i)] not in taken]
    return given + wide_each + _mixed(plan.mix, len(places), free, turn)


def _each(planted: Planted, plan: Plan) -> list[Planted]:
    """The same for each rep it is planted in; a driver planted in a whole team is a team-wide one."""
    if planted.rep is not None:
        return [planted]
    wide = planted.driver in plan.drivers and not planted.cause.startswith((TEAM_WIDE, STRENGTH))
    cause = TEAM_WIDE + planted.cause if wide else planted.cause
    return [replace(planted, rep=rep, cause=cause) for rep in range(plan.team_sizes[planted.team])]


def _drivers_in_turn(plan: Plan, draws: Draws) -> Iterator[str]:
    """Drivers for ever, each as often as the others; a stage's turn goes to one of the stages."""
    while True:
        for i in draws.shuffled(len(plan.mix.drivers)):
            key = plan.mix.drivers[int(i)]
            yield f"stage:{plan.stages[int(draws.whole(1, 0, len(plan.stages) - 1)[0])]}" if key == "stage" else key


def _mixed(mix: Mix, n: int, free: list[Place], turn: Iterator[str]) -> tuple[Planted, ...]:
    planted: list[Planted] = []
    left = iter(free)

    def some(share: float) -> list[Place]:
        return [place for _, place in zip(range(round(share * n)), left, strict=False)]

    for team, rep in some(mix.two_causes):
        first = next(turn)
        second = next(key for key in turn if key.partition(":")[0] != first.partition(":")[0])
        planted += [Planted(team, rep, first), Planted(team, rep, second)]
    planted += [Planted(team, rep, next(turn)) for team, rep in some(mix.one_cause)]
    planted += [Planted(team, rep, STRENGTH + next(turn)) for team, rep in some(mix.strength)]
    for decoy in ("hard_territory", "new_hire", "luck"):
        planted += [Planted(team, rep, decoy) for team, rep in some(getattr(mix, decoy))]
    return tuple(planted)
