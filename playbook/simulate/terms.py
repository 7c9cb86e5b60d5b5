"""What a deal is sold for: the discount given in the last stage, and the reasons noted for a loss."""

from dataclasses import dataclass

import numpy as np

from playbook.simulate import days, market, names
from playbook.simulate.draws import Draws, Floats, Ints
from playbook.simulate.openings import Deals
from playbook.simulate.plan import Plan
from playbook.simulate.skills import Skills
from playbook.simulate.walk import TO_COMPETITOR, Walk

MOST_DISCOUNT = 0.45
_QUARTER_END_DAYS = 21  # in the last weeks of a quarter everyone gives more
_QUARTER_END_DISCOUNT = 0.035
_RIVAL_IN_DEAL = 0.35
REASONS = (
    ("Price", "Missing feature", "Chose the vendor they know", "Better terms"),
    ("No budget this year", "No decision", "Project postponed", "Sponsor left"),
    ("Not a fit", "Could not reach the buyer", "Procurement rules", "Merged with another deal"),
)


@dataclass(frozen=True)
class Terms:
    """One value per deal. `discount` is what would be offered in the last stage, `usual_discount` an ordinary one."""

    discount: Floats
    usual_discount: Floats
    sold_for: Floats
    rival: Ints
    reason: Ints


def agree(plan: Plan, skills: Skills, deals: Deals, walk: Walk, draws: Draws) -> Terms:
    """The terms of every deal, whether or not it gets that far."""
    to_end = days.quarter_end(days.quarter_of(walk.ends, plan.fiscal_year_starts), plan.fiscal_year_starts) - walk.ends
    pressed = (to_end < _QUARTER_END_DAYS) & plan.quarter_end
    usual = market.DISCOUNT + market.DISCOUNT_BY_SIZE * deals.relative_size + _QUARTER_END_DISCOUNT * pressed
    own = usual + skills.at("discount", deals.seller, walk.entered[:, -1])
    noise = market.DISCOUNT_SPREAD * plan.noise * draws.normal("discount", deals.key, within=3.0)
    discount = np.round(np.clip(own + noise, 0.0, MOST_DISCOUNT) * 200.0) / 200.0
    in_deal = draws.chance("a rival is there", _RIVAL_IN_DEAL, deals.key) | (walk.lost_to == TO_COMPETITOR)
    return Terms(
        discount=discount,
        usual_discount=usual,
        sold_for=np.round(deals.price * (1.0 - discount), 2),
        rival=np.where(in_deal, draws.whole("rival", 0, len(names.RIVALS) - 1, deals.key), -1),
        reason=draws.whole("reason", 0, len(REASONS[0]) - 1, deals.key),
    )
