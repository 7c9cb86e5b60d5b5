"""Did coaching help? A rep's change in one driver since it began, beside peers of the same quarters, luck allowed for.

In: a company as known at a day, and since when each rep is coached on what.  Out: one row per rep and driver.
Before and after are each set beside what other reps show with the same deals in the same quarters (`diagnosis`), so
that a better market is nobody's doing. Whoever is coached was often chosen after a run of bad luck, which ends by
itself (regression to the mean): so "after" is compared with the best estimate of the true level before, not with the
low number seen (Efron and Morris 1977). "It helped" needs 97.5% certainty; with no true effect that is said in at most
5 of 100 cases.
"""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from playbook import roster
from playbook.coaching.effect_rows import (
    HELPED,
    NO_CHANGE,
    RATIO_TO_PEERS,
    SHARE_OF_DEALS,
    TOO_EARLY,
    WORSE,
    Effect,
    fewest_of_each_side,
)
from playbook.coaching.when_known import LONGEST_WEEKS
from playbook.company import Company
from playbook.diagnosis.adjustment import expected_of_each
from playbook.diagnosis.evidence import margin_of
from playbook.diagnosis.likelihood import GRID, log_likelihood
from playbook.diagnosis.pooling import posterior, shares_of_widths
from playbook.drivers.observing import observations
from playbook.drivers.registry import driver_of
from playbook.metrics.deal_numbers import with_deal_numbers
from playbook.metrics.jobs import job_family
from playbook.metrics.observations import SHARES, Observations

SURE = 0.975
_MOST_PEERS = 400  # beside whom one team's own starts are looked at
_BEFORE_DAYS = 365
_WIDEST = 4.0  # margins; changes larger than twice that are not to be believed at once
_LARGE = 2.0  # margins; "a large change would have shown" only where both ends of the range exclude one
_TAKES_HOLD = 14  # days after the start that belong to neither side
COLUMNS = list(Effect._fields)


