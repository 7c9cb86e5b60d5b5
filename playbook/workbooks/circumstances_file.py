"""The file of operations about what no export shows: who was away, part time, new in the job, and so on.

In: `circumstances.csv` (or a sheet of Excel) and a company.  Out: the entries, and what to tell of them. Each row is
read or named: a name that nobody has, a day that is none, a kind that is unknown, with its row and what to do.
"""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from playbook import roster, wording
from playbook.circumstances import Circumstance, frame_of, understood
from playbook.company import Company
from playbook.errors import UnusableInput
from playbook.escaping import plain
from playbook.workbooks.company_source import CompanySource
from playbook.workbooks.fingerprints import of_file

HEADINGS = ("who", "what", "detail", "from", "until", "note")
_NEEDED = ("who", "what")
_ITS_HEADINGS = f"Its headings are {', '.join(HEADINGS)}."
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]00:00(?::00)?)?")
_MOST_NAMED = 8  # faults in one message; with more, whatever is wrong is wrong in all of them


class BadRow(NamedTuple):
    """A row that cannot be used: its number in the file, headings included, what is wrong, and what to do."""

    row: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"row {self.row}: {self.what} {self.remedy}".rstrip()


class CircumstancesRead(NamedTuple):
    """The entries of a file (columns of `circumstances.Circumstance`), and lines about them for whoever runs it."""

    entries: pd.DataFrame
    lines: list[str]


class CircumstancesBeside(NamedTuple):
    """The company's source with the file among its inputs, the entries of it, and lines for whoever builds."""

    source: CompanySource
    entries: pd.DataFrame
    lines: list[str]

    def and_noted(self, noted: Iterable[Circumstance]) -> pd.DataFrame:
        """The entries of the file, then what managers noted."""
        return pd.concat([self.entries, frame_of(noted)], ignore_index=True)


def circumstances_beside(file: Path | None, source: CompanySource, *, skip_bad_rows: bool) -> CircumstancesBeside:
    """What the file says of the people of a company; nothing where no file is given. Raises as `read_circumstances`."""
    if file is None:
        return CircumstancesBeside(source, frame_of([]), [])
    read = read_circumstances(file, source.company, skip_bad_rows=skip_bad_rows)
    inputs = tuple(sorted({*source.files, (file.name, of_file(file))}))
    return CircumstancesBeside(replace(source, files=inputs), read.entries, read.lines)


def read_circumstances(file: Path, company: Company, *, skip_bad_rows: bool = False) -> CircumstancesRead:
    """The circumstances in `file` of people of `company`.

    Parameters
    ----------
    skip_bad_rows : leave out rows that cannot be used, and list them; else the first few stop the command.

    Raises
    ------
    UnusableInput : if there is no such file, no table in it, a heading is missing or unknown, or a row cannot be used.
    """
    cells, bad = _cells(file)
    entries: list[Circumstance] = []
    accounts = roster.accounts_of(company, company.people["person_id"])
    for number, row in zip(cells.index, cells.to_dict("records"), strict=True):
        try:
            entries.append(_entry({str(k): v for k, v in row.items()}, company, accounts))
        except UnusableInput as fault:
            bad.append(BadRow(int(number), fault.what, str(getattr(fault, "remedy", ""))))
    bad.sort()
    if bad and not skip_bad_rows:
        more = f"\nand {len(bad) - _MOST_NAMED} more rows" if bad[_MOST_NAMED:] else ""
        raise UnusableInput(
            f"{wording.count(len(bad), 'row')} cannot be used:\n" + "\n".join(map(str, bad[:_MOST_NAMED])) + more,
            where=file.name,
            remedy="Correct them, or run again with --skip-bad-rows to leave them out (each is listed).",
        )
    return CircumstancesRead(frame_of(entries), _lines(file, entries, bad))


def _lines(file: Path, entries: list[Circumstance], bad: list[BadRow]) -> list[str]:
    people = len({entry.rep_id for entry in entries})
    read = f"{wording.count(len(entries), 'circumstance')} of {wording.count(people, 'person', 'people')}"
    return [f"{file.name}: {read}.", *(f"{file.name}, {row} It is left out." for row in bad)]


