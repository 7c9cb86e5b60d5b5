"""A team for tests on revenue, made by hand: Ana and Ben sell, Zoe left in January, Mo leads and still owns a deal.

The day is 15 February 2026; the quarter is January to March (44 days left), with a quota of 1,000 for each rep.
"""

from datetime import date

import pandas as pd

from playbook.company import Company, Settings, empty
from playbook.team import Team, missing_of, team_of

AS_OF = date(2026, 2, 15)
PEOPLE = {"m1": "Mo", "r1": "Ana", "r2": "Ben", "r9": "Zoe"}
_DEALS = (
    ("W1", "r1", "won", 300.0, "2026-01-10", None, None),
    ("W2", "r1", "won", 200.0, "2026-02-10", None, None),
    ("W3", "r2", "won", 100.0, "2026-02-11", None, None),
    ("W4", "r9", "won", 50.0, "2026-01-05", None, None),
    ("W5", "m1", "won", 70.0, "2026-01-06", None, None),
    ("W6", "r1", "won", 900.0, "2025-12-30", None, None),
    ("L1", "r2", "lost", 400.0, "2026-02-01", None, None),
    ("O1", "r1", "open", 250.0, None, "2026-02-20", "commit"),
    ("O2", "r1", "open", 150.0, None, "2026-03-20", "best_case"),
    ("O3", "r2", "open", 600.0, None, "2026-02-01", "pipeline"),
    ("O4", "r2", "open", 500.0, None, "2026-05-01", "pipeline"),
    ("O5", "m1", "open", 80.0, None, "2026-03-01", "commit"),
)


def company() -> Company:
    columns = ["opportunity_id", "rep_id", "outcome", "amount", "closed_on", "expected_close_on", "forecast_category"]
    deals = pd.DataFrame(_DEALS, columns=columns)
    deals = deals.assign(account="Account of " + deals["opportunity_id"], created_on="2025-11-01", stage="Proposal")
    people = pd.DataFrame({"person_id": list(PEOPLE), "name": list(PEOPLE.values())}).assign(
        role=["manager", "rep", "rep", "rep"],
        manager_id=[None, "m1", "m1", "m1"],
        active=[True, True, True, False],
        left_on=pd.to_datetime([None, None, None, "2026-01-20"]),
    )
    quotas = pd.DataFrame(
        {"rep_id": ["r1", "r2"], "starts_on": "2026-01-01", "ends_on": "2026-03-31", "amount": 1_000.0}
    )
    bare = Company(settings=Settings(currency="USD"), people=empty("people"), opportunities=empty("opportunities"))
    return bare.with_tables(opportunities=deals, people=people, quotas=quotas)


def forecast(
    low: float = 900.0, middle: float = 1_100.0, high: float = 1_400.0, quota: float = 2_000.0
) -> pd.DataFrame:
    """The finding `forecast` for this team: the quarter as told, and a month that ends between 350 and 600."""
    quarter = {"period": "quarter", "starts_on": "2026-01-01", "ends_on": "2026-03-31", "quota": quota, "won": 650.0}
    month = {"period": "month", "starts_on": "2026-02-01", "ends_on": "2026-02-28", "quota": quota / 3, "won": 300.0}
    rows = pd.DataFrame(
        [
            month | {"low": 350.0, "middle": 450.0, "high": 600.0},
            quarter | {"low": low, "middle": middle, "high": high},
        ]
    ).assign(manager_id="m1", committed=250.0, open_due=1_000.0, deals=4, widened=1.0)
    return rows.assign(starts_on=pd.to_datetime(rows["starts_on"]), ends_on=pd.to_datetime(rows["ends_on"]))


def looks(*actuals: float) -> pd.DataFrame:
    """The finding `forecast_error`: past quarters that were told as 800 to 1,000 to 1,300."""
    days = pd.to_datetime([f"2025-{1 + 3 * i:02}-01" for i in range(len(actuals))])
    return pd.DataFrame({"manager_id": "m1", "quarter": days, "seen_on": days, "actual": actuals}).assign(
        low=800.0, middle=1_000.0, high=1_300.0
    )


def team(of: Company | None = None, **findings: pd.DataFrame) -> Team:
    """The team of Mo, with these findings."""
    whole = of or company()
    return team_of(whole, "m1", AS_OF, findings, missing=missing_of(whole))


def without(*columns: str) -> Company:
    """The company whose export lacks these columns of the deals."""
    whole = company()
    return whole.with_tables(opportunities=whole.opportunities.drop(columns=list(columns)))
