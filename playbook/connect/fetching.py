"""Write what a CRM answers as export files: each written beside its place, all put in place when all are complete.

After a failure half-way, the folder holds what it held before.
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from playbook.atomic import write_beside
from playbook.connect.faults import explained_error
from playbook.connect.tables import ConnectedCrm, Row, Table, TableContent, TableNotReadable
from playbook.errors import UnusableInput

_INDENT = "  "  # of what belongs to the line above


@dataclass
class Fetched:
    """What became of each table: rows by name for the files written; why, for those that could not be read."""

    crm: str
    to: Path
    rows: dict[str, int] = field(default_factory=dict)
    empty: list[Table] = field(default_factory=list)
    refused: list[tuple[Table, TableNotReadable]] = field(default_factory=list)
    older: list[str] = field(default_factory=list)  # files of an earlier fetch that this one did not replace
    remark: str = ""

    @property
    def complete(self) -> bool:
        """Whether every table that was asked for could be read."""
        return not self.refused

    def lines(self) -> list[str]:
        """The account for whoever ran it."""
        lines = [f"{name}.csv: {many:,} rows" for name, many in self.rows.items()]
        lines += [
            f"{t.file}: {self.crm} has none, so no file was written. Without it: no {t.gives}." for t in self.empty
        ]
        for table, why in self.refused:
            lines.append(f"{table.file} was left out: {why.what} Without it: no {table.gives}.")
            lines.append(f"{_INDENT}{why.remedy} To go without it on purpose: --without {table.name}.")
        lines += [
            f"{name} in {self.to} is from an earlier fetch: delete it, or it is imported as it is."
            for name in self.older
        ]
        lines += [self.remark] if self.remark else []
        return [*lines, f"Next: python3 scripts/kit.py import {self.to} --to COMPANY"]


def fetch(source: ConnectedCrm, to: Path, *, without: Sequence[str] = ()) -> Fetched:
    """Write the tables of `source` into the folder `to`, and say what could not be read.

    Parameters
    ----------
    without : names of tables that are not to be asked for.

    Raises
    ------
    UnusableInput : if a name in `without` is no table, or the deals themselves may not be read.
    PlaybookError : if the CRM stops answering. Nothing in `to` has changed then.
    """
    wanted = _wanted(source, without)
    if to.exists() and not to.is_dir():
        raise UnusableInput("is a file.", where=str(to), remedy="Name a folder, new or old, after --to.")
    fetched = Fetched(source.crm, to, remark=source.remark)
    with ExitStack() as in_place:
        for table in wanted:
            try:
                _write(table, source, to, in_place, fetched)
            except TableNotReadable as why:
                if table.needed:
                    raise UnusableInput(why.what, where=f"{source.crm}, {table.name}", remedy=why.remedy) from None
                fetched.refused.append((table, why))
    fetched.older = [t.file for t in source.tables if t.name not in fetched.rows and (to / t.file).exists()]
    return fetched


def _wanted(source: ConnectedCrm, without: Sequence[str]) -> list[Table]:
    names = {table.name.casefold(): table for table in source.tables}
    for name in without:
        table = names.get(name.casefold())
        if table is None or table.needed:
            can = ", ".join(t.name for t in source.tables if not t.needed)
            raise UnusableInput(
                "nothing can be built without it." if table else f"{source.crm} is not asked for such a table.",
                where=f"--without {name}",
                remedy=f"What can be left out: {can}.",
            )
    left_out = {name.casefold() for name in without}
    return [table for table in source.tables if table.name.casefold() not in left_out]


def _write(table: Table, source: ConnectedCrm, to: Path, in_place: ExitStack, fetched: Fetched) -> None:
    """Write one table; nothing is opened before its first page has come."""
    with tqdm(desc=table.name, unit=" rows", file=sys.stderr, disable=None, leave=False) as bar:
        with _explained_errors(source, table.name):
            content = table.content()
            bar.reset(content.total)
            first = next((page for page in content.pages if page), None)
        if first is None:
            fetched.empty.append(table)
            return
        beside = in_place.enter_context(write_beside(to / table.file))
        with beside.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(content.columns)
            for page in _all_pages(first, content, table, source):
                writer.writerows(page)
                fetched.rows[table.name] = fetched.rows.get(table.name, 0) + len(page)
                bar.update(len(page))


def _all_pages(
    first: Sequence[Row], content: TableContent, table: Table, source: ConnectedCrm
) -> Iterator[Sequence[Row]]:
    page: Sequence[Row] | None = first
    while page is not None:
        yield page
        with _explained_errors(source, table.name):
            page = next(content.pages, None)


@contextmanager
def _explained_errors(source: ConnectedCrm, table: str) -> Iterator[None]:
    """An error of the CRM's library leaves this block as one of ours, and none leaves it with a secret in its text."""
    try:
        yield
    except Exception as error:
        raise explained_error(error, source.explain, source.secrets, table) from None
