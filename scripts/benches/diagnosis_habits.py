"""Companies in which nobody sells otherwise for a habit or a circumstance, with real causes planted beside some.

In: a kind, a seed.  Out: a company, who carries what, and what was planted.
The kinds of `playbook.simulate.habits`, and those that only a bench needs: roles, accounts, colleagues. Each is set
over a company of the kit's own simulator in which everybody sells alike but for ordinary differences.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import benches.diagnosis_home as home
import numpy as np
import pandas as pd

from playbook import roster
from playbook.company import Company
from playbook.simulate.habits import Habit, with_habits
from playbook.simulate.plan import USUAL_SIZE, Plan, Planted
from playbook.simulate.simulated_company import simulate

CARRIERS = 0.20
CAUSES = 0.20  # of the reps, where real causes are planted beside habits
_MESS = ("late_closing", "bulk_closing", "never_closing", "late_entry", "backdated_entry", "jumped_stages",
         "activities_not_logged", "categories_not_kept", "split_deals", "amount_units", "part_time", "absence",
         "early_filtering", "opener", "wins_handed_over", "one_account", "junior")  # fmt: skip
_OF_THE_SIMULATOR: Mapping[str, tuple[str, float | None]] = {
    "late_closing": ("late_closing", None),
    "bulk_closing": ("bulk_closing", None),
    "bulk_closing_quarter": ("bulk_closing", 3.0),
    "never_closing": ("never_closing", None),
    "late_entry": ("late_entry", None),
    "backdated_entry": ("backdated_entry", None),
    "jumped_stages": ("jumped_stages", None),
    "activities_not_logged": ("activities_not_logged", None),
    "dates_not_kept": ("dates_not_kept", None),
    "categories_not_kept": ("categories_not_kept", None),
    "split_deals": ("split_deals", None),
    "amount_units": ("amount_units", None),
    "part_time": ("part_time", None),
    "absence": ("absence", None),
}
_HONEST = ("late_closing", "never_closing", "dates_not_kept", "categories_not_kept", "jumped_stages", "late_entry")


@dataclass(frozen=True)
class Messy:
    """A company with habits: `carriers` by rep (empty for the others), `causes` planted by rep.

    `differences`: how each rep truly sells beside like-for-like peers (`diagnosis_case.Case`); no habit changes that.
    """

    company: Company
    as_of: date
    carriers: Mapping[str, str]
    causes: Mapping[str, frozenset[str]]
    differences: pd.DataFrame


def kinds() -> list[str]:
    """Every kind that `messy` can set over a company."""
    return [*_OF_THE_SIMULATOR, *(f"honest_few_{kind}" for kind in _HONEST), *_OWN, "unused_stage"]


def messy(kind: str, seed: int, causes: bool = False) -> Messy:
    """A company in which a fifth carries `kind` (a mess of several for `mess`), real causes beside if asked."""
    draw = np.random.default_rng([seed, sum(map(ord, kind))])
    plan = Plan(managers=5, reps_per_team=8, months=15, planted=_planted(draw) if causes else ())
    made = simulate(plan, seed + 500)
    company, differences = made.company, home.differences_of(plan, made)
    reps = roster.active_reps(company)["person_id"].tolist()
    causes_of = made.truth[made.truth["cause"] != "none"].groupby("rep_id")["cause"].agg(frozenset).to_dict()
    free = [rep for rep in reps if rep not in causes_of]
    n = round(CARRIERS * len(reps))
    picked = [str(rep) for rep in draw.permutation(free)[:n]]
    if kind == "none":
        return Messy(company, plan.ends_on, {}, causes_of, differences)
    if kind == "mess":
        carried = dict(zip(picked, draw.permutation(_MESS)[: len(picked)].tolist(), strict=True))
    elif kind.startswith("honest_few_"):
        carried = {rep: kind.removeprefix("honest_few_") for rep in reps if rep not in picked}
    else:
        carried = dict.fromkeys(picked, kind)
    for name in dict.fromkeys(carried.values()):
        company = _with(company, name, [rep for rep, what in carried.items() if what == name], plan, seed, draw)
    habit_by_rep = dict.fromkeys(picked, kind) if kind.startswith("honest_few_") else carried
    return Messy(company, plan.ends_on, habit_by_rep, causes_of, differences)


def _planted(draw: np.random.Generator) -> tuple[Planted, ...]:
    keys = [key for key in USUAL_SIZE if key != "win_rate"]
    places = [(team, rep) for team in range(5) for rep in range(8)]
    chosen = draw.permutation(len(places))[: round(CAUSES * len(places))]

    def cause() -> str:
        key = str(draw.choice(keys))
        return f"stage:{draw.choice(('Discovery', 'Solution', 'Proposal', 'Negotiation'))}" if key == "stage" else key

    return tuple(Planted(team, rep, cause()) for team, rep in (places[i] for i in chosen))


def _with(company: Company, kind: str, reps: list[str], plan: Plan, seed: int, draw: np.random.Generator) -> Company:
    if kind in _OF_THE_SIMULATOR:
        name, size = _OF_THE_SIMULATOR[kind]
        return with_habits(company, [Habit(rep, name, size=size) for rep in reps], plan.ends_on, seed)[0]
    if kind == "unused_stage":
        habits = [Habit(rep, "jumped_stages", stage=plan.stages[1]) for rep in reps]
        return with_habits(company, habits, plan.ends_on, seed)[0]
    return _OWN[kind](company, reps, draw)


def _without(company: Company, gone: pd.Index) -> Company:
    deals, history, done = company.opportunities, company.stage_history, company.activities
    return company.with_tables(
        opportunities=deals[~deals["opportunity_id"].isin(gone)],
        stage_history=history[~history["opportunity_id"].isin(gone)],
        activities=done.assign(opportunity_id=done["opportunity_id"].mask(done["opportunity_id"].isin(gone))),
    )


def _own_deals(company: Company, reps: list[str]) -> pd.DataFrame:
    return company.opportunities[company.opportunities["rep_id"].isin(reps)]


def _early_filtering(company: Company, reps: list[str], draw: np.random.Generator) -> Company:
    """What would be lost in the first stage is never entered, mostly."""
    own = _own_deals(company, reps)
    steps = company.stage_history.groupby("opportunity_id")["stage"].nunique().reindex(own["opportunity_id"])
    early = (own["outcome"] == "lost").to_numpy() & (steps <= 2).to_numpy()
    return _without(company, pd.Index(own["opportunity_id"][early & (draw.random(len(own)) < 0.85)]))


def _sandbagging(company: Company, reps: list[str], draw: np.random.Generator) -> Company:
    """Deals are entered on the day on which they look good: the history begins, in the second stage, that day."""
    own = set(_own_deals(company, reps)["opportunity_id"])
    history = company.stage_history
    mine = history["opportunity_id"].isin(own)
    first = history.groupby("opportunity_id")["stage"].transform("first")
    steps_left = history[~mine | (history["stage"] != first)]
    gone = pd.Index(sorted(own - set(steps_left["opportunity_id"])))
    open_left = steps_left[steps_left["stage"].isin(company.stages.loc[company.stages["outcome"] == "open", "stage"])]
    gone = gone.union(pd.Index(sorted(own - set(open_left["opportunity_id"]))))
    begun = steps_left.groupby("opportunity_id")["entered_on"].min()
    deals = company.opportunities
    ours = deals["opportunity_id"].isin(own)
    created = deals["opportunity_id"].map(begun).where(ours).fillna(deals["created_on"])
    changed = company.with_tables(opportunities=deals.assign(created_on=created), stage_history=steps_left)
    return _without(changed, gone)


def _opener(company: Company, reps: list[str], draw: np.random.Generator) -> Company:
    """Deals that come as far as the third stage are a colleague's from then on."""
    late = company.stages.sort_values("position")["stage"].iloc[2]
    passed = company.stage_history.loc[company.stage_history["stage"] == late, "opportunity_id"]
    return _to_colleagues(company, reps, pd.Index(passed), draw)


