"""How long the diagnosis of a large company takes, and whether time grows with the rows.

In: nothing.  Out: seconds for 1,000, 3,000 and 10,000 reps with 200 deals each, stage history and activities included.
Simulation is not counted: a company of 1,000 reps is simulated once and repeated under other names.
"""

import resource
import time

import pandas as pd

from playbook.company import TABLES, Company
from playbook.diagnosis.diagnose import diagnosis_of
from playbook.simulate.plan import Mix, Plan
from playbook.simulate.simulated_company import simulate

SIZES = (1_000, 3_000, 10_000)
TARGET = 120.0  # seconds, for the largest
_TEAM, _MONTHS, _DEALS = 8, 24, 200
_IDS = ("person_id", "manager_id", "rep_id", "opportunity_id")


def measured() -> str:
    """Print a line for each size (reps, deals, steps, seconds, deals a second, peak of memory); the target as text."""
    base = simulate(
        Plan(
            managers=SIZES[0] // _TEAM,
            reps_per_team=_TEAM,
            months=_MONTHS,
            deals_per_rep_per_month=1.05 * _DEALS / _MONTHS,
            mix=Mix(one_cause=0.25, two_causes=0.05, strength=0.05, hard_territory=0.05, new_hire=0.05, team_wide=0.1),
        ),
        seed=1,
    )
    for size in SIZES:
        company = repeated(base.company, size // SIZES[0])
        start, work = time.perf_counter(), time.process_time()
        table = diagnosis_of(company, pd.Timestamp("2026-09-18").date()).table
        took, work = time.perf_counter() - start, time.process_time() - work
        deals, steps = len(company.opportunities), len(company.stage_history)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        line = (
            f"{size:>6,} reps, {deals:>9,} deals, {steps:>10,} steps, {len(company.activities):>10,} activities: "
            f"{took:6.1f} s ({work:.1f} s of one core), {deals / took:,.0f} deals a second, {len(table):,} rows, "
            f"peak of memory {peak:.1f} GB"
        )
        print(line, flush=True)
    return f"target: {SIZES[-1]:,} reps within {TARGET:.0f} s"


def repeated(company: Company, times: int) -> Company:
    """The same company so many times over, each time with ids of its own."""
    if times == 1:
        return company
    return company.with_tables(
        **{
            name: pd.concat([_renamed(company.table(name), i) for i in range(times)], ignore_index=True)
            for name in TABLES
            if name != "stages"
        }
    )


def _renamed(table: pd.DataFrame, which: int) -> pd.DataFrame:
    return table.assign(**{c: f"{which}-" + table[c] for c in _IDS if c in table})
