"""What to simulate: how many teams, how much data, which stages and segments, and what is planted in whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from playbook.errors import UnusableInput

DECOYS = ("hard_territory", "new_hire", "luck", "good_luck")
MANNERS = ("optimist", "holds_back", "erratic")
TEAM_WIDE, STRENGTH = "team_wide:", "strength:"

# The usual size of a planted cause, where a plan names none. Shares and days are differences in the driver's unit;
# new pipeline and activity are shares of an ordinary rep's own level, since one rep's usual week is not another's.
USUAL_SIZE: Mapping[str, float] = {
    "pipeline_generation": -0.45,
    "stage": -0.22,
    "win_rate": -0.12,
    "deal_size": -0.32,
    "discounting": 0.09,
    "cycle_time": 0.50,
    "slippage": 0.90,
    "activity": -0.45,
    "forecast_accuracy": -0.28,
}
USUAL_STRENGTH: Mapping[str, float] = {
    "pipeline_generation": 0.45,
    "stage": 0.14,
    "win_rate": 0.12,
    "deal_size": 0.35,
    "discounting": -0.06,
    "cycle_time": -0.30,
    "slippage": -0.60,
    "activity": 0.45,
    "forecast_accuracy": 0.12,
}


@dataclass(frozen=True)
class Planted:
    """One thing planted in one rep (`rep` counts from 0 within the team) or, with `rep=None`, in the whole team.

    `cause` is a driver's key (`discounting`, `stage:Proposal`), a decoy of `DECOYS`, or a driver after `strength:`.
    `size` is in the driver's unit (`USUAL_SIZE` where it is not given). `manner` says how a forecast goes wrong.
    """

    team: int
    rep: int | None
    cause: str
    size: float | None = None
    manner: str = "optimist"

    @property
    def driver(self) -> str:
        """The driver that it changes, or the decoy's own name."""
        return self.cause.removeprefix(STRENGTH).removeprefix(TEAM_WIDE)

    @property
    def amount(self) -> float:
        """Its size; the usual one where none is given."""
        if self.size is not None:
            return self.size
        usual = USUAL_STRENGTH if self.cause.startswith(STRENGTH) else USUAL_SIZE
        return usual.get(self.driver.partition(":")[0], 0.0)


@dataclass(frozen=True)
class Intervention:
    """A change of one driver of one rep from a day on: coaching that helped, a tool that was taken away.

    `change` is added to what is planted, in the driver's unit: 0.10 on a planted `stage:Proposal` of -0.22 leaves
    -0.12. It holds from `from_day` on, until the day before `until` where one is given, and with `half_life` (days) it
    wears off: after so many days half of it is left. It changes nothing before `from_day`, and nobody else.
    """

    team: int
    rep: int
    driver: str
    from_day: date
    change: float
    until: date | None = None
    half_life: float | None = None


@dataclass(frozen=True)
class PlantedHabit:
    """A habit or circumstance (`habits.KINDS`) of one rep; `size` and `since` are as in `habits.Habit`."""

    team: int
    rep: int
    kind: str
    since: date | None = None
    size: float | None = None


@dataclass(frozen=True)
class Mix:
    """What to plant at random: chances of each rep, and of each team for `team_wide`. The rest have nothing planted."""

    one_cause: float = 0.0
    two_causes: float = 0.0
    strength: float = 0.0
    hard_territory: float = 0.0
    new_hire: float = 0.0
    luck: float = 0.0
    team_wide: float = 0.0
    drivers: tuple[str, ...] = tuple(key for key in USUAL_SIZE if key != "win_rate")


@dataclass(frozen=True)
class Plan:
    """A company to simulate. Every field has a usual value; `Plan()` is a healthy company of six teams.

    `reps_per_team` is one number or one for each team. `segments` are shares, from the smallest customers to the
    largest. `conversion` is the share that passes each stage (else set from `win_rate`). `spread` scales the ordinary
    differences between reps: with 0 they are all alike. `development_reps` and `farmers` are (team, rep) places whose
    job is another one; `leavers` are the teams that lost a rep on the way (in addition to the reps of today),
    `promoted` the teams whose manager sold there until some months ago. `planted` comes first, then `mix`, and
    `interventions` change it on the way; `habits` change the record that is kept of it. All of it is arranged for the
    `months` up to `ends_on`; the company is seen on that day, or on `seen_on` where a season goes on after it.
    """

    managers: int = 6
    reps_per_team: int | tuple[int, ...] = 7
    months: int = 15
    ends_on: date = date(2026, 9, 18)
    deals_per_rep_per_month: float = 8.0
    stages: tuple[str, ...] = ("Discovery", "Solution", "Proposal", "Negotiation")
    conversion: tuple[float, ...] = ()
    win_rate: float = 0.27
    segments: Mapping[str, float] = field(default_factory=lambda: {"SMB": 0.4, "Mid-Market": 0.4, "Enterprise": 0.2})
    team_leans_to_segment: float = 0.6
    fiscal_year_starts: int = 1
    quarter_end: bool = True
    spread: float = 1.0
    noise: float = 1.0
    development_reps: tuple[tuple[int, int], ...] = ()
    farmers: tuple[tuple[int, int], ...] = ()
    leavers: tuple[int, ...] = ()
    promoted: tuple[int, ...] = ()
    planted: tuple[Planted, ...] = ()
    mix: Mix = Mix()
    interventions: tuple[Intervention, ...] = ()
    habits: tuple[PlantedHabit, ...] = ()
    seen_on: date | None = None
    name: str = "Quellmark Software"
    currency: str = "USD"

    @property
    def team_sizes(self) -> tuple[int, ...]:
        """Reps in each team."""
        sizes = self.reps_per_team
        return (sizes,) * self.managers if isinstance(sizes, int) else tuple(sizes)

    @property
    def last_day(self) -> date:
        """The day on which the company is seen."""
        return self.ends_on if self.seen_on is None else self.seen_on

    @property
    def drivers(self) -> tuple[str, ...]:
        """Every driver of this company, each stage by its name."""
        stages = tuple(f"stage:{stage}" for stage in self.stages)
        return tuple(d for key in USUAL_SIZE for d in (stages if key == "stage" else (key,)))


