"""What each seller does differently from an ordinary one, by nature (a little) and by what is planted (a lot).

The ordinary differences are cut off at two standard deviations, so that they stay under the margins that matter
(`playbook.drivers`): a rep in whom nothing is planted is healthy beyond dispute.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from playbook.simulate import days, market
from playbook.simulate.draws import Draws, Floats, Ints
from playbook.simulate.plan import MANNERS, Plan, Planted
from playbook.simulate.staff import PROMOTED, Staff

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
_USUAL_COMMITS = np.array([COMMITS_EARLY, COMMITS_A_WIN, COMMITS_A_LOSS])
_PARAMETERS = ("odds", "openings", "price", "pace", "activity", "discount", "pushes", "commits")
_NEVER = 4_000_000


@dataclass(frozen=True)
class Change:
    """What an intervention adds to one parameter of one seller from the day `begins` to before `ends`.

    `effect` has the shape of one seller's parameter. With `half_life` days (infinite: never) half of it is left.
    """

    parameter: str
    seller: int
    begins: int
    ends: int
    half_life: float
    effect: Floats

    def at(self, day: Floats) -> Floats:
        """What is added on each of these days (days, or days × the parameter's own shape)."""
        left = 0.5 ** (np.maximum(day - self.begins, 0.0) / self.half_life)
        left = np.where((day >= self.begins) & (day < self.ends), left, 0.0)
        return np.multiply.outer(left, self.effect)


@dataclass(frozen=True)
class Skills:
    """Parameters per seller, and the interventions that change them on the way.

    `odds` (sellers, stages) and `openings`, `price`, `pace`, `activity` (sellers) are log-odds and logarithms added to
    an ordinary seller's; `discount` is a share, `pushes` a number per deal. `commits` (sellers, 3) are the
    probabilities to commit before the last stage, and in it a deal that will be won and one that will be lost.
    `luck` is -1 or 1 where it is planted.
    """

    odds: Floats
    openings: Floats
    price: Floats
    pace: Floats
    activity: Floats
    discount: Floats
    pushes: Floats
    commits: Floats
    luck: Ints
    changes: tuple[Change, ...] = ()

    def at(self, parameter: str, seller: Ints, day: Floats | Ints) -> Floats:
        """The parameter of each seller on each day."""
        base: Floats = getattr(self, parameter)
        values = base[seller]
        for change in self.changes:
            if change.parameter == parameter:
                own = np.flatnonzero(seller == change.seller)
                values[own] += change.at(np.asarray(day, dtype=float)[own])
        return values

    def before_changes(self) -> list[tuple["Skills", Ints, Ints]]:
        """The same sellers as they were before each intervention of theirs, the first one first.

        Each with the days from which and until which this is how they sold, per seller; where a seller has no further
        intervention, until is -1.
        """
        begins: dict[int, list[int]] = {}
        for change in self.changes:
            begins[change.seller] = sorted({*begins.get(change.seller, []), change.begins})
        earlier = []
        for turn in range(max(map(len, begins.values()), default=0)):
            since, until = np.zeros(len(self.luck), dtype=np.int64), np.full(len(self.luck), -1)
            for seller, days_of in begins.items():
                if turn < len(days_of):
                    since[seller], until[seller] = days_of[turn - 1] if turn else 0, days_of[turn]
            known = tuple(change for change in self.changes if change.begins < until[change.seller])
            earlier.append((replace(self, changes=known), since, until))
        return earlier

    def last_change(self) -> Ints:
        """The day from which each seller's last intervention holds; 0 where there is none."""
        latest = np.zeros(len(self.luck), dtype=np.int64)
        for change in self.changes:
            latest[change.seller] = max(latest[change.seller], change.begins)
        return latest

    def first_change(self) -> Ints:
        """The day from which each seller's first intervention holds; a day after all others where there is none."""
        first = np.full(len(self.luck), _NEVER, dtype=np.int64)
        for change in self.changes:
            first[change.seller] = min(first[change.seller], change.begins)
        return first


def ordinary(plan: Plan, staff: Staff, draws: Draws) -> Skills:
    """Sellers in whom nothing is planted."""

    def spread(driver: str, places: ArrayLike = 0) -> Floats:
        key = staff.key if np.ndim(places) == 0 else staff.key[:, None]
        return _SPREAD[driver] * plan.spread * draws.normal(f"ordinary {driver}", key, places, within=_CUT)

    commits = np.tile([COMMITS_EARLY, COMMITS_A_WIN, COMMITS_A_LOSS], (staff.n, 1))
    commits[:, 0] += spread("forecast_accuracy")
    return Skills(
        odds=spread("stage", np.arange(len(plan.stages))),
        openings=spread("pipeline_generation"),
        price=spread("deal_size"),
        pace=spread("cycle_time"),
        activity=spread("activity"),
        discount=spread("discounting"),
        pushes=spread("slippage"),
        commits=np.clip(commits, 0.005, 0.99),
        luck=np.zeros(staff.n, dtype=np.int64),
    )


def planted_in(skills: Skills, plan: Plan, staff: Staff, planted: tuple[Planted, ...]) -> Skills:
    """The same sellers with what is planted, and the plan's interventions. Decoys other than luck change no skill."""
    values: dict[str, Floats] = {name: getattr(skills, name).copy() for name in _PARAMETERS}
    luck, seller_at, shares = skills.luck.copy(), staff.seller_at, conversion(plan)
    became_manager = staff.group == PROMOTED
    values["odds"][became_manager] += _TOP_SELLER
    values["openings"][became_manager] += _TOP_SELLER
    size_of: dict[tuple[int, str], tuple[float, str]] = {}
    for one in planted:
        seller = seller_at[one.team, one.rep or 0]
        if one.cause in ("luck", "good_luck"):
            luck[seller] = -1 if one.cause == "luck" else 1
        elif one.driver in plan.drivers:
            already, _ = size_of.get((seller, one.driver), (0.0, ""))
            size_of[seller, one.driver] = already + one.amount, one.manner
            parameter, effect = _effect(one.driver, one.amount, one.manner, plan, shares)
            if parameter == "commits":
                values[parameter][seller] = _USUAL_COMMITS + effect
            else:
                values[parameter][seller] += effect
    return Skills(luck=luck, changes=_changes(plan, seller_at, size_of, shares), **values)


def _changes(
    plan: Plan, seller_at: dict[tuple[int, int], int], size_of: dict[tuple[int, str], tuple[float, str]], shares: Floats
) -> tuple[Change, ...]:
    """Each intervention as what it adds to a parameter, given what was planted and changed before."""
    total, changes = dict(size_of), []
    for one in sorted(plan.interventions, key=lambda one: one.from_day):
        seller = seller_at[one.team, one.rep]
        size, manner = total.get((seller, one.driver), (0.0, MANNERS[0]))
        total[seller, one.driver] = size + one.change, manner
        parameter, before = _effect(one.driver, size, manner, plan, shares)
        _, after = _effect(one.driver, size + one.change, manner, plan, shares)
        changes.append(
            Change(
                parameter=parameter,
                seller=seller,
                begins=days.number_of(one.from_day),
                ends=_NEVER if one.until is None else days.number_of(one.until),
                half_life=np.inf if one.half_life is None else one.half_life,
                effect=after - before,
            )
        )
    return tuple(changes)


def conversion(plan: Plan) -> Floats:
    """The share of an ordinary new deal that an ordinary rep gets through each stage."""
    if plan.conversion:
        return np.array(plan.conversion, dtype=float)
    return market.stage_shares(len(plan.stages), plan.win_rate)


def _effect(driver: str, size: float, manner: str, plan: Plan, shares: Floats) -> tuple[str, Floats]:
    """The parameter that `size` of a driver changes, and what it adds to it."""
    name, _, stage = driver.partition(":")
    logarithms = {"pipeline_generation": "openings", "activity": "activity", "deal_size": "price", "cycle_time": "pace"}
    if name in logarithms:
        return logarithms[name], np.asarray(np.log(max(1.0 + size, 0.02)))
    if name == "discounting":
        return "discount", np.asarray(size)
    if name == "slippage":
        return "pushes", np.asarray(size)
    if name == "forecast_accuracy":
        return "commits", commits(shares, size, manner) - _USUAL_COMMITS
    if name == "win_rate":
        return "odds", np.full(len(shares), _shift_of_all(shares, size))
    effect = np.zeros(len(shares))
    at = plan.stages.index(stage)
    effect[at] = _shift(shares[at], size)
    return "odds", effect


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
    usual = _USUAL_COMMITS
    if size == 0.0:
        return usual
    if manner == "holds_back":
        return usual * np.array([1.0, max(COMMITS_A_WIN - abs(size), 0.02) / COMMITS_A_WIN, 0.3])
    better = np.array([0.0, 0.85, 0.02])
    worse = {"optimist": np.array([0.95, 0.98, 0.98]), "erratic": np.array([0.60, 0.35, 0.75])}[manner]
    path = np.linspace(0.0, 1.0, 1_001)[:, None]
    options = usual + path * ((better if size > 0 else worse) - usual)
    comes_true = committed_and_won(shares, options[:, 0], options[:, 1], options[:, 2])
    return options[int(np.argmin(np.abs(comes_true - (comes_true[0] + size))))]
