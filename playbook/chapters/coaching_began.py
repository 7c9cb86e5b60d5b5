"""Since when each rep is coached on what, as far as the log and the manager's own sheets say.

In: a team, its coaching log and its journal.  Out: one row per rep and driver, and the words for it. What was written
since the workbook was built counts too.
"""

import pandas as pd

from playbook import wording
from playbook.chapter_numbers import number_of, numbers
from playbook.coaching.starts import LOG, begun, earliest
from playbook.display import NOTHING, PagePart, say
from playbook.drivers.registry import label_of
from playbook.forms.saved_answers import saved_answers
from playbook.journal.coaching_starts import PLAN, PROMISE, TALK, WATCHED, starts_in
from playbook.team import Team

_SOURCES = {
    LOG: "by the coaching log",
    PLAN: "by the plan of chapter {the_improvement_plan}",
    PROMISE: "by a commitment of chapter {holding_people_to_it}",
    WATCHED: "by what was watched for chapter {the_coaching_conversation}",
    TALK: "by the talk of chapter {the_coaching_conversation}",
}


def coaching_began(team: Team) -> pd.DataFrame:
    """The first day of each rep of the team and driver, by rep_id and driver.

    Returns
    -------
    DataFrame: rep_id, driver, began_on, sessions (logged on this subject; 0 where there are none), by (what says so).
    """
    diagnosis = team.finding("diagnosis")
    drivers = diagnosis["driver"].unique() if "driver" in diagnosis else []
    noted = pd.DataFrame(
        [(s.rep_id, s.driver, pd.Timestamp(s.on), s.by) for s in starts_in(saved_answers(team).answers.events)],
        columns=["rep_id", "driver", "began_on", "by"],
    )
    starts = earliest(begun(team.company.coaching_log, drivers), noted)
    return starts[starts["rep_id"].isin(team.reps["person_id"])].reset_index(drop=True)


def coached_so_far(began: pd.DataFrame, rep_id: str, name: str) -> PagePart:
    """One sentence on what this rep is coached on and since when; nothing where nobody wrote that down."""
    own = began[began["rep_id"] == rep_id].sort_values(["began_on", "driver"], kind="stable")
    if own.empty:
        return NOTHING
    each = [
        f"{wording.lower_first(label_of(row.driver))} since {wording.day(row.began_on)}, {_source(row.by)}"
        for row in own.itertuples(index=False)
    ]
    return say(
        "**{name} is coached on** {each}. Chapter {effect} says whether it helped, or when numbers could know.",
        name=name,
        each="; ".join(each),
        effect=number_of("holding_people_to_it"),
    )


def _source(by: str) -> str:
    """What says so, in words."""
    return _SOURCES[by].format_map(numbers())
