"""Small and odd companies, each named by what is odd about it: what a CRM of few people, or of few deals, may hold.

for name, made in odd_companies(): ...
"""

import itertools
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial, reduce

import numpy as np
import pandas as pd

from playbook.company import Company, Settings, empty

TODAY = pd.Timestamp("2026-06-30")
STAGES = ("Discovery", "Solution", "Proposal", "Negotiation")
REPS = (1, 2, 3, 5)
Odd = Callable[[Company], Company]


def odd_companies() -> Iterator[tuple[str, Callable[[], Company]]]:
    """Every oddity with each number of reps, under one manager and under two, of many deals and of few: how to make it.

    Neighbours differ in what is odd about them: any stretch of the list holds most oddities.
    """
    for reps, managers, deals in itertools.product(REPS, (1, 2), (4, 40)):
        for name, odd in ODD.items() if managers <= reps else ():
            called = f"{name}, {reps} reps, {managers} managers, {deals} deals each"
            yield called, partial(_made, odd, reps, managers, deals, zlib.crc32(called.encode()))


def oddities_together(*names: str, reps: int, managers: int, deals: int) -> Company:
    """A company that is odd in each of these ways (keys of ODD)."""
    company = _usual(reps, managers, deals, zlib.crc32(", ".join(names).encode()))
    return reduce(lambda made, name: ODD[name](made), names, company)


def _made(odd: Odd, *size: int) -> Company:
    return odd(_usual(*size))


def _usual(reps: int, managers: int, deals: int, seed: int) -> Company:
    """`reps` who won a third of `deals` each in two years, with every table that a company can have."""
    random = np.random.default_rng(seed)
    leads = [f"M{number}" for number in range(managers)]
    sellers = [f"R{number}" for number in range(reps)]
    people = pd.DataFrame(
        [{"person_id": lead, "name": f"Lead {lead}", "role": "manager", "active": True} for lead in leads]
        + [
            {"person_id": seller, "name": f"Rep {seller}", "role": "rep", "manager_id": leads[number % managers]}
            | {"hired_on": TODAY - pd.Timedelta(days=900), "active": True, "territory": "North", "segment": "SMB"}
            for number, seller in enumerate(sellers)
        ]
    )
    rows = [_deal(random, rep, number) for rep in sellers for number in range(deals)]
    made = pd.DataFrame(rows, columns=[*empty("opportunities").columns])
    company = Company(Settings(company_id="odd", name="Odd Ltd"), empty("people"), empty("opportunities"))
    return company.with_tables(
        people=people,
        opportunities=made,
        stages=pd.DataFrame(
            [{"pipeline": "Sales", "stage": s, "position": i, "outcome": "open"} for i, s in enumerate(STAGES, 1)]
            + [
                {"pipeline": "Sales", "stage": "Won", "position": 5, "outcome": "won"},
                {"pipeline": "Sales", "stage": "Lost", "position": 6, "outcome": "lost"},
            ]
        ),
        stage_history=_history(made),
        activities=_activities(random, made),
        quotas=pd.DataFrame(
            [
                {"rep_id": rep, "starts_on": "2026-04-01", "ends_on": "2026-06-30", "amount": 90_000.0, "unit": "money"}
                for rep in sellers
            ],
            columns=[*empty("quotas").columns],
        ),
        coaching_log=pd.DataFrame(
            [
                {"manager_id": leads[n % managers], "rep_id": rep, "on": "2026-02-03", "kind": "1:1", "minutes": 30.0}
                | {"focus": "win_rate"}
                for n, rep in enumerate(sellers)
            ],
            columns=[*empty("coaching_log").columns],
        ),
    )


