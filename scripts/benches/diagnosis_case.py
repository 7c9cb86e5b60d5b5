"""One company of the bench: what was simulated, what is true of it, and what the methods say of it.

In: a simulated company with its truth.  Out: three frames a bench can pool over companies.
"""

from dataclasses import dataclass
from datetime import date

import benches.diagnosis_limit as limit
import benches.diagnosis_scoring as scoring
import numpy as np
import pandas as pd

from playbook import roster
from playbook.company import Company
from playbook.diagnosis.diagnose import diagnosis_of

RELATIVE = ("pipeline_generation", "activity")  # true differences are shares of the peers' level


@dataclass(frozen=True)
class Case:
    """A company, and what the bench knows of it.

    `truth`: rep_id, cause. `differences`: rep_id, driver, aspect, difference (true, rep less like-for-like peers, in
    the driver's unit; a share of the peers' level for RELATIVE ones). `ratios`: rep_id, driver, log_ratio (`limit`), to
    which belong the shares `in_a_rep` and `in_a_team`.
    """

    name: str
    company: Company
    as_of: date
    truth: pd.DataFrame
    differences: pd.DataFrame
    ratios: pd.DataFrame
    in_a_rep: float
    in_a_team: float


@dataclass(frozen=True)
class Findings:
    """What came out: `reps` (`scoring.kinds_of_reps`), `scores` (method, rep_id, driver, score, named), `beliefs`.

    `named`: whether the method names it at its own working point. `beliefs` has a row per compared rep and driver: kind
    of rep, planted (this driver in this rep), verdict, probability, low, high, best, true (in margins), harmful (`true`
    turned so that more is worse), shows (the team shows it).
    """

    reps: pd.DataFrame
    scores: pd.DataFrame
    beliefs: pd.DataFrame


def examine(case: Case) -> Findings:
    """Let the naive rule, ours and the limit judge a company, and set them beside the truth."""
    rows = diagnosis_of(case.company, case.as_of).rows
    rows = rows.assign(true=in_margins(rows, case.differences))
    rows = rows.assign(harmful=-rows["sign"] * rows["true"])
    beyond = rows.loc[rows["harmful"] >= 1.0].groupby("rep_id").size()
    reps = scoring.kinds_of_reps(case.truth, beyond)
    people = roster.active_reps(case.company).rename(columns={"person_id": "rep_id"})
    deals = case.company.opportunities
    naive = scoring.naive_shortfalls(deals[deals["rep_id"].isin(people["rep_id"])], people)
    best = limit.own_cause(
        case.ratios, people.set_index("rep_id")["manager_id"], in_a_rep=case.in_a_rep, in_a_team=case.in_a_team
    )
    scores = pd.concat(
        [
            naive.assign(method="naive", named=naive["score"] >= scoring.NAIVE_SHORTFALL),
            _ours(rows).assign(method="ours"),
            best.assign(method="limit", named=best["score"] >= 0.5),
        ],
        ignore_index=True,
    )
    beliefs = rows[~rows["little"] & rows["comparable"]]
    columns = [
        "rep_id",
        "driver",
        "aspect",
        "verdict",
        "probability",
        "low",
        "high",
        "best",
        "true",
        "harmful",
        "shows",
    ]
    beliefs = beliefs[[*columns, "n", "sign", "margin", "real", "harm"]].assign(
        kind=beliefs["rep_id"].map(reps["kind"]),
        planted=[d in reps["causes"].get(r, ()) for r, d in zip(beliefs["rep_id"], beliefs["driver"], strict=True)],
        strong=[d in reps["strengths"].get(r, ()) for r, d in zip(beliefs["rep_id"], beliefs["driver"], strict=True)],
    )
    named = {"reps": reps.reset_index(), "scores": scores, "beliefs": beliefs}
    # The same id in two companies is two people.
    return Findings(**{k: f.assign(rep_id=case.name + " " + f["rep_id"].astype(str)) for k, f in named.items()})


def _ours(rows: pd.DataFrame) -> pd.DataFrame:
    """How sure we are of each driver that may be coached; its first is the one with priority 1 where one is."""
    open_ = rows["verdict"].isin(["coach", "watch", "no_evidence"])
    first = (rows["verdict"] == "coach") & (rows["priority"] == 1)
    score = rows["real"] + rows["harm"] + rows["raw"].abs() * 1e-6
    scores = rows.assign(score=score.fillna(0.0), named=rows["verdict"] == "coach", first=first)
    return scores.loc[open_, ["rep_id", "driver", "score", "named", "first"]]


def in_margins(rows: pd.DataFrame, differences: pd.DataFrame) -> pd.Series:
    """The true difference of each row, in the row's own margins; NaN where none is known."""
    two = rows["driver"] == "forecast_accuracy"
    key = pd.MultiIndex.from_arrays([rows["rep_id"], rows["driver"], rows["aspect"].where(two, "")])
    known = differences.set_index(["rep_id", "driver", "aspect"])["difference"]
    natural = pd.Series(known.reindex(key).to_numpy(), index=rows.index)
    level = np.where(rows["driver"].isin(RELATIVE), rows["expected"] * rows["per"], 1.0)
    return natural * level / (rows["margin"] * rows["per"])