def coaching_effect(
    company: Company,
    as_of: date,
    started: pd.DataFrame,
    noted: pd.DataFrame | None = None,
    levels: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """What changed since coaching began.

    Parameters
    ----------
    started : rep_id, driver, began_on, and perhaps sessions: what the company's own log shows (`starts.begun`).
    noted : the same from managers' journals. Each team's are looked at apart from those of others, so that what one
        manager wrote moves no figure of another.
    levels : rep_id, driver, aspect as the diagnosis tells them: which measure of a forecast is the rep's.

    Returns
    -------
    DataFrame of `effect_rows.Effect`, by manager_id, rep_id, driver. "It helped" needs SURE certainty. Where the log
    and a journal name the same, the earlier day counts. Starts later than `as_of` have no row yet.
    """
    people = roster.active_reps(company)
    manager = people.set_index("person_id")["manager_id"]
    logged, written = _sorted_out(started, noted, manager, as_of)
    rows = []
    for seen in observations(with_deal_numbers(company), as_of):
        rows += _of_driver(seen, _measured_so(logged, seen, levels), people, as_of)
        ours = _measured_so(written, seen, levels)
        for manager_id, own in ours.groupby(ours["rep_id"].map(manager)):
            rows += _of_driver(seen, own, _team_and_peers(people, manager_id), as_of)
    effects = pd.DataFrame(rows, columns=[c for c in COLUMNS if c != "manager_id"])
    effects = effects.assign(manager_id=effects["rep_id"].map(manager))
    days = {c: pd.to_datetime(effects[c]).astype("datetime64[us]") for c in ("began_on", "known_on")}
    return effects.assign(**days).sort_values(["manager_id", "rep_id", "driver"], ignore_index=True)[COLUMNS]


def _sorted_out(
    started: pd.DataFrame, noted: pd.DataFrame | None, manager: pd.Series, as_of: date
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The log's starts and the journals', each of active reps until `as_of`; the earlier of two on one thing."""
    columns = ["rep_id", "driver", "began_on", "sessions"]

    def known(starts: pd.DataFrame) -> pd.DataFrame:
        starts = starts.reindex(columns=columns).fillna({"sessions": 0}).astype({"rep_id": "str", "driver": "str"})
        on = pd.to_datetime(starts["began_on"])
        return starts[starts["rep_id"].isin(manager.index) & (on <= pd.Timestamp(as_of))].reset_index(drop=True)

    logged = known(started)
    if noted is None or noted.empty:
        return logged, logged.head(0)
    written = known(noted).sort_values("began_on", kind="stable").drop_duplicates(["rep_id", "driver"])
    both = written.merge(logged, on=["rep_id", "driver"], how="left", suffixes=("", "_logged"))
    earlier = both["began_on_logged"].isna() | (both["began_on"] < both["began_on_logged"])
    ours = both[earlier].assign(sessions=both["sessions_logged"].fillna(0))[columns].reset_index(drop=True)
    taken = pd.MultiIndex.from_frame(ours[["rep_id", "driver"]])
    return logged[~pd.MultiIndex.from_frame(logged[["rep_id", "driver"]]).isin(taken)], ours


def _measured_so(starts: pd.DataFrame, seen: Observations, levels: pd.DataFrame | None) -> pd.DataFrame:
    """The starts in this driver whose reps are judged by this measure; of a forecast each rep is judged by one."""
    ours = starts[starts["driver"] == seen.driver]
    aspects = driver_of(seen.driver).aspects
    second = [aspect.key for aspect in aspects if aspect.second]
    if ours.empty or not second:
        return ours
    judged_by = pd.Series(aspects[0].key, index=ours.index, dtype="str")
    if levels is not None and "aspect" in levels:
        beside = levels[(levels["driver"] == seen.driver) & levels["aspect"].isin(second)]
        theirs = beside.drop_duplicates("rep_id").set_index("rep_id")["aspect"]
        judged_by = ours["rep_id"].map(theirs).fillna(aspects[0].key)
    return ours[judged_by == seen.aspect]


def _team_and_peers(people: pd.DataFrame, manager_id: str) -> pd.DataFrame:
    """A team, and of everybody else an even sample where they are many: more peers would not change the model."""
    own = people["manager_id"] == manager_id
    others = people[~own]
    return pd.concat([people[own], others.iloc[:: max(len(others) // _MOST_PEERS, 1)]])


_BEFORE, _AFTER = "\x00before", "\x00after"  # what a rep's id ends in while the two halves stand side by side


def _of_driver(seen: Observations, started: pd.DataFrame, people: pd.DataFrame, as_of: date) -> list[dict[str, object]]:
    """One row per start; one model per job, in which each coached rep stands twice: before and after."""
    if started.empty:
        return []
    jobs = people.set_index("person_id")["job"].pipe(job_family)
    out = []
    for _, alike in jobs.groupby(jobs):
        ours = started[started["rep_id"].isin(alike.index)]
        if not ours.empty:
            out += _of_job(replace(seen, rows=seen.rows[seen.rows["rep_id"].isin(alike.index)]), ours, as_of)
    return out


def _of_job(seen: Observations, started: pd.DataFrame, as_of: date) -> list[dict[str, object]]:
    rows = seen.rows
    began = rows["rep_id"].map(started.set_index("rep_id")["began_on"])
    before = (rows["on"] < began) & (rows["on"] >= began - pd.Timedelta(days=_BEFORE_DAYS))
    after = rows["on"] >= began + pd.Timedelta(days=_TAKES_HOLD)
    side = pd.Series("", index=rows.index, dtype="str").mask(before, _BEFORE).mask(after, _AFTER)
    neither = began.notna() & (side == "")
    counts = rows.groupby([rows["rep_id"], side])["unit_id"].nunique()
    driver = driver_of(seen.driver)
    halves = expected_of_each(replace(seen, rows=rows.assign(rep_id=rows["rep_id"] + side)[~neither]))
    halves = halves.assign(
        family=seen.family, logarithms=seen.logarithms, margin=margin_of(halves["expected"], driver, seen)
    )
    likelihood = np.exp(log_likelihood(halves)) if len(halves) else np.empty((0, len(GRID)))
    shares = shares_of_widths(likelihood, pd.Series(seen.driver, index=range(len(halves))))
    levels = posterior(likelihood, shares).mass
    out = []
    for one in started.itertuples(index=False):
        n = {side: int(counts.get((one.rep_id, side), 0)) for side in (_BEFORE, _AFTER)}
        began_on = pd.Timestamp(one.began_on)
        fact = {"rep_id": one.rep_id, "driver": seen.driver, "aspect": seen.aspect, "began_on": began_on}
        fact |= {"measured_as": SHARE_OF_DEALS if seen.family == SHARES else RATIO_TO_PEERS}
        fact |= {"sessions": int(getattr(one, "sessions", 0)), "n_before": n[_BEFORE], "n_after": n[_AFTER]}
        pace = n[_AFTER] / max(((pd.Timestamp(as_of) - began_on).days - _TAKES_HOLD) / 7, 1.0)
        at = {side: halves.index.get_indexer([one.rep_id + side])[0] for side in (_BEFORE, _AFTER)}
        if min(n.values()) < fewest_of_each_side(driver) or min(at.values()) < 0:
            enough_before = n[_BEFORE] >= fewest_of_each_side(driver)  # what was before the start grows no more
            known_on = _day(max(driver.fewest, 5) - n[_AFTER], pace, as_of) if enough_before else None
            empty = dict.fromkeys(("before", "after", "change", "low", "high", "probability"), np.nan)
            out.append(fact | empty | {"verdict": TOO_EARLY, "known_on": known_on})
            continue
        pair = halves.iloc[[at[_BEFORE], at[_AFTER]]]
        sides = (n[_BEFORE], n[_AFTER])
        out.append(fact | _judged(pair, levels[at[_BEFORE]], likelihood[at[_AFTER]], seen, sides, pace, as_of))
    return out


def _judged(
    pair: pd.DataFrame,
    level_before: np.ndarray,
    likely_after: np.ndarray,
    seen: Observations,
    sides: tuple[int, int],
    pace: float,
    as_of: date,
) -> dict[str, object]:
    """The change from the true level before to the true level after, on the grid of differences in margins."""
    driver = driver_of(seen.driver)
    # Mass of each change e: the sum over levels d of P(d before) times the likelihood of d + e after.
    changes = np.correlate(likely_after, level_before, mode="full")
    sizes = (np.arange(len(changes)) - (len(GRID) - 1)) * (GRID[1] - GRID[0])
    changes = changes * np.exp(-0.5 * (sizes / _WIDEST) ** 2)
    mass = changes / changes.sum()
    sign = 1 if driver.higher_is_better else -1
    better = float(mass[sign * sizes > 1e-9].sum())
    low, middle, high = (_at(mass, sizes, q) for q in (0.025, 0.5, 0.975))
    scale = float(pair["margin"].iloc[1]) * seen.per
    ends = sorted((sign * low * scale, sign * high * scale))
    before, after = (_level(seen, float(row.seen), float(row.expected)) for row in pair.itertuples())
    tight = low > -_LARGE and high < _LARGE
    verdict = HELPED if better >= SURE else WORSE if better <= 1 - SURE else NO_CHANGE if tight else TOO_EARLY
    more = _more_after(abs(high - low), *sides)
    known_on = _day(more, pace, as_of) if verdict == TOO_EARLY and more is not None else None
    return {
        "before": before,
        "after": after,
        "change": sign * middle * scale,
        "low": ends[0],
        "high": ends[1],
        "probability": better,
        "verdict": verdict,
        "known_on": known_on,
    }


def _more_after(width: float, before: int, after: int) -> int | None:
    """How many more after the start until the range is narrow enough; None where those before are too few for that."""
    narrower = (width / (2 * _LARGE)) ** 2
    if narrower <= 1:
        return 1
    left = (1 / before + 1 / after) / narrower - 1 / before
    return int(np.ceil(1 / left)) - after if left > 0 else None


def _level(seen: Observations, own: float, expected: float) -> float:
    """The rep's own share, or the ratio to what peers show."""
    if seen.family == SHARES:
        return own
    if seen.logarithms:
        return float(np.exp(own - expected))
    return own / expected if expected else float("nan")


def _at(mass: np.ndarray, sizes: np.ndarray, share: float) -> float:
    return float(np.interp(share, np.cumsum(mass), sizes))


def _day(more: int, per_week: float, as_of: date) -> date | None:
    if per_week <= 0:
        return None
    weeks = max(more, 1) / per_week
    return as_of + timedelta(days=int(np.ceil(7 * weeks))) if weeks <= LONGEST_WEEKS else None
