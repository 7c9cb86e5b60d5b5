"""How good the diagnosis is: the naive rule, ours, and an observer who knows the true model, side by side.

    python scripts/bench_diagnosis.py [--companies 40] [--months 15] [--seed 0] [--quick]
    python scripts/bench_diagnosis.py --outliers [--companies 20] [--seed 0]
    python scripts/bench_diagnosis.py --habits [--quick]
    python scripts/bench_diagnosis.py --base-rates [--companies 20] [--seed 0]
    python scripts/bench_diagnosis.py --speed

Companies are simulated with causes planted in some reps and decoys in others, on the kit's own simulator and on a
second one that works otherwise. Prints recall of the first-named cause, false alarms on healthy reps and each kind of
decoy, strengths, calibration of `probability`, coverage of the 90% ranges, recall per driver, and the curve over months
of data. The methods are compared where each raises the same false alarms (3% of healthy reps, 5% of decoys).
`--outliers`: companies of 6, 8 and 12 people who sell alike but for one: how many of the others are accused.
`--base-rates`: companies in which 5, 25 or 60% are won, with margins of a share as they were and as they are.
"""

import os

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")  # two processes, one core each

import argparse  # noqa: E402
import multiprocessing  # noqa: E402
from collections.abc import Sequence  # noqa: E402

import benches.diagnosis_base_rates as base_rates  # noqa: E402
import benches.diagnosis_elsewhere as elsewhere  # noqa: E402
import benches.diagnosis_habits_table as habits  # noqa: E402
import benches.diagnosis_home as home  # noqa: E402
import benches.diagnosis_outliers as outliers  # noqa: E402
import benches.diagnosis_scoring as scoring  # noqa: E402
import benches.diagnosis_speed as speed  # noqa: E402
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from benches.diagnosis_case import Findings, examine  # noqa: E402
from tqdm import tqdm  # noqa: E402

from playbook.diagnosis.likelihood import GRID  # noqa: E402

CURVE = (3, 6, 9, 12, 15, 18, 24)
METHODS = ("naive", "ours", "limit")
GROUNDS = {"home": home.home_case, "elsewhere": elsewhere.elsewhere_case}
TEAM = 8  # reps a team, in the comparison with the targets; other companies have 5 to 10
Task = tuple[str, int, int, int | None]


def run(tasks: Sequence[Task], processes: int) -> dict[tuple[str, int], Findings]:
    """Examine every (ground, seed, months, team size); findings pooled by ground and months."""
    findings_by_setting: dict[tuple[str, int], list[Findings]] = {}
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for task, findings in zip(
            tasks, tqdm(pool.imap(_examined, tasks), total=len(tasks), unit="company"), strict=True
        ):
            findings_by_setting.setdefault((task[0], task[2]), []).append(findings)
    return {key: pooled(many) for key, many in findings_by_setting.items()}


def pooled(many: list[Findings]) -> Findings:
    """Several companies' findings as one."""
    return Findings(
        *(pd.concat([getattr(one, part) for one in many], ignore_index=True) for part in ("reps", "scores", "beliefs"))
    )


def _examined(task: Task) -> Findings:
    ground, seed, months, size = task
    return examine(GROUNDS[ground](seed, months, size))


def compared(findings: Findings) -> pd.DataFrame:
    """The three methods at equal false alarms, and at each one's own working point: a row per method and point."""
    reps = findings.reps.set_index("rep_id")
    rows = {}
    for method in METHODS:
        scores = findings.scores[findings.scores["method"] == method]
        first = scoring.first_named(scores)
        rows["equal", method] = scoring.outcome(reps, first, scoring.threshold(reps, first))
        named = scores[scores["named"]]
        if method == "ours":  # the first-named is the one with priority 1
            named = named.assign(score=named["score"] + 10 * (named["first"] == True))  # noqa: E712
        rows["own", method] = scoring.outcome(reps, scoring.first_named(named), -np.inf)
    table = pd.DataFrame(rows).T
    limit = {point: float(table.loc[(point, "limit"), "recall"]) for point in ("equal", "own")}
    return table.assign(of_limit=[row.recall / limit[point] for (point, _), row in table.iterrows()])