def _deal(random: np.random.Generator, rep: str, number: int) -> dict[str, object]:
    created = TODAY - pd.Timedelta(days=int(random.integers(5, 730)))
    ends = created + pd.Timedelta(days=int(random.integers(10, 120)))
    outcome = str(random.choice(["won", "lost", "lost"])) if ends <= TODAY else "open"
    amount = float(random.integers(5, 60) * 1000)
    return {
        "opportunity_id": f"{rep}-{number}",
        "rep_id": rep,
        "account": f"Account {number % 7}",
        "name": f"Deal {number}",
        "segment": str(random.choice(["SMB", "Mid"])),
        "region": "North",
        "source": str(random.choice(["Inbound", "Outbound"])),
        "product": str(random.choice(["Basic", "Plus"])),
        "kind": str(random.choice(["new", "new", "renewal", "expansion"])),
        "pipeline": "Sales",
        "stage": {"won": "Won", "lost": "Lost"}.get(outcome, str(random.choice(STAGES))),
        "outcome": outcome,
        "amount": amount,
        "list_amount": amount * 1.2,
        "discount": 1 - 1 / 1.2,
        "created_on": created,
        "closed_on": ends if outcome != "open" else pd.NaT,
        "expected_close_on": ends + pd.Timedelta(days=int(random.integers(-20, 20))),
        "lost_to": "competitor" if outcome == "lost" else None,
        "lost_reason": "Price" if outcome == "lost" else None,
        "competitor": "Acme" if outcome == "lost" else None,
        "forecast_category": "closed" if outcome != "open" else str(random.choice(["pipeline", "commit"])),
        "next_step": "call",
    }


