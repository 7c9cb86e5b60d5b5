"""The embedded engine (DuckDB): questions about all rows of a table on disk, and sorting, within a limit of memory.

It answers with few rows, or with pieces in order; whatever is larger than its share of memory it keeps on disk.
"""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq


def quoted(name: str) -> str:
    """A column's name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


class DuckDbEngine:
    """A connection of its own, with `memory` bytes and a folder for what does not fit."""

    def __init__(self, memory: int, room: Path) -> None:
        import duckdb  # here alone: nothing else of the kit needs it, and it takes 24 MB

        self._room = room
        self._link = duckdb.connect(":memory:")
        for setting in (
            f"SET memory_limit = '{max(memory // 1024**2, 64)}MB'",
            f"SET temp_directory = {literal(str(room / 'engine'))}",
            "SET threads = 2",
            "SET preserve_insertion_order = false",
            "SET enable_progress_bar = false",
            "SET autoinstall_known_extensions = false",
            "SET autoload_known_extensions = false",
        ):
            self._link.execute(setting)

    def __enter__(self) -> "DuckDbEngine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._link.close()

    def create_view(self, name: str, *files: Path) -> None:
        """Make those Parquet files, one below the other, the table `name`."""
        listed = ", ".join(literal(str(f)) for f in files)
        self._link.execute(
            f"CREATE OR REPLACE VIEW {quoted(name)} AS SELECT * FROM read_parquet([{listed}], union_by_name = true)"
        )

    def register(self, name: str, table: pa.Table) -> None:
        """Make a table in memory known by that name."""
        self._link.register(name, table)

    def rows(self, question: str) -> list[tuple]:
        """The answer as rows."""
        return self._link.execute(question).fetchall()

    def frame(self, question: str) -> pd.DataFrame:
        """The answer as a frame."""
        return as_frame(self._link.sql(question).to_arrow_table())

    def pieces(self, question: str, rows: int) -> Iterator[pd.DataFrame]:
        """The answer in frames of at most that many rows, in its order; put down on disk in between."""
        place = self._room / "answer.parquet"
        group = min(max(rows, 2048), 122_880)  # rows that the engine holds while it writes
        self._link.execute(f"COPY ({question}) TO {literal(str(place))} (FORMAT parquet, ROW_GROUP_SIZE {group})")
        with pq.ParquetFile(place) as table:
            for batch in table.iter_batches(batch_size=rows):
                yield as_frame(pa.Table.from_batches([batch]))
        place.unlink()

    def materialize(self, name: str, question: str, file: Path) -> None:
        """Write the answer to a file, and make it the table `name`."""
        self._link.execute(f"COPY ({question}) TO {literal(str(file))} (FORMAT parquet)")
        self.create_view(name, file)

    def filled(self, table: str, columns: list[str]) -> frozenset[str]:
        """Those of the columns that hold any value."""
        if not columns:
            return frozenset()
        (counts,) = self.rows(f"SELECT {', '.join(f'count({quoted(c)})' for c in columns)} FROM {quoted(table)}")
        return frozenset(c for c, many in zip(columns, counts, strict=True) if many)


def as_frame(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as a frame with the types of the kit's tables: yes and no may be missing."""
    return table.to_pandas(types_mapper=lambda t: pd.BooleanDtype() if pa.types.is_boolean(t) else None)