def per_driver(findings: Findings) -> pd.DataFrame:
    """Of each driver's planted causes the share found, at equal false alarms and by the verdict `coach`."""
    reps = findings.reps.set_index("rep_id")
    columns = {}
    for method in METHODS:
        scores = findings.scores[findings.scores["method"] == method]
        at = scoring.threshold(reps, scoring.first_named(scores))
        columns[method] = scoring.recall_per_driver(reps, scores, at)["recall"]
    ours = findings.scores[(findings.scores["method"] == "ours") & findings.scores["named"]]
    recall = scoring.recall_per_driver(reps, ours, -np.inf)
    return pd.DataFrame(columns).assign(coach=recall["recall"], n=recall["n"])


def strengths(findings: Findings) -> dict[str, float]:
    """Planted strengths that are called so; and rows called a strength that truly lie beyond the margin, or half."""
    beliefs = findings.beliefs
    strengths_shown = beliefs[beliefs["verdict"] == "strength"]
    planted = beliefs[beliefs["strong"]]
    return {
        "planted": len(planted),
        "found": float((planted["verdict"] == "strength").mean()) if len(planted) else np.nan,
        "told": len(strengths_shown),
        "beyond the margin": float((strengths_shown["harmful"] <= -1).mean()) if len(strengths_shown) else np.nan,
        "beyond half": float((strengths_shown["harmful"] <= -0.5).mean()) if len(strengths_shown) else np.nan,
    }


def report(findings: Findings, title: str) -> str:
    """Everything about one ground and number of months, as text."""
    reps, beliefs = findings.reps, findings.beliefs[findings.beliefs["true"].notna()]
    kinds = reps["kind"].value_counts()
    two = reps[reps["two"]]
    table = compared(findings)
    lines = [f"\n=== {title}: {len(reps):,} reps; " + ", ".join(f"{k} {n}" for k, n in kinds.items())]
    lines += ["At equal false alarms (3% of healthy reps, 5% of decoys), then at each one's own working point:"]
    lines += [_shares(table)]
    lines += [f"Two causes at once ({len(two)} reps): {_two(findings)}"]
    lines += ["Planted causes found, per driver:", _shares(per_driver(findings), keep=("n",))]
    lines += [f"Strengths: { ({k: round(v, 3) for k, v in strengths(findings).items()}) }"]
    wrong = beliefs[beliefs["verdict"] == "coach"]
    lines += [
        f"Rows called `coach`: {len(wrong)}; truly beyond the margin {(wrong['harmful'] >= 1).mean():.3f}, "
        f"beyond half of it {(wrong['harmful'] >= 0.5).mean():.3f}"
    ]
    judged = beliefs[(beliefs["verdict"] != "strength") & ~beliefs["shows"] & beliefs["probability"].notna()]
    lines += ["Calibration of `probability` (beyond the margin, to the harmful side):"]
    lines += [scoring.calibration(judged["probability"], judged["harmful"] >= 1).round(3).to_string()]
    # A range that ends where the differences considered end is open there.
    beliefs = beliefs.assign(
        low=beliefs["low"].where(beliefs["low"] > GRID[0] + 0.1, -np.inf),
        high=beliefs["high"].where(beliefs["high"] < GRID[-1] - 0.1, np.inf),
    )
    group = np.where(beliefs["planted"] | beliefs["strong"], "planted", "not planted")
    both = pd.concat(
        [beliefs.assign(group=group), beliefs.assign(group=beliefs["driver"].str.partition(":")[0] + ": not planted")[
            ~beliefs["planted"] & ~beliefs["strong"]
        ]]
    )  # fmt: skip
    lines += ["Coverage of [low, high] (0.90 is claimed):", scoring.coverage(both).round(3).to_string()]
    return "\n".join(lines)


def _two(findings: Findings) -> str:
    two = findings.reps[findings.reps["two"]].set_index("rep_id")["causes"]
    named = (
        findings.scores[(findings.scores["method"] == "ours") & findings.scores["named"]]
        .groupby("rep_id")["driver"]
        .agg(set)
    )
    hits = [len(causes & named.get(rep, set())) for rep, causes in two.items()]
    if not hits:
        return "none"
    return (
        f"at least one called `coach` {np.mean([h > 0 for h in hits]):.2f}, both {np.mean([h > 1 for h in hits]):.2f}"
    )


def _shares(table: pd.DataFrame, keep: tuple[str, ...] = ()) -> str:
    return table.astype("float64").round(3).astype(dict.fromkeys(keep, "int64")).to_string(na_rep="-")


