"""Rows on disk (`AllRows`): every change writes them anew, piece by piece; the engine answers what is asked of all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from playbook.crm.account.growing import GrowingLedger
from playbook.crm.larger.duckdb_engine import as_frame, literal, quoted
from playbook.crm.larger.on_disk import TableWriter, columns_in, frames
from playbook.crm.larger.work import Work
from playbook.crm.steps.all_rows import Change, Part


@dataclass(frozen=True)
class RowsOnDisk:
    """Rows of a kind in a file, with their place among all in the column `place`.

    `beside`: the file of the columns that mean nothing to the kit, by `_pos`; `prefix`: what the files of its changes
    begin with; `dressed`: makes pieces of what is in the file, where these are not as written.
    """

    file: Path
    kind: str
    many: int
    work: Work
    beside: Path | None = None
    place: str = "_pos"
    prefix: str = ""
    dressed: Callable[[pd.DataFrame], pd.DataFrame] | None = None

    @property
    def columns(self) -> list[str]:
        """As `AllRows`."""
        return [c for c in columns_in(self.file) if c != self.place]

    def changed(self, name: str, change: Change) -> "RowsOnDisk":
        """As `AllRows`; what was there before is removed."""
        writer: TableWriter | None = None
        with GrowingLedger(self.work.ledger) as ledger:
            for rows in self.pieces():
                after = change(rows, ledger)
                if writer is None:
                    writer = self.work.writer(f"{self.prefix}{name}", self.kind, [*after.columns, "_pos"])
                writer.add(after.assign(_pos=after.index))
        if writer is None:
            raise ValueError(f"{self.file.name} came in no piece at all, not even an empty one")
        writer.close()
        self.file.unlink()
        return replace(self, file=writer.file, many=writer.rows, place="_pos", dressed=None)

    def pieces(self, columns: Sequence[str] | None = None) -> Iterator[pd.DataFrame]:
        """As `AllRows`."""
        wanted = None if columns is None else [*columns, self.place]
        for frame in frames(self.file, self.work.sizes.rows, wanted) if self.many else self._empty(wanted):
            if self.dressed is None:
                yield frame.set_index(self.place).rename_axis(None)
            else:
                yield self.dressed(frame)

    def _empty(self, columns: list[str] | None) -> Iterator[pd.DataFrame]:
        yield as_frame(pq.read_schema(self.file).empty_table().select(columns or columns_in(self.file)))

    def sorts(self, by: Sequence[str], known: Sequence[str] = (), **measures: tuple[str, str]) -> pd.DataFrame:
        """As `AllRows`."""
        keys = [f"r.{quoted(c)}" for c in by]
        groups = ", ".join([*keys, *(f"r.{quoted(c)} IS NOT NULL" for c in known)])
        measured = [f"{how}(r.{quoted(column)}) AS {quoted(name)}" for name, (column, how) in measures.items()]
        wanted = ", ".join([*keys, "count(*) AS _rows", f"min(r.{self.place}) AS _first", *measured])
        return self.work.engine.frame(
            f"SELECT {wanted} FROM {self._table()} AS r {f'GROUP BY {groups}' if groups else ''} ORDER BY _first"
        )

    def filled(self) -> frozenset[str]:
        """As `AllRows`."""
        return self.work.filled(self.file) - {self.place}

    def repeated_texts(self, column: str, pattern: str) -> pd.Series:
        """As `AllRows`."""
        name = quoted(column)
        met = self.work.engine.frame(
            f"SELECT {name} AS v, count(*) AS n FROM {self._table()} WHERE regexp_matches({name}, {literal(pattern)}) "
            f"GROUP BY 1 HAVING count(*) > 1 ORDER BY min({self.place})"
        )
        return pd.Series(met["n"].to_numpy(), index=pd.Index(met["v"]))

    def sharing(self, key: str) -> list[Part]:
        """As `AllRows`."""
        twice = f"SELECT {quoted(key)} FROM {self._table()} GROUP BY 1 HAVING count(*) > 1"
        ((many,),) = self.work.engine.rows(f"SELECT count(*) FROM {self._table()} WHERE {quoted(key)} IN ({twice})")
        parts = -(-many // self.work.sizes.rows)
        return [
            partial(self._part, f"{quoted(key)} IN ({twice}) AND hash({quoted(key)}) % {parts} = {number}")
            for number in range(parts)
        ]

    def _part(self, which: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        engine, table = self.work.engine, self._table()
        rows = engine.frame(f"SELECT * FROM {table} WHERE {which} ORDER BY {self.place}")
        rows = rows.set_index(self.place).rename_axis(None)
        if self.beside is None:
            return rows, pd.DataFrame(index=rows.index)
        places = f"SELECT {self.place} FROM {table} WHERE {which}"
        aside = engine.frame(f"SELECT * FROM {quoted(self.work.view_of(self.beside))} WHERE _pos IN ({places})")
        return rows, aside.set_index("_pos").rename_axis(None).reindex(rows.index)

    def again(self, key: str, unless: str) -> np.ndarray:
        """As `AllRows`."""
        in_use = f"NOT coalesce({quoted(unless)}, false)" if unless in self.columns else "true"
        rows = self.work.engine.rows(
            f"SELECT {self.place} FROM (SELECT {self.place}, row_number() OVER (PARTITION BY {quoted(key)} ORDER BY "
            f"{self.place}) AS n FROM {self._table()} WHERE {quoted(key)} IS NOT NULL AND {in_use}) WHERE n > 1"
        )
        return np.array([place for (place,) in rows], dtype="int64")

    def _table(self) -> str:
        return quoted(self.work.view_of(self.file))
