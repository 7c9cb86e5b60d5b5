"""Whether margins fit the base rate: companies in which 5, 25 or 60% are won, with two kinds of margins of a share.

In: seeds.  Out: findings of `diagnosis_case` per setting: base rate, whether the steps are known, kind of margin.
Companies and causes are those of `diagnosis_home`; whoever is weak in a stage is so by the same log-odds at every base
rate, as six points are much where few are won. `absolute` is a margin of so many points wherever the peers stand, as
it was once; `fitting` shrinks near 0 and near 1 (`evidence.margin_of`).
"""

from contextlib import AbstractContextManager
from dataclasses import replace
from unittest import mock

import benches.diagnosis_home as home
import numpy as np
import pandas as pd
from benches.diagnosis_case import Findings, examine

from playbook.company import empty
from playbook.diagnosis import evidence
from playbook.diagnosis.judging import HALF
from playbook.metrics.proportions import wilson
from playbook.simulate import market, skills
from playbook.simulate.plan import Plan, Planted

RATES = (0.05, 0.25, 0.60)
TEAM, MONTHS = 8, 15
WINS_A_MONTH, FEWEST_A_MONTH = 2.0, 8.0  # of a rep: where few are won, many are worked on; else nothing could be told
LEAST_ROOM = {"absolute": 1.0, "fitting": evidence._LEAST_ROOM}  # of a share's margin, however near to 0 or 1
Setting = tuple[str, str, str]  # base rate, steps, margin


def plan_of(rate: float, seed: int) -> Plan:
    """The company of `diagnosis_home.plan_of`, but that an ordinary new deal is won in `rate` of all cases."""
    usual = home.plan_of(seed, MONTHS, TEAM)
    many = max(WINS_A_MONTH / rate, FEWEST_A_MONTH)
    plan = Plan(**{**vars(usual), "win_rate": rate, "deals_per_rep_per_month": many})
    return Plan(**{**vars(plan), "planted": tuple(_as_weak(one, usual, plan) for one in plan.planted)})


def _as_weak(one: Planted, usual: Plan, plan: Plan) -> Planted:
    """The same cause, of a stage by the same log-odds as at the usual rate."""
    name, _, stage = one.driver.partition(":")
    if name != "stage":
        return one
    at = plan.stages.index(stage)
    was, share = float(skills.conversion(usual)[at]), float(skills.conversion(plan)[at])
    odds = market.odds_of(np.clip(was + one.amount, 0.02, 0.98)) - market.odds_of(was)
    return replace(one, size=float(market.share_of(market.odds_of(share) + odds)) - share)


def examined(task: tuple[float, int]) -> dict[Setting, Findings]:
    """What is said of the company of a base rate and seed: with and without its steps, with either kind of margin."""
    rate, seed = task
    known = home.case_of(plan_of(rate, seed), seed)
    unknown = replace(known, company=known.company.with_tables(stage_history=empty("stage_history")))
    findings = {}
    for steps, case in (("known", known), ("unknown", unknown)):
        for margin in LEAST_ROOM:
            with margins(margin):
                findings[f"{rate:.0%}", steps, margin] = examine(case)
    return findings


def margins(kind: str) -> AbstractContextManager[object]:
    """In it the diagnosis has that kind of margins."""
    return mock.patch.object(evidence, "_LEAST_ROOM", LEAST_ROOM[kind])


def weak_sellers(findings: Findings) -> dict[str, str]:
    """Of the reps in whom a weak stage is planted how many are called so, and of all rows called so how many are not.

    Where steps are unknown a weak stage is right if the win rate is named.
    """
    beliefs, reps = findings.beliefs, findings.reps.set_index("rep_id")
    rates = beliefs[beliefs["driver"].str.partition(":")[0].isin(["stage", "win_rate"])]
    weak = reps.index[[any(c.startswith("stage:") for c in causes) for causes in reps["causes"]]]
    pairs = zip(rates["rep_id"], rates["driver"], strict=True)
    planted = np.array(
        [r in weak and (d == "win_rate" or d in reps["causes"][r]) for r, d in pairs],
        dtype=bool,
    )
    loudest = {v: set(rates.loc[planted & (rates["verdict"] == v), "rep_id"]) for v in ("coach", "ask_first", "watch")}
    coached = rates[rates["verdict"] == "coach"]
    return {
        **{f"weak: {verdict}": share_text(len(those), len(weak)) for verdict, those in loudest.items()},
        "called so, and is not": share_text(int((coached["harmful"] < HALF).sum()), len(coached)),
    }


def share_text(hits: int, n: int) -> str:
    """`3/120 2.5% (0.9 to 7.1)`, with Wilson's range of 95%."""
    if not n:
        return "-"
    interval = wilson(pd.Series([hits]), pd.Series([n])).iloc[0] * 100
    return f"{hits}/{n} {interval['rate']:.0f}% ({interval['low']:.0f} to {interval['high']:.0f})"
