"""How the record is kept, for each rep and for the team: what differs, what most do, one rule to agree on.

In: a team with its finding `record`.  Out: parts of a page. No blame and no score; a rep's part holds nobody else's
numbers but the usual one.
"""

import pandas as pd

from playbook import wording
from playbook.coaching.plays import Play, play_of_the_record
from playbook.coaching.shared_causes import shared_habits
from playbook.display import NOTHING, PagePart, bullets, folded, heading, note, say, together
from playbook.records.record_rows import RecordRow
from playbook.sentences.record_habits import HABITS, differs, one_rule, shared
from playbook.team import Team

_MOST = 3  # habits a rep; more would be a list of faults
_HIGH, _ALIKE = "high", "alike"
_NO_FAULT = "A habit is no fault, and it says nothing about how {name} sells."
_PERHAPS_THE_OTHERS = "Perhaps it is the others who have the habit: ask before anything is changed."


def record_of_rep(team: Team, rep_id: str, name: str) -> PagePart:
    """In what a rep's record differs from that of like colleagues; nothing where it does not, or is not known."""
    rows = _differing(team.finding("record"), rep_id)
    if not rows:
        return NOTHING
    habits = [row.trait for row in rows if row.side == _HIGH]
    return together(
        heading("How the record is kept", 4),
        bullets(differs(row.trait, row.value, row.usual) for row in rows),
        say(
            wording.paragraph(_NO_FAULT, "{rule}" if habits else _PERHAPS_THE_OTHERS),
            name=name,
            rule=one_rule(habits[0]) if habits else "",
        ),
    )


def taken_over(team: Team, rep_id: str, name: str) -> PagePart:
    """How many of the rep's deals somebody else opened or owned before, and so stand in no comparison; else nothing."""
    deals = team.company.opportunities
    many = int((deals.loc[deals["rep_id"] == rep_id, "taken_over"]).fillna(False).sum())
    if not many:
        return NOTHING
    return say(
        "{deals} of {name} came from somebody else, who created or owned {them} before: revenue of {name}, and left "
        "out of every comparison here, as {name} did not begin {them}.",
        deals=wording.count(many, "deal"),
        name=name,
        them="it" if many == 1 else "them",
    )


def record_of_team(team: Team) -> PagePart:
    """What most of the team do with the CRM: a matter of the process, with a play for it."""
    record = team.finding("record")
    habits = shared_habits(record[record["rep_id"].isin(team.reps["person_id"])]) if not record.empty else record
    if habits.empty:
        return NOTHING
    return together(
        say("**No talk with one rep, as most of the team keep the CRM so:**"),
        bullets(
            shared(trait, reps, of)
            for trait, reps, of in zip(habits["trait"], habits["reps"], habits["of"], strict=True)
        ),
        note(
            "That is a matter of the process, and of nobody alone. It says nothing about how anybody sells, and it "
            "makes differences between people hard to read. Agree on one rule with all of them, and ask sales "
            "operations to make it easy."
        ),
        folded("How to agree on one habit of the record", _play(play_of_the_record())),
    )


def _differing(record: pd.DataFrame, rep_id: str) -> list[RecordRow]:
    if record.empty:
        return []
    own = record[(record["rep_id"] == rep_id) & (record["side"] != _ALIKE) & record["trait"].isin(HABITS)]
    rows = [RecordRow(*row) for row in own[list(RecordRow._fields)].itertuples(index=False, name=None)]
    return sorted(rows, key=lambda row: (row.side != _HIGH, list(HABITS).index(row.trait)))[:_MOST]


def _play(play: Play) -> PagePart:
    return together(
        say("{about}", about=play.about),
        heading("Perhaps not the rep", 4),
        bullets(play.perhaps_not_the_rep),
        heading("Watch first", 4),
        bullets(play.observe, ordered=True),
        heading("Ask, and wait", 4),
        bullets(play.questions, ordered=True),
        heading("Agree", 4),
        say("“{if_then}” {support}", if_then=play.if_then, support=play.support),
    )
