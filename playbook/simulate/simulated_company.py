"""Simulates a company from a plan and a seed: its tables as a CRM would hold them, and what is true behind them.

Every draw belongs to what it is drawn for (`draws`): another cause, rep, team or intervention changes what follows from
it, and nothing else. The same plan and seed give the same tables.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.company import Company, Settings, empty, shaped, validate
from playbook.simulate import days, deal_tables, openings, promises, skills, staff, terms, truth, walk, weekly_work
from playbook.simulate.draws import Draws, Ints
from playbook.simulate.habits import Habit, with_habits
from playbook.simulate.plan import Plan, Planted, check
from playbook.simulate.planting import plant
from playbook.simulate.usual import usual


@dataclass(frozen=True)
class Simulated:
    """A company, and what is true of it.

    `truth` : one row per rep and planted cause or decoy (`truth.truth_table`).
    `model` : the true parameters per seller (`truth.model_table`).
    `interventions` : what changed them on the way (`truth.interventions_table`).
    `deals` : per deal, what an ordinary seller would be expected to do with it (`truth.expectations`).
    """

    company: Company
    truth: pd.DataFrame
    model: pd.DataFrame
    interventions: pd.DataFrame
    deals: pd.DataFrame


def simulate(plan: Plan, seed: int) -> Simulated:
    """The company of `plan` and `seed`, as it stands on `plan.ends_on`.

    Raises
    ------
    UnusableInput : if the plan cannot be simulated.
    """
    check(plan)
    draws = Draws(seed)
    planted = plant(plan, draws)
    first = days.months_before(plan.ends_on, plan.months)
    hard_places, new_hires = _places(planted, "hard_territory"), _places(planted, "new_hire")
    crew = staff.hire(plan, new_hires, hard_places, draws)
    hard = np.zeros(crew.n, dtype=bool)
    hard[[crew.seller_at[place] for place in hard_places]] = True
    able = skills.planted_in(skills.ordinary(plan, crew, draws), plan, crew, planted)
    present = staff.at_work(plan, crew, first, draws)
    expected = openings.expected_openings(plan, crew, present, first)
    deals = openings.open_deals(plan, crew, able, expected, hard, first, draws)
    ids = deal_tables.ids_of(crew, deals)
    course = _course(plan, crew, able, deals, ids, draws)
    moves = _with_earlier(plan, crew, able, deals, ids, course.moves, draws)
    market = usual(plan)
    company = Company(
        settings=Settings(
            company_id="-".join(plan.name.lower().split()),
            name=plan.name,
            currency=plan.currency,
            fiscal_year_starts=plan.fiscal_year_starts,
            simulated=True,
        ),
        people=shaped("people", crew.people),
        opportunities=empty("opportunities"),
    ).with_tables(
        opportunities=deal_tables.opportunities(plan, crew, ids, moves, deals, course.walk, course.terms, draws),
        stages=deal_tables.stages_table(plan, market.wins_from),
        stage_history=moves.drop(columns=["deal", "offered"]),
        activities=weekly_work.activities(plan, crew, ids, able, deals, course.walk, present, first, draws),
        quotas=weekly_work.quotas(plan, crew, market.won_amount, first, draws),
        coaching_log=weekly_work.coaching_log(plan, crew, first, draws),
    )
    validate(company)
    habits = [Habit(crew.ids[crew.seller_at[h.team, h.rep]], h.kind, h.since, h.size) for h in plan.habits]
    company, planted_habits = with_habits(company, habits, plan.last_day, seed)
    return Simulated(
        company=company,
        truth=truth.with_habits(truth.truth_table(plan, crew, planted, deals, course.walk), planted_habits),
        model=truth.model_table(plan, crew, able),
        interventions=truth.interventions_table(plan, crew),
        deals=truth.expectations(plan, ids, deals, course.walk, course.terms, course.promises.usual_pushes),
    )


def _places(planted: tuple[Planted, ...], cause: str) -> set[tuple[int, int]]:
    return {(one.team, one.rep) for one in planted if one.cause == cause and one.rep is not None}


@dataclass(frozen=True)
class _Course:
    """How deals went, and what the history tells of it."""

    walk: walk.Walk
    terms: terms.Terms
    promises: promises.Promises
    moves: pd.DataFrame


def _course(
    plan: Plan, crew: staff.Staff, able: skills.Skills, deals: openings.Deals, ids: deal_tables.Texts, draws: Draws
) -> _Course:
    walked = walk.walk(plan, crew, able, deals, draws)
    agreed = terms.agree(plan, able, deals, walked, draws)
    promised = promises.promise(plan, able, deals, walked, draws)
    events = deal_tables.events(plan, deals, walked, promised, draws)
    return _Course(
        walked, agreed, promised, deal_tables.stage_history(plan, ids, events, deals, walked, agreed, promised)
    )


def _with_earlier(
    plan: Plan,
    crew: staff.Staff,
    able: skills.Skills,
    deals: openings.Deals,
    ids: deal_tables.Texts,
    moves: pd.DataFrame,
    draws: Draws,
) -> pd.DataFrame:
    """The history in which nothing that was recorded before an intervention knows of it; steps counted.

    A close date or a commit is given by someone who senses how the deal will end. What was given before an intervention
    is taken from how it would have ended without.
    """
    pieces = [moves[_numbers(moves["entered_on"]) >= able.last_change()[deals.seller[moves["deal"]]]]]
    for before, since, until in able.before_changes():
        rows = np.flatnonzero(deals.opened < until[deals.seller])
        earlier = _course(plan, crew, before, deals.take(rows), ids[rows], draws).moves
        earlier = earlier.assign(deal=rows[earlier["deal"]])
        on, seller = _numbers(earlier["entered_on"]), deals.seller[earlier["deal"]]
        pieces.append(earlier[(on >= since[seller]) & (on < until[seller])])
    together = pd.concat(pieces).sort_values(["deal", "entered_on"], kind="stable", ignore_index=True)
    return together.assign(step=together.groupby("deal").cumcount() + 1)


def _numbers(dates: pd.Series) -> Ints:
    return dates.to_numpy().astype("datetime64[D]").astype(np.int64)
