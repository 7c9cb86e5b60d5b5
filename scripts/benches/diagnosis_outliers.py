"""Companies of people who sell alike but for one: how many of the others are accused because of that one.

In: seeds.  Out: per kind of outlier and size of company, of the others the share called `coach`, and of whom.
The one is ordinary in a simulated company without any planted cause, and is then changed in the record: deals eight
times as large, six times as quick, three times as many (other deals, or each of them entered three times), hardly a
deal lost in the first stage, or three times as many activities.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from playbook import roster
from playbook.company import Company
from playbook.diagnosis.diagnose import diagnosis_of
from playbook.simulate.plan import Plan
from playbook.simulate.simulated_company import simulate

REPS = (6, 8, 12)
_ENDS_ON = date(2026, 9, 18)
_TIMES_LARGER, _TIMES_QUICKER, _TIMES_MORE = 8.0, 6.0, 3


def alike(reps: int, seed: int) -> Company:
    """A company of one team in which nobody differs by more than ordinary people do."""
    plan = Plan(managers=1, reps_per_team=reps, ends_on=_ENDS_ON, quarter_end=False, spread=0.7)
    return simulate(plan, seed).company


def larger(company: Company, rep: str) -> Company:
    """Each of the rep's deals is worth eight times as much."""
    own = company.opportunities["rep_id"] == rep
    deals = company.opportunities.copy()
    for column in ("amount", "list_amount"):
        deals[column] = deals[column].where(~own, deals[column] * _TIMES_LARGER)
    return company.with_tables(opportunities=deals)


def quicker(company: Company, rep: str) -> Company:
    """Each of the rep's deals takes a sixth of the time."""
    deals = company.opportunities
    own = deals["rep_id"] == rep
    created = deals.set_index("opportunity_id")["created_on"]

    def sooner(day: pd.Series, start: pd.Series) -> pd.Series:
        days = ((day - start).dt.days / _TIMES_QUICKER).round()
        return start + pd.to_timedelta(days, unit="D")

    history = company.stage_history
    theirs = history["opportunity_id"].isin(deals.loc[own, "opportunity_id"])
    start = history["opportunity_id"].map(created)
    entered = history["entered_on"].where(~theirs, sooner(history["entered_on"], start))
    closed = deals["closed_on"].where(~own, sooner(deals["closed_on"], deals["created_on"]))
    return company.with_tables(
        opportunities=deals.assign(closed_on=closed), stage_history=history.assign(entered_on=entered)
    )


def more(company: Company, rep: str) -> Company:
    """The rep opens three times as many deals: those of two more people of the same kind."""
    once = _copies(company, rep)
    shift = {f"x{i}-": pd.Timedelta(days=2 * i) for i in range(1, _TIMES_MORE)}

    def moved(table: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
        prefix = table["opportunity_id"].str[:3].map(shift).fillna(pd.Timedelta(0))
        latest = pd.Timestamp(_ENDS_ON)
        return table.assign(**{c: (table[c] + prefix).clip(upper=latest) for c in columns})

    return once.with_tables(
        opportunities=moved(once.opportunities, ("created_on", "closed_on")),
        stage_history=moved(once.stage_history, ("entered_on",)),
    )


def tripled(company: Company, rep: str) -> Company:
    """Each of the rep's deals is entered three times, with a third of the amount."""
    once = _copies(company, rep)
    own = once.opportunities["rep_id"] == rep
    deals = once.opportunities.copy()
    for column in ("amount", "list_amount"):
        deals[column] = deals[column].where(~own, deals[column] / _TIMES_MORE)
    return once.with_tables(opportunities=deals)


def busier(company: Company, rep: str) -> Company:
    """The rep does three times as much on the same deals."""
    own = company.activities[company.activities["rep_id"] == rep]
    return company.with_tables(activities=pd.concat([company.activities, *[own] * (_TIMES_MORE - 1)]))


def winning(company: Company, rep: str) -> Company:
    """Three in four of the rep's lost deals are won."""
    deals = company.opportunities
    lost = ((deals["rep_id"] == rep) & (deals["outcome"] == "lost")).to_numpy()
    won = lost & (np.arange(len(deals)) % 4 > 0)
    return company.with_tables(
        opportunities=deals.assign(
            outcome=deals["outcome"].mask(won, "won"), stage=deals["stage"].mask(won, "Closed Won")
        )
    )


KINDS: dict[str, Callable[[Company, str], Company]] = {
    "nobody": lambda company, rep: company,
    "deals 8 times as large": larger,
    "6 times as quick": quicker,
    "3 times as many deals": more,
    "each deal entered 3 times": tripled,
    "3 times as active": busier,
    "hardly loses a deal": winning,
}


def others_accused(reps: int, seed: int) -> pd.DataFrame:
    """Who is called `coach` in each kind of company of `seed`.

    Returns
    -------
    DataFrame: kind, reps, others (how many), coach (of the others), of_the_one (0 or 1), drivers (of the others).
    """
    company = alike(reps, seed)
    one = str(roster.active_reps(company)["person_id"].iloc[seed % reps])
    rows = []
    for kind, change in KINDS.items():
        table = diagnosis_of(change(company, one), _ENDS_ON).table
        coach = table[table["verdict"] == "coach"]
        own = coach["rep_id"] == one
        rows.append(
            {
                "kind": kind,
                "reps": reps,
                "others": reps - 1,
                "coach": coach.loc[~own, "rep_id"].nunique(),
                "of_the_one": int(own.any()),
                "drivers": tuple(coach.loc[~own, "driver"]),
            }
        )
    return pd.DataFrame(rows)


def measured(seeds: Iterable[int]) -> str:
    """For each kind of company and number of reps, of the others the share accused, as text."""
    accused = pd.concat([others_accused(reps, seed) for seed in seeds for reps in REPS], ignore_index=True)
    sums = accused.groupby(["kind", "reps"], sort=False)[["others", "coach"]].sum()
    share = (sums["coach"] / sums["others"]).unstack()
    every = accused.groupby("kind", sort=False)[["others", "coach"]].sum()
    which = (
        accused.explode("drivers")
        .groupby("kind", sort=False)["drivers"]
        .agg(lambda names: ", ".join(f"{name} {n}" for name, n in names.dropna().value_counts().items()))
    )
    table = share.assign(all=every["coach"] / every["others"], n=every["others"], drivers=which)
    return table.round(3).to_string()


def _copies(company: Company, rep: str) -> Company:
    """The company in which each of the rep's deals stands there three times, under ids of its own."""
    own = company.opportunities[company.opportunities["rep_id"] == rep]
    ids = set(own["opportunity_id"])
    tables = {}
    for name in ("opportunities", "stage_history", "activities"):
        table = company.table(name)
        theirs = table[table["opportunity_id"].isin(ids)]
        again = [theirs.assign(opportunity_id=f"x{i}-" + theirs["opportunity_id"]) for i in range(1, _TIMES_MORE)]
        tables[name] = pd.concat([table, *again], ignore_index=True)
    return replace(company).with_tables(**tables)
