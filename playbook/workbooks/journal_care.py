"""`playbook journal`: what stands in a workbook's journal, taken out, merged, moved, taken back, or erased.

In: a workbook's folder.  Out: lines for the person who asked. The journal is only changed by what was asked for.
"""

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from playbook import wording
from playbook.atomic import write_beside
from playbook.errors import UnusableInput
from playbook.escaping import for_spreadsheet, plain
from playbook.journal.answers import Answers, answers_in
from playbook.journal.database_journal import Key
from playbook.journal.erasing import Erased, mark, without
from playbook.journal.events import UNDONE, Event, as_json, new_event
from playbook.journal.file_journal import FileJournal
from playbook.journal.folding import counting, standing
from playbook.journal.journals import Journal
from playbook.journal.merging import merged
from playbook.journal.open_journal import URL, author_here, open_journal
from playbook.journal.place import ensure_journal
from playbook.team import Team, open_team
from playbook.workbook import Workbook

_DAMAGED_GONE = "Lines that could not be read are gone too, as nobody can tell whom they name."
_DAMAGED_STAYS = (
    "Rows of the database that cannot be read are still there, and nobody can tell whom they name: have them deleted."
)
_COLUMNS = ("at", "author", "kind", "subject", "value", "counts", "id")


def listed(workbook: Path, *, history: bool = False) -> list[str]:
    """What stands, a line per subject; with `history` every event in its order, with its id."""
    journal, _ = _journal(workbook)
    reading = journal.read()
    answers = answers_in(reading.events)
    if history:
        counts = {event.id for event in counting(reading.events)}
        lines = [
            f"{e.at}  {plain(e.id)}  {_mark(e, counts)}{plain(e.subject)}: {_short(e.value)}" for e in answers.events
        ]
    else:
        lines = [
            f"{s.event.at[:10]}  {plain(subject)}: {_short(s.value)}  {_doubt(answers, subject)}".rstrip()
            for subject, s in standing(answers.events).items()
        ]
    if reading.broken and not reading.events:
        return [
            f"Nothing in {journal.place} can be read: it is damaged, or another file was saved under its name. Put the "
            "right one back from a copy of this workbook."
        ]
    return [*(lines or ["Nothing is written down yet."]), *([reading.remarks] if reading.remarks else [])]


def export(workbook: Path, to: Path) -> list[str]:
    """Every event as a table (.csv) or as it is (.json), for reading elsewhere.

    Raises
    ------
    UnusableInput : if the file's name ends in neither.
    """
    events = _journal(workbook)[0].read().events
    if to.suffix.lower() == ".json":
        text = as_json([asdict(event) for event in events], indent=1) + "\n"
    elif to.suffix.lower() == ".csv":
        text = _as_csv(events)
    else:
        raise UnusableInput("this file's name tells no format.", where=str(to), remedy="End it in .csv or .json.")
    with write_beside(to) as beside:
        beside.write_text(text, encoding="utf-8-sig" if to.suffix.lower() == ".csv" else "utf-8", newline="")
    return [f"{_events(len(events))} in {to}. It holds what the manager wrote: treat it as private."]


def merge(workbook: Path, other: Path) -> list[str]:
    """Bring in what was written in another copy of the same workbook; that copy stays as it is.

    Lines of the own file that cannot be read would go in the merging, so the file as it was is kept beside.

    Raises
    ------
    UnusableInput : if the other one is no workbook, the very same one, or another manager's.
    """
    journal, team = _journal(workbook)
    theirs, their_team = _file_journal(other)
    if other.resolve() == workbook.resolve():
        raise UnusableInput(
            "this is the very same workbook.", where=str(other), remedy="Give the folder of the other copy."
        )
    if _whose(their_team) != _whose(team):
        raise UnusableInput(
            "this is another manager's workbook.", where=str(other), remedy="Only copies of one workbook are merged."
        )
    here, there = journal.read(), theirs.read()
    lines = _damaged_put_aside(workbook) if isinstance(journal, FileJournal) and (here.torn or here.broken) else []
    if there.remarks:
        lines.append(f"In the other copy: {there.remarks}")
    journal.rewrite(lambda mine: merged(mine, there.events))
    new = len(journal.read().events) - len(here.events)
    return [f"{_events(new)} new, and now here too. Nothing that could be read was lost.", *lines]


def into_database(workbook: Path) -> list[str]:
    """Move the file journal into the database that PLAYBOOK_JOURNAL names; the file stays under another name.

    Raises
    ------
    UnusableInput : if PLAYBOOK_JOURNAL is not set.
    """
    if not os.environ.get(URL, "").strip():
        raise UnusableInput(
            "no database is named.", where=URL, remedy="Set it to the database's address, and run again."
        )
    file, _ = _file_journal(workbook)
    reading = file.read()
    events = reading.events
    database, _ = _journal(workbook)
    database.rewrite(lambda there: merged(there, events))
    moved = Workbook(workbook).moved_journal
    if os.path.lexists(moved):
        lines = _damaged_put_aside(workbook) if reading.torn or reading.broken else []
        FileJournal(moved).rewrite(lambda before: merged(before, events))
        file.rewrite(lambda now: [event for event in now if event not in events])
    else:
        os.replace(file.file, moved)
        ensure_journal(workbook)
        lines = []
    where_it_is = f"The file is kept as {moved.name}; delete it when you like."
    return [f"{_events(len(events))} in {database.place}. {where_it_is}", *lines]


