"""The diagnosis with what people know beside the data, and what that changes.

In: a company with its circumstances.  Out: the diagnosis, and per entry and driver both readings. A rep of whom nothing
is known keeps the verdicts of the data alone: what somebody says of one person moves nobody else's.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from playbook.circumstances import KINDS, Circumstance, entries_in, frame_of, known_at
from playbook.company import Company
from playbook.diagnosis.circumstance_rows import CircumstanceRow
from playbook.diagnosis.diagnose import Diagnosis, diagnosis_of
from playbook.drivers.registry import driver_of
from playbook.metrics.observations import Observations

_NO_NUMBER = float("nan")
_DTYPES = frame_of([]).dtypes.to_dict() | dict.fromkeys(
    ("seen_without", "seen_with", "usual_low", "usual_high"), "float64"
)


@dataclass(frozen=True)
class KnownDiagnosis:
    """`diagnosis`, and `circumstances`: rows of `CircumstanceRow`, none where nothing is known."""

    diagnosis: Diagnosis
    circumstances: pd.DataFrame


def diagnosed(company: Company, as_of: date, also: Callable[[Observations], None] | None = None) -> KnownDiagnosis:
    """Diagnose `company`, with its circumstances where there are any; that takes the time of two diagnoses.

    `also` is called with the measures of each driver, as the data alone has them.
    """
    known = known_at(company.circumstances, as_of)
    without = company if company.circumstances.empty else replace(company, circumstances=frame_of([]))
    alone = diagnosis_of(without, as_of, also)
    if known.empty:
        return KnownDiagnosis(alone, _frame([]))
    beside = diagnosis_of(replace(company, circumstances=known), as_of)
    reps = set(known["rep_id"])
    order = ["manager_id", "rep_id", "driver"]
    combined = replace(
        alone,
        table=_of_reps(alone.table, beside.table, reps).sort_values(order, ignore_index=True),
        levels=_of_reps(alone.levels, beside.levels, reps).sort_values(order, ignore_index=True),
    )
    return KnownDiagnosis(combined, _frame(_readings(known, alone.table, beside.table)))


def _of_reps(alone: pd.DataFrame, beside: pd.DataFrame, reps: set[str]) -> pd.DataFrame:
    """The rows of `beside` for these reps, those of `alone` for everybody else."""
    return pd.concat([alone[~alone["rep_id"].isin(reps)], beside[beside["rep_id"].isin(reps)]], ignore_index=True)


def _readings(known: pd.DataFrame, alone: pd.DataFrame, beside: pd.DataFrame) -> list[CircumstanceRow]:
    columns = ["rep_id", "driver", "manager_id", "verdict", "seen", "usual_low", "usual_high"]
    both = alone[columns].merge(beside[columns], on=["rep_id", "driver"], suffixes=("_without", "_with"))
    rows: list[CircumstanceRow] = []
    for entry in entries_in(known):
        own = both[both["rep_id"] == entry.rep_id]
        touched = [(row, bears) for row in own.to_dict("records") if (bears := _bears(entry, row["driver"]))]
        manager = str(own["manager_id_with"].iloc[0]) if len(own) else ""
        rows += [
            CircumstanceRow(
                manager, *entry, row["driver"], bears, row["verdict_without"], row["verdict_with"],
                row["seen_without"], row["seen_with"], row["usual_low_with"], row["usual_high_with"],
            )
            for row, bears in touched
        ] or [CircumstanceRow(manager, *entry, "", "", "", "", *[_NO_NUMBER] * 4)]  # fmt: skip
    return rows


def _bears(entry: Circumstance, driver: str) -> str:
    about = driver_of(driver)
    return KINDS[entry.kind].bears(about.sensitive_to, about.counts)


def _frame(rows: list[CircumstanceRow]) -> pd.DataFrame:
    columns = list(CircumstanceRow._fields)
    return pd.DataFrame(rows, columns=columns).astype({column: _DTYPES.get(column, "str") for column in columns})
