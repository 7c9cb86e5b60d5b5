"""Small companies of a known shape, in which everybody's numbers are known, to be worked out from a folder or not.

The manager who reads is `m1`; those outside report to `m2`, `m3`, …, and their numbers are the attack's truth.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from playbook.company import Company
from tests.small_company import company, person

AS_OF = date(2026, 6, 30)
READER = "m1"
_DAYS = 500
_WEIGHTS = {"win_rate": "closed", "deal_size": "won", "cycle_time": "won", "pipeline_generation": "weeks"}


def made_company(outside: Sequence[int], seed: int, own: int = 6, dominating: float = 1.0, **more: object) -> Company:
    """A team of `own` reps, and other teams of so many each; the first outsider has `dominating` times the deals.

    `more` are further columns of every deal.
    """
    random = np.random.default_rng(seed)
    people, deals = [], []
    for number, size in enumerate([own, *outside], start=1):
        manager = f"m{number}"
        people.append(person(manager, role="manager"))
        for i in range(size):
            rep = f"{manager}r{i}"
            first_outside = number == 2 and i == 0
            people.append(person(rep, manager=manager, job="Account Executive"))
            deals += _deals(rep, random, dominating if first_outside else 1.0, more)
    return company(people=people, opportunities=deals)


def _deals(rep: str, random: np.random.Generator, times: float, more: dict[str, object]) -> list[dict[str, object]]:
    """The deals of one rep, drawn from levels that are the rep's own."""
    n = int(random.normal(60, 12) * times)
    rate, size, days = random.normal(0.35, 0.10), random.normal(9.5, 0.4), random.normal(3.6, 0.3)
    created = pd.Timestamp(AS_OF) - pd.to_timedelta(np.sort(random.integers(1, _DAYS, n)), unit="D")
    took = pd.to_timedelta(np.round(random.lognormal(days, 0.4, n)).clip(1), unit="D")
    rows = []
    for i in range(n):
        closed = created[i] + took[i]
        over = closed <= pd.Timestamp(AS_OF)
        outcome = ("won" if random.random() < rate else "lost") if over else "open"
        row = {"opportunity_id": f"{rep}d{i}", "rep_id": rep, "outcome": outcome, "created_on": created[i]}
        row |= {"closed_on": closed if over else None, "amount": float(round(random.lognormal(size, 0.5))), **more}
        rows.append(row)
    return rows


def truth(made: Company) -> pd.DataFrame:
    """Per rep the level in each driver as it would be read, and by how many deals or weeks it counts (`weight_of`)."""
    deals = made.opportunities
    closed = deals[deals["outcome"].isin(["won", "lost"])]
    won = closed[closed["outcome"] == "won"]
    by = {
        "win_rate": (closed["outcome"] == "won").groupby(closed["rep_id"]).mean(),
        "closed": closed.groupby("rep_id").size().astype("float64"),
        "won": won.groupby("rep_id").size().astype("float64"),
        "weeks": deals.groupby("rep_id").size() * 0.0 + _DAYS / 7,
        "deal_size": np.exp(np.log(won["amount"]).groupby(won["rep_id"]).mean()),
        "cycle_time": np.exp(np.log((won["closed_on"] - won["created_on"]).dt.days).groupby(won["rep_id"]).mean()),
        "pipeline_generation": deals.groupby("rep_id").size() / (_DAYS / 7),
    }
    table = pd.DataFrame(by)
    return table.assign(manager_id=made.people.set_index("person_id")["manager_id"].reindex(table.index))


def weight_of(people: pd.DataFrame, driver: str) -> pd.Series:
    """By how much each of these people (`truth`) counts where levels of a driver are averaged."""
    return people[_WEIGHTS[driver]]
