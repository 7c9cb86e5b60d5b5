"""The small team with findings in full: verdicts with their numbers, levels beside peers, benchmarks from outside."""

import pandas as pd

from playbook.company import Company
from playbook.team import Team, missing_of, team_of
from tests.coaching.small_team import AS_OF, company, reason_facts

# rep, driver, verdict, priority, probability, effect, low, high, n, money, seen, expected, luck low, luck high
ROWS = (
    ("r1", "stage:Discovery", "coach", 1, 0.93, -0.21, -0.31, -0.11, 40, 12_000.0, 0.50, 0.72, 0.61, 0.83),
    ("r1", "discounting", "watch", 2, 0.55, 0.04, -0.01, 0.09, 14, 3_000.0, 0.16, 0.11, 0.07, 0.15),
    ("r1", "deal_size", "no_evidence", 3, 0.02, 0.01, -0.06, 0.08, 14, None, 21_000.0, 20_500.0, 15_000.0, 27_000.0),
    ("r2", "slippage", "watch", 1, 0.60, 0.6, -0.1, 1.2, 30, None, 1.9, 1.1, 0.6, 1.7),
    ("r3", "stage:Discovery", "strength", 1, 0.90, 0.15, 0.08, 0.21, 50, None, 0.88, 0.71, 0.60, 0.81),
    ("r4", "deal_size", "too_little_data", 1, None, None, None, None, 6, None, None, None, None, None),
    ("r4", "cycle_time", "not_comparable", 2, None, None, None, None, 20, None, None, None, None, None),
    ("r5", "deal_size", "team_wide", 1, 0.80, -0.3, -0.4, -0.2, 20, None, 14_000.0, 20_000.0, 15_000.0, 26_000.0),
)
_COLUMNS = ["rep_id", "driver", "verdict", "priority", "probability", "effect", "low", "high", "n", "value_at_stake"]
_LEVELS = ["seen", "expected", "peer_low", "peer_high"]


def measured(*rows: tuple, of: Company | None = None) -> Team:
    """The team of Mo with `rows` (ROWS if none are given) as what the company-wide work found."""
    whole = of or company()
    frame = pd.DataFrame(list(rows or ROWS), columns=_COLUMNS + _LEVELS)
    drivers = frame["driver"]
    facts = reason_facts(drivers, frame["verdict"])
    diagnosis = frame[_COLUMNS].assign(
        manager_id="m1",
        own_n=frame["n"],
        **{name: value for name, value in facts.items() if name not in _COLUMNS},
        stage=[driver.partition(":")[2] or None for driver in drivers],
    )
    levels = frame[["rep_id", "driver", "n", *_LEVELS]].assign(manager_id="m1")
    numbers = ["probability", "effect", "low", "high", "value_at_stake"]
    findings = {
        "diagnosis": diagnosis.astype(dict.fromkeys(numbers, "float64")),
        "levels": levels.astype(dict.fromkeys(_LEVELS, "float64")),
        "benchmarks": pd.DataFrame(
            {
                "driver": ["stage:Discovery"],
                "unit": ["share"],
                "reps": [31],
                "low": [0.55],
                "lower": [0.64],
                "middle": [0.70],
                "upper": [0.77],
                "high": [0.86],
            }
        ),
    }
    return team_of(whole, "m1", AS_OF, findings, missing=missing_of(whole))