def curve(findings: dict[tuple[str, int], Findings], ground: str) -> str:
    """Recall over months of data: of the naive rule, ours and the limit at equal false alarms, and of `coach`."""
    rows = []
    for months in sorted(m for g, m in findings if g == ground):
        table = compared(findings[ground, months])
        row: dict[str, float] = {"months": months, "reps": len(findings[ground, months].reps)}
        row |= {m: float(table.loc[("equal", m), "recall"]) for m in METHODS}
        row |= {"of_limit": float(table.loc[("equal", "ours"), "of_limit"])}
        row |= {f"coach: {k}": float(table.loc[("own", "ours"), k]) for k in ("recall", "healthy", "decoys")}
        rows.append(row)
    return pd.DataFrame(rows).round(3).to_string(index=False)


def at_base_rates(seeds: Sequence[int], processes: int) -> str:
    """Of each base rate, with steps or without, and kind of margin: recall, false alarms, how weak sellers fare."""
    tasks = [(rate, seed) for rate in base_rates.RATES for seed in seeds]
    by_setting: dict[base_rates.Setting, list[Findings]] = {}
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for findings in tqdm(pool.imap(base_rates.examined, tasks), total=len(tasks), unit="company"):
            for setting, one in findings.items():
                by_setting.setdefault(setting, []).append(one)
    rows = {}
    for setting, many in by_setting.items():
        findings = pooled(many)
        own = compared(findings).loc[("own", "ours")]
        n = findings.reps["kind"].value_counts()
        rows[setting] = {
            "recall": f"{own['recall']:.3f} of {n[scoring.PLANTED]}",
            "healthy accused": f"{own['healthy']:.3f} of {n[scoring.HEALTHY]}",
            "decoys accused": f"{own['decoys']:.3f} of {n.reindex(scoring.DECOYS).sum():.0f}",
            **base_rates.weak_sellers(findings),
        }
    table = pd.DataFrame(rows).T
    table.index.names = ["won", "steps", "margin"]
    return "\n=== Margins at base rates, at our own working point\n" + table.to_string()


def tasks_of(companies: int, months: int, seed: int, quick: bool) -> list[Task]:
    """What to examine: the main comparison on both grounds, and the curve with fewer companies for each month."""
    seeds = range(seed, seed + companies)
    main = [(ground, s, months, TEAM) for ground in GROUNDS for s in seeds]
    other = [] if quick else [m for m in CURVE if m != months]
    few = max(companies // 4, 3)
    return main + [("home", s, m, TEAM if s % 2 else None) for m in other for s in range(seed, seed + few)]


def main() -> None:
    """Read the options, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--companies", type=int, default=40, help="companies on each ground (40)")
    parser.add_argument("--months", type=int, default=15, help="months of data (15)")
    parser.add_argument("--seed", type=int, default=0, help="the first company's seed (0)")
    parser.add_argument("--processes", type=int, default=2, help="processes (2)")
    parser.add_argument("--ground", choices=sorted(GROUNDS), help="only this simulator")
    parser.add_argument("--quick", action="store_true", help="10 companies, without the curve")
    parser.add_argument("--keep", metavar="FILE", help="keep the findings in a pickle, to look into them")
    parser.add_argument("--speed", action="store_true", help="how long 1,000, 3,000 and 10,000 reps take")
    parser.add_argument("--outliers", action="store_true", help="only companies of people alike but for one")
    parser.add_argument("--habits", action="store_true", help="only companies in which habits and circumstances differ")
    parser.add_argument(
        "--base-rates", action="store_true", help="only companies that win 5, 25 or 60%% of their deals"
    )
    args = parser.parse_args()
    if args.base_rates:
        print(at_base_rates(range(args.seed, args.seed + args.companies), args.processes))
        return
    if args.habits:
        seeds = range(args.seed, args.seed + (2 if args.quick else min(args.companies, 12)))
        print(habits.measured(seeds, args.quick, args.processes))
        return
    if args.outliers:
        print(outliers.measured(range(args.seed, args.seed + args.companies)))
        return
    if args.speed:
        print(speed.measured())
        return
    companies = min(args.companies, 10) if args.quick else args.companies
    tasks = tasks_of(companies, args.months, args.seed, args.quick)
    findings = run([t for t in tasks if args.ground in (None, t[0])], args.processes)
    if args.keep:
        pd.to_pickle(findings, args.keep)
    for ground in GROUNDS:
        if (ground, args.months) in findings:
            print(report(findings[ground, args.months], f"{ground}, {args.months} months"))
    if not args.quick and args.ground != "elsewhere":
        print("\n=== The curve over months of data (home)")
        print(curve(findings, "home"))


if __name__ == "__main__":
    main()
