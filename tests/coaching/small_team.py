"""A team made by hand, small enough to check by counting: five reps, one of them new, one with a focus, one strong."""

from datetime import date

import pandas as pd

from playbook.company import Company, Settings
from playbook.diagnosis.diagnosis_rows import TEAM
from playbook.drivers.registry import driver_of
from playbook.team import Team, missing_of, team_of

AS_OF = date(2026, 3, 31)
REPS = {"r1": "Ana", "r2": "Ben", "r3": "Cara", "r4": "Dan", "r5": "Eve"}
STAGES = ("Discovery", "Proposal")


def company(reps: dict[str, str] = REPS) -> Company:
    """Each rep closed one deal a week for 26 weeks, every fourth won, and has two open deals; Mo leads them."""
    return _with_deals(reps).with_tables(
        people=_people(reps),
        stages=pd.DataFrame(
            {
                "stage": STAGES,
                "position": [1, 2],
                "probability": [0.2, 0.6],
                "outcome": ["open", "open"],
                "pipeline": "Sales",
            }
        ),
        activities=_activities(reps),
        quotas=pd.DataFrame(
            {"rep_id": list(reps), "starts_on": "2026-01-01", "ends_on": "2026-03-31", "amount": 50_000.0}
        ),
        coaching_log=coaching_log() if "r1" in reps else coaching_log().head(0),
    )


def coaching_log() -> pd.DataFrame:
    """Three sessions with Ana (the last 10 days before AS_OF), one with Ben (60 days before), none with the others."""
    return pd.DataFrame(
        {
            "manager_id": "m1",
            "rep_id": ["r1", "r1", "r1", "r2"],
            "on": pd.to_datetime(["2025-11-01", "2026-03-01", "2026-03-21", "2026-01-30"]),
            "kind": "1:1",
            "minutes": [30.0, 30.0, 45.0, 60.0],
            "focus": ["price", "price", "next steps", "discovery"],
        }
    )


def diagnosis(*rows: tuple[str, str, str, int]) -> pd.DataFrame:
    """A diagnosis from (rep_id, driver, verdict, priority)."""
    frame = pd.DataFrame(rows, columns=["rep_id", "driver", "verdict", "priority"])
    return frame.assign(
        manager_id="m1",
        stage=[driver.partition(":")[2] or None for driver in frame["driver"]],
        n=40,
        own_n=40,
        **reason_facts(frame["driver"], frame["verdict"]),
    )


def reason_facts(drivers: pd.Series, verdicts: pd.Series) -> dict[str, object]:
    """What a diagnosis says of its reasons beside the verdict: 14 of 40 for shares, else a level of 0.3."""
    shares = drivers.astype("str").str.split(":").str[0].isin(["stage", "win_rate", "forecast_accuracy"])
    aspects = {
        "deal_size": "won deals",
        "cycle_time": "from one step forward to the next",
        "forecast_accuracy": "was lost",
    }
    return {
        "peers": 36,
        "aspect": drivers.map(aspects).fillna(""),
        "value": pd.Series(14.0, index=drivers.index).where(shares),
        "total": pd.Series(40.0, index=drivers.index).where(shares),
        "seen": pd.Series(0.3, index=drivers.index).mask(shares, 0.35),
        "usual_low": 0.4,
        "usual_high": 0.6,
        "more": (verdicts == "too_little_data").astype("int64") * 12,
        "deals": 60,
        "sells": True,
        "ramping": False,
        "shared_by": (verdicts == "team_wide").map({True: TEAM, False: ""}),
        "mates": 4,
        **dict.fromkeys(("way", "way_trait", "could_make_it", "ruled_out", "not_testable")),
        **dict.fromkeys(("way_value", "way_usual"), float("nan")),
        **dict.fromkeys(("probability", "effect", "low", "high", "value_at_stake"), float("nan")),
        "unit": [driver_of(driver).unit for driver in drivers],
    }


DIAGNOSIS = diagnosis(
    ("r1", "stage:Discovery", "coach", 1),
    ("r1", "discounting", "watch", 2),
    ("r2", "slippage", "watch", 1),
    ("r3", "stage:Discovery", "strength", 1),
    ("r4", "win_rate", "too_little_data", 1),
    ("r5", "deal_size", "team_wide", 1),
    ("r4", "deal_size", "team_wide", 2),
)