def _wins_handed_over(company: Company, reps: list[str], draw: np.random.Generator) -> Company:
    """Won deals are somebody else's once they are won (customer success)."""
    won = company.opportunities.loc[company.opportunities["outcome"] == "won", "opportunity_id"]
    helper = {"person_id": "CS1", "name": "Casey Success", "role": "other", "job": "Customer Success", "active": True}
    people = pd.concat([company.people, pd.DataFrame([helper])], ignore_index=True)
    changed = company.with_tables(people=people)
    deals = changed.opportunities
    theirs = deals["rep_id"].isin(reps) & deals["opportunity_id"].isin(won) & (draw.random(len(deals)) < 0.9)
    return changed.with_tables(opportunities=deals.assign(rep_id=deals["rep_id"].mask(theirs, "CS1")))


def _to_colleagues(company: Company, reps: list[str], which: pd.Index, draw: np.random.Generator) -> Company:
    deals = company.opportunities
    manager = company.people.set_index("person_id")["manager_id"]
    everybody = roster.active_reps(company)["person_id"]
    owner = deals["rep_id"].copy()
    for rep in reps:
        mates = everybody[everybody.map(manager).eq(manager[rep]) & ~everybody.isin(reps)].tolist()
        theirs = (deals["rep_id"] == rep) & deals["opportunity_id"].isin(which)
        if mates:
            owner[theirs] = draw.choice(mates, int(theirs.sum()))
    return company.with_tables(opportunities=deals.assign(rep_id=owner))


