"""Companies of a dozen reps, alike but for one, to see what a trait of the record says of that one."""

from collections.abc import Callable
from datetime import date

import pandas as pd

from playbook.company import Company
from playbook.records.beside_colleagues import record_from
from playbook.records.inputs import record_inputs
from tests.small_company import company, deal, person

TODAY = date(2026, 9, 30)
REPS = tuple(f"r{i:02}" for i in range(12))
ODD = REPS[0]
STAGES = ("Discovery", "Solution", "Proposal")
Facts = dict[str, object]
Change = Callable[[Facts], Facts]


def made(*changes: Change) -> Company:
    """Each rep opens twenty deals, one a week, moves each every ten days, notes three calls on it, wins every other.

    `changes` are functions of a deal's facts (rep, number, won, outcome, created, stages, closed, activities, amount,
    account, by) that return those of them that are otherwise.
    """
    rows, steps, done = [], [], []
    for rep in REPS:
        for number in range(20):
            facts = _usual(rep, number)
            for change in changes:
                facts |= change(facts)
            name = f"{rep}-D{number:02}"
            outcome = facts["outcome"] or ("won" if facts["won"] else "lost")
            closed = None if outcome == "open" else facts["closed"]
            more = {c: facts[c] for c in ("account", "amount")}
            rows.append(deal(name, rep, outcome, created_on=facts["created"], closed_on=closed, **more))
            steps += [
                {"opportunity_id": name, "step": i + 1, "stage": stage, "entered_on": on}
                for i, (stage, on) in enumerate(facts["stages"].items())
            ]
            done += [
                {"rep_id": facts["by"], "opportunity_id": name, "kind": "call", "on": on} for on in facts["activities"]
            ]
    return company(
        people=[person(rep, job="Account Executive") for rep in REPS],
        opportunities=rows,
        stage_history=steps,
        activities=done,
        stages=[{"stage": stage, "position": i + 1, "outcome": "open"} for i, stage in enumerate(STAGES)],
    )


def _usual(rep: str, number: int) -> Facts:
    begun = pd.Timestamp("2026-01-05") + pd.Timedelta(weeks=number)
    return {
        "rep": rep,
        "number": number,
        "won": number % 2 == 0,
        "outcome": None,
        "created": begun,
        "stages": {stage: begun + pd.Timedelta(days=10 * i) for i, stage in enumerate(STAGES)},
        "closed": begun + pd.Timedelta(days=30),
        "activities": [begun + pd.Timedelta(days=days) for days in (2, 12, 28)],
        "amount": 10_300.0 + 10 * number,
        "account": f"{rep}-{number}",
        "by": rep,
    }


def of_the_odd_one(change: Change) -> Change:
    """`change` for the odd rep alone."""
    return lambda facts: change(facts) if facts["rep"] == ODD else {}


def odd_ones(trait: str, whole: Company) -> dict[str, str]:
    """Those who are not like the others in `trait`, and on which side."""
    signs = record_from(record_inputs(whole, TODAY))
    side = signs[signs["trait"] == trait].set_index("rep_id")["side"]
    return side[side != "alike"].to_dict()
