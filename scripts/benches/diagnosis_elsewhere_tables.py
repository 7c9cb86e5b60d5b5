"""The tables of the second simulator's company, as its CRM would hold them on the last day, missing columns left out.

In: what was drawn.  Out: a company.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from playbook.company import Company, Settings, empty, shaped, validate

_SOURCES = ("web", "cold", "referral", "fair")


@dataclass(frozen=True)
class Drawn:
    """One value per deal (days counted from the first; stages in columns), `usual_openings` and `hired` per rep."""

    rep: np.ndarray
    opened: np.ndarray
    segment: np.ndarray
    source: np.ndarray
    account: np.ndarray
    price: np.ndarray
    usual_price: np.ndarray
    entered: np.ndarray
    reached: np.ndarray
    base: np.ndarray
    usual_stay: np.ndarray
    last: np.ndarray
    ends: np.ndarray
    won: np.ndarray
    days: int
    hired: np.ndarray
    pushes: np.ndarray
    usual_pushes: np.ndarray
    discount: np.ndarray
    committed: np.ndarray
    early: np.ndarray
    when: np.ndarray
    activities: np.ndarray
    open_weeks: np.ndarray
    usual_openings: np.ndarray
    rng: np.random.Generator


class Laws(Protocol):
    """What the tables need of a company's setting."""

    @property
    def stages(self) -> tuple[str, ...]: ...
    @property
    def segments(self) -> tuple[str, ...]: ...
    @property
    def missing(self) -> frozenset[str]: ...


def company_of(drawn: Drawn, laws: Laws, team: np.ndarray, end: np.datetime64) -> Company:
    """The company as it stands at the end of `end`."""
    first = end - np.timedelta64(drawn.days, "D")
    seen = drawn.ends <= drawn.days
    history = _history(drawn, laws, first)
    reps = np.arange(len(team))
    hired = pd.to_datetime(first + drawn.hired.astype("timedelta64[D]"))
    people = pd.DataFrame(
        {
            "person_id": [*(f"E{r:03d}" for r in reps), *(f"M{t}" for t in range(team.max() + 1))],
            "name": [*(f"Rep {r}" for r in reps), *(f"Manager {t}" for t in range(team.max() + 1))],
            "role": ["rep"] * len(reps) + ["manager"] * (team.max() + 1),
            "manager_id": [*(f"M{t}" for t in team), *([None] * (team.max() + 1))],
            "hired_on": [*([pd.NaT] * len(reps) if "hired" in laws.missing else hired), *[pd.NaT] * (team.max() + 1)],
            "active": True,
        }
    )
    company = Company(
        settings=Settings(company_id="elsewhere", name="Elsewhere", currency="EUR", simulated=True),
        people=shaped("people", people),
        opportunities=empty("opportunities"),
    )
    tables = {"opportunities": shaped("opportunities", _opportunities(drawn, laws, first, seen))}
    if "history" not in laws.missing:
        steps = history.drop(columns=["forecast_category"]) if "forecast" in laws.missing else history
        outcomes = ["open"] * len(laws.stages) + ["won", "lost"]
        stages = [*laws.stages, "Won", "Lost"]
        tables["stage_history"] = shaped("stage_history", steps)
        tables["stages"] = shaped(
            "stages", pd.DataFrame({"stage": stages, "position": range(1, len(stages) + 1), "outcome": outcomes})
        )
    if "activities" not in laws.missing:
        tables["activities"] = shaped("activities", _activities(drawn, first))
    company = company.with_tables(**tables)
    validate(company)
    return company


def _opportunities(drawn: Drawn, laws: Laws, first: np.datetime64, seen: np.ndarray) -> pd.DataFrame:
    at = np.array([*laws.stages, "Won", "Lost"])
    now = (drawn.reached[:, :-1] & (drawn.entered[:, :-1] <= drawn.days)).sum(axis=1) - 1
    stage = np.where(seen, np.where(drawn.won, len(laws.stages), len(laws.stages) + 1), now)
    frame = pd.DataFrame(
        {
            "opportunity_id": _ids(drawn),
            "rep_id": [f"E{r:03d}" for r in drawn.rep],
            "account": [f"A{a}" for a in drawn.account],
            "segment": np.array(laws.segments)[drawn.segment],
            "source": np.array(_SOURCES)[drawn.source],
            "stage": at[stage],
            "outcome": np.where(seen, np.where(drawn.won, "won", "lost"), "open"),
            "amount": np.round(drawn.price * np.where(seen & drawn.won, 1 - drawn.discount, 1.0), 2),
            "list_amount": np.round(drawn.price, 2),
            "created_on": _dates(first, drawn.opened),
            "closed_on": pd.Series(_dates(first, drawn.ends)).where(seen),
        }
    )
    off = [c for c, what in (("list_amount", "list"), ("source", "source")) if what in laws.missing]
    return frame.drop(columns=off)