def _other_system(company: Company, reps: list[str], draw: np.random.Generator) -> Company:
    own = _own_deals(company, reps)["opportunity_id"]
    return _without(company, pd.Index(own[draw.random(len(own)) < 0.8]))


def _titled(title: str, fewer: float, smaller: float) -> Callable[[Company, list[str], np.random.Generator], Company]:
    """A kind of job by title, which opens fewer and sells smaller deals."""

    def change(company: Company, reps: list[str], draw: np.random.Generator) -> Company:
        own = _own_deals(company, reps)["opportunity_id"]
        company = _without(company, pd.Index(own[draw.random(len(own)) < fewer]))
        people = company.people
        company = company.with_tables(
            people=people.assign(job=people["job"].mask(people["person_id"].isin(reps), title))
        )
        return _scaled(company, reps, smaller)

    return change


def _scaled(company: Company, reps: list[str], by: float) -> Company:
    deals, history = company.opportunities, company.stage_history
    ours = deals["rep_id"].isin(reps)
    steps = history["opportunity_id"].isin(deals.loc[ours, "opportunity_id"])
    amounts = {c: deals[c].where(~ours, deals[c] * by) for c in ("amount", "list_amount")}
    return company.with_tables(
        opportunities=deals.assign(**amounts),
        stage_history=history.assign(amount=history["amount"].where(~steps, history["amount"] * by)),
    )


def _one_account(company: Company, reps: list[str], draw: np.random.Generator) -> Company:
    """A quarter of each one's deals is of one account, which is lost at once, each deal in the stage it was in."""
    deals, history = company.opportunities.copy(), company.stage_history
    last_open = history[~history["stage"].isin(("Closed Won", "Closed Lost"))]
    for rep in reps:
        ids = deals.loc[deals["rep_id"] == rep, "opportunity_id"].to_numpy()
        chosen = draw.permutation(ids)[: len(ids) // 4]
        here = deals["opportunity_id"].isin(chosen)
        deals.loc[here, "account"] = f"Concern of {rep}"
        later = history["opportunity_id"].isin(chosen) & ~history["step"].eq(1)
        history = history[~later]
        day = last_open[last_open["opportunity_id"].isin(chosen)].groupby("opportunity_id")["entered_on"].max()
        ended = deals["opportunity_id"].map(day)
        deals.loc[here, "outcome"] = "lost"
        deals.loc[here, "stage"] = "Closed Lost"
        deals.loc[here, "closed_on"] = ended[here].clip(upper=ended[here].quantile(0.9))
    return company.with_tables(opportunities=deals, stage_history=history)


def _unusual(change: str) -> Callable[[Company, list[str], np.random.Generator], Company]:
    """One colleague unlike the rest; the others are who must not be accused."""

    def apply(company: Company, reps: list[str], draw: np.random.Generator) -> Company:
        return _scaled(company, reps[:1], 8.0) if change == "size" else company

    return apply


_OWN: Mapping[str, Callable[[Company, list[str], np.random.Generator], Company]] = {
    "early_filtering": _early_filtering,
    "sandbagging": _sandbagging,
    "opener": _opener,
    "wins_handed_over": _wins_handed_over,
    "other_system": _other_system,
    "junior": _titled("Junior Account Executive", 0.45, 0.5),
    "channel": _titled("Channel Manager", 0.5, 0.6),
    "one_account": _one_account,
    "unusual_colleague": _unusual("size"),
}
