"""Tables on disk that are written and read in pieces."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from playbook.crm.headings.fields import DAY, FIELDS, FLAG, ID, NUMBER, TEXT
from playbook.crm.larger.duckdb_engine import as_frame

_OWN = {"_row": pa.int64(), "_pos": pa.int64(), "_file": pa.large_string(), "_crm": pa.large_string()}
_OWN |= {"_made_id": pa.bool_(), "_content": pa.uint64(), "_outcome": pa.large_string(), "_key": pa.large_string()}
_OWN |= {"_opened_by_owner": pa.bool_()}
_NO_FIELD = {
    ("opportunities", "outcome"): TEXT,
    ("opportunities", "taken_over"): FLAG,
    ("activities", "minutes"): NUMBER,
    ("stage_history", "currency"): TEXT,  # that stands with the amounts
}  # canonical only


def schema_of(kind: str, columns: list[str]) -> pa.Schema:
    """The types of the columns of a table of that kind; a column that is no field holds days (one stage's)."""
    return pa.schema([(c, _OWN.get(c) or _type(_NO_FIELD.get((kind, c)) or FIELDS[kind].get(c, DAY))) for c in columns])


def text_schema(columns: list[str]) -> pa.Schema:
    """Text in every column, and the row's number."""
    return pa.schema([(c, _OWN.get(c, pa.large_string())) for c in columns])


def _type(holds: str) -> pa.DataType:
    if holds in (TEXT, ID):
        return pa.large_string()
    return {DAY: pa.timestamp("us"), FLAG: pa.bool_()}.get(holds, pa.float64())


class TableWriter:
    """A Parquet file that grows by frames of one schema."""

    def __init__(self, file: Path, schema: pa.Schema) -> None:
        self.file, self.rows = file, 0
        self._schema = schema
        self._writer = pq.ParquetWriter(file, schema, compression="lz4")

    def __enter__(self) -> "TableWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Finish the file."""
        self._writer.close()

    def add(self, frame: pd.DataFrame) -> None:
        """More rows; columns that the schema does not know are left out, those that are wanting are empty."""
        if len(frame):
            there = pa.schema([field for field in self._schema if field.name in frame])
            own = pa.Table.from_pandas(frame[there.names], schema=there, preserve_index=False)
            filled = [own[f.name] if f.name in frame else pa.nulls(len(frame), f.type) for f in self._schema]
            self._writer.write_table(pa.Table.from_arrays(filled, schema=self._schema))
            self.rows += len(frame)


def frames(file: Path, rows: int, columns: list[str] | None = None) -> Iterator[pd.DataFrame]:
    """The table in `file`, in frames of at most that many rows."""
    with pq.ParquetFile(file) as table:
        for batch in table.iter_batches(batch_size=rows, columns=columns):
            yield as_frame(pa.Table.from_batches([batch]))


def whole(file: Path) -> pd.DataFrame:
    """The whole table in `file`."""
    return as_frame(pq.read_table(file))


def columns_in(file: Path) -> list[str]:
    """The names of the columns in `file`."""
    return list(pq.read_schema(file).names)
