"""A second, deliberately different company for the bench, that shares no law with the kit's own simulator.

In: a seed and how many months.  Out: a `Case`.
Heavier tails (Student's t, gamma), weeks that hang together, deals that cluster by account, reps who suit one segment
better than another, seasons in openings and odds, other ramps, larger ordinary differences without a cut, and exports
in which whole columns are missing.
"""

from collections.abc import Callable
from dataclasses import dataclass

import benches.diagnosis_limit as limit
import numpy as np
import pandas as pd
from benches.diagnosis_case import Case
from benches.diagnosis_elsewhere_tables import Drawn, company_of
from scipy.stats import gamma, nbinom, t

from playbook.metrics.forecast_calls import WAS_CALLED, WAS_LOST

Total = Callable[[np.ndarray], np.ndarray]  # of a number per deal: its sum per rep

END = np.datetime64("2026-06-12")
STAGES = (
    ("Erstkontakt", "Bedarf", "Angebot", "Verhandlung", "Vertrag"),
    ("Intro call", "Pilot", "Commercials"),
    ("Lead", "Fit", "Business case", "Sign-off"),
)
SEGMENTS = (("Core", "Plus"), ("A", "B", "C"), ("Retail", "Industry", "Public", "Health"))
SOURCES = ("web", "cold", "referral", "fair")
SOURCE_ODDS = np.array([0.1, -0.5, 0.6, 0.0])
SIZES = (0.8, 1.0, 1.2)
# What a planted cause adds: log-odds, logarithms, a share.
BAD = {"stage": -1.0, "win_rate": -0.5, "pipeline_generation": np.log(0.58), "deal_size": np.log(0.70)}
BAD |= {"discounting": 0.08, "cycle_time": np.log(1.55), "slippage": np.log(2.3), "activity": np.log(0.55)}
# Standard deviations of ordinary differences.
ORDINARY = {"stage": 0.12, "pipeline_generation": 0.10, "deal_size": 0.07, "discounting": 0.010}
ORDINARY |= {"cycle_time": 0.07, "slippage": 0.15, "activity": 0.11}
SUITS = 0.12  # a rep's own log-odds in a segment
COMMITS = np.array([0.02, 0.80, 0.30])  # before the last stage; in it a deal that will be won, or lost
MANNERS = {"optimist": [0.30, 0.95, 0.70], "holds_back": [0.0, 0.40, 0.10], "erratic": [0.15, 0.55, 0.55]}
ONE, TWO, STRONG, EACH_DECOY, TEAMS = 0.22, 0.05, 0.06, 0.06, 0.15
_SHAPE, _LOST_STAYS, _WEEKLY_NOISE, _TOGETHER = 1.4, 1.3, 0.30, 0.8
_PRICE_TAIL, _PRICE_NOISE, _DISCOUNT_NOISE, _PUSH_SHAPE, _ACTIVITY_SHAPE = 3, 0.30, 0.045, 2.0, 3.0


@dataclass(frozen=True)
class Setting:
    """One company's laws."""

    stages: tuple[str, ...]
    segments: tuple[str, ...]
    sizes: tuple[int, ...]
    months: int
    ramp: float  # days
    phase: float
    pass_odds: np.ndarray
    missing: frozenset[str]
    drivers: tuple[str, ...]


def elsewhere_case(seed: int, months: int, size: int | None = None) -> Case:
    """The company of `seed`: teams of `size` reps, else 5 to 10."""
    draw = np.random.default_rng([77, seed, months])
    setting = _setting(draw, months, size)
    team = np.repeat(np.arange(len(setting.sizes)), setting.sizes)
    planted = _planted(setting, team, draw)
    own = _own(setting, planted, len(team), draw)
    drawn = _drawn_deals(setting, team, planted, own, draw)
    company = company_of(drawn, setting, team, END)
    return Case(
        name=f"elsewhere {months} {seed}",
        company=company,
        as_of=pd.Timestamp(END).date(),
        truth=pd.DataFrame(
            [(f"E{rep:03d}", cause) for rep, causes in enumerate(planted) for cause in causes or ("none",)],
            columns=["rep_id", "cause"],
        ),
        differences=_differences(setting, drawn, own),
        ratios=_log_ratios(setting, drawn, own),
        in_a_rep=(ONE + 2 * TWO) / len(setting.drivers),
        in_a_team=TEAMS / len(setting.drivers),
    )


