"""What habits and circumstances do to verdicts: a row per kind, and what is left of recall in a mess of several.

In: kinds and seeds.  Out: tables as text.
Of carriers and of the others in whom nothing is planted the share who got a `coach` is counted; nobody of them sells
worse than anybody else. `asked` is the share of carriers with an `ask_first`. Where causes are planted, recall is the
share of those reps in whom one of their causes is called `coach`, and `wrong` the share of all rows called `coach` that
name none; `nothing` those of them in which the rep truly lies within half a margin of like-for-like peers, the others
being ordinary differences that nobody planted. Ranges are Wilson's, of 95%.
"""

import multiprocessing
from collections import Counter
from collections.abc import Sequence

import pandas as pd
from benches.diagnosis_case import in_margins
from benches.diagnosis_habits import kinds, messy
from tqdm import tqdm

from playbook import roster
from playbook.diagnosis.diagnose import diagnosis_of
from playbook.diagnosis.judging import HALF
from playbook.metrics.proportions import wilson

MESS, CLEAN = "mess", "none"
_OF_A_KIND = 4  # companies of each single kind; of the messes as many as seeds are asked for
_QUICK = ("late_closing", "never_closing", "late_entry", "unused_stage", "activities_not_logged", "split_deals",
          "part_time", "honest_few_dates_not_kept", "opener", "one_account")  # fmt: skip


def measured(seeds: Sequence[int], quick: bool, processes: int = 2) -> str:
    """Every kind (or a few, if `quick`), then a mess of several over `seeds`, with and without real causes beside."""
    chosen = list(_QUICK) if quick else kinds()
    tasks = [(kind, seed, False) for kind in chosen for seed in seeds[: 1 if quick else _OF_A_KIND]]
    tasks += [(MESS, seed, causes) for causes in (False, True) for seed in seeds]
    tasks += [(CLEAN, seed, True) for seed in seeds]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        tables = list(tqdm(pool.imap(_verdicts_by_rep, tasks), total=len(tasks), unit="company"))
    everyone = pd.concat(tables, ignore_index=True)
    lines = ["", "=== Habits and circumstances: the share of reps with a false `coach`"]
    lines += [by_kind(everyone).to_string(na_rep="-")]
    lines += ["", "=== Real causes beside: recall, and how many `coach` verdicts are wrong"]
    lines += [with_causes(everyone).to_string(na_rep="-")]
    return "\n".join(lines)


def by_kind(reps: pd.DataFrame) -> pd.DataFrame:
    """A row per kind: n and share accused of carriers and of others, share of carriers asked, drivers accused."""
    rows = {}
    for (kind, _), those in reps.groupby(["kind", "planted_some"], sort=False):
        label = f"{kind}, causes beside" if those["planted_some"].any() else kind
        rows[label] = _accused(those)
    several = reps[~reps["planted_some"] & ~reps["kind"].isin([MESS, CLEAN])]
    rows["all kinds, one at a time"] = _accused(several)
    return pd.DataFrame(rows).T


def _accused(reps: pd.DataFrame) -> dict[str, str]:
    """Of carriers and others in whom nothing is planted the share accused, of carriers the share asked."""
    nothing = reps[~reps["planted"]]
    carriers, others = nothing[nothing["carries"]], nothing[~nothing["carries"]]
    drivers = Counter(d for coached in nothing["coached"] for d in coached)
    return {
        "carriers accused": _share(int(carriers["accused"].sum()), len(carriers)),
        "asked": _share(int(carriers["asked"].sum()), len(carriers)),
        "others accused": _share(int(others["accused"].sum()), len(others)),
        "drivers": ", ".join(f"{driver} {n}" for driver, n in drivers.most_common(3)),
    }


def _share(hits: int, n: int) -> str:
    """`3/120 2.5% (0.9 to 7.1)`"""
    if not n:
        return "-"
    interval = wilson(pd.Series([hits]), pd.Series([n])).iloc[0] * 100
    return f"{hits}/{n} {interval['rate']:.1f}% ({interval['low']:.1f} to {interval['high']:.1f})"


def with_causes(reps: pd.DataFrame) -> pd.DataFrame:
    """Of the companies with causes, by kind: reps with one, recall, rows called `coach`, share of them wrong."""
    rows = {}
    for kind, those in reps[reps["planted_some"]].groupby("kind", sort=False):
        planted = those[those["planted"]]
        named, right = int(those["coached"].map(len).sum()), int(those["right"].sum())
        rows[kind] = {
            "recall": _share(int((planted["right"] > 0).sum()), len(planted)),
            "asked instead": _share(int(planted["asked"].sum()), len(planted)),
            "wrong": _share(named - right, named),
            "nothing": _share(int(those["nothing"].sum()), named),
        }
    return pd.DataFrame(rows).T


def _verdicts_by_rep(task: tuple[str, int, bool]) -> pd.DataFrame:
    kind, seed, causes = task
    case = messy(kind, seed, causes)
    rows = diagnosis_of(case.company, case.as_of).rows
    accused = rows[rows["verdict"] == "coach"]
    within = -accused["sign"] * in_margins(accused, case.differences) < HALF
    nothing = accused[within].groupby("rep_id").size()
    coached = _drivers(accused)
    asked_first = set(rows.loc[rows["verdict"] == "ask_first", "rep_id"])
    return pd.DataFrame(
        [
            {
                "kind": kind,
                "planted_some": causes,
                "carries": rep in case.carriers,
                "planted": rep in case.causes,
                "coached": coached.get(rep, []),
                "accused": bool(coached.get(rep)),
                "right": len(case.causes.get(rep, frozenset()) & set(coached.get(rep, []))),
                "asked": rep in asked_first,
                "nothing": int(nothing.get(rep, 0)),
            }
            for rep in roster.active_reps(case.company)["person_id"]
        ]
    )


def _drivers(rows: pd.DataFrame) -> dict[str, list[str]]:
    return rows.groupby("rep_id")["driver"].agg(list).to_dict()
