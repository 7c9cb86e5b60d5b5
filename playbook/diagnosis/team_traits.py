"""Traits that are another name for a team: a region, pipeline or territory that one team has and nothing else.

In: observations and each rep's manager.  Out: observations in which such names count as one.
To hold them equal would compare a team with itself and hide what all of it shows; what a whole team shows is told by
`own_team`, and beside its own team everybody there is judged. A name that is one person's alone is no team's.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from playbook.metrics.observations import Observations

_PLACES = ("region", "pipeline", "main_region", "main_pipeline", "territory")
_NEARLY_ALL = 0.95
_ONE_TEAMS = "one team's own"


def without_names_of_teams(seen: Observations, manager: pd.Series) -> Observations:
    """`seen` with each place that is one team's, and the team's only one, under one common name.

    Parameters
    ----------
    manager : the manager_id of each rep, by rep_id.
    """
    places = [trait for trait in seen.traits if trait in _PLACES and seen.rows[trait].nunique() > 1]
    if not places or manager.nunique() < 2:
        return seen
    rep, reps = pd.factorize(seen.rows["rep_id"])
    team, teams = pd.factorize(manager.reindex(reps))
    rows_of_rep = team[rep]
    columns = {}
    for trait in places:
        code, names = pd.factorize(seen.rows[trait])
        own = _of_one_team(code, rows_of_rep, rep, len(names), len(teams))
        if own.any():
            text = pd.Series(np.asarray(names, dtype=object)).mask(own, _ONE_TEAMS)
            columns[trait] = pd.Categorical.from_codes(*_codes(text, code))
    return replace(seen, rows=seen.rows.assign(**columns)) if columns else seen


def _codes(text: pd.Series, code: np.ndarray) -> tuple[np.ndarray, pd.Index]:
    merged, names = pd.factorize(text)
    return merged[code], pd.Index(names)


def _of_one_team(code: np.ndarray, team: np.ndarray, rep: np.ndarray, names: int, teams: int) -> np.ndarray:
    """Which names are nearly all of one team's rows, and nearly only its rows, of two of its people or more."""
    known = team >= 0
    table = np.bincount(code[known] * teams + team[known], minlength=names * teams).reshape(names, teams)
    most = table.argmax(axis=1)
    rows = table[np.arange(names), most]
    all_rows = np.bincount(code, minlength=names)
    people = pd.DataFrame({"code": code, "rep": rep}).drop_duplicates()["code"].value_counts()
    several = people.reindex(range(names)).fillna(0).to_numpy() > 1
    return several & (rows >= _NEARLY_ALL * all_rows) & (rows >= _NEARLY_ALL * table.sum(axis=0)[most])
