"""Simulates a company from a plan and a seed: its tables as a CRM would hold them, and what is true behind them.

Everything random comes from one generator; each subject has a stream of its own, so that more activities change no
deal. The same plan and seed give the same tables.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from playbook.company import Company, Settings, empty, shaped, validate
from playbook.simulate import days, history, openings, promises, skills, staff, terms, truth, walk, work
from playbook.simulate.draws import Draws
from playbook.simulate.plan import Plan, check
from playbook.simulate.planting import plant


@dataclass(frozen=True)
class Simulated:
    """A company, and what is true of it.

    `truth` : one row per rep and planted cause or decoy (`truth.truth_table`).
    `model` : the true parameters per seller (`truth.model_table`).
    `deals` : per deal, what an ordinary seller would be expected to do with it (`truth.expectations`).
    """

    company: Company
    truth: pd.DataFrame
    model: pd.DataFrame
    deals: pd.DataFrame


def simulate(plan: Plan, seed: int) -> Simulated:
    """The company of `plan` and `seed`, as it stands on `plan.ends_on`.

    Raises
    ------
    UnusableInput : if the plan cannot be simulated.
    """
    check(plan)
    (
        d_plant,
        d_staff,
        d_away,
        d_skill,
        d_open,
        d_walk,
        d_terms,
        d_promise,
        d_events,
        d_deals,
        d_act,
        d_quota,
        d_log,
    ) = Draws.from_seed(seed).split(13)
    planted = plant(plan, d_plant)
    first = days.months_before(plan.ends_on, plan.months)
    hard_places = {(p.team, p.rep) for p in planted if p.cause == "hard_territory"}
    crew = staff.hire(plan, {(p.team, p.rep) for p in planted if p.cause == "new_hire"}, hard_places, d_staff)
    hard = np.array([(int(t), int(r)) in hard_places for t, r in zip(crew.team, crew.place, strict=True)])
    able = skills.planted_in(skills.ordinary(plan, crew.n, d_skill), plan, crew, planted)
    present = staff.at_work(plan, crew, first, d_away)
    expected = openings.expected_openings(plan, crew, present, first)
    deals = openings.open_deals(plan, crew, able, expected, hard, first, d_open)
    walked = walk.walk(plan, crew, able, deals, d_walk)
    agreed = terms.agree(plan, able, deals, walked, d_terms)
    promised = promises.promise(plan, able, deals, walked, d_promise)
    moves = history.stage_history(
        plan, history.events(plan, deals, walked, promised, d_events), deals, walked, agreed, promised
    )
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
        opportunities=history.opportunities(plan, crew, moves, deals, walked, agreed, d_deals),
        stages=history.stages_table(plan, walked),
        stage_history=moves.drop(columns=["deal", "offered"]),
        activities=work.activities(plan, crew, able, deals, walked, present, first, d_act),
        quotas=work.quotas(plan, crew, deals, walked, agreed.sold_for, first, d_quota),
        coaching_log=work.coaching_log(plan, crew, first, d_log),
    )
    validate(company)
    return Simulated(
        company=company,
        truth=truth.truth_table(plan, crew, planted, deals, walked),
        model=truth.model_table(plan, crew, able),
        deals=truth.expectations(plan, history.ids(deals.n), deals, walked, agreed, promised.usual_pushes),
    )
