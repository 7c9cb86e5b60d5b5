"""All rows of a table, wherever they are: a rule changes them piece by piece, and asks what is true of all.

In memory all rows are one piece (`RowsInMemory`); on disk (`larger/rows_on_disk.py`) they are many. What is written
against `AllRows` is written for both. The index of a piece is each row's place among all.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, Self, TypeVar

import numpy as np
import pandas as pd

from playbook.crm.account.ledger import Ledger
from playbook.crm.values.words import matches

Change = Callable[[pd.DataFrame, Ledger], pd.DataFrame]
Part = Callable[[], tuple[pd.DataFrame, pd.DataFrame]]  # rows, and beside them the columns that mean nothing to the kit


class AllRows(Protocol):
    """Rows of deals or activities."""

    @property
    def columns(self) -> list[str]:
        """The columns of every piece."""
        ...

    @property
    def many(self) -> int:
        """How many rows there are."""
        ...

    def changed(self, name: str, change: Change) -> Self:
        """The rows after `change`, which is given a piece and a ledger; `name` says what they are then."""
        ...

    def pieces(self, columns: Sequence[str] | None = None) -> Iterator[pd.DataFrame]:
        """The rows in their order, piece by piece; all columns, or some."""
        ...

    def sorts(self, by: Sequence[str], known: Sequence[str] = (), **measures: tuple[str, str]) -> pd.DataFrame:
        """One row for each sort of rows, in the order in which they are first met.

        Rows of a sort have the same in the columns `by`, missing included, and a value in the same of the columns
        `known`. Beside `by` the frame has `_rows` (how many they are), `_first` (the place of the first), and each of
        `measures` (column, and `min`, `max` or `sum`).
        """
        ...

    def filled(self) -> frozenset[str]:
        """The columns that hold any value."""
        ...

    def repeated_texts(self, column: str, pattern: str) -> pd.Series:
        """The texts of a column that fit `pattern` and stand there more than once: text → rows, as first met."""
        ...

    def sharing(self, key: str) -> list[Part]:
        """The rows whose `key` another row has too, all of one key in one part, each of a size that can be held."""
        ...

    def again(self, key: str, unless: str) -> np.ndarray:
        """The places of rows whose `key` an earlier row has; of rows with a key, and without the flag `unless`."""
        ...


R = TypeVar("R", bound=AllRows)


def counts(rows: AllRows, column: str) -> pd.Series:
    """How many rows have each value of a column, the most frequent first; empty where there is no such column."""
    if column not in rows.columns:
        return pd.Series(dtype="int64")
    met = rows.sorts([column]).dropna(subset=[column]).sort_values("_rows", ascending=False, kind="stable")
    return pd.Series(met["_rows"].to_numpy(), index=pd.Index(met[column]))


@dataclass(frozen=True)
class RowsInMemory:
    """Rows in memory; `beside` are the columns that mean nothing to the kit, by the same places."""

    rows: pd.DataFrame
    ledger: Ledger
    beside: pd.DataFrame

    @property
    def columns(self) -> list[str]:
        """As `AllRows`."""
        return list(self.rows.columns)

    @property
    def many(self) -> int:
        """As `AllRows`."""
        return len(self.rows)

    def changed(self, name: str, change: Change) -> "RowsInMemory":
        """As `AllRows`."""
        return replace(self, rows=change(self.rows, self.ledger))

    def pieces(self, columns: Sequence[str] | None = None) -> Iterator[pd.DataFrame]:
        """As `AllRows`."""
        yield self.rows if columns is None else self.rows[list(columns)]

    def sorts(self, by: Sequence[str], known: Sequence[str] = (), **measures: tuple[str, str]) -> pd.DataFrame:
        """As `AllRows`."""
        rows = self.rows
        number, first = _numbered([*(rows[c] for c in by), *(rows[c].notna() for c in known)], len(rows))
        sorts = {c: rows[c].array.take(first) for c in by}
        measured = {name: rows[column].groupby(number).agg(how).array for name, (column, how) in measures.items()}
        many = np.bincount(number, minlength=len(first))
        return pd.DataFrame({**sorts, "_rows": many, "_first": rows.index[first], **measured})

    def filled(self) -> frozenset[str]:
        """As `AllRows`."""
        return frozenset(c for c in self.rows.columns if self.rows[c].notna().any())

    def repeated_texts(self, column: str, pattern: str) -> pd.Series:
        """As `AllRows`."""
        texts = self.rows[column][matches(self.rows[column], pattern)]
        texts = texts[texts.duplicated(keep=False)]
        return texts.groupby(texts, sort=False).size()

    def sharing(self, key: str) -> list[Part]:
        """As `AllRows`."""
        keys = self.rows[key]
        among = self.rows[keys.notna() & keys.duplicated(keep=False)]
        return [lambda: (among, self.beside.reindex(among.index))] if len(among) else []

    def again(self, key: str, unless: str) -> np.ndarray:
        """As `AllRows`."""
        keys = self.rows[key].dropna()
        if unless in self.rows:
            keys = keys[~self.rows.loc[keys.index, unless].fillna(False).astype(bool)]
        return keys.index[keys.duplicated()].to_numpy()


def _numbered(columns: Sequence[pd.Series], many: int) -> tuple[np.ndarray, np.ndarray]:
    """The number of each row's sort, counted as they are first met; and the row in which each is first met."""
    codes = [pd.factorize(column, use_na_sentinel=False)[0] for column in columns] or [np.zeros(many, dtype="int64")]
    number, *others = codes
    for other in others:
        number, _ = pd.factorize(number * (int(other.max(initial=0)) + 1) + other)  # as first met, and small again
    return number, np.flatnonzero(~pd.Series(number).duplicated())
