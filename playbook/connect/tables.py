"""What a CRM is asked for: one table per export file, with what is lost where the login may not read it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from playbook.errors import PlaybookError

Row = Sequence[str]


class TableNotReadable(PlaybookError):
    """The login may not read this table, or the company does not have it. The others can still be fetched."""


@dataclass(frozen=True)
class TableContent:
    """A table's columns and its rows, page by page; `total` rows in all, where the CRM says so beforehand."""

    columns: Sequence[str]
    pages: Iterator[Sequence[Row]]
    total: int | None = None


@dataclass(frozen=True)
class Table:
    """One export file to be written.

    `name` is what a person calls it on the command line, and the file's name without its end. `gives` says what the
    kit makes of it, and so what is off without it. A `needed` table that cannot be read ends the fetch.
    """

    name: str
    gives: str
    content: Callable[[], TableContent]
    needed: bool = False

    @property
    def file(self) -> str:
        """The name of the export file."""
        return f"{self.name}.csv"


@dataclass(frozen=True)
class ConnectedCrm:
    """A CRM that answered the login: its name, its tables with the deals first, and how to say what went wrong.

    `explain(error, table)` turns an error of the CRM's library into one that names the fault and the remedy; None if it
    is none of the CRM's. `secrets` never leave this object in any text. `remark` is said at the end.
    """

    crm: str
    tables: Sequence[Table]
    explain: Callable[[Exception, str], PlaybookError | None]
    secrets: Sequence[str]
    remark: str = ""


def text_of(value: object) -> str:
    """A value of an answer as an export writes it: nothing for nothing, true and false in small letters."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def cells(values: Mapping[str, object], columns: Sequence[str]) -> list[str]:
    """The cells of a row, in the order of the columns; `Owner.Name` is the `Name` in `Owner`."""
    return [text_of(_at(values, column)) for column in columns]


def _at(values: object, path: str) -> object:
    for step in path.split("."):
        values = values.get(step) if isinstance(values, Mapping) else None
    return values
