"""Activities on disk: which deals they may be about is asked of the engine, and in which order they are kept."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa

from playbook.crm.larger.duckdb_engine import quoted
from playbook.crm.larger.on_disk import TableWriter, columns_in, text_schema
from playbook.crm.larger.work import Work
from playbook.crm.tables.activity_deals import ids_that_may_be_meant, names_that_may_be_meant
from playbook.crm.values.words import folded


class DealsOnDisk:
    """The deals in a file, of which those are given that some activities may be about."""

    def __init__(self, file: Path, by_name: bool, work: Work) -> None:
        self._work, self._table = work, work.view_of(file)
        self._columns = [c for c in ("opportunity_id", "rep_id", "name") if c in columns_in(file)]
        self._called = self._with_folded_names(file) if by_name and "name" in self._columns else ""

    def _with_folded_names(self, file: Path) -> str:
        """The deals' names as they are compared, as a table of the engine."""
        place = self._work.room / "called.parquet"
        with TableWriter(place, text_schema(["opportunity_id", "rep_id", "name", "called"])) as writer:
            for rows in self._work.pieces(file):
                writer.add(rows.assign(called=rows["name"].map(folded, na_action="ignore").astype("str")))
        return self._work.view_of(place)

    def about(self, activities: pd.DataFrame, linked: pd.Series) -> pd.DataFrame:
        """The deals with an id, or with a name, that the activities or the links of these give."""
        listed = ", ".join(self._columns)
        ids = pd.concat([ids_that_may_be_meant(activities), linked.dropna()])
        self._register("wanted_ids", ids)
        wanted = "opportunity_id IN (SELECT v FROM wanted_ids)"
        selects = [f"SELECT {listed} FROM {quoted(self._table)} WHERE {wanted}"]
        if self._called:
            self._register("wanted_names", names_that_may_be_meant(activities))
            selects.append(f"SELECT {listed} FROM {self._called} WHERE called IN (SELECT v FROM wanted_names)")
        return self._work.engine.frame("\nUNION\n".join(selects))

    def _register(self, name: str, texts: pd.Series) -> None:
        self._work.engine.register(name, pa.table({"v": pa.array(texts, pa.large_string())}))


def activities_in_order(files: list[Path], work: Work) -> Iterator[pd.DataFrame]:
    """The canonical activities in the files, in the order of their table."""
    if not files:
        return
    work.engine.create_view("activities", *files)
    yield from work.engine.pieces(
        'SELECT rep_id, opportunity_id, kind, "on", minutes FROM activities ORDER BY rep_id NULLS LAST, "on" NULLS '
        "LAST, opportunity_id NULLS LAST, kind NULLS LAST, minutes NULLS LAST",
        work.sizes.rows,
    )
