"""How long a workbook takes, and how much memory: builds a sample company's workbooks and prints a table.

    python3 scripts/bench_build.py [--managers 6] [--reps 40] [--months 15] [--jobs 2] [--chapters DIR]

Seconds of a workbook are those of its chapters and page, added up over the processes that made them; the batch's own
seconds are less with several jobs. Memory is that of every process of the batch together, kernels included (Linux).
"""

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playbook.simulate.sample import write_sample  # noqa: E402

_EVERY = 0.2  # seconds between two looks at the memory


class Memory:
    """Watches a process and its descendants; `peak` is the most that they held together, in megabytes."""

    def __init__(self, pid: int) -> None:
        self.peak, self._pid, self._over = 0.0, pid, threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Memory":
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            self.peak = max(self.peak, sum(_megabytes(pid) for pid in _family(self._pid)))


def _family(pid: int) -> set[int]:
    """The process and everything that it started, directly or not."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
    family, size = {pid}, 0
    while len(family) > size:
        size = len(family)
        family |= {child for child, parent in parents.items() if parent in family}
    return family


def _megabytes(pid: int) -> float:
    """The memory of a process, its share of what it has in common with others (PSS)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def run(company: Path, books: Path, jobs: int, *more: str) -> tuple[float, float]:
    """Build the workbooks; returns the seconds and the peak of memory in megabytes."""
    argv = [sys.executable, "-m", "playbook", "build", str(company), "--to", str(books), "--jobs", str(jobs), "--json"]
    began = time.perf_counter()
    with (
        subprocess.Popen([*argv, *more], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT) as batch,
        Memory(batch.pid) as memory,
    ):
        output = batch.communicate()[0]
    if batch.returncode:
        sys.exit(f"The batch ended with status {batch.returncode}: {output.decode(errors='replace')}")
    return time.perf_counter() - began, memory.peak


def main() -> None:
    """Build once, build again with --resume, and print what each workbook took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in (("managers", 6), ("reps", 40), ("months", 15), ("jobs", 2)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--chapters", type=Path, help="chapters of your own instead of the kit's")
    args = parser.parse_args()
    of = ["--chapters", str(args.chapters.resolve())] if args.chapters else []
    with tempfile.TemporaryDirectory(prefix="player-to-coach-bench-") as scratch:
        company, books = Path(scratch) / "company", Path(scratch) / "books"
        write_sample(company, managers=args.managers, reps=args.reps, months=args.months)
        seconds, memory = run(company, books, args.jobs, *of)
        entries = json.loads((books / "manifest.json").read_text(encoding="utf-8"))["managers"]
        again, _ = run(company, books, args.jobs, "--resume", *of)
        print(f"{'workbook':<32} {'chapters':>8} {'seconds':>8} {'page MB':>8} {'folder MB':>9}")
        for entry in entries:
            folder = books / entry["folder"]
            page = (folder / "index.html").stat().st_size / 1024**2
            whole = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1024**2
            counts = f"{len(entry['chapters']):>8} {entry['seconds']:>8.1f} {page:>8.2f} {whole:>9.2f}"
            print(f"{entry['name'][:32]:<32} {counts}")
    each = seconds / args.managers
    print(f"{args.managers} workbooks with {args.jobs} jobs: {seconds:.1f} s, {each:.1f} s each; again: {again:.1f} s")
    print(f"peak of memory: {memory:,.0f} MB, every process together")


if __name__ == "__main__":
    main()