def _history(drawn: Drawn, laws: Laws, first: np.datetime64) -> pd.DataFrame:
    """Moves between stages, pushes of the expected date, and commits, in the order in which they came."""
    deal, stage = np.nonzero(drawn.reached[:, :-1])
    pieces = [pd.DataFrame({"deal": deal, "on": drawn.entered[deal, stage], "stage": stage, "turn": stage})]
    n = len(drawn.rep)
    everyone = np.arange(n)
    closing = np.where(drawn.won, len(laws.stages), len(laws.stages) + 1)
    pieces.append(pd.DataFrame({"deal": everyone, "on": drawn.ends, "stage": closing, "turn": 99}))
    pushed = np.repeat(everyone, drawn.pushes)
    life = np.maximum(drawn.ends - drawn.opened, 0.0)
    on = np.floor(drawn.opened[pushed] + drawn.rng.random(len(pushed)) * life[pushed])
    pieces.append(pd.DataFrame({"deal": pushed, "on": on, "stage": -1, "turn": 50, "push": 1}))
    begin = np.where(drawn.early, drawn.entered[everyone, np.maximum(len(laws.stages) - 2, 0)], 0.0)
    begin = np.where(drawn.early, begin, drawn.entered[everyone, len(laws.stages) - 1])
    called = np.flatnonzero(drawn.committed)
    on = np.floor(begin + drawn.when * np.maximum(drawn.ends - begin, 0.0))[called]
    pieces.append(pd.DataFrame({"deal": called, "on": on, "stage": -1, "turn": 60, "commit": 1}))
    rows = pd.concat(pieces, ignore_index=True)
    rows = rows[rows["on"] <= drawn.days].sort_values(["deal", "on", "turn"], ignore_index=True)
    by_deal = rows.groupby("deal")
    at = rows["stage"].where(rows["stage"] >= 0).groupby(rows["deal"]).ffill().fillna(0).astype("int64")
    pushes = rows["push"].fillna(0).groupby(rows["deal"]).cumsum()
    committed = rows["commit"].fillna(0).groupby(rows["deal"]).cummax() > 0
    closed = at >= len(laws.stages)
    expected = drawn.opened[rows["deal"]] + 40 + 17 * pushes
    category = np.where(closed, np.where(at == len(laws.stages), "closed", "omitted"), "pipeline")
    category = np.where(committed & ~closed, "commit", category)
    return pd.DataFrame(
        {
            "opportunity_id": np.array(_ids(drawn), dtype=object)[rows["deal"]],
            "step": by_deal.cumcount() + 1,
            "stage": np.array([*laws.stages, "Won", "Lost"], dtype=object)[at],
            "entered_on": _dates(first, rows["on"].to_numpy()),
            "expected_close_on": _dates(first, np.where(closed, np.minimum(rows["on"], expected), expected)),
            "forecast_category": category,
        }
    )


def _activities(drawn: Drawn, first: np.datetime64) -> pd.DataFrame:
    deal = np.repeat(np.arange(len(drawn.rep)), drawn.activities)
    on = drawn.opened[deal] + drawn.rng.random(len(deal)) * drawn.open_weeks[deal] * 7
    return pd.DataFrame(
        {
            "rep_id": [f"E{r:03d}" for r in drawn.rep[deal]],
            "opportunity_id": np.array(_ids(drawn), dtype=object)[deal],
            "kind": "call",
            "on": _dates(first, np.minimum(np.floor(on), drawn.days)),
        }
    )


def _ids(drawn: Drawn) -> list[str]:
    return [f"X{i:06d}" for i in range(len(drawn.rep))]


def _dates(first: np.datetime64, days: np.ndarray) -> np.ndarray:
    return (first + np.asarray(days).astype("int64").astype("timedelta64[D]")).astype("datetime64[us]")
