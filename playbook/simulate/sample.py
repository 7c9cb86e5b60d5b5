"""The sample company: one that is worth opening, and others like it of any size.

The usual one (6 managers, 40 reps, 15 months) is arranged by hand: the first team shows most of what a manager can meet
(one weak stage, discounts, a new hire, a hard territory, a forecaster who promises too early, a strong rep, plain bad
luck), another has a problem that is the whole team's. Every other size is planted at random.
"""

from datetime import date
from pathlib import Path

from playbook.atomic import write_beside
from playbook.company import save
from playbook.errors import UnusableInput
from playbook.simulate.plan import Intervention, Mix, Plan, Planted, PlantedHabit
from playbook.simulate.simulated_company import Simulated, simulate

MANAGERS, REPS, MONTHS, SEED = 6, 40, 15, 7
TEAM_SIZES = (8, 3, 10, 7, 5, 7)
# A Friday in the middle of a month and of a fiscal quarter (August to October): what is won already, what is committed
# and what is at risk can all be seen.
AS_OF, FISCAL_YEAR_STARTS = date(2026, 9, 18), 2

_COACHED_ON = date(2026, 3, 2)
_ARRANGED = (
    Planted(0, 1, "stage:Solution", -0.26),
    Planted(0, 2, "discounting", 0.09),
    Planted(0, 3, "new_hire"),
    Planted(0, 4, "hard_territory"),
    Planted(0, 5, "slippage", 1.0),
    Planted(0, 5, "forecast_accuracy", -0.30),
    Planted(0, 6, "strength:stage:Proposal", 0.15),
    Planted(0, 6, "strength:pipeline_generation", 0.30),
    Planted(0, 7, "luck"),
    Planted(1, 1, "stage:Discovery", -0.24),
    Planted(2, 1, "cycle_time", 0.50),
    Planted(2, 3, "pipeline_generation", -0.45),
    Planted(2, 5, "activity", -0.45),
    Planted(2, 6, "good_luck"),
    Planted(3, None, "stage:Proposal", -0.20),
    Planted(3, 4, "pipeline_generation", -0.45),
    Planted(4, 0, "deal_size", -0.32),
    Planted(4, 2, "stage:Negotiation", -0.22),
    Planted(5, 1, "discounting", 0.08),
    Planted(5, 1, "stage:Discovery", -0.22),
    Planted(5, 3, "forecast_accuracy", -0.40, manner="holds_back"),
    Planted(5, 5, "new_hire"),
)
_COACHED = (Intervention(4, 2, "stage:Negotiation", _COACHED_ON, 0.176),)
# Five who sell as others do, and whose record is kept, or whose week is, in another way.
_HABITS = (
    PlantedHabit(2, 0, "late_entry"),
    PlantedHabit(4, 1, "activities_not_logged"),
    PlantedHabit(4, 3, "late_closing"),
    PlantedHabit(4, 4, "bulk_closing"),
    PlantedHabit(5, 2, "part_time"),
)
_AT_RANDOM = Mix(
    one_cause=0.28, two_causes=0.04, strength=0.08, hard_territory=0.07, new_hire=0.07, luck=0.06, team_wide=0.12
)


def sample_plan(managers: int = MANAGERS, reps: int = REPS, months: int = MONTHS) -> Plan:
    """The plan of the sample company of this size.

    Raises
    ------
    UnusableInput : if there are fewer reps than managers.
    """
    if (managers, reps) == (MANAGERS, REPS):
        return Plan(
            managers=managers,
            reps_per_team=TEAM_SIZES,
            months=months,
            ends_on=AS_OF,
            fiscal_year_starts=FISCAL_YEAR_STARTS,
            development_reps=((2, 9),),
            farmers=((2, 7), (2, 8)),
            leavers=(3, 5),
            promoted=(0, 5),
            planted=_ARRANGED,
            interventions=_COACHED,
            habits=_HABITS,
        )
    if managers < 1 or reps < managers:
        raise UnusableInput(
            f"{reps} reps cannot be spread over {managers} managers.",
            where="the size of the sample",
            remedy="Ask for at least one manager, and one rep for each.",
        )
    return Plan(
        managers=managers,
        reps_per_team=_uneven(managers, reps),
        months=months,
        ends_on=AS_OF,
        fiscal_year_starts=FISCAL_YEAR_STARTS,
        leavers=tuple(range(3, managers, 4)),
        promoted=tuple(range(0, managers, 5)),
        mix=_AT_RANDOM,
    )


def _uneven(managers: int, reps: int) -> tuple[int, ...]:
    """Team sizes that differ as those of the usual sample do, with one rep at least."""
    weights = [TEAM_SIZES[team % len(TEAM_SIZES)] for team in range(managers)]
    spare, total = reps - managers, sum(weights)
    ends = [round(spare * sum(weights[: team + 1]) / total) for team in range(managers)]
    return tuple(1 + end - start for start, end in zip([0, *ends[:-1]], ends, strict=True))


def write_sample(
    folder: Path,
    *,
    seed: int = SEED,
    managers: int = MANAGERS,
    reps: int = REPS,
    months: int = MONTHS,
    truth: Path | None = None,
) -> Simulated:
    """Simulate a company and write its tables into `folder` and the planted causes into `truth`.

    `truth` is a CSV file beside the folder (`<folder>-truth.csv`) unless another place is named. It is never written
    into the folder: whoever builds workbooks from the company must not find the answers in it.

    Raises
    ------
    UnusableInput : if the size cannot be simulated, or `truth` is inside `folder`.
    """
    folder = Path(folder)
    answers = Path(truth) if truth is not None else folder.with_name(f"{folder.name}-truth.csv")
    if answers.resolve().is_relative_to(folder.resolve()):
        raise UnusableInput(
            "the planted causes would be written into the company's own folder.",
            where=str(answers),
            remedy="Name a place outside of it, so that nobody builds workbooks with the answers inside.",
        )
    simulated = simulate(sample_plan(managers, reps, months), seed)
    save(simulated.company, folder)
    with write_beside(answers) as beside:
        simulated.truth.to_csv(beside, index=False, encoding="utf-8", lineterminator="\n")
    return simulated