def _setting(draw: np.random.Generator, months: int, size: int | None) -> Setting:
    stages = STAGES[int(draw.integers(len(STAGES)))]
    teams = int(draw.integers(4, 10))
    missing = {c for c, odds in (("list", 0.33), ("hired", 0.33), ("activities", 0.25), ("forecast", 0.25),
                                 ("source", 0.25), ("history", 0.15)) if draw.random() < odds}  # fmt: skip
    with_history = ("stage", "slippage", *([] if "forecast" in missing else ["forecast_accuracy"]))
    drivers = ["pipeline_generation", "deal_size", "cycle_time"]
    drivers += ["win_rate"] if "history" in missing else list(with_history)
    drivers += [] if "list" in missing else ["discounting"]
    drivers += [] if "activities" in missing else ["activity"]
    return Setting(
        stages=stages,
        segments=SEGMENTS[int(draw.integers(len(SEGMENTS)))],
        sizes=tuple(int(n) for n in (np.full(teams, size) if size else draw.integers(5, 11, teams))),
        months=months,
        ramp=float(draw.choice([60.0, 120.0, 270.0])),
        phase=float(draw.uniform(0, 2 * np.pi)),
        pass_odds=draw.normal(np.log(0.74 / 0.26) if len(stages) > 3 else np.log(0.64 / 0.36), 0.35, len(stages)),
        missing=frozenset(missing),
        drivers=tuple(drivers),
    )


def _planted(setting: Setting, team: np.ndarray, draw: np.random.Generator) -> list[tuple[str, ...]]:
    def driver() -> str:
        key = str(draw.choice(setting.drivers))
        return f"stage:{draw.choice(setting.stages)}" if key == "stage" else key

    wide = {k: f"team_wide:{driver()}" for k in range(len(setting.sizes)) if draw.random() < TEAMS}
    shares = [ONE, TWO, STRONG, EACH_DECOY, EACH_DECOY, EACH_DECOY]
    planted: list[tuple[str, ...]] = []
    for k in team:
        kind = draw.choice(len(shares) + 1, p=[*shares, 1 - sum(shares)])
        if k in wide:
            planted.append((wide[k],))
        elif kind == 1:
            one, two = driver(), driver()
            planted.append((one, two) if one.partition(":")[0] != two.partition(":")[0] else (one,))
        else:
            options: tuple[tuple[str, ...], ...]
            options = (driver(),), (), (f"strength:{driver()}",), ("hard_territory",), ("new_hire",), ("luck",), ()
            planted.append(options[kind])
    return planted


@dataclass(frozen=True)
class Own:
    """Each rep's own: `odds` (reps × stages), `suits` (reps × segments), `level` per driver, `commits` (reps × 3)."""

    odds: np.ndarray
    suits: np.ndarray
    level: dict[str, np.ndarray]
    commits: np.ndarray
    home: np.ndarray


def _own(setting: Setting, planted: list[tuple[str, ...]], reps: int, draw: np.random.Generator) -> Own:
    odds = draw.normal(0, ORDINARY["stage"], (reps, len(setting.stages)))
    level = {k: draw.normal(0, sd, reps) for k, sd in ORDINARY.items() if k != "stage"}
    commits = np.clip(COMMITS + draw.normal(0, [0.005, 0.03, 0.03], (reps, 3)), 0.002, 0.98)
    home = draw.integers(len(setting.segments), size=reps)
    wide_size, wide_manner = float(draw.choice(SIZES)), list(MANNERS)[int(draw.integers(3))]
    for rep, causes in enumerate(planted):
        for cause in causes:
            key, _, stage = cause.removeprefix("team_wide:").removeprefix("strength:").partition(":")
            size = wide_size if cause.startswith("team_wide:") else float(draw.choice(SIZES))
            size = -size if cause.startswith("strength:") else size
            if key == "stage":
                odds[rep, setting.stages.index(stage)] += size * BAD["stage"]
            elif key == "win_rate":
                odds[rep] += size * BAD["win_rate"]
            elif key == "forecast_accuracy":
                manner = wide_manner if cause.startswith("team_wide:") else list(MANNERS)[rep % 3]
                commits[rep] = np.array(MANNERS[manner]) if size > 0 else [0.0, 0.93, 0.08]
            elif key in level:
                level[key][rep] += size * BAD[key]
    for rep, causes in enumerate(planted):
        home[rep] = len(setting.segments) - 1 if "hard_territory" in causes else home[rep]
    return Own(odds, draw.normal(0, SUITS, (reps, len(setting.segments))), level, commits, home)


