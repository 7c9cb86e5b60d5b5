"""Chapter 08, the question whether coaching helped: what changed since it began, luck allowed for.

In: a team with the finding `coaching_effect`.  Out: what the cell shows; people in the order of their names.
"""

import pandas as pd

from playbook import wording
from playbook.coaching.effect_verdicts import HELPED, NO_CHANGE, TOO_EARLY, WORSE
from playbook.display import Shown, bullets, folded, note, say, switched_off, table, together
from playbook.drivers import label_of
from playbook.team import Team

_MEANING = {
    HELPED: "**It helped**, as far as numbers can tell:",
    WORSE: "**It moved the other way.** Ask what else changed, before anything else:",
    NO_CHANGE: "**No change beyond luck.** A large one would have shown by now:",
}


def did_it_help(team: Team) -> Shown:
    """Per rep and subject that was coached at least twice: what changed, or when the data could know."""
    if team.lacks("coaching_log"):
        return switched_off(
            "Did coaching help",
            "The export holds no log of coaching sessions.",
            "A table with manager, rep, day and focus turns it on.",
        )
    found = _of_the_team(team)
    if found.empty:
        return say(
            "No rep has two logged sessions on one subject that this data can measure, so there is nothing to compare "
            "yet. Write the subject into the log: the next workbook will look at it."
        )
    early = found[found["verdict"] == TOO_EARLY]
    parts = []
    for verdict, meaning in _MEANING.items():
        rows = found[found["verdict"] == verdict]
        if not rows.empty:
            parts += [say(meaning), bullets(_line(row) for row in rows.itertuples(index=False))]
    if not early.empty:
        when = pd.DataFrame(
            {
                "Rep": early["name"],
                "Subject": [label_of(d) for d in early["driver"]],
                "Began": [wording.day(d) for d in early["began_on"]],
                "So far": [
                    f"{b:,} before, {a:,} since" for b, a in zip(early["n_before"], early["n_after"], strict=True)
                ],
                "Numbers could know": [
                    "not within three years" if pd.isna(d) else f"about {wording.month(d)}" for d in early["known_on"]
                ],
            }
        )
        parts.append(
            folded(
                f"Too early to say: {wording.count(len(early), 'subject')}",
                table(when, caption="When numbers could know, in the order of names"),
            )
        )
    return together(
        say(
            "**{n} measured** so far; for {early} of them it is too early to say.",
            n=wording.count(len(found), "coached subject"),
            early=wording.in_words(len(early)) if len(early) else "none",
        ),
        *parts,
        note(
            "Each rep is set beside their own year before, and beside peers in the same quarters. Whoever was low by "
            "bad luck rises without any coaching; that part is taken off before anything is called help."
        ),
    )


def _of_the_team(team: Team) -> pd.DataFrame:
    found = team.finding("coaching_effect")
    reps = team.reps.assign(name=team.reps["name"].fillna(team.reps["person_id"]))
    if found.empty:
        return found.assign(name=None)
    names = reps[["person_id", "name"]].reset_index(names="place").rename(columns={"person_id": "rep_id"})
    return found.merge(names, on="rep_id").sort_values(["place", "driver"], ignore_index=True)


def _line(row: object) -> Shown:
    return say("{name}, {subject}. {why}", name=row.name, subject=label_of(row.driver), why=row.why)
