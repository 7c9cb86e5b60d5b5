"""What the map of the team in `each_rep` is drawn from: a row per rep, its table, and the same in words.

In: a team with its diagnosis.  Out: rows and texts. Groups by verdict alone, by name inside each; no combined number.
"""

from typing import Protocol

import pandas as pd

from playbook import wording
from playbook.chapters.chosen_focus import focus_proposed
from playbook.chapters.quota_pace import far_behind
from playbook.coaching.distinct_names import distinct_names
from playbook.coaching.focus import ASK, GROUPS, OBSERVE, FocusRow, of_rep
from playbook.coaching.stakes import Stake, stake, stake_range, stake_text
from playbook.display import PagePart, table
from playbook.drivers.registry import label_of
from playbook.team import Team


class _MapRow(FocusRow, Protocol):
    """A row of the map: a rep, at most one focus, and its money."""

    money: float


def focus_of(team: Team) -> pd.DataFrame:
    """Each rep with at most one focus, under names that are told apart."""
    return focus_proposed(team, distinct_names(team.reps))


def map_rows(team: Team) -> pd.DataFrame:
    """Per rep: group, name, focus (in words), driver, verdict, probability, money; by group, by name in each."""
    diagnosis = team.finding("diagnosis")
    focus = focus_of(team)
    numbers = [_numbers(diagnosis, row) for row in focus.itertuples()]
    rows = focus.assign(
        focus=[_about(team, row) for row in focus.itertuples()],
        probability=pd.Series([p for p, _ in numbers], dtype="float64"),
        money=pd.Series([m for _, m in numbers], dtype="float64"),
    )
    place = rows["group"].map({group: i for i, group in enumerate(GROUPS)})
    return rows.assign(_place=place).sort_values("_place", kind="stable", ignore_index=True).drop(columns="_place")


def _numbers(diagnosis: pd.DataFrame, row: FocusRow) -> tuple[float, float]:
    """Probability and money of a rep's focus."""
    if pd.isna(row.driver):
        return float("nan"), float("nan")
    own = diagnosis[(diagnosis["rep_id"] == row.rep_id) & (diagnosis["driver"] == row.driver)].iloc[0]
    return float(own.get("probability", float("nan"))), float(own.get("value_at_stake", float("nan")))


def _about(team: Team, row: FocusRow) -> str:
    if not pd.isna(row.driver):
        return label_of(row.driver)
    own = of_rep(team.finding("diagnosis"), row.rep_id)
    if own["verdict"].eq("disputed").any():
        return "disputed: answer first"
    if row.group == ASK:
        driver = own.loc[own["verdict"] == "ask_first", "driver"].iloc[0]
        return f"ask first: {wording.lower_first(label_of(driver))}"
    if row.group == OBSERVE and row.rep_id in far_behind(team):
        return "far behind the quota"
    if row.group == OBSERVE:
        return "too little data yet"
    strong = own.loc[own["verdict"] == "strength", "driver"]
    return f"strong: {wording.lower_first(label_of(strong.iloc[0]))}" if len(strong) else "nothing sure"


def map_table(team: Team, rows: pd.DataFrame) -> PagePart:
    """The rows as a table."""
    printed = pd.DataFrame(
        {
            "Rep": rows["name"],
            "Group": rows["group"],
            "What": rows["focus"],
            "How sure that it matters": [wording.certainty(p) if p == p else "–" for p in rows["probability"]],
            "At stake per quarter": [_money(stake_of(team, row), team.currency) for row in rows.itertuples()],
        }
    )
    numbers = ["How sure that it matters", "At stake per quarter"]
    return table(printed, caption=f"{wording.upper_first(reps_in_words(team))}, by name in each group", numbers=numbers)


def stake_of(team: Team, row: _MapRow) -> Stake:
    """The money at stake in a row, with its range."""
    if pd.isna(row.driver):
        return Stake(float("nan"))
    return stake(team.finding("levels"), row.rep_id, row.driver, row.money)


def _money(at_stake: Stake, currency: str) -> str:
    if not at_stake.known:
        return "–"
    return f"{wording.money(at_stake.middle, currency)}{stake_range(at_stake, currency, ' ({})')}"


def quiet(rows: pd.DataFrame) -> str:
    """What to do where nobody has a driver to coach or to watch; `{reps}` stands for how many reps the team has."""
    if (rows["group"] == OBSERVE).all():
        return (
            "**The data cannot say yet what to coach with any of your {reps}.** There is too little of it, and that is "
            "neither good nor bad. Begin where your own eyes tell you to."
        )
    if (rows["focus"] == "far behind the quota").any():
        return (
            "**The data shows no cause to coach with any of your {reps}, and some are far behind their quota.** Watch, "
            "and ask what is in the way."
        )
    if (rows["group"] == ASK).any():
        return (
            "**Nobody of your {reps} has something to coach yet.** What stands out may be how the record is kept: ask "
            "first."
        )
    return (
        "**The data shows no sure difference with any of your {reps}.** That is no proof that all is well. Watch one "
        "conversation of each, and ask what they would like to get better at."
    )


def in_words(team: Team, focused: pd.DataFrame) -> str:
    """The rows with a focus, as a picture says it to who cannot see it."""
    lines = []
    for row in focused.itertuples():
        facts = [f"{row.name}: {row.focus}"]
        if not pd.isna(row.probability):
            facts.append(f"{wording.certainty(row.probability)} sure")
        if (at_stake := stake_of(team, row)).known:
            facts.append(stake_text(at_stake, team.currency))
        lines.append(", ".join(facts))
    return ". ".join(lines) + "."


def reps_in_words(team: Team) -> str:
    """How many reps the team has."""
    return wording.count(len(team.reps), "rep")