def _history(deals: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for deal in deals.itertuples(index=False):
        last = deal.closed_on if deal.outcome != "open" else TODAY
        entered = pd.date_range(deal.created_on, last, periods=5).normalize()[:4]
        rows += [
            {"opportunity_id": deal.opportunity_id, "step": step, "stage": stage, "entered_on": day}
            | {"amount": deal.amount, "expected_close_on": deal.expected_close_on, "forecast_category": "pipeline"}
            for step, (stage, day) in enumerate(zip(STAGES, entered, strict=True), 1)
        ]
    return pd.DataFrame(rows, columns=[*empty("stage_history").columns])


def _activities(random: np.random.Generator, deals: pd.DataFrame) -> pd.DataFrame:
    rows = [
        {"rep_id": deal.rep_id, "opportunity_id": deal.opportunity_id, "kind": "call", "minutes": 10.0}
        | {"on": deal.created_on + pd.Timedelta(days=int(random.integers(0, 5)))}
        for deal in deals.itertuples(index=False)
    ]
    return pd.DataFrame(rows, columns=[*empty("activities").columns])


def _where(keep: Callable[[pd.DataFrame], pd.Series]) -> Odd:
    def with_these_deals(company: Company) -> Company:
        deals = company.opportunities
        return _with_deals(company, deals[keep(deals)])

    return with_these_deals


def _with_deals(company: Company, deals: pd.DataFrame) -> Company:
    """`company` with these deals, and of its history and activities what belongs to them."""
    here = {
        table: frame[frame["opportunity_id"].isin(deals["opportunity_id"])]
        for table in ("stage_history", "activities")
        if not (frame := company.table(table)).empty
    }
    return company.with_tables(opportunities=deals, **here)


def _set(**values: object) -> Odd:
    return lambda company: company.with_tables(opportunities=company.opportunities.assign(**values))


def _all_open(company: Company) -> Company:
    return _set(outcome="open", stage="Discovery", closed_on=pd.NaT, lost_to=None, lost_reason=None)(company)


def _all_of(outcome: str, stage: str) -> Odd:
    def closed(company: Company) -> Company:
        deals = company.opportunities
        day = deals["closed_on"].fillna(TODAY)
        return _set(outcome=outcome, stage=stage, closed_on=day, lost_to=None)(company)

    return closed


def _one_deal(company: Company) -> Company:
    return _with_deals(company, company.opportunities.head(1))


def _on_one_day(company: Company) -> Company:
    deals = company.opportunities
    closed = pd.Series(TODAY, index=deals.index).where(deals["outcome"] != "open")
    history, done = company.stage_history.assign(entered_on=TODAY), company.activities.assign(on=TODAY)
    return company.with_tables(
        opportunities=deals.assign(created_on=TODAY, closed_on=closed), stage_history=history, activities=done
    )


def _in_one_quarter(company: Company) -> Company:
    begins = TODAY - pd.Timedelta(days=80)
    return _where(lambda deals: deals["created_on"] >= begins)(company)


def _without_tables(*tables: str) -> Odd:
    return lambda company: company.with_tables(**{table: empty(table) for table in tables})


def _without_columns(*columns: str) -> Odd:
    def without(company: Company) -> Company:
        return company.with_tables(opportunities=company.opportunities.drop(columns=list(columns)))

    return without


def _bare(company: Company) -> Company:
    """Who, what became of it, and when: what an import asks for at least."""
    columns = ["opportunity_id", "rep_id", "outcome", "created_on", "closed_on"]
    bare = _without_tables("stages", "stage_history", "activities", "quotas", "coaching_log")(company)
    return bare.with_tables(
        opportunities=bare.opportunities[columns], people=bare.people[["person_id", "role", "manager_id"]]
    )


def _long_names(company: Company) -> Company:
    people = company.people.assign(name=company.people["name"] + " of the house of Verylongnameindeed" * 12)
    deals = company.opportunities
    long = {column: deals[column] + " and so on and so forth" * 20 for column in ("name", "account", "product")}
    return company.with_tables(people=people, opportunities=deals.assign(**long))


def _strange_names(company: Company) -> Company:
    people = company.people
    names = [f"{mark} 李小龍 عمر $x_{{1}}$ \U0001f600 <b>" for mark in people["person_id"]]
    return company.with_tables(people=people.assign(name=names))


def _far_days(company: Company) -> Company:
    """Deals whose days were typed wrong, or never: before everybody, and after everything."""
    deals = company.opportunities
    if deals.empty:
        return company
    closed = deals["closed_on"].copy()
    created, expected = deals["created_on"].copy(), deals["expected_close_on"].copy()
    created.iloc[0], expected.iloc[-1] = pd.Timestamp("1900-01-01"), pd.Timestamp("9999-12-31")
    expected.iloc[0] = pd.Timestamp("1900-01-01")
    people = company.people.assign(hired_on=pd.Timestamp("1900-01-01"), left_on=pd.Timestamp("9999-12-31"))
    quotas = company.quotas.assign(ends_on=pd.Timestamp("9999-12-31"))
    return company.with_tables(
        opportunities=deals.assign(created_on=created, closed_on=closed, expected_close_on=expected),
        people=people,
        quotas=quotas,
    )


ODD: Mapping[str, Odd] = {
    "as usual": lambda company: company,
    "no wins": _where(lambda deals: deals["outcome"] != "won"),
    "no losses": _where(lambda deals: deals["outcome"] != "lost"),
    "only open deals": _all_open,
    "all won": _all_of("won", "Won"),
    "all lost": _all_of("lost", "Lost"),
    "nothing open": _where(lambda deals: deals["outcome"] != "open"),
    "one deal": _one_deal,
    "no deal": lambda company: _with_deals(company, company.opportunities.head(0)),
    "all on one day": _on_one_day,
    "one quarter": _in_one_quarter,
    "all amounts equal": _set(amount=1000.0, list_amount=1000.0, discount=0.0),
    "all amounts huge": _set(amount=1e308, list_amount=1e308, discount=0.0),
    "all amounts nothing": _set(amount=0.0, list_amount=0.0, discount=np.nan),
    "amounts below nothing": _set(amount=-500.0),
    "only renewals": _set(kind="renewal"),
    "no amounts": _without_columns("amount", "list_amount", "discount"),
    "no creation": _without_columns("created_on"),
    "no expected close": _without_columns("expected_close_on"),
    "no stage": _without_columns("stage", "pipeline"),
    "no groups": _without_columns("segment", "region", "source", "product", "kind"),
    "no history": _without_tables("stage_history", "stages"),
    "no activities": _without_tables("activities"),
    "no quotas, no log": _without_tables("quotas", "coaching_log"),
    "bare": _bare,
    "long names": _long_names,
    "strange names": _strange_names,
    "far days": _far_days,
    "zero quotas": lambda company: company.with_tables(quotas=company.quotas.assign(amount=0.0)),
}
