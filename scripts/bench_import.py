"""How long the import of a large company takes: deals and stage history as a CRM would export them.

    python3 scripts/bench_import.py [--deals 1000000] [--steps 5]

Prints seconds by the clock, seconds of the processor (which others on the machine do not lengthen), and the peak of
memory. The target is 1,000,000 deals with 5,000,000 steps within 60 s and 4 GB on two cores.
"""

import argparse
import resource
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

STAGES = ["Prospecting", "Qualification", "Proposal/Price Quote", "Negotiation/Review", "Closed Won", "Closed Lost"]


def write_exports(folder: Path, deals: int, steps: int) -> None:
    """Salesforce objects by API name: Opportunity.csv, OpportunityHistory.csv, User.csv."""
    draw = np.random.default_rng(1)
    ids = pd.Series(np.arange(deals)).map("006Ec{:010d}AAA".format)
    reps = [f"005Ec{i:010d}AAA" for i in range(1000)]
    created = pd.Timestamp("2023-01-01") + pd.to_timedelta(draw.integers(0, 1000 * 86400, deals), unit="s")
    closed = created + pd.to_timedelta(draw.integers(1, 200, deals), unit="D")
    pd.DataFrame(
        {
            "Id": ids,
            "OwnerId": draw.choice(reps, deals),
            "Name": [f"Deal {i}" for i in range(deals)],
            "StageName": draw.choice(STAGES, deals),
            "Amount": np.round(draw.lognormal(9, 1, deals), 2),
            "CloseDate": closed.strftime("%Y-%m-%d"),
            "CreatedDate": created.strftime("%Y-%m-%dT%H:%M:%S.000+0000"),
            "LeadSource": draw.choice(["Web", "Partner", "Event"], deals),
            "Type": draw.choice(["New Business", "Renewal"], deals),
            "NextStep": "call back",
        }
    ).to_csv(folder / "Opportunity.csv", index=False)
    which = np.repeat(np.arange(deals), steps)
    moved = created[which] + pd.to_timedelta(np.tile(np.arange(steps), deals), unit="D")
    pd.DataFrame(
        {
            "OpportunityId": ids.to_numpy()[which],
            "CreatedDate": moved.strftime("%Y-%m-%dT%H:%M:%S.000+0000"),
            "StageName": np.tile(STAGES[:steps], deals) if steps <= len(STAGES) else draw.choice(STAGES, deals * steps),
            "Amount": 1000,
            "CloseDate": "2026-03-31",
            "ForecastCategory": "Pipeline",
        }
    ).to_csv(folder / "OpportunityHistory.csv", index=False)
    users = pd.DataFrame(
        {"Id": reps, "Name": [f"Rep {i}" for i in range(1000)], "Title": "Account Executive", "IsActive": 1}
    )
    users.assign(ManagerId=[reps[i // 10] for i in range(1000)]).to_csv(folder / "User.csv", index=False)


def _busy() -> float:
    """Seconds of processor time that this process took so far, in and for it."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime


def main() -> None:
    from playbook.crm.importing import import_exports
    from playbook.crm.saving import save_imported

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deals", type=int, default=1_000_000)
    parser.add_argument("--steps", type=int, default=5)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_exports(folder, told.deals, told.steps)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        start, busy = time.perf_counter(), _busy()
        imported = import_exports([folder], today=date(2026, 6, 30))
        read = time.perf_counter() - start
        save_imported(imported, folder / "company")
        took, busy = time.perf_counter() - start, _busy() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    steps = len(imported.company.stage_history)
    print(f"{told.deals:,} deals, {steps:,} steps: import {read:.1f} s, with saving {took:.1f} s")
    print(f"of the processor {busy:.1f} s")
    print(f"peak of memory {peak:.1f} GB (writing the files took {before:.1f} GB)")


if __name__ == "__main__":
    main()
