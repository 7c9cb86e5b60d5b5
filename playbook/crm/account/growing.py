"""A ledger for rows that come in pieces: what a rule did to each piece adds up to what it did to all.

A rule that finds nothing in a piece is noted as well, so that the rules stand in the order in which they were asked.
"""

from dataclasses import dataclass, field
from types import TracebackType

import numpy as np
import pandas as pd

from playbook.crm.account.ledger import Ledger
from playbook.crm.values.words import Examples, examples, listed_examples


@dataclass
class _FirstExamples:
    """The different values that were examples so far: the first few themselves, of the others a hash each."""

    many: int
    before: str
    first: list[str] = field(default_factory=list)
    hashes: list[np.ndarray] = field(default_factory=list)

    def add(self, different: list[str]) -> None:
        for value in different:
            if len(self.first) >= self.many:
                break
            if value not in self.first:
                self.first.append(value)
        if different:
            self.hashes.append(np.unique(pd.util.hash_array(np.array(different, dtype=object))))
        if len(self.hashes) > 64:
            self.hashes = [np.unique(np.concatenate(self.hashes))]

    def __str__(self) -> str:
        different = len(np.unique(np.concatenate(self.hashes))) if self.hashes else 0
        return listed_examples(self.first, different, self.before)


@dataclass
class _Entry:
    """What a rule did so far: to how many rows, with which example."""

    rows: int = 0
    example: "str | _FirstExamples" = ""
    first_row: int | None = None

    def add(self, rows: int, example: str) -> None:
        self.rows += rows
        if rows and isinstance(example, Examples):
            if not isinstance(self.example, _FirstExamples):
                self.example = _FirstExamples(example.many, example.before)
            self.example.add(example.different)
        elif rows and not self.example:
            self.example = str(example)


class GrowingLedger(Ledger):
    """Adds up what is noted of pieces; at the end of the `with` block all is noted once in the ledger `whole`."""

    def __init__(self, whole: Ledger) -> None:
        super().__init__(warnings=whole.warnings, assumptions=whole.assumptions)
        self._whole = whole
        self._gone: dict[str, dict[str, _Entry]] = {}  # reason → file
        self._mended: dict[tuple[str, str], _Entry] = {}

    def __enter__(self) -> "GrowingLedger":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            return
        for reason, files in self._gone.items():
            for file, entry in files.items():
                row = f"row {entry.first_row}" if entry.first_row is not None else ""
                self._whole.drop_from(file, reason, entry.rows, str(entry.example) or row)
        for (table, what), entry in self._mended.items():
            self._whole.repair(table, what, entry.rows, str(entry.example))
        for file, sentences in self.notes.items():
            for sentence in dict.fromkeys(sentences):
                self._whole.note(file, sentence)

    def drop(self, rows: pd.DataFrame, reason: str, example: str = "") -> None:
        """As the ledger's: the file's first row, of all pieces, is the example."""
        files = self._gone.setdefault(reason, {})
        for file, many in rows["_file"].value_counts().items():
            own = rows[rows["_file"] == file]
            first = int(own.get("_row", own.index).min())
            entry = files.setdefault(str(file), _Entry())
            entry.first_row = first if entry.first_row is None else min(first, entry.first_row)
            entry.add(int(many), example)

    def drop_from(self, file: str, reason: str, rows: int, example: str = "") -> None:
        """As the ledger's; of no rows, it keeps the rule's place."""
        files = self._gone.setdefault(reason, {})
        if rows:
            files.setdefault(file, _Entry()).add(rows, example)

    def repair(self, table: str, what: str, count: int, example: object = "") -> None:
        """As the ledger's; of no rows, it keeps the rule's place."""
        as_listed = example if isinstance(example, str) else str(example)
        self._mended.setdefault((table, what), _Entry()).add(int(count), as_listed)


class WeighedLedger(Ledger):
    """For one row of each sort instead of all: counts the rows that a sort stands for (`weights`, by its index)."""

    def __init__(self, whole: Ledger, weights: pd.Series) -> None:
        super().__init__(warnings=whole.warnings, assumptions=whole.assumptions, repairs=whole.repairs)
        self._weights = weights

    def repair_values(self, table: str, what: str, values: pd.Series) -> None:
        """As the ledger's, for values whose index tells the sort."""
        self.repair(table, what, int(self._weights.reindex(values.index).sum()), examples(values))
