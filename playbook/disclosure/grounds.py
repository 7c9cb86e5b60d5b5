"""On whom outside of the own team each comparison rests, and how exactly its numbers may be told.

In: a company's diagnosis.  Out: for each rep and driver whether the rep's manager may read what others show, and in
which steps. A comparison rests on the others of the same job; and where deals are set beside deals of the same segment,
product, quarter …, on those others who have such deals: a product shared with one stranger tells that stranger's.
"""

import numpy as np
import pandas as pd

from playbook import roster
from playbook.company import Company
from playbook.diagnosis.team_traits import without_names_of_teams
from playbook.disclosure.rules import disclosable_to_each, step_for
from playbook.metrics.jobs import job_family
from playbook.metrics.observations import COUNTS, Observations

KEYS = ["rep_id", "driver", "aspect"]
_NOTHING = 1e-9  # whom nothing was counted of is somebody all the same
_MOSTLY = 0.10  # share of a rep's rows that may stand beside too few people's: they hardly move what is expected


class AlikeElsewhere:
    """By KEYS, whether nearly all of a rep's rows stand beside the like of enough people outside of the team.

    `add` takes one driver's measures after the other, as the diagnosis makes them.
    """

    def __init__(self, company: Company) -> None:
        people = roster.active_reps(company)
        self._people = people.assign(job_family=job_family(people["job"])).set_index("person_id")
        self._parts: list[pd.DataFrame] = []

    def add(self, seen: Observations) -> None:
        """Look at the measures of a driver."""
        seen = without_names_of_teams(seen, self._people["manager_id"])
        for _, alike in self._people.groupby("job_family"):
            rows = seen.rows[seen.rows["rep_id"].isin(alike.index)]
            if len(rows):
                self._parts.append(_of_traits(rows, seen, alike["manager_id"]))

    @property
    def enough(self) -> pd.Series:
        """What all that was added comes to."""
        if not self._parts:
            return pd.Series([], index=pd.MultiIndex.from_arrays([[], [], []], names=KEYS), dtype=bool)
        return pd.concat(self._parts).set_index(KEYS)["enough"]


def grounds(judged: pd.DataFrame, alike: AlikeElsewhere) -> pd.DataFrame:
    """What may be told of others in each comparison.

    Parameters
    ----------
    judged : `Diagnosis.judged`, a row per rep, driver and aspect.
    alike : to which the measures were added from which `judged` was made.

    Returns
    -------
    DataFrame indexed by KEYS: disclosable (whether the rep's manager may read what others show), step (in which a
    difference from them is told, in the driver's unit; see `rules.step_for`). People differ by what is left of their
    levels once like is set beside like: that is what another of them would move.
    """
    if judged.empty:
        return pd.DataFrame({"disclosable": [], "step": []}, index=pd.MultiIndex.from_arrays([[], [], []], names=KEYS))
    comparisons = judged.reset_index(drop=True)
    comparisons = comparisons.assign(
        apart=_apart(comparisons), weight=comparisons["total"].fillna(0.0).astype("float64")
    )
    parts = [_of_one_comparison(rows) for _, rows in comparisons.groupby(["driver", "aspect", "job"], sort=False)]
    ground = pd.concat(parts).set_index(KEYS)
    empty = judged.set_index(KEYS)["own_n"].eq(0).reindex(ground.index)  # what was not looked at is told to nobody
    enough = alike.enough.reindex(ground.index).astype("boolean").fillna(empty).astype(bool)
    return ground.assign(disclosable=ground["disclosable"] & enough)


def _apart(rows: pd.DataFrame) -> pd.Series:
    """How far each rep lies from what is expected, or, where nothing is, from all; a ratio where levels are such."""
    usual = rows["expected"].fillna(rows.groupby(["driver", "aspect", "job"])["seen"].transform("mean"))
    gap = (rows["seen"] - usual).astype("float64")
    return np.expm1(gap).where(rows["logarithms"].astype(bool), gap * rows["per"])


def _of_one_comparison(rows: pd.DataFrame) -> pd.DataFrame:
    team = pd.factorize(rows["manager_id"])[0]
    apart = rows["apart"].to_numpy(dtype="float64")
    weight = np.where(np.isnan(apart), 0.0, rows["weight"])
    disclosable = disclosable_to_each(team, weight)
    if rows["family"].iloc[0] == COUNTS:  # a rate is a total too: of what was counted
        disclosable &= disclosable_to_each(team, np.where(weight > 0, rows["value"].fillna(0.0) + _NOTHING, 0.0))
    steps = {}
    for own in np.unique(team[team >= 0]):
        others = (team != own) & (weight > 0)
        steps[own] = step_for(apart[others], weight[others]) if disclosable[own] else np.nan
    return rows[KEYS].assign(disclosable=(team >= 0) & disclosable[team], step=[steps.get(own, np.nan) for own in team])


def _of_traits(rows: pd.DataFrame, seen: Observations, manager: pd.Series) -> pd.DataFrame:
    """Per rep whether at most _MOSTLY of the rows have a trait by which too few people outside of the team stand."""
    rep, reps = pd.factorize(rows["rep_id"])
    team = pd.factorize(manager.reindex(reps))[0]
    size = rows["exposure"].to_numpy(dtype="float64") if seen.family == COUNTS else np.ones(len(rows))
    total = np.bincount(rep, size, minlength=len(reps))
    most = np.zeros(len(reps))
    for trait in seen.traits:
        code, names = pd.factorize(rows[trait], use_na_sentinel=False)
        if len(names) > 1:
            most = np.maximum(most, _beside_too_few(code, rep, size, team) / total)
    return pd.DataFrame({"rep_id": reps, "driver": seen.driver, "aspect": seen.aspect, "enough": most <= _MOSTLY})


def _beside_too_few(code: np.ndarray, rep: np.ndarray, size: np.ndarray, team: np.ndarray) -> np.ndarray:
    """How much each rep has under names that others have too, but too few outside of the rep's team.

    What only the own team has tells of nobody else.
    """
    pairs, place = np.unique(code.astype("int64") * len(team) + rep, return_inverse=True)
    held, of_rep, of_name = np.bincount(place, size), pairs % len(team), pairs // len(team)
    alone = np.zeros(len(team))
    for there in np.split(np.arange(len(pairs)), np.flatnonzero(np.diff(of_name)) + 1):
        teams = team[of_rep[there]]
        if (teams != teams[0]).any():
            hidden = ~disclosable_to_each(teams, held[there])[teams]
            alone[of_rep[there]] += np.where(hidden, held[there], 0.0)
    return alone