def undo(workbook: Path, event_id: str) -> list[str]:
    """Take one event back; it stays in the history, and so can the undo be taken back.

    Raises
    ------
    UnusableInput : if there is no such event.
    """
    journal, _ = _journal(workbook)
    events = journal.read().events
    event = next((event for event in events if event.id == event_id), None)
    if event is None:
        raise UnusableInput(
            "the journal has no such event.",
            where=event_id,
            remedy="The ids stand in: python3 scripts/kit.py journal WORKBOOK --history",
        )
    if event.kind != UNDONE and event not in counting(events):
        return [f"It is taken back already: {event.subject}: {_short(event.value)}"]
    journal.append([new_event(UNDONE, event.subject, event.id, author=author_here(os.environ))])
    if event.kind == UNDONE:
        return [f"The taking back is taken back. What stands now is in the list: {event.subject}"]
    return [f"Taken back: {event.subject}: {_short(event.value)}"]


def erase(workbook: Path, person: str) -> list[str]:
    """Erase a person (an id, or a name of the team) from the journal for good; an event says that it was done."""
    journal, team = _journal(workbook)
    people = team.company.people
    known = people[(people["person_id"] == person) | (people["name"].str.casefold() == person.strip().casefold())]
    ids = list(known["person_id"]) or [person]
    names = [person, *known["name"].dropna()]
    reading = journal.read()
    damaged = bool(reading.torn or reading.broken)
    author = author_here(os.environ)

    def change(events: list[Event]) -> list[Event]:
        erased = _without_all(events, ids, names)
        return [*erased.events, mark(erased, author)]

    erased = _without_all(reading.events, ids, names)
    if not (erased.removed or erased.blacked_out or damaged):
        return [f"Nothing in the journal is about {plain(person)}, or names them. It stays as it is."]
    journal.rewrite(change)
    texts = wording.count(erased.blacked_out, "other text")
    return [
        f"{_events(erased.removed)} erased, and the name is blacked out in {texts}. It cannot be undone.",
        *([_DAMAGED_GONE if isinstance(journal, FileJournal) else _DAMAGED_STAYS] if damaged else []),
        "Copies of this workbook, exports and backups still hold them, and so do its pages until the next build.",
        *(f"So does {aside.name}, which lies in this folder: delete it." for aside in _put_aside(workbook)),
    ]


def _put_aside(workbook: Path) -> list[Path]:
    """Copies of the journal that lie beside it."""
    return [file for file in Workbook(workbook).journals if file != Workbook(workbook).journal]


def _without_all(events: Sequence[Event], ids: Sequence[str], names: Sequence[str]) -> Erased:
    """The journal without everybody who is meant: several people of a team may share a name."""
    removed = blacked_out = 0
    left = list(events)
    for person_id in ids:
        erased = without(left, person_id, names)
        removed, blacked_out, left = removed + erased.removed, blacked_out + erased.blacked_out, erased.events
    return Erased(left, removed, blacked_out)


def _damaged_put_aside(workbook: Path) -> list[str]:
    """Keep the file with its unreadable lines under another name; a line that says so."""
    damaged = Workbook(workbook).damaged_journal()
    with write_beside(damaged) as beside, beside.open("wb") as copy:
        copy.writelines(FileJournal(Workbook(workbook).journal).pieces())
    return [f"Lines of this journal that cannot be read are left out; the file as it was is kept as {damaged.name}."]


def _journal(workbook: Path) -> tuple[Journal, Team]:
    team = _team(workbook)
    return open_journal(workbook, Key(*_whose(team), author_here(os.environ)), os.environ), team


def _file_journal(workbook: Path) -> tuple[FileJournal, Team]:
    return FileJournal(Workbook(workbook).journal), _team(workbook)


def _team(workbook: Path) -> Team:
    if not Workbook(workbook).exists:
        raise UnusableInput(
            "this is no workbook.", where=str(workbook), remedy="Give the folder of one manager's workbook."
        )
    return open_team(Workbook(workbook).team)


def _whose(team: Team) -> tuple[str, str]:
    return team.company.settings.company_id, team.manager_id


def _as_csv(events: Sequence[Event]) -> str:
    counts = {event.id for event in counting(events)}
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for e in events:
        value = e.value if isinstance(e.value, str) else as_json(e.value)
        row = (e.at, e.author, e.kind, e.subject, value, "yes" if e.id in counts else "no", e.id)
        table.writerow([for_spreadsheet(cell) for cell in row])
    return stream.getvalue()


def _events(n: int) -> str:
    return f"{wording.count(n, 'event')} {'is' if n == 1 else 'are'}"


def _mark(event: Event, counts: set[str]) -> str:
    if event.kind == UNDONE:
        return "takes back "
    return "" if event.id in counts else "(taken back) "


def _doubt(answers: Answers, subject: str) -> str:
    if subject in answers.unreadable:
        return f"(not {answers.unreadable[subject]}: it counts for nothing)"
    return "(no sheet of this kit asks for it)" if subject in answers.unknown else ""


def _short(value: object) -> str:
    text = plain(value if isinstance(value, str) else as_json(value))
    return text if len(text) <= 100 else f"{text[:99]}…"
