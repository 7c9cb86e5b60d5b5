"""What habits and circumstances do to verdicts: a row per kind, and what is left of recall in a mess of several.

In: kinds and seeds.  Out: tables as text.
Of carriers and of the others in whom nothing is planted the share who got a `coach` is counted; nobody of them sells
worse than anybody else. `asked` is the share of carriers with an `ask_first`. Where causes are planted, recall is the
share of those reps in whom one of their causes is called `coach`, and `wrong` the share of all rows called `coach` that
name none.
"""

import multiprocessing
from collections import Counter
from collections.abc import Sequence

import pandas as pd
from benches.diagnosis_habits import kinds, messy
from tqdm import tqdm

from playbook import roster
from playbook.diagnosis.diagnose import diagnosis_of

MESS, CLEAN = "mess", "none"
_QUICK = ("late_closing", "never_closing", "late_entry", "unused_stage", "activities_not_logged", "split_deals",
          "part_time", "honest_few_dates_not_kept", "opener", "one_account")  # fmt: skip


def measured(seeds: Sequence[int], quick: bool, processes: int = 2) -> str:
    """Every kind (or a few, if `quick`) over `seeds`, then a mess of several with and without real causes beside."""
    chosen = list(_QUICK) if quick else kinds()
    tasks = [(kind, seed, False) for kind in chosen for seed in seeds[: 1 if quick else None]]
    tasks += [(MESS, seed, causes) for causes in (False, True) for seed in seeds]
    tasks += [(CLEAN, seed, True) for seed in seeds]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        tables = list(tqdm(pool.imap(_one, tasks), total=len(tasks), unit="company"))
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
        nothing = those[~those["planted"]]
        carriers, others = nothing[nothing["carries"]], nothing[~nothing["carries"]]
        accused = Counter(d for drivers in nothing["coached"] for d in drivers)
        label = f"{kind}, causes beside" if those["planted_some"].any() else kind
        rows[label] = {
            "carriers": len(carriers),
            "accused": carriers["accused"].mean(),
            "asked": carriers["asked"].mean(),
            "others": len(others),
            "others accused": others["accused"].mean(),
            "drivers": ", ".join(f"{driver} {n}" for driver, n in accused.most_common(3)),
        }
    return pd.DataFrame(rows).T.round(3)


def with_causes(reps: pd.DataFrame) -> pd.DataFrame:
    """Of the companies with causes, by kind: reps with one, recall, rows called `coach`, share of them wrong."""
    rows = {}
    for kind, those in reps[reps["planted_some"]].groupby("kind", sort=False):
        planted = those[those["planted"]]
        named, right = those["coached"].map(len).sum(), those["right"].sum()
        rows[kind] = {
            "planted": len(planted),
            "recall": (planted["right"] > 0).mean(),
            "asked instead": planted["asked"].mean(),
            "coach": named,
            "wrong": 1 - right / named if named else float("nan"),
        }
    return pd.DataFrame(rows).T.round(3)


def _one(task: tuple[str, int, bool]) -> pd.DataFrame:
    kind, seed, causes = task
    case = messy(kind, seed, causes)
    rows = diagnosis_of(case.company, case.as_of).rows
    coached = _drivers(rows[rows["verdict"] == "coach"])
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
            }
            for rep in roster.active_reps(case.company)["person_id"]
        ]
    )


def _drivers(rows: pd.DataFrame) -> dict[str, list[str]]:
    return rows.groupby("rep_id")["driver"].agg(list).to_dict()
