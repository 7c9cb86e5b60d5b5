"""The managers' journals as a build reads them: what they tell of coaching, and what a chapter was made from.

In: where the workbooks are, and the environment.  Out: starts of coaching; hashes. Reading writes nothing. A journal
that cannot be read now stops no build: it is named, and its pages say so themselves.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pandas as pd

from playbook import roster, wording
from playbook.calendars import calendar_in
from playbook.circumstances import Circumstance
from playbook.company import Company
from playbook.errors import UnusableInput
from playbook.escaping import plain
from playbook.journal.answers import answers_in
from playbook.journal.circumstances_written import circumstances_in, entry_of
from playbook.journal.coaching_starts import starts_in
from playbook.journal.database_journal import Key, only_author
from playbook.journal.events import Event, as_line
from playbook.journal.file_journal import FileJournal
from playbook.journal.journals import NotReadable
from playbook.journal.open_journal import URL, author_here, open_journal
from playbook.journal.place import carry_over, fingerprint, has_entries
from playbook.workbook import Workbook
from playbook.workbooks.fingerprints import of_file, of_text
from playbook.workbooks.rosters import managers_named, workbook_folder

_MOST_NAMED = 6
COLUMNS = ["manager_id", "rep_id", "driver", "began_on", "by"]


def noted_starts(
    company: Company,
    managers: Sequence[str],
    workbooks: Path,
    older: Path | None,
    environment: Mapping[str, str],
    unread: list[str],
) -> pd.DataFrame:
    """Since when each rep is coached on what, as their managers wrote it down.

    Parameters
    ----------
    managers : those asked for, as a person writes them; empty means all.
    older : the workbooks whose journals are carried over where those in `workbooks` have no entries.
    unread : takes the ids of the managers whose journals cannot be read now.

    Returns
    -------
    DataFrame: manager_id, rep_id, driver, began_on, by (which sheet says so).
    """
    rows = [
        (manager_id, start.rep_id, start.driver, pd.Timestamp(start.on), start.by)
        for manager_id, events in _journals(company, managers, workbooks, older, environment, unread)
        for start in starts_in(events)
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"began_on": "datetime64[us]"})


def noted_circumstances(
    company: Company, managers: Sequence[str], workbooks: Path, older: Path | None, environment: Mapping[str, str]
) -> list[Circumstance]:
    """What managers wrote of their own reps that the data does not show; the parameters are those of `noted_starts`.

    What is not complete, or cannot be so, is left out: `each_rep` says so beside it.
    """
    reps, entries = roster.active_reps(company), []
    for manager_id, events in _journals(company, managers, workbooks, older, environment, []):
        if not (noted := circumstances_in(answers_in(events).values)):
            continue
        own = reps.loc[reps["manager_id"] == manager_id, "person_id"]
        accounts = roster.accounts_of(company, own)
        for written in noted:
            with suppress(UnusableInput):
                entries.append(entry_of(written, own, accounts))
    return entries


def _journals(
    company: Company,
    managers: Sequence[str],
    workbooks: Path,
    older: Path | None,
    environment: Mapping[str, str],
    unread: list[str],
) -> Iterator[tuple[str, list[Event]]]:
    """Each manager's id and what they wrote; who cannot be read now is added to `unread`."""
    company_id = company.settings.company_id
    for person in managers_named(company, managers).itertuples():
        name = plain(person.name) or person.person_id
        here = workbook_folder(workbooks, company_id, person.person_id, name)
        before = None if older is None else workbook_folder(older, company_id, person.person_id, name)
        folder = before if before and not has_entries(here) else here
        try:
            yield person.person_id, _events(company_id, person.person_id, folder, environment)
        except NotReadable:
            unread.append(person.person_id)


def not_read(managers: Sequence[str], company: Company) -> Iterator[str]:
    """What whoever builds should know about journals that cannot be read now."""
    if managers:
        names = company.people.set_index("person_id")["name"]
        who = wording.listing(plain(names.get(person_id)) or person_id for person_id in managers[:_MOST_NAMED])
        if managers[_MOST_NAMED:]:
            who = f"{who}, and {len(managers) - _MOST_NAMED} more"
        yield (
            f"Journals that cannot be read now: {who}. Nothing in them is lost. Build again with --resume once "
            "they can be read: until then these workbooks lack what is written there. What to do about one is said by: "
            "python3 scripts/kit.py journal WORKBOOK"
        )


def carried_over(old: Path, workbook: Path, name: str) -> Iterator[str]:
    """Bring the journal of an older workbook along; what whoever builds should know of it."""
    try:
        if not carry_over(old, workbook):
            yield f"{name}: the journal here already has entries; the older one was left where it is."
    except (NotReadable, OSError) as error:  # one manager's journal stops nobody's workbook; its own pages say it too
        why = f"{error.what} {error.remedy}" if isinstance(error, NotReadable) else f"{error.strerror}."
        yield f"{name}: the older journal was not brought along: {why}"


def state_of(company_id: str, manager_id: str, folder: Path, environment: Mapping[str, str]) -> str:
    """One hash of what the chapters read beside `team/`: the journal, wherever it lies, and the manager's calendar."""
    calendar = calendar_in(folder)
    week = of_text(calendar.name, of_file(calendar)) if calendar else ""
    if not environment.get(URL, "").strip():
        try:
            return of_text("file", fingerprint(FileJournal(Workbook(folder).journal)), week)
        except NotReadable:
            return of_text("unreadable", week)
    try:
        key = Key(company_id, manager_id, author_here(environment))
        events = open_journal(folder, key, environment).read().events
    except NotReadable:
        return of_text("unreadable", week)
    return of_text("database", *(as_line(event).decode() for event in events), week)


def _events(company_id: str, manager_id: str, folder: Path, environment: Mapping[str, str]) -> list[Event]:
    """What the manager wrote. In a database it stands under their own name, which may not be that of who builds.

    If several people wrote under one team's key, only what is the builder's own is read.
    """
    author = author_here(environment)
    url = environment.get(URL, "").strip()
    if url:
        author = only_author(url, company_id, manager_id) or author
    return open_journal(folder, Key(company_id, manager_id, author), environment).read().events
