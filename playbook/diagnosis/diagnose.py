"""The diagnosis of a company: for every rep and driver a verdict, how sure it is, and one sentence.

In: a company as known at a day.  Out: the diagnosis table, the levels behind it, what the whole company shows.
The steps, each a module of its own: evidence, judging, consequences, money, verdicts, why.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from playbook.company import Company
from playbook.diagnosis.consequences import one_row_per_driver
from playbook.diagnosis.evidence import evidence
from playbook.diagnosis.judging import judged
from playbook.diagnosis.levels import LEVELS, levels
from playbook.diagnosis.money import at_stake, revenue_per_quarter
from playbook.diagnosis.patterns import company_wide_patterns, everybody_at_quarter_end
from playbook.diagnosis.verdicts import with_verdicts
from playbook.diagnosis.why import sentences
from playbook.drivers.registry import driver_of

COLUMNS = ["manager_id", "rep_id", "driver", "stage", "verdict", "priority", "probability", "effect", "low", "high"]
COLUMNS += ["peers", "unit", "n", "value_at_stake", "why"]
_COSTS = ("coach", "watch", "team_wide")  # only a difference that is told has a price


@dataclass(frozen=True)
class Diagnosis:
    """What was found: `table` (design: a row per rep and driver), `levels`, `patterns`.

    `levels` has beside `levels.LEVELS`: at_stake_low, at_stake_high, the range of the table's value_at_stake.

    Behind them: `rows` (one per rep and driver) and `judged` (before two measures of one driver became one).
    """

    table: pd.DataFrame
    levels: pd.DataFrame
    patterns: pd.DataFrame
    rows: pd.DataFrame
    judged: pd.DataFrame


def diagnose(company: Company, as_of: date) -> pd.DataFrame:
    """The diagnosis table, by manager_id, rep_id, driver; see `diagnosis_of`."""
    return diagnosis_of(company, as_of).table


def diagnosis_of(company: Company, as_of: date) -> Diagnosis:
    """Judge every active rep in every driver that the data holds.

    Returns
    -------
    Diagnosis, whose table has COLUMNS: effect, low, high (rep less peers, in `unit`; the best estimate, drawn towards
    the peers where n is small, and the 90% range that the data allow), probability (of a difference beyond the driver's
    margin, to the harmful side, or to the good one for a strength), value_at_stake (money per quarter; NaN where the
    verdict is none to act on, or the driver has no price), and `why`. People without a driver's data have
    `too_little_data` with n = 0. Drivers that the export cannot feed have no rows.
    """
    patterns = company_wide_patterns(company, as_of)
    rows = evidence(company, as_of)
    if rows.empty:
        return Diagnosis(pd.DataFrame(columns=COLUMNS), pd.DataFrame(columns=LEVELS), patterns, rows, rows)
    everything = judged(rows)
    rows = one_row_per_driver(everything)
    rows = rows.join(at_stake(rows, revenue_per_quarter(company, as_of)))
    rows = with_verdicts(rows).assign(shared_by="team")
    if everybody_at_quarter_end(company, as_of, patterns):
        late = rows["driver"].map(lambda key: driver_of(key).closes_late).astype(bool)
        whole = late & rows["verdict"].isin(["no_evidence", "watch"])
        rows = rows.assign(
            verdict=rows["verdict"].mask(whole, "team_wide"), shared_by=rows["shared_by"].mask(whole, "quarter_end")
        )
    bounds = rows[["at_stake_low", "at_stake_high"]].where(rows["verdict"].isin(_COSTS)).reset_index(drop=True)
    found = levels(rows).join(bounds)
    return Diagnosis(_table(rows, found, company.settings.currency), found, patterns, rows, everything)


def _table(rows: pd.DataFrame, found: pd.DataFrame, currency: str) -> pd.DataFrame:
    unit = rows["driver"].map(lambda key: driver_of(key).unit)
    scale = rows["margin"] * rows["per"]
    told = rows.assign(
        stage=rows["driver"].str.partition(":")[2].replace("", None),
        unit=unit,
        effect=rows["best"] * scale,
        low=rows["low"] * scale,
        high=rows["high"] * scale,
        value_at_stake=rows["at_stake"].where(rows["verdict"].isin(_COSTS)),
        peers=rows["peers"].fillna(0).astype("int64"),
        why=sentences(rows, found, currency),
    )
    return told.sort_values(["manager_id", "rep_id", "driver"], ignore_index=True)[COLUMNS]
