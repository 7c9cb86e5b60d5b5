"""Canonical tables on disk, written in pieces that come in the tables' order."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from playbook.company import TABLES, empty, shaped


def write_table(table: str, pieces: Iterable[pd.DataFrame], file: Path) -> int:
    """Write the canonical table as one whole would be written; the number of its rows."""
    return _written(file, (shaped(table, piece) for piece in pieces), empty(table))


def write_unused_columns(pieces: Iterable[pd.DataFrame], file: Path, columns: list[str]) -> int:
    """Write the columns that mean nothing to the kit, text in each; the number of rows."""
    nothing = pd.DataFrame({c: pd.Series(dtype="str") for c in columns})
    return _written(file, (piece[columns] for piece in pieces), nothing)


def _written(file: Path, pieces: Iterable[pd.DataFrame], nothing: pd.DataFrame) -> int:
    schema = pa.Table.from_pandas(nothing, preserve_index=False).schema
    rows = 0
    with pq.ParquetWriter(file, schema) as writer:
        for piece in pieces:
            writer.write_table(pa.Table.from_pandas(piece, schema=schema, preserve_index=False))
            rows += len(piece)
    return rows


def one_row(table: str, filled: frozenset[str]) -> pd.DataFrame:
    """A canonical table of one row, with a value in the columns that are `filled`; without rows if none is."""
    if not filled:
        return empty(table)
    sample = {"text": "x", "date": pd.Timestamp("2000-01-01"), "number": 1.0, "whole": 1, "flag": True}
    return shaped(table, pd.DataFrame({c: [sample[TABLES[table][c]]] for c in TABLES[table] if c in filled}))