def _drawn_deals(
    setting: Setting, team: np.ndarray, planted: list[tuple[str, ...]], own: Own, draw: np.random.Generator
) -> Drawn:
    reps, days = len(team), int(setting.months * 30.4)
    new = np.array(["new_hire" in causes for causes in planted])
    hired = np.where(new, days - draw.integers(40, 100, reps), -draw.integers(300, 3000, reps))
    weeks = days // 7
    together = np.zeros((reps, weeks))
    together[:, 0] = draw.normal(0, _WEEKLY_NOISE, reps)
    for w in range(1, weeks):
        step = draw.normal(0, _WEEKLY_NOISE * np.sqrt(1 - _TOGETHER**2), reps)
        together[:, w] = _TOGETHER * together[:, w - 1] + step
    begins = np.arange(weeks) * 7.0
    usual = _usual_openings(setting, own, hired, begins)
    mean = usual * np.exp(own.level["pipeline_generation"][:, None] + together - _WEEKLY_NOISE**2 / 2)
    counts = draw.poisson(mean * draw.gamma(4.0, 0.25, mean.shape))
    rep, week = np.nonzero(counts)
    rep, week = np.repeat(rep, counts[rep, week]), np.repeat(week, counts[rep, week])
    opened = begins[week] + draw.integers(0, 5, len(rep))
    order = np.argsort(opened, kind="stable")
    rep, opened = rep[order], opened[order]
    n = len(rep)
    hard = np.array(["hard_territory" in causes for causes in planted])[rep]
    elsewhere = draw.random(n) < np.where(hard, 0.1, 0.3)
    segment = np.where(elsewhere, draw.integers(len(setting.segments), size=n), own.home[rep])
    source = np.where(hard & (draw.random(n) < 0.75), 1, draw.choice(4, n, p=[0.35, 0.3, 0.15, 0.2]))
    account = rep * 1_000 + draw.integers(0, np.maximum(np.bincount(rep, minlength=reps) // 3, 1)[rep])
    _, which = np.unique(account, return_inverse=True)
    account_odds, account_price = draw.normal(0, 0.35, which.max() + 1)[which], draw.normal(0, 0.3, which.max() + 1)
    usual_price = 9.2 + 0.9 * segment + account_price[which]
    price = usual_price + own.level["deal_size"][rep] + _PRICE_NOISE * draw.standard_t(_PRICE_TAIL, n)
    season = 0.30 * np.sin(2 * np.pi * opened / 365 + setting.phase)
    quality = 0.3 * draw.standard_t(5, n)
    base = setting.pass_odds[None, :] + (account_odds + season + quality - 0.25 * segment)[:, None]
    base = base + SOURCE_ODDS[source][:, None] * np.array([1.0] + [0.3] * (len(setting.stages) - 1))
    ramping = -0.5 * np.clip(1 - (opened - hired[rep]) / setting.ramp, 0, 1)
    mine = own.odds[rep] + own.suits[rep, segment][:, None] + ramping[:, None]
    chance = 1 / (1 + np.exp(-(base + mine)))
    lucky = draw.random((n, len(setting.stages)))
    for r in np.flatnonzero(["luck" in causes for causes in planted]):
        late = np.flatnonzero((rep == r) & (opened > 0.6 * days))
        tries = draw.random((8, len(late), len(setting.stages)))
        lucky[late] = tries[int(np.argmin((tries < chance[late][None]).all(axis=2).sum(axis=1)))]
    passes = lucky < chance
    reached = np.cumprod(np.hstack([np.ones((n, 1), dtype=bool), passes]), axis=1).astype(bool)
    usual_stay = np.tile(np.exp(2.0 + 0.35 * segment)[:, None], (1, len(setting.stages)))
    stay = usual_stay * np.exp(own.level["cycle_time"][rep])[:, None] * draw.gamma(_SHAPE, 1 / _SHAPE, usual_stay.shape)
    stay = np.where(passes, stay, _LOST_STAYS * stay)
    entered = opened[:, None] + np.hstack([np.zeros((n, 1)), np.cumsum(np.where(reached[:, :-1], stay, 0.0), axis=1)])
    last = reached[:, :-1].sum(axis=1) - 1
    ends = entered[np.arange(n), last + 1]
    life = (ends - opened) / 7
    usual_pushes = 0.16 * np.maximum(life, 0.3)
    mean_pushes = usual_pushes * np.exp(own.level["slippage"][rep]) * draw.gamma(_PUSH_SHAPE, 1 / _PUSH_SHAPE, n)
    discount = 0.11 + own.level["discounting"][rep] + _DISCOUNT_NOISE * draw.standard_t(4, n)
    won = reached[:, -1]
    at_end = draw.random(n) < np.where(won, own.commits[rep, 1], own.commits[rep, 2])
    early = (draw.random(n) < own.commits[rep, 0]) & reached[:, -3]
    seen_until = np.minimum(ends, days)
    open_weeks = np.maximum((seen_until - opened) / 7, 0.2)
    busy = draw.gamma(_ACTIVITY_SHAPE, 1 / _ACTIVITY_SHAPE, n)
    return Drawn(
        rep=rep, opened=opened, segment=segment, source=source, account=account, price=np.exp(price),
        usual_price=usual_price, entered=np.floor(entered), reached=reached, base=base + ramping[:, None],
        usual_stay=usual_stay, last=last, ends=np.floor(ends), won=won, days=days, hired=hired,
        pushes=draw.poisson(mean_pushes), usual_pushes=usual_pushes, discount=np.clip(discount, 0.0, 0.6),
        committed=early | (at_end & reached[:, -2]), early=early, when=draw.random(n),
        activities=draw.poisson(1.1 * open_weeks * np.exp(own.level["activity"][rep]) * busy), open_weeks=open_weeks,
        usual_openings=usual.sum(axis=1), rng=draw,
    )  # fmt: skip


def _usual_openings(setting: Setting, own: Own, hired: np.ndarray, begins: np.ndarray) -> np.ndarray:
    """Deals that an ordinary rep opens in each week: by segment, season and ramp."""
    season = 1 + 0.35 * np.sin(2 * np.pi * begins / 365 + setting.phase + 1.0)
    tenure = begins[None, :] - hired[:, None]
    ramped = np.where(tenure < 0, 0.0, np.clip(0.3 + 0.7 * tenure / setting.ramp, 0, 1))
    return 1.9 * np.exp(-0.2 * own.home)[:, None] * season[None, :] * ramped


def _log_ratios(setting: Setting, drawn: Drawn, own: Own) -> pd.DataFrame:
    """How much likelier what can be seen is with each cause than without, per rep; of missing columns nothing is."""
    reps = len(own.home)
    closed = drawn.ends <= drawn.days
    rep = drawn.rep

    def total(values: np.ndarray) -> np.ndarray:
        return np.bincount(rep, values, minlength=reps)

    ratios: dict[str, np.ndarray] = {}
    suits = own.suits[rep, drawn.segment]  # what belongs to rep and segment is known to the observer as ordinary
    outcomes = []
    for s in range(len(setting.stages)):
        base = drawn.base[:, s] + suits
        here = drawn.reached[:, s] & (drawn.entered[:, s] <= drawn.days)
        left = drawn.entered[:, s + 1] <= drawn.days
        passed = drawn.reached[:, s + 1]
        far = np.maximum(drawn.days - drawn.entered[:, s], 0.0) / drawn.usual_stay[:, s]
        goes, stays = (gamma.sf(far / k, _SHAPE, scale=1 / _SHAPE) for k in (1.0, _LOST_STAYS))

        def outcome(
            shift: float,
            base: np.ndarray = base,
            here: np.ndarray = here,
            left: np.ndarray = left,
            passed: np.ndarray = passed,
            goes: np.ndarray = goes,
            stays: np.ndarray = stays,
        ) -> np.ndarray:
            p = 1 / (1 + np.exp(-(base + shift)))
            each = np.where(left, np.where(passed, p, 1 - p), p * goes + (1 - p) * stays)
            return total(np.where(here, np.log(np.maximum(each, 1e-12)), 0.0))

        outcomes.append(outcome)
        if "history" not in setting.missing:
            ratios[f"stage:{setting.stages[s]}"] = limit.log_ratio(
                outcome, [BAD["stage"] * k for k in SIZES], ORDINARY["stage"]
            )
    if "history" in setting.missing:
        ratios["win_rate"] = limit.log_ratio(
            lambda shift: np.sum([f(shift) for f in outcomes], axis=0), [BAD["win_rate"] * k for k in SIZES], 0.06
        )
    seen = {
        "cycle_time": lambda d: _stays(drawn, setting, d, total),
        "deal_size": lambda d: total(t.logpdf((np.log(drawn.price) - drawn.usual_price - d) / _PRICE_NOISE, 3)),
        "discounting": lambda d: total(np.where(closed & drawn.won, t.logpdf(
            (drawn.discount - 0.11 - d) / _DISCOUNT_NOISE, 4), 0.0)),
        "slippage": lambda d: total(np.where(closed, nbinom.logpmf(
            drawn.pushes, _PUSH_SHAPE, 1 / (1 + drawn.usual_pushes * np.exp(d) / _PUSH_SHAPE)), 0.0)),
        "activity": lambda d: total(nbinom.logpmf(
            drawn.activities, _ACTIVITY_SHAPE, 1 / (1 + 1.1 * drawn.open_weeks * np.exp(d) / _ACTIVITY_SHAPE))),
        "pipeline_generation": lambda d: _openings(drawn, own, d),
    }  # fmt: skip
    for key, loglik in seen.items():
        if key in setting.drivers:
            ratios[key] = limit.log_ratio(loglik, [BAD[key] * k for k in SIZES], ORDINARY[key])
    if "forecast_accuracy" in setting.drivers:
        bad = [_commits(drawn, np.array(m), total) for m in MANNERS.values()]
        ratios["forecast_accuracy"] = np.logaddexp.reduce(bad, axis=0) - np.log(3) - _commits(drawn, COMMITS, total)
    table = pd.DataFrame(ratios, index=[f"E{r:03d}" for r in range(reps)]).rename_axis("rep_id").reset_index()
    return table.melt("rep_id", var_name="driver", value_name="log_ratio")


def _stays(drawn: Drawn, setting: Setting, shift: float, total: Total) -> np.ndarray:
    logs = np.zeros(len(drawn.rep))
    for s in range(len(setting.stages)):
        here = drawn.reached[:, s] & (drawn.entered[:, s] <= drawn.days)
        left = drawn.entered[:, s + 1] <= drawn.days
        scale = drawn.usual_stay[:, s] * np.where(drawn.reached[:, s + 1], 1.0, _LOST_STAYS) * np.exp(shift) / _SHAPE
        stay = np.maximum(np.minimum(drawn.entered[:, s + 1], drawn.days) - drawn.entered[:, s], 0.5)
        logs += np.where(here, np.where(left, gamma.logpdf(stay, _SHAPE, scale=scale),
                                        gamma.logsf(stay, _SHAPE, scale=scale)), 0.0)  # fmt: skip
    return total(logs)


def _openings(drawn: Drawn, own: Own, shift: float) -> np.ndarray:
    opened = np.bincount(drawn.rep, minlength=len(own.home))
    weeks = np.maximum((drawn.days - np.maximum(drawn.hired, 0)) / 7, 1.0)
    together = (1 + _TOGETHER) / (1 - _TOGETHER)
    extra = (_WEEKLY_NOISE**2 * together + 0.25) / weeks
    mean = np.maximum(drawn.usual_openings, 0.1) * np.exp(shift)
    return nbinom.logpmf(opened, 1 / extra, 1 / (1 + extra * mean))


def _commits(drawn: Drawn, chances: np.ndarray, total: Total) -> np.ndarray:
    e, win, loss = np.clip(chances, 0.002, 0.98)
    closed = drawn.ends <= drawn.days
    before, in_last = drawn.reached[:, -3], drawn.reached[:, -2]
    late = np.where(drawn.won, win, loss)
    logs = np.where(drawn.early, np.log(e), np.log1p(-e))
    later = np.where(drawn.committed, np.log(late), np.log1p(-late))
    return total(np.where(closed & before, logs + np.where(in_last & ~drawn.early, later, 0.0), 0.0))


def _differences(setting: Setting, drawn: Drawn, own: Own) -> pd.DataFrame:
    """The true difference of each rep from like-for-like peers in each driver, given the rep's own deals."""
    reps = len(own.home)
    old = (drawn.hired < 0).astype("float64")
    peers = limit.like_for_like(drawn.rep, drawn.segment, reps, old)
    same_home = limit.like_for_like(np.arange(reps), own.home, reps, old)
    n = np.maximum(np.bincount(drawn.rep, minlength=reps), 1)

    def per_rep(values: np.ndarray) -> np.ndarray:
        return np.bincount(drawn.rep, values, minlength=reps)

    differences: dict[tuple[str, str], np.ndarray] = {}
    level = own.level
    for key in ("deal_size", "cycle_time"):
        differences[key, ""] = np.expm1(level[key] - peers @ level[key])
    differences["discounting", ""] = level["discounting"] - peers @ level["discounting"]
    push = np.exp(level["slippage"])
    differences["slippage", ""] = (push - peers @ push) * per_rep(drawn.usual_pushes) / n
    for key in ("pipeline_generation", "activity"):
        differences[key, ""] = np.exp(level[key]) / (same_home @ np.exp(level[key])) - 1
    chance = np.empty((len(setting.stages), reps, len(drawn.rep)))
    for j in range(reps):
        odds = drawn.base + own.odds[j] + own.suits[j, drawn.segment][:, None]
        chance[:, j] = (1 / (1 + np.exp(-odds))).T
    arrives = np.vstack([np.ones((1, *chance.shape[1:])), np.cumprod(chance, axis=0)])

    def beside(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
        share = np.array([per_rep(v) for v in values]).T / np.maximum(np.array([per_rep(w) for w in weights]).T, 1e-9)
        return np.diag(share) - (peers * share).sum(axis=1)

    for s, stage in enumerate(setting.stages):
        at_all = np.repeat(drawn.reached[None, :, s].astype(float), reps, axis=0)
        differences[f"stage:{stage}", ""] = beside(chance[s] * at_all, at_all)
    ones = np.ones((reps, len(drawn.rep)))
    differences["win_rate", ""] = beside(arrives[-1], ones)
    e, win, loss = own.commits.T
    committed = 1 - (1 - e) * (1 - win)
    differences["forecast_accuracy", WAS_CALLED] = committed - peers @ committed
    at_last = per_rep((drawn.reached[:, -2] & ~drawn.won).astype(float))
    before = per_rep((drawn.reached[:, -3] & ~drawn.reached[:, -2]).astype(float))
    share = (at_last / np.maximum(at_last + before, 1))[:, None]
    uncommitted = share * ((1 - e) * (1 - loss))[None, :] + (1 - share) * (1 - e)[None, :]
    differences["forecast_accuracy", WAS_LOST] = np.diag(uncommitted) - (peers * uncommitted).sum(axis=1)
    ids = [f"E{r:03d}" for r in range(reps)]
    frames = [
        pd.DataFrame({"rep_id": ids, "driver": d, "aspect": a, "difference": value})
        for (d, a), value in differences.items()
    ]
    return pd.concat(frames, ignore_index=True)