def _cells(file: Path) -> tuple[pd.DataFrame, list[BadRow]]:
    """The rows of the file as texts under HEADINGS, by their numbers in it; and those that are no rows."""
    from playbook.crm.files.raw_table import RawTable
    from playbook.crm.files.raw_tables import raw_tables

    if not file.is_file():
        raise UnusableInput("there is no such file.", where=str(file), remedy="Check the name after --circumstances.")
    headings = {*HEADINGS, *map(str.title, HEADINGS)}
    tables = [table for table in raw_tables([file], headings) if isinstance(table, RawTable)]
    if len(tables) != 1:
        what = "there is no table in it." if not tables else "there are several tables in it."
        raise UnusableInput(what, where=file.name, remedy=f"One table is read. {_ITS_HEADINGS}")
    table = tables[0]
    broken = [BadRow(number, f"{why}.", "Write a cell for each heading.") for number, why in table.broken]
    cells = table.cells.rename(columns=lambda heading: str(heading).strip().casefold())
    for heading in _NEEDED:
        if heading not in cells:
            raise UnusableInput(f"the heading “{heading}” is missing.", where=file.name, remedy=_ITS_HEADINGS)
    if unknown := [heading for heading in cells if heading not in HEADINGS]:
        what = f"the heading “{plain(unknown[0])}” is none of this file's."
        raise UnusableInput(what, where=file.name, remedy=f"{_ITS_HEADINGS} Other remarks go into note.")
    return cells.reindex(columns=list(HEADINGS)).fillna("").map(str.strip), broken


def _entry(row: dict[str, str], company: Company, accounts: Mapping[str, Sequence[str]]) -> Circumstance:
    rep_id = _person(row["who"], company)
    return understood(
        rep_id,
        row["what"],
        detail=row["detail"],
        starts_on=_day(row["from"], "from"),
        ends_on=_day(row["until"], "until"),
        note=row["note"],
        accounts=accounts.get(rep_id, ()),
    )


def _person(who: str, company: Company) -> str:
    """The id of the rep who is meant, by id or by name. Raises UnusableInput."""
    if not who:
        raise UnusableInput("nobody is named.", remedy="Write an id or a name under who.")
    reps = roster.active_reps(company)
    named = _called(reps, who)
    if len(named) == 1:
        return str(named["person_id"].iloc[0])
    if len(named) > 1:
        ids = ", ".join(map(plain, named["person_id"]))
        raise UnusableInput(f"{len(named)} reps are called {plain(who)!r}.", remedy=f"Write the id of the one: {ids}.")
    if len(_called(company.people, who)):
        what = f"{plain(who)!r} is no active rep, and nobody else is compared."
        raise UnusableInput(what, remedy="Leave the row out, or name the rep.")
    names = [str(name) for name in reps["name"].dropna()]
    near = difflib.get_close_matches(who, names, n=3, cutoff=0.5)
    raise UnusableInput(
        f"nobody is called {plain(who)!r}, and no id is.",
        remedy=f"Did you mean: {'; '.join(map(plain, near))}?" if near else "Write an id or a name as the export does.",
    )


def _called(people: pd.DataFrame, who: str) -> pd.DataFrame:
    """The people with this id, or else of this name, in any case."""
    by_id = people[people["person_id"].str.casefold() == who.casefold()]
    return by_id if len(by_id) else people[people["name"].str.casefold() == who.casefold()]


def _day(text: str, heading: str) -> date | None:
    """The day in a cell; None if it is empty. Raises UnusableInput if it is no day."""
    if not text:
        return None
    day = _DAY.fullmatch(text)
    try:
        return date.fromisoformat(day[1] if day else text)
    except ValueError:
        raise UnusableInput(f"{plain(text)!r} under {heading} is no day.", remedy="Write it like 2026-03-31.") from None
