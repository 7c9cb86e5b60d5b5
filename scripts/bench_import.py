"""How long the import of a large company takes: deals and stage history as a CRM would export them.

    python3 scripts/bench_import.py [--deals 1000000] [--steps 5]
    python3 scripts/bench_import.py --larger-than-memory 1500MB --deals 3000000 [--exports FOLDER]

Prints seconds by the clock, seconds of the processor (which others on the machine do not lengthen), and the peak of
memory. The target is 1,000,000 deals with 5,000,000 steps within 60 s and 4 GB on two cores. With
`--larger-than-memory` the import runs in a process that is given no more than that much memory by the system itself
(a control group where one can be made, else RLIMIT_DATA; Linux), and in pieces.
"""

import argparse
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

STAGES = ["Prospecting", "Qualification", "Proposal/Price Quote", "Negotiation/Review", "Closed Won", "Closed Lost"]
_AT_ONCE = 250_000  # deals that are written at once


def write_exports(folder: Path, deals: int, steps: int) -> None:
    """Salesforce objects by API name: Opportunity.csv, OpportunityHistory.csv, User.csv."""
    reps = [f"005Ec{i:010d}AAA" for i in range(1000)]
    for first in range(0, deals, _AT_ONCE):
        _write_some(folder, first, min(_AT_ONCE, deals - first), steps, reps)
    users = pd.DataFrame(
        {"Id": reps, "Name": [f"Rep {i}" for i in range(1000)], "Title": "Account Executive", "IsActive": 1}
    )
    users.assign(ManagerId=[reps[i // 10] for i in range(1000)]).to_csv(folder / "User.csv", index=False)


def _write_some(folder: Path, first: int, deals: int, steps: int, reps: list[str]) -> None:
    draw = np.random.default_rng(first + 1)
    ids = pd.Series(np.arange(first, first + deals)).map("006Ec{:010d}AAA".format)
    created = pd.Timestamp("2023-01-01") + pd.to_timedelta(draw.integers(0, 1000 * 86400, deals), unit="s")
    closed = created + pd.to_timedelta(draw.integers(1, 200, deals), unit="D")
    _append(
        folder / "Opportunity.csv",
        {
            "Id": ids,
            "OwnerId": draw.choice(reps, deals),
            "Name": [f"Deal {i}" for i in range(first, first + deals)],
            "StageName": draw.choice(STAGES, deals),
            "Amount": np.round(draw.lognormal(9, 1, deals), 2),
            "CloseDate": closed.strftime("%Y-%m-%d"),
            "CreatedDate": created.strftime("%Y-%m-%dT%H:%M:%S.000+0000"),
            "LeadSource": draw.choice(["Web", "Partner", "Event"], deals),
            "Type": draw.choice(["New Business", "Renewal"], deals),
            "NextStep": "call back",
        },
    )
    which = np.repeat(np.arange(deals), steps)
    moved = created[which] + pd.to_timedelta(np.tile(np.arange(steps), deals), unit="D")
    _append(
        folder / "OpportunityHistory.csv",
        {
            "OpportunityId": ids.to_numpy()[which],
            "CreatedDate": moved.strftime("%Y-%m-%dT%H:%M:%S.000+0000"),
            "StageName": np.tile(STAGES[:steps], deals) if steps <= len(STAGES) else draw.choice(STAGES, deals * steps),
            "Amount": 1000,
            "CloseDate": "2026-03-31",
            "ForecastCategory": "Pipeline",
        },
    )


def _append(file: Path, columns: dict) -> None:
    pd.DataFrame(columns).to_csv(file, index=False, mode="a", header=not file.exists())


def _busy() -> float:
    """Seconds of processor time that this process took so far, in and for it."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime


def in_memory(folder: Path) -> None:
    """Import the exports in `folder` in memory, and say what it took."""
    from playbook.crm.import_options import ImportOptions
    from playbook.crm.importing import import_exports
    from playbook.crm.saving import save_imported

    start = time.perf_counter()
    imported = import_exports(ImportOptions([folder], date(2026, 6, 30)))
    print(f"import {time.perf_counter() - start:.1f} s")
    save_imported(imported, folder.parent / "company")
    _say(imported.report.tables, start)


def in_pieces(folder: Path, memory: int) -> None:
    """Import the exports in `folder` in pieces, with no more than `memory` bytes, and say what it took."""
    print(f"capped by {_capped(memory)}", flush=True)
    from playbook.crm.import_options import ImportOptions
    from playbook.crm.larger.company_in_pieces import import_in_pieces, sizes_within

    start = time.perf_counter()
    options = ImportOptions([folder], date(2026, 6, 30))

    def say(line: str) -> None:
        print(f"{time.perf_counter() - start:7.1f} s  {_busy():7.1f} s  {_peak():.2f} GB  {line}", flush=True)

    report = import_in_pieces(options, folder.parent / "company", sizes_within(memory), say)
    _say(report.tables, start)


def _capped(memory: int) -> str:
    """Have the system give this process no more than `memory` bytes; what holds it to that."""
    for kind, top, limit in (
        ("memory", "/sys/fs/cgroup/memory", "memory.limit_in_bytes"),
        ("", "/sys/fs/cgroup", "memory.max"),
    ):
        own = next((line for line in Path("/proc/self/cgroup").read_text().split() if line.split(":")[1] == kind), "::")
        group = Path(f"{top}{own.split(':')[2]}") / f"bench-import-{os.getpid()}"
        try:
            group.mkdir()
            (group / limit).write_text(str(memory))
            (group / "cgroup.procs").write_text(str(os.getpid()))
        except OSError:
            continue
        return "a control group"
    # Counts what allocators reserve and never touch as well: about twice what is in memory.
    resource.setrlimit(resource.RLIMIT_DATA, (2 * memory, 2 * memory))
    return "RLIMIT_DATA, at twice the size"


def _say(tables: dict[str, int], start: float) -> None:
    print(f"{tables['opportunities']:,} deals, {tables['stage_history']:,} steps, with saving", end=" ")
    print(f"{time.perf_counter() - start:.1f} s; of the processor {_busy():.1f} s; peak of memory {_peak():.2f} GB")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def _bytes(text: str) -> int:
    units = {"GB": 1024**3, "MB": 1024**2}
    return int(float(text[:-2]) * units[text[-2:].upper()])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--deals", type=int, default=1_000_000)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--larger-than-memory", type=_bytes, metavar="MEMORY", help="such as 1500MB")
    parser.add_argument("--exports", type=Path, help="a folder with the exports; written if it is not there, and kept")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = args.exports or Path(name) / "exports"
        if not folder.exists():
            folder.mkdir(parents=True)
            in_a_process(write_exports, folder, args.deals, args.steps)
        size = sum(file.stat().st_size for file in folder.iterdir()) / 1024**3
        print(f"{args.deals:,} deals with {args.steps} steps each, {size:.2f} GB of CSV", flush=True)
        if args.larger_than_memory:
            in_a_process(in_pieces, folder, args.larger_than_memory)
        else:
            in_a_process(in_memory, folder)


def in_a_process(work: Callable[..., None], *arguments: object) -> None:
    """Call `work` in a process of its own, whose peak of memory is its own."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"the process ended with {process.exitcode}")


if __name__ == "__main__":
    main()
