"""Companies of the kit's own simulator for the bench, with what is true of them and the limit's ratios.

In: a seed and how many months.  Out: a `Case`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import benches.diagnosis_limit as limit
import numpy as np
import pandas as pd
from benches.diagnosis_case import Case
from scipy.special import log_ndtr, ndtr, xlogy
from scipy.stats import nbinom

from playbook.metrics.forecast_calls import WAS_CALLED, WAS_LOST
from playbook.metrics.open_deals import pushes
from playbook.simulate import market, skills, walk
from playbook.simulate.plan import MANNERS, STRENGTH, USUAL_SIZE, USUAL_STRENGTH, Plan, Planted
from playbook.simulate.simulated_company import Simulated, simulate
from playbook.simulate.terms import MOST_DISCOUNT

STAGES = (
    ("Discovery", "Solution", "Proposal", "Negotiation"),
    ("Qualify", "Develop", "Propose"),
    ("Contacted", "Demo", "Trial", "Quote", "Legal"),
)
SEGMENTS = (
    {"SMB": 0.4, "Mid-Market": 0.4, "Enterprise": 0.2},
    {"Small": 0.6, "Large": 0.4},
    {"Local": 0.3, "Regional": 0.3, "National": 0.25, "Global": 0.15},
)
KEYS = tuple(key for key in USUAL_SIZE if key != "win_rate")
SIZES = (0.8, 1.0, 1.2)  # of the usual size of a planted cause
ONE, TWO, STRONG, EACH_DECOY, GOOD_LUCK, TEAMS = 0.22, 0.05, 0.06, 0.06, 0.02, 0.15  # shares of reps; of teams
_RANGE = (0.8, 1.3)  # deals a rep and month, of 8; noise; ordinary spread


def plan_of(seed: int, months: int, size: int | None = None) -> Plan:
    """A company of `seed`: teams of `size` reps (else 5 to 10), other stages, segments, noise, spread and causes."""
    draw = np.random.default_rng([seed, months])
    teams = int(draw.integers(4, 10))
    sizes = tuple(int(n) for n in (draw.integers(5, 11, teams) if size is None else np.full(teams, size)))
    plan = Plan(
        managers=teams,
        reps_per_team=sizes,
        months=months,
        deals_per_rep_per_month=8.0 * float(draw.uniform(*_RANGE)) if size is None else 8.0,
        stages=STAGES[int(draw.integers(len(STAGES)))],
        win_rate=float(draw.uniform(0.2, 0.34)),
        segments=SEGMENTS[int(draw.integers(len(SEGMENTS)))],
        team_leans_to_segment=float(draw.uniform(0.3, 0.8)),
        quarter_end=bool(draw.random() < 0.7),
        spread=float(draw.uniform(0.5, 1.3)),
        noise=float(draw.uniform(*_RANGE)),
        leavers=tuple(range(0, teams, 3)),
        promoted=tuple(range(1, teams, 4)),
    )
    return Plan(**{**vars(plan), "planted": _planted(plan, draw)})


def home_case(seed: int, months: int, size: int | None = None) -> Case:
    """The company of `plan_of`, with its truth, and how well a planted cause explains each rep."""
    return case_of(plan_of(seed, months, size), seed)


def case_of(plan: Plan, seed: int) -> Case:
    """The same of any plan."""
    made = simulate(plan, seed)
    return Case(
        name=f"home {plan.months} {seed}",
        company=made.company,
        as_of=plan.ends_on,
        truth=made.truth,
        differences=differences_of(plan, made),
        ratios=_log_ratios(plan, made),
        in_a_rep=(ONE + 2 * TWO) / len(KEYS),
        in_a_team=TEAMS / len(KEYS),
    )


def _planted(plan: Plan, draw: np.random.Generator) -> tuple[Planted, ...]:
    def driver() -> str:
        key = str(draw.choice(KEYS))
        return f"stage:{draw.choice(plan.stages)}" if key == "stage" else key

    def cause(
        team: int, rep: int | None, key: str, sizes: Mapping[str, float] = USUAL_SIZE, before: str = ""
    ) -> Planted:
        size = sizes[key.partition(":")[0]] * float(draw.choice(SIZES))
        manner = str(draw.choice(MANNERS)) if not before else MANNERS[0]
        return Planted(team, rep, before + key, size=size, manner=manner)

    planted, places = [], []
    for team, reps in enumerate(plan.team_sizes):
        if draw.random() < TEAMS:
            planted.append(cause(team, None, driver()))
        else:
            places += [(team, rep) for rep in range(reps)]
    shares = [ONE, TWO, STRONG, EACH_DECOY, EACH_DECOY, EACH_DECOY, GOOD_LUCK]
    kinds = draw.choice(len(shares) + 1, len(places), p=[*shares, 1 - sum(shares)])
    for (team, rep), kind in zip(places, kinds, strict=True):
        if kind in (0, 1):
            one, two = driver(), driver()
            planted.append(cause(team, rep, one))
            if kind == 1 and one.partition(":")[0] != two.partition(":")[0]:
                planted.append(cause(team, rep, two))
        elif kind == 2:
            planted.append(cause(team, rep, driver(), USUAL_STRENGTH, STRENGTH))
        elif kind < len(shares):
            planted.append(Planted(team, rep, ("hard_territory", "new_hire", "luck", "good_luck")[kind - 3]))
    return tuple(planted)


@dataclass(frozen=True)
class _Known:
    """What the observer knows: deals of today's reps with their true expectations, and parameters per rep."""

    plan: Plan
    reps: pd.Index
    deals: pd.DataFrame
    rep: np.ndarray
    model: pd.DataFrame
    segment: np.ndarray

    def total(self, values: np.ndarray, which: np.ndarray | None = None) -> np.ndarray:
        """Sums per rep."""
        rep = self.rep if which is None else self.rep[which]
        return np.bincount(rep, values if which is None else values[which], minlength=len(self.reps))

    def ordinary(self, driver: str) -> float:
        """How far ordinary reps differ, from the middle half, as few are planted in one driver."""
        quarters = np.quantile(self.model[driver], [0.25, 0.75])
        return max(float(quarters[1] - quarters[0]) / 1.349, 1e-6)


