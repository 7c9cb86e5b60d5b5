"""One focus per rep as the manager chose it in `each_rep`, else as the data proposes it; for it and the later chapters.

In: a team and its answers.  Out: the focus of each rep. A choice is one of that rep's own findings, or nothing for now;
the group stays what the data says.
"""

from collections.abc import Mapping

import pandas as pd

from playbook import wording
from playbook.chapters.quota_pace import far_behind
from playbook.coaching.focus import focus_of_each, of_rep, watched_for_quota
from playbook.drivers.registry import label_of
from playbook.forms.decision import NOT_NOW, chosen_focus
from playbook.journal.events import Value
from playbook.team import Team

_ACT = ("coach", "watch")
_CHOICE = {"watch": "{driver} (a sign)", "coach": "{driver}"}


def focus_proposed(team: Team, names: pd.Series | None = None) -> pd.DataFrame:
    """`focus_of_each` of the team's reps (under `names`, if given); whoever is far behind the quota is observed."""
    reps = team.reps if names is None else team.reps.assign(name=names.to_numpy())
    return watched_for_quota(focus_of_each(reps, team.finding("diagnosis")), far_behind(team))


def focus_chosen(team: Team, answers: Mapping[str, Value]) -> pd.DataFrame:
    """`focus_proposed` with what the manager chose; one column more.

    Returns
    -------
    DataFrame: rep_id, name, group, driver, verdict, waits (whether the manager chose nothing for now).
    """
    diagnosis = team.finding("diagnosis")
    focus = focus_proposed(team).assign(waits=False)
    for place, rep_id in zip(focus.index, focus["rep_id"], strict=True):
        chosen = chosen_focus(answers, rep_id)
        if chosen == NOT_NOW and pd.notna(focus.loc[place, "driver"]):
            focus.loc[place, ["driver", "verdict"]] = None
            focus.loc[place, "waits"] = True
        elif chosen:
            for row in findings_to_choose_from(diagnosis, rep_id).itertuples():
                if row.driver == chosen:
                    focus.loc[place, ["driver", "verdict"]] = [row.driver, row.verdict]
    return focus


def findings_to_choose_from(diagnosis: pd.DataFrame, rep_id: str) -> pd.DataFrame:
    """What there is to choose from for a rep: the findings to coach or to watch, most pressing first."""
    own = of_rep(diagnosis, rep_id)
    return own[own["verdict"].isin(_ACT)]


def choices(team: Team) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(id, name, [(driver, how it reads)]) of each rep with something to choose from, in the order of the team."""
    focus = focus_proposed(team)
    focus = focus[focus["driver"].notna()]
    return [
        (row.rep_id, row.name, _choices_of_rep(team.finding("diagnosis"), row.rep_id))
        for row in focus.itertuples(index=False)
    ]


def _choices_of_rep(diagnosis: pd.DataFrame, rep_id: str) -> list[tuple[str, str]]:
    return [
        (row.driver, _CHOICE[row.verdict].format(driver=wording.lower_first(label_of(row.driver))))
        for row in findings_to_choose_from(diagnosis, rep_id).itertuples()
    ]
