"""What the import did to the rows, kept while it runs: dropped, repaired, assumed; `report.py` tells it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from playbook.crm.values.words import examples


@dataclass
class Dropped:
    """Rows of one file that did not become rows of a table, for one reason."""

    rows: int = 0
    example: str = ""


@dataclass(frozen=True)
class Repair:
    """A rule that changed or questioned values: in which table, what, how often, and an example."""

    table: str
    what: str
    count: int
    example: str = ""


@dataclass
class Ledger:
    """The account book of one import."""

    dropped: dict[str, dict[str, Dropped]] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    used: dict[str, set[str]] = field(default_factory=dict)

    def drop(self, rows: pd.DataFrame, reason: str, example: str = "") -> None:
        """Count `rows` (with the column `_file`) as dropped from their files; the first of a file is the example."""
        if not len(rows):
            return
        for file, many in rows["_file"].value_counts().items():
            own = rows[rows["_file"] == file]
            first = own.get("_row", own.index).min()
            self.drop_from(str(file), reason, int(many), example or f"row {first}")

    def drop_from(self, file: str, reason: str, rows: int, example: str = "") -> None:
        """Count `rows` rows of `file` as dropped; nothing is noted if there are none."""
        if not rows:
            return
        entry = self.dropped.setdefault(file, {}).setdefault(reason, Dropped(example=example))
        entry.rows += rows

    def repair(self, table: str, what: str, count: int, example: object = "") -> None:
        """Count a rule that touched `count` rows; nothing is noted if it touched none."""
        if count:
            self.repairs.append(Repair(table, what, int(count), str(example)))

    def repair_values(self, table: str, what: str, values: Iterable[object]) -> None:
        """The same, with examples taken from the values that the rule met."""
        met = list(values)
        self.repair(table, what, len(met), examples(met))

    def warn(self, sentence: str) -> None:
        """A plain sentence that whoever ran the import should read; said once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def assume(self, sentence: str) -> None:
        """Something that the files did not say and the import took for granted."""
        if sentence not in self.assumptions:
            self.assumptions.append(sentence)

    def note(self, file: str, sentence: str) -> None:
        """A remark about one file."""
        self.notes.setdefault(file, []).append(sentence)


def without_deleted(rows: pd.DataFrame, ledger: Ledger, what: str) -> pd.DataFrame:
    """The rows that the CRM does not mark as deleted; the others are counted. `what` says what the rows are."""
    if "is_deleted" not in rows:
        return rows
    gone = rows["is_deleted"].fillna(False).astype(bool)
    ledger.drop(rows[gone], f"{what} deleted in the CRM")
    return rows[~gone]