def _known(plan: Plan, made: Simulated) -> _Known:
    people = made.company.people
    reps = pd.Index(people.loc[(people["role"] == "rep") & people["active"].astype(bool), "person_id"])
    # Of deals that were handed over, no one knows whose doing was what.
    deals = made.company.opportunities.merge(made.deals, on="opportunity_id", suffixes=("", "_usual"))
    model = made.model.pivot(index="rep_id", columns="driver", values="value")
    hired = people.set_index("person_id")["hired_on"]
    opener = deals.groupby("seller")["rep_id"].agg(lambda owners: owners.mode().iloc[0])
    handed_over = deals["seller"].map(opener) != deals["rep_id"]
    deals = deals[deals["rep_id"].isin(reps) & ~handed_over].reset_index(drop=True)
    deals = deals.assign(hired_on=deals["rep_id"].map(hired))
    segment = pd.Index(list(plan.segments)).get_indexer(deals["segment"])
    return _Known(plan, reps, deals, reps.get_indexer(deals["rep_id"]), model.reindex(reps), segment)


def _steps(plan: Plan, made: Simulated, known: _Known) -> pd.DataFrame:
    """One row per deal and stage recorded: deal (position), stage, entered, left, came (day numbers), result."""
    history = made.company.stage_history
    place = {stage: i for i, stage in enumerate(plan.stages)}
    moves = history[history["stage"].isin(place)].drop_duplicates(["opportunity_id", "stage"])
    moves = moves.assign(at=moves["stage"].map(place), deal=pd.Index(known.deals["opportunity_id"]).get_indexer(
        moves["opportunity_id"]
    ))  # fmt: skip
    moves = moves[moves["deal"] >= 0].sort_values(["deal", "at"], kind="stable")
    later = moves.groupby("deal")[["at", "entered_on"]].shift(-1)
    deal = known.deals.loc[moves["deal"]]
    ended = deal["outcome"].to_numpy()
    left = later["entered_on"].fillna(pd.Series(deal["closed_on"].to_numpy(), index=moves.index))
    went_on = later["at"].notna() | (ended == "won")
    result = np.where(went_on, "passed", np.where(ended == "lost", "lost", "open"))
    as_of = pd.Timestamp(plan.ends_on)
    return pd.DataFrame(
        {
            "deal": moves["deal"],
            "at": moves["at"],
            "next": later["at"].fillna(len(plan.stages)).astype("int64"),
            "days": (left.fillna(as_of) - moves["entered_on"]).dt.days.astype("float64"),
            "since_hired": (moves["entered_on"] - deal["hired_on"].to_numpy()).dt.days.astype("float64"),
            "result": result,
        }
    ).reset_index(drop=True)


