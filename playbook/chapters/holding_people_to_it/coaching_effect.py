"""Holding people to it, the question whether coaching helped: what changed since it began, luck allowed for.

In: a team with the finding `coaching_effect`, and its journal.  Out: what the cell shows; people in the order of their
names. The finding was made with the workbook: what was begun since then gets a day on which numbers could know.
"""

from datetime import date
from typing import Protocol

import pandas as pd

from playbook import wording
from playbook.chapter_numbers import number_of
from playbook.chapters.coaching_began import coaching_began
from playbook.chapters.not_computed import instead_of
from playbook.chapters.off import section_off
from playbook.coaching import plans
from playbook.coaching.driver_levels import aspect_of, difference
from playbook.coaching.effect_rows import HELPED, NO_CHANGE, TOO_EARLY, WORSE, Effect, fewest_of_each_side
from playbook.display import PagePart, bullets, folded, note, say, table, together
from playbook.drivers.registry import driver_of, label_of
from playbook.sentences.effect_sentences import effect_sentences
from playbook.team import COACHING_EFFECT, Team

_MEANING = {
    HELPED: "**It helped**, as far as numbers can tell:",
    WORSE: "**It moved the other way.** Ask what else changed, before anything else:",
    NO_CHANGE: "**No change beyond luck.** A large one would have shown by now:",
}
_NEVER = "never from this data: too few before"
_CANNOT_SAY = "this data cannot say"
_LINE = "{name}, {subject}. {what_changed}"
_LINE_WITH_RANGE = "{name}, {subject}. {what_changed} The true change is {change}, 19 times out of 20."


def did_it_help(team: Team) -> PagePart:
    """Per rep and subject that is coached: what changed and how sure that is, or when the data could know."""
    if failed := instead_of(COACHING_EFFECT, team):
        return failed
    effects, waiting = _of_the_team(team), _not_measured_yet(team)
    if effects.empty and waiting.empty:
        return _nothing_begun(team)
    early = _with_verdict(effects, TOO_EARLY)
    parts = [_measured(effects, len(early))] if len(effects) else []
    for verdict, meaning in _MEANING.items():
        rows = _with_verdict(effects, verdict)
        if not rows.empty:
            parts += [say(meaning), bullets(_lines(rows))]
    if not early.empty:
        parts.append(folded(f"Too early to say: {wording.count(len(early), 'subject')}", _too_early(early)))
    if not waiting.empty:
        parts.append(_since_the_build(team, waiting))
    return together(
        *parts,
        note(
            "Each rep is set beside their own year before, and beside peers in the same quarters. A rep who was "
            "low through bad luck recovers without coaching; that part is taken off before anything is called help."
        ),
    )


def _with_verdict(effects: pd.DataFrame, verdict: str) -> pd.DataFrame:
    """The rows with this verdict; where the effect was not worked out there are neither rows nor columns."""
    return effects if effects.empty else effects[effects["verdict"] == verdict]


def _nothing_begun(team: Team) -> PagePart:
    plan = number_of("the_improvement_plan")
    own_sheets = (
        f"No sheet of yours says either who is coached on what: a plan in chapter {plan}, or a commitment below with "
        "“What it works on”, turns it on too."
    )
    return section_off(team, "effect", own_sheets) or say(
        "No rep has two logged sessions on one subject that this data can measure, and no plan of chapter {plan} or "
        "commitment below says what it works on. So there is nothing to compare yet. Write the subject down: the next "
        "workbook will look at it.",
        plan=plan,
    )


def _measured(effects: pd.DataFrame, early: int) -> PagePart:
    n = wording.count(len(effects), "coached subject")
    if early == len(effects):
        return say("For **{n}** it is too early to say what numbers show.", n=n)
    if not early:
        return say("**{n} measured** so far.", n=n)
    return say(
        "**{n} measured** so far; for {early} of them it is too early to say.", n=n, early=wording.in_words(early)
    )


def _too_early(early: pd.DataFrame) -> PagePart:
    rows = pd.DataFrame(
        {
            "Rep": early["name"],
            "Subject": [label_of(d) for d in early["driver"]],
            "Began": [wording.day(d) for d in early["began_on"]],
            "So far": [f"{b:,} before, {a:,} since" for b, a in zip(early["n_before"], early["n_after"], strict=True)],
            "True change": [_change(row) or "–" for row in early.itertuples(index=False)],
            "Numbers could know": [_known_on(row) for row in early.itertuples(index=False)],
        }
    )
    rows = rows.loc[:, [c for c in rows if c != "True change" or (rows[c] != "–").any()]]
    return table(rows, caption="When numbers could know, in the order of names")


