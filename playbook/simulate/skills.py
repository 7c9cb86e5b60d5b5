"""What each seller does differently from an ordinary one, by nature (a little) and by what is planted (a lot).

The ordinary differences are cut off at two standard deviations, so that they stay under the margins that matter
(`playbook.drivers`): a rep in whom nothing is planted is healthy beyond dispute.
"""

from dataclasses import dataclass, field

import numpy as np

from playbook.simulate import days, market
from playbook.simulate.draws import Draws, Floats, Ints
from playbook.simulate.plan import Plan, Planted
from playbook.simulate.staff import Staff

# Standard deviations of the ordinary differences: of log-odds, of logarithms, of shares, of pushes per deal.
_SPREAD = {
    "stage": 0.07,
    "pipeline_generation": 0.07,
    "deal_size": 0.04,
    "discounting": 0.008,
    "cycle_time": 0.05,
    "slippage": 0.08,
    "activity": 0.07,
    "forecast_accuracy": 0.015,
}
_CUT = 2.0
_TOP_SELLER = 0.22  # log-odds in each stage, and logarithm of openings: managers are promoted for selling well

COMMITS_EARLY, COMMITS_A_WIN, COMMITS_A_LOSS = 0.05, 0.75, 0.40
_NEVER = 4_000_000


@dataclass
class Skills:
    """Parameters per seller; those that coaching may ease have two rows: before and from `eases` on.

    `odds` (2, sellers, stages) and `openings`, `price`, `pace`, `activity` (2, sellers) are log-odds and logarithms
    added to an ordinary seller's; `discount` is a share, `pushes` a number per deal. `commits` (2, sellers, 3) are the
    probabilities to commit before the last stage, and in it a deal that will be won and one that will be lost.
    """

    odds: Floats
    openings: Floats
    price: Floats
    pace: Floats
    activity: Floats
    discount: Floats
    pushes: Floats
    commits: Floats
    eases: Ints
    luck: Ints
    size_of: dict[tuple[int, str], float] = field(default_factory=dict)

    def at(self, name: str, seller: Ints, day: Floats | Ints) -> Floats:
        """The parameter `name` of each seller on each day."""
        return getattr(self, name)[(day >= self.eases[seller]).astype(np.int64), seller]


def ordinary(plan: Plan, n: int, draws: Draws) -> Skills:
    """Sellers in whom nothing is planted."""

    def spread(key: str, shape: tuple[int, ...]) -> Floats:
        one = _SPREAD[key] * plan.spread * draws.normal(shape, within=_CUT)
        return np.stack([one, one])

    commits = np.tile([COMMITS_EARLY, COMMITS_A_WIN, COMMITS_A_LOSS], (2, n, 1))
    commits[:, :, 0] += spread("forecast_accuracy", (n,))
    return Skills(
        odds=spread("stage", (n, len(plan.stages))),
        openings=spread("pipeline_generation", (n,)),
        price=spread("deal_size", (n,)),
        pace=spread("cycle_time", (n,)),
        activity=spread("activity", (n,)),
        discount=spread("discounting", (n,)),
        pushes=spread("slippage", (n,)),
        commits=np.clip(commits, 0.005, 0.99),
        eases=np.full(n, _NEVER),
        luck=np.zeros(n, dtype=np.int64),
    )


def planted_in(skills: Skills, plan: Plan, staff: Staff, planted: tuple[Planted, ...]) -> Skills:
    """The same sellers with what is planted added. Decoys other than luck change no skill."""
    changed = Skills(**{key: value.copy() for key, value in vars(skills).items()})
    seller_at = {(int(t), int(r)): i for i, (t, r) in enumerate(zip(staff.team, staff.place, strict=True)) if r >= 0}
    shares = conversion(plan)
    became_manager = np.array([one in staff.manager_ids for one in staff.ids])
    changed.odds[:, became_manager] += _TOP_SELLER
    changed.openings[:, became_manager] += _TOP_SELLER
    for one in planted:
        seller = seller_at[(one.team, one.rep if one.rep is not None else 0)]
        if one.cause in ("luck", "good_luck"):
            changed.luck[seller] = -1 if one.cause == "luck" else 1
        if one.eases_on is not None:
            changed.eases[seller] = days.number_of(one.eases_on)
        for when, size in enumerate((one.amount, one.amount * (1.0 - one.eases_by))):
            _add(changed, when, seller, one.driver, size, one.manner, plan, shares)
    return changed