def _log_ratios(plan: Plan, made: Simulated) -> pd.DataFrame:
    known = _known(plan, made)
    steps = _steps(plan, made, known)
    ratios = {f"stage:{stage}": _stage_ratio(known, steps, i) for i, stage in enumerate(plan.stages)}
    ratios |= {
        "cycle_time": _pace_ratio(known, steps),
        "deal_size": _size_ratio(known),
        "discounting": _discount_ratio(known),
        "slippage": _push_ratio(known, made),
        "pipeline_generation": _opening_ratio(known, made),
        "activity": _activity_ratio(known, made),
        "forecast_accuracy": _forecast_ratio(known, made, steps),
    }
    table = pd.DataFrame(ratios, index=known.reps).rename_axis("rep_id").reset_index()
    return table.melt("rep_id", var_name="driver", value_name="log_ratio")


def _logarithms(key: str) -> list[float]:
    return [float(np.log(max(1 + USUAL_SIZE[key] * s, 0.02))) for s in SIZES]


def _stage_ratio(known: _Known, steps: pd.DataFrame, at: int) -> np.ndarray:
    """Who passed, who was lost, and who is still there, of the deals that reached a stage; ramps allowed for."""
    stage, plan = known.plan.stages[at], known.plan
    # A stage that was skipped was passed all the same.
    inside = steps[(steps["at"] <= at) & (steps["next"] > at) & ((steps["at"] == at) | (steps["result"] == "passed"))]
    deal = inside["deal"].to_numpy()
    rep = known.rep[deal]
    usual = known.deals[f"days:{stage}"].to_numpy()[deal]
    odds = market.odds_of(known.deals[f"pass:{stage}"].to_numpy()[deal])
    odds = odds + market.RAMP_ODDS * (1 - market.ramp(inside["since_hired"].to_numpy()))
    stays, goes = _still_there(known, at, inside["days"].to_numpy(), usual)
    result = inside["result"].to_numpy()

    def seen(shift: float) -> np.ndarray:
        p = market.share_of(odds + shift)
        each = np.where(result == "passed", p, np.where(result == "lost", 1 - p, p * goes + (1 - p) * stays))
        return np.bincount(rep, np.log(np.maximum(each, 1e-12)), minlength=len(known.reps))

    share = float(skills.conversion(plan)[at])
    shifted = [np.clip(share + USUAL_SIZE["stage"] * s, 0.02, 0.98) for s in SIZES]
    sizes = [float(market.odds_of(x) - market.odds_of(share)) for x in shifted]
    return limit.log_ratio(seen, sizes, known.ordinary(f"stage:{stage}"))


