"""The evidence of every rep and driver: seen, expected, how many peers, and what stands in the way of comparing.

In: a company as known at a day.  Out: one row per active rep and driver that the data holds.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from playbook import roster
from playbook.company import Company
from playbook.diagnosis.adjustment import expected_of_each
from playbook.diagnosis.evidence_rows import EvidenceRow
from playbook.diagnosis.team_traits import without_names_of_teams
from playbook.drivers.driver import PER_DEAL, Driver
from playbook.drivers.observing import observations
from playbook.drivers.registry import driver_of
from playbook.members import is_among
from playbook.metrics.jobs import NOT_SELLING, job_family
from playbook.metrics.observations import COUNTS, SHARES, Observations
from playbook.metrics.tenure import still_ramping

MOST_UNLIKE = 0.6  # share of a rep's deals that nobody else has the like of; above it there is no fair comparison
_ROOM = 0.2 * 0.8  # between one in five and four in five a margin of a share is as `drivers` says; beyond, less
_LEAST_ROOM = 0.02
COLUMNS = list(EvidenceRow._fields)


def evidence(company: Company, as_of: date, also: Callable[[Observations], None] | None = None) -> pd.DataFrame:
    """What is known of each active rep in each driver that the data holds.

    `also` is called with the measures of each driver (`diagnose.diagnosis_of`).

    Returns
    -------
    DataFrame of COLUMNS, a row per rep, driver and aspect (`adjustment.expected_of_each` says most of them): margin
    (the smallest difference that matters, in the scale of `seen`; a ratio where values are logarithms), sign (+1 where
    higher is better), peers (others of the same job with enough deals; none where the title is not a seller's), deals
    (that the rep owns, open or closed), ramping (still new in the role).
    A rep without rows has n = 0 and no numbers. By manager_id, rep_id, driver, aspect.
    """
    people = roster.active_reps(company)
    people = people.assign(
        family_of_jobs=job_family(people["job"]),
        ramping=people["person_id"].map(still_ramping(company, as_of)).fillna(False).astype(bool),
        deals=people["person_id"].map(company.opportunities["rep_id"].value_counts()).fillna(0).astype("int64"),
    )
    tables = []
    for seen in observations(company, as_of) if len(people) else ():
        tables.append(_of_driver(seen, people))
        if also is not None:
            also(seen)
    if not tables:
        return pd.DataFrame(columns=COLUMNS)
    rows = pd.concat(tables, ignore_index=True)
    return rows.sort_values(["manager_id", "rep_id", "driver", "aspect"], ignore_index=True)[COLUMNS]


def _of_driver(seen: Observations, people: pd.DataFrame) -> pd.DataFrame:
    driver = driver_of(seen.driver)
    seen = without_names_of_teams(seen, people.set_index("person_id")["manager_id"])
    parts = [expected_of_each(_of_reps(seen, group["person_id"])) for _, group in _by_job(people)]
    expected = pd.concat(parts).reindex(people["person_id"])
    per = _per(expected, driver, seen)
    rows = expected.assign(
        rep_id=people["person_id"].to_numpy(),
        manager_id=people["manager_id"].to_numpy(),
        job=people["family_of_jobs"].to_numpy(),
        ramping=people["ramping"].to_numpy(),
        deals=people["deals"].to_numpy(),
        driver=seen.driver,
        aspect=seen.aspect,
        family=seen.family,
        logarithms=seen.logarithms,
        per=per,
        sign=1 if driver.higher_is_better else -1,
        margin=margin_of(expected["expected"], driver, seen, per),
        n=expected["n"].fillna(0).astype("int64"),
        own_n=expected["own_n"].fillna(0).astype("int64"),
    ).reset_index(drop=True)
    enough = (rows["n"] >= driver.fewest // 2).astype("int64")
    peers = enough.groupby(rows["job"]).transform("sum") - enough
    return rows.assign(peers=peers.mask(rows["job"] == NOT_SELLING, 0))


def _of_reps(seen: Observations, reps: pd.Series) -> Observations:
    theirs = is_among(seen.rows["rep_id"], reps)
    return seen if theirs.all() else replace(seen, rows=seen.rows[theirs])


def _by_job(people: pd.DataFrame) -> Iterable[tuple[str, pd.DataFrame]]:
    return people.groupby("family_of_jobs", sort=True)


def _per(expected: pd.DataFrame, driver: Driver, seen: Observations) -> np.ndarray:
    """What each rep's count is told per: of counts per deal, the time that the rep's own deals were open on average."""
    own = expected["total"] / expected["n"] if driver.unit == PER_DEAL else pd.Series(seen.per, index=expected.index)
    return own.fillna(seen.per).to_numpy(dtype="float64")


def margin_of(expected: pd.Series, driver: Driver, seen: Observations, per: np.ndarray | None = None) -> np.ndarray:
    """The smallest difference that matters, in the scale of `expected`; a ratio where values are logarithms.

    The margin of a share shrinks with the room that there is where fewer than one in five or more than four in five are
    expected (p(1-p), as a share varies by chance). `per` is what each count is told per; `seen.per` if not given.
    """
    level = driver.margin * expected.abs() if driver.relative_margin else driver.margin
    if seen.family == SHARES:  # near 0 and near 1 there is less room: six points are out of reach where 5% are won
        room = expected * (1 - expected) / _ROOM
        level = level * room.clip(lower=_LEAST_ROOM, upper=1.0).fillna(1.0)
    counts_per = seen.per if per is None else per
    counts_per = counts_per if seen.family == COUNTS and not driver.relative_margin else 1.0
    return np.maximum(np.asarray(level / counts_per, dtype="float64") * np.ones(len(expected)), 1e-9)