def team(diagnosis_table: pd.DataFrame | None = DIAGNOSIS, of: Company | None = None, **facts: object) -> Team:
    """The team of Mo; `diagnosis_table` is its diagnosis, None for a folder that has none."""
    whole = of or company()
    findings = {} if diagnosis_table is None else {"diagnosis": diagnosis_table}
    return team_of(whole, "m1", AS_OF, findings, missing=missing_of(whole), **facts)


def thin(reps: dict[str, str] | None = None) -> Company:
    """Deals with an owner and an outcome, and people with names: nothing else. Without `reps`, nobody sells."""
    people = pd.DataFrame(
        {
            "person_id": ["m1", *(reps or {})],
            "name": ["Mo", *(reps or {}).values()],
            "role": ["manager", *["rep"] * len(reps or {})],
        }
    )
    people["manager_id"] = [None, *["m1"] * len(reps or {})]
    owners = list(reps or {}) or ["m1"]
    deals = pd.DataFrame(
        {"opportunity_id": ["D1", "D2", "D3"], "rep_id": owners[0], "outcome": ["won", "lost", "open"]}
    )
    return _empty().with_tables(people=people, opportunities=deals)


def _with_deals(reps: dict[str, str]) -> Company:
    deals, history = [], []
    for rep in reps:
        for week in range(26):
            closed = pd.Timestamp(AS_OF) - pd.Timedelta(weeks=week)
            won = week % 4 == 0
            deals.append(_deal(f"{rep}-{week:02}", rep, "won" if won else "lost", closed))
            history += _steps(f"{rep}-{week:02}", closed, passed=week % 2 == 0)
        deals += [_deal(f"{rep}-open-{n}", rep, "open", None) for n in (1, 2)]
    deals.append(_deal("m1-open", "m1", "open", None))
    return _empty().with_tables(opportunities=pd.DataFrame(deals), stage_history=pd.DataFrame(history))


def _deal(opportunity_id: str, rep: str, outcome: str, closed: pd.Timestamp | None) -> dict[str, object]:
    begun = (closed or pd.Timestamp(AS_OF)) - pd.Timedelta(days=60)
    return {
        "opportunity_id": opportunity_id,
        "rep_id": rep,
        "account": f"Account of {opportunity_id}",
        "stage": "Discovery",
        "pipeline": "Sales",
        "outcome": outcome,
        "amount": 10_000.0,
        "created_on": begun,
        "closed_on": closed,
        "expected_close_on": pd.Timestamp(AS_OF) + pd.Timedelta(days=20),
    }


def _steps(opportunity_id: str, closed: pd.Timestamp, passed: bool) -> list[dict[str, object]]:
    """Discovery at the start, and Proposal 30 days before the end if it passed; the close date moved once then."""
    begun = {
        "opportunity_id": opportunity_id,
        "step": 1,
        "stage": "Discovery",
        "entered_on": closed - pd.Timedelta(days=60),
    }
    steps = [begun | {"expected_close_on": closed - pd.Timedelta(days=10), "forecast_category": "pipeline"}]
    if passed:
        later = {
            "step": 2,
            "stage": "Proposal",
            "entered_on": closed - pd.Timedelta(days=30),
            "expected_close_on": closed,
        }
        steps.append(begun | later | {"forecast_category": "commit"})
    return steps


def _activities(reps: dict[str, str]) -> pd.DataFrame:
    days = [pd.Timestamp(AS_OF) - pd.Timedelta(days=d) for d in range(100)]
    return pd.DataFrame([{"rep_id": rep, "kind": "call", "on": day} for rep in reps for day in days])


def _people(reps: dict[str, str]) -> pd.DataFrame:
    hired = {"r5": "2026-02-01"}
    rows = [{"person_id": "m1", "name": "Mo", "role": "manager", "active": True}]
    rows += [
        {
            "person_id": r,
            "name": n,
            "role": "rep",
            "manager_id": "m1",
            "hired_on": hired.get(r, "2024-01-01"),
            "active": True,
        }
        for r, n in reps.items()
    ]
    return pd.DataFrame(rows)


def _empty() -> Company:
    from playbook.company import empty

    return Company(settings=Settings(currency="USD"), people=empty("people"), opportunities=empty("opportunities"))
