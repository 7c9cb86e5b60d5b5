"""What every step of an import in pieces is given: the engine, the folder, the sizes, the account book, the voice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from playbook.crm.account.ledger import Ledger
from playbook.crm.larger.duckdb_engine import DuckDbEngine
from playbook.crm.larger.on_disk import TableWriter, columns_in, frames, schema_of
from playbook.crm.larger.reading import Sizes


@dataclass(frozen=True)
class Work:
    """One import in pieces."""

    engine: DuckDbEngine
    room: Path
    sizes: Sizes
    ledger: Ledger
    say: Callable[[str], None]

    def writer(self, name: str, kind: str, columns: list[str]) -> TableWriter:
        """A new table of that kind on disk."""
        return TableWriter(self.room / f"{name}.parquet", schema_of(kind, columns))

    def pieces(self, file: Path) -> Iterator[pd.DataFrame]:
        """The table in `file`, piece by piece."""
        return frames(file, self.sizes.rows)

    def view_of(self, file: Path) -> str:
        """The table in `file` as the engine knows it: its name there."""
        self.engine.create_view(file.stem, file)
        return file.stem

    def filled(self, file: Path) -> frozenset[str]:
        """The columns of the table in `file` that hold any value."""
        return self.engine.filled(self.view_of(file), columns_in(file))
