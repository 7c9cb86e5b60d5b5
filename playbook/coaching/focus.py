"""Where to begin: start here, ask first, observe first, or no sure difference; and one focus per rep.

In: a diagnosis.  Out: a group per rep by verdict alone. Money and numbers play no part, and nobody is placed above
anybody: within a group people stand in the order of their names.
"""

from collections.abc import Collection
from typing import Protocol

import pandas as pd

START, ASK, OBSERVE, UNSURE = "start here", "ask first", "observe first", "no sure difference"
GROUPS = (START, ASK, OBSERVE, UNSURE)
_ACT = ("coach", "watch")  # in the order in which they make a focus
_SILENT = ("too_little_data", "not_comparable", "team_wide")  # nothing is said of this rep: eyes and ears do


class FocusRow(Protocol):
    """A rep with at most one focus, as a row of `focus_of_each`."""

    rep_id: str
    name: str
    group: str
    driver: str
    verdict: str


def focus_of_each(reps: pd.DataFrame, diagnosis: pd.DataFrame) -> pd.DataFrame:
    """At most one focus per rep, and the group that follows from the verdicts.

    Parameters
    ----------
    reps : people in the order in which they shall stand; columns person_id, name.
    diagnosis : columns rep_id, driver, verdict, priority; may be empty.

    Returns
    -------
    DataFrame with a row per rep, in the order of `reps`: rep_id, name, group (one of GROUPS), driver, verdict (of
    the focus; missing where there is none).
    """
    ordered = _most_pressing_first(diagnosis)
    # Cut once: to look up each of hundreds of reps in all rows takes minutes.
    of_each = dict(iter(ordered.groupby("rep_id", sort=False))) if len(ordered) else {}
    nothing = ordered.head(0)
    rows = [
        {"rep_id": rep.person_id, "name": rep.name, **_focus(of_each.get(rep.person_id, nothing))}
        for rep in _each(reps)
    ]
    return pd.DataFrame(rows, columns=["rep_id", "name", "group", "driver", "verdict"])


def watched_for_quota(focus: pd.DataFrame, behind: Collection[str]) -> pd.DataFrame:
    """`focus` with those of `behind` (far from their quota) to be observed, where nothing else is to be done.

    No sure difference from peers is no proof that all is well, least of all where so little of a quota is won.
    """
    moved = focus["rep_id"].isin(list(behind)) & (focus["group"] == UNSURE)
    return focus.assign(group=focus["group"].mask(moved, OBSERVE))


def of_rep(diagnosis: pd.DataFrame, rep_id: str) -> pd.DataFrame:
    """The diagnosis of one rep, most pressing first: by verdict, then by the rep's own priority."""
    return _most_pressing_first(diagnosis if diagnosis.empty else diagnosis[diagnosis["rep_id"] == rep_id])


def _most_pressing_first(rows: pd.DataFrame) -> pd.DataFrame:
    if rows.empty and rows.columns.empty:
        return pd.DataFrame(columns=["rep_id", "driver", "verdict", "priority"])
    pressing = rows["verdict"].map({verdict: i for i, verdict in enumerate(_ACT)}).fillna(len(_ACT))
    keyed = rows.assign(_pressing=pressing).sort_values(["_pressing", "priority", "driver"], kind="stable")
    return keyed.drop(columns="_pressing").reset_index(drop=True)


def strengths(diagnosis: pd.DataFrame, rep_id: str) -> pd.DataFrame:
    """The rows of one rep with the verdict `strength`, in the order of their drivers."""
    own = of_rep(diagnosis, rep_id)
    return own[own["verdict"] == "strength"].sort_values("driver", ignore_index=True)


def _focus(own: pd.DataFrame) -> dict[str, object]:
    act = own[own["verdict"].isin(_ACT)]
    if not own["verdict"].eq("coach").any() and own["verdict"].eq("ask_first").any():
        # It may be how the record is kept: that is asked before anything is a focus.
        return {"group": ASK, "driver": None, "verdict": None}
    if not act.empty:
        first = act.iloc[0]
        group = START if first["verdict"] == "coach" else OBSERVE
        return {"group": group, "driver": first["driver"], "verdict": first["verdict"]}
    disputed = own["verdict"].eq("disputed").any()
    silent = own.empty or own["verdict"].isin(_SILENT).all()
    return {"group": OBSERVE if disputed or silent else UNSURE, "driver": None, "verdict": None}


def _each(reps: pd.DataFrame) -> list:
    named = reps.assign(name=reps["name"].fillna(reps["person_id"]))
    return list(named[["person_id", "name"]].itertuples(index=False, name="Rep"))
