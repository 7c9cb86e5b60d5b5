"""What a whole team shows, with its numbers: how many reps, the team's level, the level elsewhere, and the money.

In: a team's diagnosis and levels, its deals.  Out: one fact per driver, the costliest first. It is no one person's
doing, so it names nobody; what is behind it lies in the process, the product or the leads.
"""

import math
from dataclasses import dataclass
from datetime import date

import pandas as pd

from playbook.coaching.shared_causes import shared_by_the_team
from playbook.company import Company
from playbook.drivers.registry import driver_of, name_in
from playbook.metrics.leaks import leaks

_NOT_COMPARED = ("too_little_data", "not_comparable")


@dataclass(frozen=True)
class TeamFinding:
    """One driver that the whole team shows.

    `reps` show it, of `of` who could be compared; `seen` is the team's level over `n` deals (or weeks) of theirs, and
    `elsewhere` what people with the same deals show (NaN where that stays with them). `a_quarter` is the money that
    closing the gap would bring in a quarter; NaN where it cannot be told.
    """

    driver: str
    reps: int
    of: int
    n: int
    seen: float
    elsewhere: float
    a_quarter: float


def team_findings(diagnosis: pd.DataFrame, levels: pd.DataFrame, of_reps: Company, as_of: date) -> list[TeamFinding]:
    """The drivers that the whole team shows, those first that cost most, then by driver.

    Parameters
    ----------
    diagnosis, levels : the findings of these names, the team's active reps only.
    of_reps : the team's company without the manager's own deals.
    """
    shared = shared_by_the_team(diagnosis)
    if shared.empty:
        return []
    a_point = leaks(of_reps, as_of).set_index("stage")["a_point"] if of_reps.has("stage_history") else pd.Series()
    rows = [_finding(driver, shared, diagnosis, levels, a_point) for driver in shared["driver"].unique()]
    return sorted(rows, key=lambda row: (-row.a_quarter if row.a_quarter == row.a_quarter else math.inf, row.driver))


def _finding(
    driver: str, shared: pd.DataFrame, diagnosis: pd.DataFrame, levels: pd.DataFrame, a_point: pd.Series
) -> TeamFinding:
    compared = diagnosis[(diagnosis["driver"] == driver) & ~diagnosis["verdict"].isin(_NOT_COMPARED)]
    seen, n = _level(compared)
    elsewhere = _expected(compared, levels)
    better = 1 if driver_of(driver).higher_is_better else -1
    worth = float(a_point.get(name_in(driver), float("nan"))) * 100 * better * (elsewhere - seen)
    return TeamFinding(
        driver=driver,
        reps=int(shared.loc[shared["driver"] == driver, "rep_id"].nunique()),
        of=int(compared["rep_id"].nunique()),
        n=n,
        seen=seen,
        elsewhere=elsewhere,
        a_quarter=worth if worth > 0 else float("nan"),
    )


def _level(compared: pd.DataFrame) -> tuple[float, int]:
    """The team's level, and over how many it is taken: the share of all deals together, else the mean by n."""
    if compared["total"].notna().all() and compared["total"].sum() > 0:
        rest = [driver_of(row.driver).aspect(row.aspect).counts_the_rest for row in compared.itertuples()]
        hits = compared["value"].where(~pd.Series(rest, index=compared.index), compared["total"] - compared["value"])
        return float(hits.sum() / compared["total"].sum()), int(compared["total"].sum())
    weight = compared["n"].astype("float64")
    return float((compared["seen"] * weight).sum() / weight.sum()), int(weight.sum())


def _expected(compared: pd.DataFrame, levels: pd.DataFrame) -> float:
    """What people with the same deals show, over the same n; NaN where any of it stays with them."""
    if levels.empty:
        return float("nan")
    expected = compared[["rep_id", "driver", "n", "total"]].merge(
        levels[["rep_id", "driver", "expected"]], on=["rep_id", "driver"], how="left"
    )
    weight = expected["total"].fillna(expected["n"]).astype("float64")
    return float((expected["expected"] * weight).sum(skipna=False) / weight.sum())
