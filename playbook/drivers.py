"""The one list of drivers: what can stop a rep closing, how it is measured, and from which difference on it matters.

A driver is a measure per rep (room `metrics`), a row here, a play (`plays/<driver>.md`) and their tests. The
conversion out of each stage is a driver of its own, named `stage:<stage>`; all of them share the row and the play
`stage`.
"""

from dataclasses import dataclass

SHARE, MONEY, DAYS, PER_WEEK, PER_DEAL, RATIO = "share", "money", "days", "per week", "per deal", "ratio"

VERDICTS = (
    "coach",
    "watch",
    "strength",
    "no_evidence",
    "too_little_data",
    "team_wide",
    "not_comparable",
    "disputed",
)

# Why a win rate is nobody's: `diagnosis` says it in `why`, and by it chapters tell the calendar from the team.
LATE_IN_THE_QUARTER = "with everybody far more is won in a quarter's last month than in the others"


@dataclass(frozen=True)
class Driver:
    """One thing that can stop a rep closing.

    `needs` are the tables and columns without which it is off. `margin` is the smallest difference from like-for-like
    peers that is worth a manager's hour, in `unit`; with `relative_margin` it is a share of the peers' own level.
    `fewest` is the rep's own n below which nothing is said, and `counted` what that n counts.
    """

    key: str
    label: str
    unit: str
    needs: tuple[str, ...]
    higher_is_better: bool
    margin: float
    relative_margin: bool
    fewest: int
    counted: str
    look_at: str
    instead_of: str = ""


_HISTORY = "stage_history"
DRIVERS: dict[str, Driver] = {
    d.key: d
    for d in (
        Driver(
            "pipeline_generation",
            "New pipeline",
            PER_WEEK,
            ("opportunities.created_on",),
            True,
            0.20,
            True,
            8,
            "weeks of data",
            "their calendar of the last two weeks: when do they open new conversations, and with whom?",
        ),
        Driver(
            "stage",
            "Stage conversion",
            SHARE,
            (_HISTORY, "stages.position"),
            True,
            0.06,
            False,
            12,
            "deals that left the stage",
            "two live conversations at this step, and the notes of three deals that stopped there",
        ),
        Driver(
            "win_rate",
            "Win rate",
            SHARE,
            ("opportunities.closed_on",),
            True,
            0.06,
            False,
            15,
            "closed deals",
            "two live customer conversations, early and late in the deal",
            instead_of=_HISTORY,
        ),
        Driver(
            "deal_size",
            "Deal size",
            RATIO,
            ("opportunities.amount",),
            True,
            0.12,
            False,
            10,
            "deals with an amount",
            "the proposals of three recent wins: what was offered first, and what was left out?",
        ),
        Driver(
            "discounting",
            "Discounting",
            SHARE,
            ("opportunities.discount",),
            False,
            0.03,
            False,
            10,
            "won deals with a list price",
            "two price talks: who names a number first, and what is asked in return?",
        ),
        Driver(
            "cycle_time",
            "Cycle time",
            RATIO,
            ("opportunities.created_on", "opportunities.closed_on"),
            False,
            0.15,
            False,
            10,
            "deals",
            "three slow deals: where did they wait, and who had the next step?",
        ),
        Driver(
            "slippage",
            "Slippage",
            PER_DEAL,
            (_HISTORY, "stage_history.expected_close_on"),
            False,
            0.35,
            False,
            12,
            "deals with an expected close date",
            "the close dates of five open deals: who chose each date, the customer or us?",
        ),
        Driver(
            "activity",
            "Activity on open deals",
            PER_WEEK,
            ("activities",),
            True,
            0.20,
            True,
            8,
            "weeks of data",
            "one week of their calendar and sent mail, together, on open deals only",
        ),
        Driver(
            "forecast_accuracy",
            "Forecast accuracy",
            SHARE,
            (_HISTORY, "stage_history.forecast_category"),
            True,
            0.10,
            False,
            10,
            "deals won, or lost late",
            "the deals committed this month: what has the customer done that shows it?",
        ),
    )
}


def driver_of(key: str) -> Driver:
    """The row of the list for a diagnosis' driver; `stage:Discovery` is found under `stage`.

    Raises
    ------
    KeyError : if there is no such driver.
    """
    return DRIVERS[key.partition(":")[0]]


def label_of(key: str) -> str:
    """The driver as a person says it: `New pipeline`, `Conversion out of Discovery`."""
    name, _, stage = key.partition(":")
    return f"Conversion out of {stage}" if stage else DRIVERS[name].label