def _still_there(known: _Known, at: int, days: np.ndarray, usual: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How likely a deal that will be lost, and one that will pass, is still in its stage after so many days."""
    spread = market.DWELL_SPREAD * known.plan.noise
    far = np.log(np.maximum(days, 0.5) / usual)
    weights = walk._lost_weights(at, len(known.plan.stages))
    lost = sum(w * ndtr(-(far - np.log(linger)) / spread) for w, linger in zip(weights, walk._LINGER, strict=True))
    return np.asarray(lost) / weights.sum(), ndtr(-far / spread)


def _pace_ratio(known: _Known, steps: pd.DataFrame) -> np.ndarray:
    """The days in each stage that was left for the next one, or lost, or not left yet; skipped stages are left out."""
    spread = market.DWELL_SPREAD * known.plan.noise
    whole = steps[(steps["next"] == steps["at"] + 1) | (steps["result"] != "passed")]
    deal, at = whole["deal"].to_numpy(), whole["at"].to_numpy()
    usual = known.deals[[f"days:{s}" for s in known.plan.stages]].to_numpy()[deal, at]
    why = known.deals["lost_to"].map({"competitor": 0, "no_decision": 1, "other": 2}).to_numpy()[deal]
    lost = (whole["result"] == "lost").to_numpy()
    linger = np.where(lost, walk._LINGER[np.where(lost & ~np.isnan(why), why, 0).astype(int)], 1.0)
    far = np.log(np.maximum(whole["days"].to_numpy(), 0.7) / (usual * linger))
    open_ = (whole["result"] == "open").to_numpy()

    def seen(shift: float) -> np.ndarray:
        z = (far - shift) / spread
        return np.bincount(known.rep[deal], np.where(open_, log_ndtr(-z), -0.5 * z**2), minlength=len(known.reps))

    return limit.log_ratio(seen, _logarithms("cycle_time"), known.ordinary("cycle_time"))


def _size_ratio(known: _Known) -> np.ndarray:
    """List prices of all deals, won or not, against those of the like."""
    far = np.log(known.deals["list_amount"].to_numpy() / known.deals["price"].to_numpy())
    spread = market.PRICE_SPREAD * known.plan.noise
    return limit.log_ratio(
        lambda shift: known.total(-0.5 * ((far - shift) / spread) ** 2),
        _logarithms("deal_size"),
        known.ordinary("deal_size"),
    )


def _discount_ratio(known: _Known) -> np.ndarray:
    """Discounts offered, won or not, against the usual one at that time of the quarter."""
    given = known.deals["discount"].to_numpy(dtype="float64")
    offered = ~np.isnan(given)
    spread = market.DISCOUNT_SPREAD * known.plan.noise
    usual = known.deals["discount_usual"].to_numpy(dtype="float64")

    def seen(shift: float) -> np.ndarray:
        z = (given - usual - shift) / spread
        logs = np.where(given <= 0.001, log_ndtr(z), np.where(given >= MOST_DISCOUNT, log_ndtr(-z), -0.5 * z**2))
        return known.total(np.where(offered, logs, 0.0))

    return limit.log_ratio(seen, [USUAL_SIZE["discounting"] * s for s in SIZES], known.ordinary("discounting"))


def _push_ratio(known: _Known, made: Simulated) -> np.ndarray:
    """Pushes of closed deals, given how long each was open."""
    seen_pushes = known.deals["opportunity_id"].map(pushes(made.company.stage_history)).fillna(0).to_numpy()
    usual = known.deals["pushes"].to_numpy()
    closed = (known.deals["outcome"] != "open").to_numpy()
    # A push on the day of a move is not seen by itself: the same share for everybody.
    share_recorded = min(
        float(np.median(known.total(seen_pushes, closed) / np.maximum(known.total(usual, closed), 1e-9))), 1.0
    )
    mean_usual = float(made.deals["pushes"].mean())

    def seen(shift: float) -> np.ndarray:
        mean = np.maximum(usual * (1 + shift / mean_usual), 0.02) * share_recorded
        return known.total(xlogy(seen_pushes, mean) - mean, closed)

    return limit.log_ratio(seen, [USUAL_SIZE["slippage"] * s for s in SIZES], known.ordinary("slippage"))


def _opening_ratio(known: _Known, made: Simulated) -> np.ndarray:
    """Deals opened in all, which vary more than Poisson counts as some months are good and some thin."""
    people = made.company.people.set_index("person_id").reindex(known.reps)
    shares = np.array(list(known.plan.segments.values()))
    by_segment = np.exp(-0.55 * market.rank(len(shares)))
    pace = by_segment[pd.Index(list(known.plan.segments)).get_indexer(people["segment"])]
    end = pd.Timestamp(known.plan.ends_on)
    days = np.arange(int(known.plan.months * 30.4))
    role = (end - people["hired_on"]).dt.days.to_numpy()[:, None] - days[None, :]
    ramped = market.RAMP_OPENINGS + (1 - market.RAMP_OPENINGS) * market.ramp(role.astype(float))
    exposure = pace * np.where(role >= 0, ramped, 0.0).sum(axis=1)
    opened = known.total(np.ones(len(known.rep)))
    mean = exposure * float(np.median(opened / np.maximum(exposure, 1e-9)))
    months = np.maximum((role >= 0).sum(axis=1) / 30.4, 1.0)
    extra = (0.25 * known.plan.noise) ** 2 / months + 0.03**2
    return limit.log_ratio(
        lambda shift: nbinom.logpmf(opened, 1 / extra, 1 / (1 + extra * mean * np.exp(shift))),
        _logarithms("pipeline_generation"),
        known.ordinary("pipeline_generation"),
    )


def _activity_ratio(known: _Known, made: Simulated) -> np.ndarray:
    """Activities on deals, against the time they were open."""
    done = made.company.activities
    done = done[done["opportunity_id"].isin(known.deals["opportunity_id"])]
    count = done["rep_id"].value_counts().reindex(known.reps).fillna(0).to_numpy()
    until = known.deals["closed_on"].fillna(pd.Timestamp(known.plan.ends_on))
    weeks = known.total((until - known.deals["created_on"]).dt.days.to_numpy() / 7 + 1 / 7)
    mean = weeks * float(np.median(count / np.maximum(weeks, 1e-9)))
    extra = 0.05**2  # time off
    return limit.log_ratio(
        lambda shift: nbinom.logpmf(count, 1 / extra, 1 / (1 + extra * mean * np.exp(shift))),
        _logarithms("activity"),
        known.ordinary("activity"),
    )


def _forecast_ratio(known: _Known, made: Simulated, steps: pd.DataFrame) -> np.ndarray:
    """Which closed deals were committed, early or in the last stage, given how they ended."""
    plan = known.plan
    last = len(plan.stages) - 1
    history = made.company.stage_history
    first = history[history["forecast_category"] == "commit"].groupby("opportunity_id")["entered_on"].min()
    committed = known.deals["opportunity_id"].map(first).to_numpy()
    reached = steps.groupby("deal")["at"].max().reindex(range(len(known.deals))).fillna(-1).to_numpy()
    entered_last = history[history["stage"] == plan.stages[last]].groupby("opportunity_id")["entered_on"].min()
    entered_last = known.deals["opportunity_id"].map(entered_last).to_numpy()
    won = (known.deals["outcome"] == "won").to_numpy()
    closed = (known.deals["outcome"] != "open").to_numpy()
    before = closed & (reached >= last - 1)
    in_last = before & ((reached >= last) | won)
    early = ~pd.isna(committed) & (pd.isna(entered_last) | (committed < entered_last)) & before
    late = ~pd.isna(committed) & ~early & in_last
    usual = np.array([skills.COMMITS_EARLY, skills.COMMITS_A_WIN, skills.COMMITS_A_LOSS])

    def seen(chances: np.ndarray) -> np.ndarray:
        e, win, loss = np.clip(chances, 0.005, 0.995)
        in_stage = np.where(won, win, loss)
        logs = np.where(early, np.log(e), np.where(late, np.log1p(-e) + np.log(in_stage), np.log1p(-e)))
        logs = np.where(in_last & ~early & ~late, np.log1p(-e) + np.log1p(-in_stage), logs)
        return known.total(np.where(before, logs, 0.0))

    size = USUAL_SIZE["forecast_accuracy"]
    shares = skills.conversion(plan)
    bad = [seen(skills.commits(shares, size * s, manner)) for s in SIZES for manner in MANNERS]
    return np.logaddexp.reduce(np.array(bad), axis=0) - np.log(len(bad)) - seen(usual)


def differences_of(plan: Plan, made: Simulated) -> pd.DataFrame:
    """The true difference of each rep from like-for-like peers in each driver, given the rep's own deals."""
    known = _known(plan, made)
    new = set(made.truth.loc[made.truth["cause"] == "new_hire", "rep_id"])
    counted = np.array([rep not in new for rep in known.reps], dtype="float64")
    peers = limit.like_for_like(known.rep, known.segment, len(known.reps), counted)
    home = pd.Index(list(plan.segments)).get_indexer(
        made.company.people.set_index("person_id")["segment"].reindex(known.reps)
    )
    same_home = limit.like_for_like(np.arange(len(known.reps)), home, len(known.reps), counted)
    model = {key: known.model[key].to_numpy() for key in known.model}
    differences: dict[tuple[str, str], np.ndarray] = {
        ("deal_size", ""): np.expm1(model["deal_size"] - peers @ model["deal_size"]),
        ("cycle_time", ""): np.expm1(model["cycle_time"] - peers @ model["cycle_time"]),
        ("slippage", ""): model["slippage"] - peers @ model["slippage"],
        ("discounting", ""): _discounted(plan, model["discounting"]) - peers @ _discounted(plan, model["discounting"]),
    }
    for key in ("pipeline_generation", "activity"):
        level = np.exp(model[key])
        differences[(key, "")] = level / (same_home @ level) - 1
    for stage in plan.stages:
        differences[(f"stage:{stage}", "")] = _passes(known, (stage,), peers)
    differences[("win_rate", "")] = _passes(known, plan.stages, peers)
    committed, lost = _commits(known, made, peers)
    differences |= {("forecast_accuracy", WAS_CALLED): committed, ("forecast_accuracy", WAS_LOST): lost}
    frames = [
        pd.DataFrame({"rep_id": known.reps, "driver": driver, "aspect": aspect, "difference": value})
        for (driver, aspect), value in differences.items()
    ]
    return pd.concat(frames, ignore_index=True)


def _discounted(plan: Plan, own: np.ndarray) -> np.ndarray:
    """The mean discount with a rep's own addition; none is below 0."""
    spread = market.DISCOUNT_SPREAD * plan.noise
    z = (market.DISCOUNT + own) / spread
    return spread * (z * ndtr(z) + np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi))