def check(plan: Plan) -> None:
    """Hold a plan against what can be simulated.

    Raises
    ------
    UnusableInput : if a number is out of range, names are there twice, or something is planted in nobody.
    """
    for fault, remedy in _faults(plan):
        if fault:
            raise UnusableInput(fault, where="the plan of the simulation", remedy=remedy)


def _faults(plan: Plan) -> list[tuple[str, str]]:
    sizes = plan.team_sizes
    checks = [
        (plan.managers < 1, f"managers is {plan.managers}.", "Ask for at least one manager."),
        (len(sizes) != plan.managers, f"there are {len(sizes)} team sizes for {plan.managers} managers.",
         "Give one each."),
        (min(sizes, default=0) < 1, "a team has no rep.", "Ask for at least one rep in each team."),
        (not 1 <= plan.months <= 120, f"months is {plan.months}.", "Ask for 1 to 120 months."),
        (not 0 < plan.deals_per_rep_per_month <= 200, "the number of deals is out of range.",
         "Ask for up to 200 a month."),
        (not plan.stages or len(set(plan.stages)) < len(plan.stages), "stage names are missing or there twice.",
         "Name each stage once."),
        (bool({"Closed Won", "Closed Lost"} & set(plan.stages)), "a stage is named like an outcome.",
         "Leave Closed Won and Closed Lost out: they are added."),
        (bool(plan.conversion) and len(plan.conversion) != len(plan.stages), "conversion has not one share per stage.",
         "Give one share for each stage, or none."),
        (not all(0 < share < 1 for share in (*plan.conversion, plan.win_rate)), "a share is not between 0 and 1.",
         "Correct conversion or win_rate."),
        (not all(0 <= t < len(sizes) for t in (*plan.leavers, *plan.promoted)), "leavers or promoted name no team.",
         "Teams count from 0."),
        (len(set(plan.promoted)) < len(plan.promoted), "a manager was promoted twice.", "Name each team once."),
        (not all(0 <= t < len(sizes) and 0 <= r < sizes[t] for t, r in (*plan.development_reps, *plan.farmers)),
         "another job is given to nobody.", "Teams and reps count from 0."),
        (not plan.segments or min(plan.segments.values()) <= 0, "a segment has no share.",
         "Give each a share above 0."),
        (plan.last_day < plan.ends_on, f"it is seen on {plan.last_day}, before it ends.", "Shorten months instead."),
        (not 1 <= plan.fiscal_year_starts <= 12, "the fiscal year starts in no month.", "Give 1 to 12."),
    ]  # fmt: skip
    return [(text, remedy) for wrong, text, remedy in checks if wrong] + [
        fault
        for faults in (
            *(_faults_of_planted(planted, plan) for planted in plan.planted),
            *(_faults_of_intervention(one, plan) for one in plan.interventions),
            *(_faults_of_habit(one, plan) for one in plan.habits),
        )
        for fault in faults
    ]


def _faults_of_planted(planted: Planted, plan: Plan) -> list[tuple[str, str]]:
    sizes = plan.team_sizes
    known = planted.cause in DECOYS or planted.driver in plan.drivers
    nobody = not 0 <= planted.team < len(sizes) or not (planted.rep is None or 0 <= planted.rep < sizes[planted.team])
    faults = []
    if not known:
        faults.append((f"{planted.cause!r} is no cause.", f"Plant one of: {', '.join((*plan.drivers, *DECOYS))}."))
    if nobody:
        faults.append((f"{planted.cause!r} is planted in nobody.", "Teams and reps count from 0."))
    if planted.manner not in MANNERS:
        faults.append((f"{planted.manner!r} is no manner.", f"Choose one of: {', '.join(MANNERS)}."))
    return faults


def _faults_of_intervention(one: Intervention, plan: Plan) -> list[tuple[str, str]]:
    faults = _faults_of_planted(Planted(one.team, one.rep, one.driver, one.change), plan)
    if one.driver in DECOYS:
        faults.append((f"{one.driver!r} is no driver.", f"Change one of: {', '.join(plan.drivers)}."))
    if one.until is not None and one.until <= one.from_day:
        faults.append(("an intervention ends before it begins.", "Correct from_day or until."))
    if one.half_life is not None and one.half_life <= 0:
        faults.append(("the half-life of an intervention is not above 0.", "Give days, or none."))
    return faults


def _faults_of_habit(one: PlantedHabit, plan: Plan) -> list[tuple[str, str]]:
    sizes = plan.team_sizes
    if 0 <= one.team < len(sizes) and 0 <= one.rep < sizes[one.team]:
        return []
    return [(f"{one.kind!r} is planted in nobody.", "Teams and reps count from 0.")]
