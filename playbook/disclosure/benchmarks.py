"""What people outside each manager's team show in each driver, whatever their deals.

In: the company's levels.  Out: the finding `benchmarks` of one manager: summaries only, no names, no ids.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from playbook.diagnosis.level_rows import BenchmarkRow
from playbook.disclosure.rules import disclosable_to_each, summary_of
from playbook.drivers.registry import driver_of

QUANTILES = {"low": 0.10, "lower": 0.25, "middle": 0.50, "upper": 0.75, "high": 0.90}
COLUMNS = list(BenchmarkRow._fields)
_NOTHING = 1e-9  # of the largest


class _Driver(NamedTuple):
    """Everybody's levels in one driver."""

    levels: np.ndarray  # ascending
    team: np.ndarray  # of each, by its place among `managers`; -1 for people without a manager
    managers: pd.Index
    disclosable: np.ndarray  # to each of them, and to a team of none of these people


class Outside:
    """The levels of a whole company, sorted out once for all managers."""

    def __init__(self, levels: pd.DataFrame) -> None:
        """`levels` of the whole company; people with too few deals, and measures that stand second, do not count."""
        fewest = levels["driver"].map(lambda key: driver_of(key).fewest)
        counted = levels[(levels["n"] >= fewest) & levels["seen"].notna()]
        counted = counted[~_is_second(counted)].sort_values("seen", kind="stable")
        self._drivers = {str(driver): _of_driver(group) for driver, group in counted.groupby("driver", sort=True)}

    def benchmarks(self, manager_id: str) -> pd.DataFrame:
        """Summaries of those outside this manager's team, where so many of so many teams are there (`rules`).

        Returns
        -------
        DataFrame of `level_rows.BenchmarkRow`, by driver: quantiles from nine people on, below that the mean alone.
        """
        rows = []
        for driver, driver_levels in self._drivers.items():
            own = driver_levels.managers.get_indexer([manager_id])[0]
            if driver_levels.disclosable[own]:  # the last place, if nobody there is theirs
                others = driver_levels.levels[driver_levels.team != own] if own >= 0 else driver_levels.levels
                unit = driver_of(driver).unit
                rows.append({"driver": driver, "unit": unit, "reps": len(others), **summary_of(others, QUANTILES)})
        return pd.DataFrame(rows, columns=COLUMNS)


def _of_driver(rows: pd.DataFrame) -> _Driver:
    levels = rows["seen"].to_numpy(dtype="float64")
    team, managers = pd.factorize(rows["manager_id"])
    # A mean is a total over people: the largest two must not make nearly all of it. Who has nothing is there too.
    disclosable = disclosable_to_each(team, np.abs(levels) + _NOTHING * max(float(np.abs(levels).max()), 1.0))
    return _Driver(levels, team, pd.Index(managers), disclosable)


def benchmarks(levels: pd.DataFrame, manager_id: str) -> pd.DataFrame:
    """What people outside one manager's team show; for more than one manager, build `Outside` once."""
    return Outside(levels).benchmarks(manager_id)


def _is_second(rows: pd.DataFrame) -> pd.Series:
    """Whether each row is of a measure that stands beside another of the same driver."""
    pairs = zip(rows["driver"], rows["aspect"], strict=True)
    return pd.Series([driver_of(key).aspect(aspect).second for key, aspect in pairs], index=rows.index, dtype=bool)