def _passes(known: _Known, stages: Sequence[str], peers: np.ndarray) -> np.ndarray:
    """Share of the rep's deals that pass all of `stages` with the rep, less the share that would with the peers."""
    odds = [market.odds_of(known.deals[f"pass:{stage}"].to_numpy()) for stage in stages]
    own = [known.model[f"stage:{stage}"].to_numpy() for stage in stages]

    def with_rep(j: int) -> np.ndarray:
        passes = [market.share_of(usual + ours[j]) for usual, ours in zip(odds, own, strict=True)]
        return known.total(np.prod(passes, axis=0))

    with_each = np.array([with_rep(j) for j in range(len(known.reps))]).T
    share = with_each / np.maximum(known.total(np.ones(len(known.rep))), 1)[:, None]
    return np.diag(share) - (peers * share).sum(axis=1)


def _commits(known: _Known, made: Simulated, peers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Won deals that had been committed, lost ones that had not (of those lost in the last stage or the one before).

    The rep's share less the peers' with the same deals.
    """
    chances = known.model[[f"forecast_accuracy:{k}" for k in ("early", "a_win", "a_loss")]].to_numpy()
    e, win, loss = chances.T
    committed = 1 - (1 - e) * (1 - win)
    history = made.company.stage_history
    in_stage = history[history["stage"].isin(known.plan.stages)].drop_duplicates("opportunity_id", keep="last")
    lost_in = known.deals["opportunity_id"].map(in_stage.set_index("opportunity_id")["stage"])
    lost = (known.deals["outcome"] == "lost").to_numpy()
    last = known.total(np.ones(len(lost)), lost & (lost_in == known.plan.stages[-1]).to_numpy())
    before = known.total(np.ones(len(lost)), lost & (lost_in == known.plan.stages[-2]).to_numpy())
    share = last / np.maximum(last + before, 1)
    uncommitted = share[:, None] * ((1 - e) * (1 - loss))[None, :] + (1 - share)[:, None] * (1 - e)[None, :]
    return committed - peers @ committed, np.diag(uncommitted) - (peers * uncommitted).sum(axis=1)
