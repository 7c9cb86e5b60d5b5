"""What the data does not show and people know: which verdicts it touches, both readings side by side, and the sheet.

In: a team with its journal.  Out: what a cell of `each_rep` shows. It is the manager's: a rep's own part names only
what was taken into account, never a note.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd

from playbook import roster
from playbook.chapters.pages.agenda import named_reps
from playbook.circumstances import FROM_FILE, KINDS, MEASURED, Circumstance, frame_of, known_at
from playbook.coaching.focus import of_rep
from playbook.coaching.observed import own_values
from playbook.diagnosis.circumstance_rows import CircumstanceRow
from playbook.display import NOTHING, PagePart, bullets, callout, note, say, together
from playbook.drivers.registry import driver_of
from playbook.errors import UnusableInput
from playbook.forms.circumstance_sheet import circumstances
from playbook.forms.form import Form, form
from playbook.forms.saved_answers import saved_answers
from playbook.journal.circumstances_written import circumstances_in, entry_of
from playbook.sentences.circumstance_sentences import at_once, both_readings, in_words
from playbook.team import Team

_TOUCHED = ("coach", "watch", "ask_first")  # verdicts that somebody might act on
_FROM = {True: "operations", False: "you"}


class _BuiltEntry(NamedTuple):
    """An entry that the build took into account, and its readings, one per driver that it bears on."""

    entry: Circumstance
    readings: list[CircumstanceRow]


def what_you_know(team: Team) -> PagePart | Form:
    """Each entry with the verdicts that it touches, at once where no build knows it yet; below, the sheet for more."""
    if team.reps.empty:
        return say("In this export nobody who sells reports to you. This sheet fills once somebody does.")
    saved = saved_answers(team)
    reps = named_reps(team)
    ids = [rep_id for rep_id, _ in reps]
    accounts = roster.accounts_of(team.company, ids)
    built = _built(team)
    waiting, refused = [], []
    for written in circumstances_in(saved.values):
        try:
            entry = entry_of(written, ids, accounts)
        except UnusableInput as fault:
            refused.append(f"{dict(reps).get(written.who, 'An entry')}: {fault.what} {fault.remedy}")
            continue
        if _key(entry) not in {_key(known.entry) for known in built}:
            waiting.append(entry)
    names = dict(reps)
    return form(
        saved,
        *(_entry_part(team, entry, rows, names) for entry, rows in built),
        *(_waiting_part(team, entry, names) for entry in waiting),
        callout("Not counted yet", "{why}", why=" ".join(refused)) if refused else NOTHING,
        circumstances(reps, saved.values),
        note(
            "Only you read this sheet, as the rest of your journal. The next workbook takes it into account, and shows "
            "both readings here. Of an illness write the days, never what it was."
        ),
    )


def taken_into_account(team: Team, rep_id: str) -> PagePart:
    """The line in a rep's own part: what was taken into account, without notes; nothing where nothing was."""
    entries = [in_words(entry) for entry, _ in _built(team) if entry.rep_id == rep_id]
    if not entries:
        return NOTHING
    return note("Taken into account beside the data: {entries}.", entries="; ".join(entries))


def _built(team: Team) -> list[_BuiltEntry]:
    """The entries that this workbook was built with, in their order; said twice, an entry stands once."""
    rows = team.finding("circumstances")
    entries: dict[tuple[str, str], _BuiltEntry] = {}
    for values in rows.itertuples(index=False, name=None):
        row = CircumstanceRow(*values)
        entry = Circumstance(**{name: getattr(row, name) for name in Circumstance._fields})
        readings = entries.setdefault(_key(entry), _BuiltEntry(entry, [])).readings
        if row.driver not in [reading.driver for reading in readings]:
            readings.append(row)
    return list(entries.values())


def _key(entry: Circumstance) -> tuple[str, str]:
    """What makes two entries one: all but the note and whose it is."""
    return (entry.rep_id, in_words(entry))


def _entry_part(team: Team, entry: Circumstance, rows: list[CircumstanceRow], names: dict[str, str]) -> PagePart:
    name = names.get(entry.rep_id, entry.rep_id)
    return together(
        say(
            "**{name}: {entry}** (from {whom}).",
            name=name,
            entry=in_words(entry),
            whom=_FROM[entry.source == FROM_FILE],
        ),
        bullets(both_readings(rows, name, team.currency)),
        note("{note}", note=entry.note) if entry.note else None,
    )


def _waiting_part(team: Team, entry: Circumstance, names: dict[str, str]) -> PagePart:
    """What an entry that no build knows will change, as far as the team's own data can tell at once."""
    lines = [*_touches(team, entry)]
    return together(
        say("**{name}: {entry}** (new).", name=names[entry.rep_id], entry=in_words(entry)),
        bullets(lines or ["No verdict that you might act on rests on it."]),
        note("The next workbook compares anew, and gives the verdict with it.") if lines else None,
    )


def _touches(team: Team, entry: Circumstance) -> Iterator[str]:
    own = of_rep(team.finding("diagnosis"), entry.rep_id)
    for row in own[own["verdict"].isin(_TOUCHED)].to_dict("records"):
        about = driver_of(row["driver"])
        bears = KINDS[entry.kind].bears(about.sensitive_to, about.counts)
        if bears:
            before = after = float("nan")
            if bears == MEASURED:
                known = team.company.circumstances
                before = _own_level(team, row, known)
                after = _own_level(team, row, pd.concat([known, frame_of([entry])], ignore_index=True))
            yield at_once(row["driver"], row["verdict"], bears, before, after, team.currency)


def _own_level(team: Team, row: Mapping[Hashable, Any], circumstances: pd.DataFrame) -> float:
    """The rep's own level in the driver of `row`, as the measure has it with these circumstances."""
    company = replace(team.company, circumstances=known_at(circumstances, team.as_of))
    values = own_values(company, row["rep_id"], row["driver"], team.as_of, row["aspect"])
    return float(values.in_natural_unit(pd.DataFrame({"level": [values.level]})).iloc[0, 0])