def _since_the_build(team: Team, waiting: pd.DataFrame) -> PagePart:
    """What was begun after the workbook was built: nothing is measured yet."""
    rows = pd.DataFrame(
        {
            "Rep": waiting["name"],
            "Subject": [label_of(d) for d in waiting["driver"]],
            "Began": [wording.day(d) for d in waiting["began_on"]],
            "Numbers could know": [_when(team, row) for row in waiting.itertuples(index=False)],
        }
    )
    return together(
        say(
            "**{n} begun since this workbook was built.** The first look at {it} is in the next build.",
            n=wording.count(len(waiting), "coached subject"),
            it="it" if len(waiting) == 1 else "them",
        ),
        table(rows, caption="Begun, and not measured yet, in the order of names"),
    )


class _Begun(Protocol):
    """A rep and a driver whose coaching has begun."""

    rep_id: str
    driver: str
    began_on: pd.Timestamp


def _when(team: Team, row: _Begun) -> str:
    """When numbers could know, at the rep's own pace, counted from the day on which coaching began."""
    aspect = aspect_of(team.finding("levels"), row.rep_id, row.driver)
    known = plans.when_could_be_known(team.company, row.rep_id, row.driver, team.as_of, aspect)
    if known.never:
        return _NEVER
    if known.needed is None or not known.per_week:
        return _CANNOT_SAY
    return _about(None if known.on is None else row.began_on.date() + (known.on - team.as_of))


def _known_on(row: Effect) -> str:
    """When a change could be told; where it was measured and its numbers stay with others, so does the day."""
    enough = min(row.n_before, row.n_after) >= fewest_of_each_side(driver_of(row.driver))
    if pd.isna(row.known_on) and pd.isna(row.change) and enough:
        return _CANNOT_SAY
    return _about(None if pd.isna(row.known_on) else row.known_on)


def _about(day: date | None) -> str:
    return "not within three years" if day is None else f"about {wording.month(day)}"


def _of_the_team(team: Team) -> pd.DataFrame:
    return _by_name(team, team.finding("coaching_effect"))


def _not_measured_yet(team: Team) -> pd.DataFrame:
    """What is coached as the log and the sheets say now, and has no row among what the build measured."""
    began, effects = coaching_began(team), team.finding("coaching_effect")
    if effects.empty:
        return _by_name(team, began)
    measured = pd.MultiIndex.from_frame(effects[["rep_id", "driver"]])
    return _by_name(team, began[~pd.MultiIndex.from_frame(began[["rep_id", "driver"]]).isin(measured)])


def _by_name(team: Team, effects: pd.DataFrame) -> pd.DataFrame:
    """With a column `name`, in the order of names and drivers."""
    reps = team.reps.assign(name=team.reps["name"].fillna(team.reps["person_id"]))
    if effects.empty:
        return effects.assign(name=None)
    names = reps[["person_id", "name"]].reset_index(names="place").rename(columns={"person_id": "rep_id"})
    return effects.merge(names, on="rep_id").sort_values(["place", "driver"], ignore_index=True)


def _lines(rows: pd.DataFrame) -> list[PagePart]:
    """One line per row: whose change in what, the finding's sentence, and the range of the true change."""
    return [
        say(
            _LINE_WITH_RANGE if (change := _change(row)) else _LINE,
            name=row.name,
            subject=label_of(row.driver),
            what_changed=what_changed,
            change=change,
        )
        for row, what_changed in zip(rows.itertuples(index=False), effect_sentences(rows), strict=True)
    ]


def _change(row: Effect) -> str:
    """The range of the true change: `9 to 15 points better`, `2 points worse to 9 points better`; empty if unknown."""
    low, high = row.low, row.high
    if pd.isna(low) or pd.isna(high):
        return ""
    near, far = sorted((low, high), key=abs)
    nearest, farthest = difference(row.driver, near), difference(row.driver, far)
    if nearest == difference(row.driver, 0.0) or low * high > 0:
        return f"{wording.span(nearest, farthest)} {_way(far)}"
    return f"{difference(row.driver, low)} {_way(low)} to {difference(row.driver, high)} {_way(high)}"


def _way(change: float) -> str:
    return "better" if change > 0 else "worse"