def conversion(plan: Plan) -> Floats:
    """The share of an ordinary new deal that an ordinary rep gets through each stage."""
    if plan.conversion:
        return np.array(plan.conversion, dtype=float)
    return market.stage_shares(len(plan.stages), plan.win_rate)


def _add(
    skills: Skills, when: int, seller: int, driver: str, size: float, manner: str, plan: Plan, shares: Floats
) -> None:
    name, _, stage = driver.partition(":")
    logarithms = {
        "pipeline_generation": skills.openings,
        "activity": skills.activity,
        "deal_size": skills.price,
        "cycle_time": skills.pace,
    }
    if name in logarithms:
        logarithms[name][when, seller] += np.log(max(1.0 + size, 0.02))
    elif name == "discounting":
        skills.discount[when, seller] += size
    elif name == "slippage":
        skills.pushes[when, seller] += size
    elif name == "stage":
        at = plan.stages.index(stage)
        skills.odds[when, seller, at] += _shift(shares[at], size)
    elif name == "win_rate":
        skills.odds[when, seller] += _shift_of_all(shares, size)
    elif name == "forecast_accuracy":
        skills.commits[when, seller] = commits(shares, size, manner)


def _shift(share: float, size: float) -> float:
    """What to add to the log-odds so that `share` becomes `share + size`."""
    return float(market.odds_of(np.clip(share + size, 0.02, 0.98)) - market.odds_of(share))


def _shift_of_all(shares: Floats, size: float) -> float:
    """What to add to the log-odds of every stage so that the share of deals won changes by `size`."""
    grid = np.linspace(-4.0, 4.0, 4_001)
    won = market.share_of(market.odds_of(shares)[None, :] + grid[:, None]).prod(axis=1)
    return float(np.interp(np.clip(shares.prod() + size, won[0], won[-1]), won, grid))


def committed_and_won(shares: Floats, early: Floats, a_win: Floats, a_loss: Floats) -> Floats:
    """The share of committed deals that are won, of ordinary deals that enter the stage before the last one.

    With one stage there is none before it, and `early` means nothing.
    """
    last, before = shares[-1], shares[-2] if len(shares) > 1 else 1.0
    early = early if len(shares) > 1 else np.zeros_like(early)
    wins = before * last * (1.0 - (1.0 - early) * (1.0 - a_win))
    losses = before * (1.0 - last) * (1.0 - (1.0 - early) * (1.0 - a_loss)) + (1.0 - before) * early
    return wins / (wins + losses)


def commits(shares: Floats, size: float, manner: str) -> Floats:
    """The three probabilities of a seller whose commits come true `size` more (or less) often than usual.

    An optimist commits early and whatever the deal looks like; an erratic one commits without regard to the outcome.
    One who holds back commits to few: there `size` is the change of the share of wins that had been committed.
    """
    usual = np.array([COMMITS_EARLY, COMMITS_A_WIN, COMMITS_A_LOSS])
    if manner == "holds_back":
        return usual * np.array([1.0, max(COMMITS_A_WIN - abs(size), 0.02) / COMMITS_A_WIN, 0.3])
    better = np.array([0.0, 0.85, 0.02])
    worse = {"optimist": np.array([0.95, 0.98, 0.98]), "erratic": np.array([0.60, 0.35, 0.75])}[manner]
    path = np.linspace(0.0, 1.0, 1_001)[:, None]
    options = usual + path * ((better if size > 0 else worse) - usual)
    comes_true = committed_and_won(shares, options[:, 0], options[:, 1], options[:, 2])
    return options[int(np.argmin(np.abs(comes_true - (comes_true[0] + size))))]
