"""One table as it stood in a file: text only, with the number of each row, before anybody knows what it is."""

from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class RawTable:
    """A table of a file, every cell as text.

    `cells` has one column per heading (unique, in the file's order) and is indexed by the row's number in the file,
    as a spreadsheet counts (headings included). An empty cell is missing. `dropped` counts rows that are no data
    (blank lines, totals, footers), by reason. `broken` are rows that cannot be read: number and what is wrong.
    `doubt` says what is not certain about the code page that its letters are written in, `warnings` what whoever
    imports the file must know, whatever its tables are taken for.
    """

    file: str
    cells: pd.DataFrame
    sheet: str = ""
    dropped: dict[str, int] = field(default_factory=dict)
    broken: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()
    doubt: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The file as a person names it, with its sheet where it has several."""
        return f"{self.file}, sheet {self.sheet!r}" if self.sheet else self.file

    @property
    def names(self) -> list[str]:
        """What a mapping file may call it: the file with its folder or without, the sheet, or both."""
        with_sheet = [f"{self.file}/{self.sheet}", self.sheet] if self.sheet else []
        return list(dict.fromkeys([self.file, self.file.rsplit("/", 1)[-1], *with_sheet]))

    @property
    def headings(self) -> list[str]:
        """The headings, in the file's order."""
        return list(self.cells.columns)

    @property
    def rows_read(self) -> int:
        """Every row under the headings, whatever became of it."""
        return len(self.cells) + sum(self.dropped.values()) + len(self.broken)


@dataclass(frozen=True)
class NoTable:
    """A file that was found and holds no table; listed in the report, never passed over in silence."""

    file: str
    why: str
