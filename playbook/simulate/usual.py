"""What an ordinary rep would be expected to do: what a quarter brings, and how deals in each stage usually end.

Quotas and the probabilities of stages are set from it rather than from what the company's reps did, so that nobody's
are moved by a colleague. It is counted from deals of a rep who does not exist, the same for every company of a plan.
"""

from dataclasses import dataclass

import numpy as np

from playbook.simulate import market
from playbook.simulate.draws import Draws, Floats
from playbook.simulate.openings import Customers, described
from playbook.simulate.plan import Plan
from playbook.simulate.walk import usual_odds

_DEALS = 4_000  # per segment: the mean amount is then known to about 2%
_SEED = 0


@dataclass(frozen=True)
class Usual:
    """`won_amount`: list price times the chance to win, of a new deal, per home segment of its seller. `wins_from`: the
    share won of ordinary deals in each stage."""

    won_amount: Floats
    wins_from: Floats


def usual(plan: Plan) -> Usual:
    """The expectations of this plan's market."""
    n_segments, nobody = len(plan.segments), np.zeros(_DEALS * len(plan.segments), dtype=np.int64)
    home = np.repeat(np.arange(n_segments), _DEALS)
    nothing = np.zeros(len(home), dtype=bool)
    customers = Customers(
        key=np.arange(len(home)), segment=home, farms=nothing, hard=nothing, price=np.zeros(len(home))
    )
    deals = described(plan, customers, nobody, nobody, nobody, Draws(_SEED))
    passes = market.share_of(usual_odds(plan, deals))
    reaches = np.cumprod(np.column_stack([np.ones(deals.n), passes[:, :-1]]), axis=1)
    wins = np.cumprod(passes[:, ::-1], axis=1)[:, ::-1]
    shares = np.array(list(plan.segments.values()), dtype=float) / sum(plan.segments.values())
    weight = reaches * shares[home][:, None]
    return Usual(
        won_amount=np.bincount(home, deals.price * wins[:, 0], minlength=n_segments) / _DEALS,
        wins_from=(weight * wins).sum(axis=0) / weight.sum(axis=0),
    )
