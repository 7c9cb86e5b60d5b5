"""Recognised tables with their values read: the tables that grow on disk, the lists whole.

Deals, their history and activities are read in pieces whatever their size; lists of people, customers, products,
stages and quotas stay in memory, with the columns that mean something.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from playbook.crm.account.growing import GrowingLedger
from playbook.crm.files.raw_table import RawTable
from playbook.crm.headings.fields import FIELDS
from playbook.crm.headings.recognised import Recognised
from playbook.crm.larger.column_writing import judged
from playbook.crm.larger.on_disk import TableWriter, frames, text_schema
from playbook.crm.larger.reading import FirstValues, Staged
from playbook.crm.larger.work import Work
from playbook.crm.values.typed import Options, Typed, typed

GROWING = ("opportunities", "stage_history", "activities")


@dataclass(frozen=True)
class OnDisk:
    """A typed table on disk, its rows in the file's order with `_row`; and the columns that mean nothing to the kit.

    `columns` are those that `Typed.rows` would have, without `_file`.
    """

    recognised: Recognised
    rows: Path
    aside: Path | None
    columns: list[str]
    many: int
    first_aside: pd.DataFrame

    @property
    def without_rows(self) -> Typed:
        """The table as those know it who ask only what it is, and for the first values of what it leaves aside."""
        return Typed(self.recognised, pd.DataFrame(), self.first_aside)

    def typed(self, rows: pd.DataFrame) -> Typed:
        """Some of its rows, as the whole would have them."""
        own = rows.set_index("_row").rename_axis(None)
        own = own[self.columns].assign(_file=pd.Series(self.recognised.raw.label, index=own.index, dtype="str"))
        return Typed(self.recognised, own, pd.DataFrame(index=own.index))

    def aside_pieces(self, rows: int) -> Iterator[pd.DataFrame]:
        """The columns that mean nothing to the kit, in frames of at most that many rows; only deals keep them."""
        if self.aside is None:
            raise TypeError(f"{self.recognised.raw.label} keeps no columns aside")
        return frames(self.aside, rows)


def values_read(
    tables: list[Recognised], options: Options, work: Work
) -> tuple[dict[str, list[Typed]], dict[str, list[OnDisk]]]:
    """The tables with their values read, by kind: those in memory, and those on disk.

    Raises
    ------
    UnusableInput : as `typed`.
    """
    lists: dict[str, list[Typed]] = {kind: [] for kind in FIELDS}
    large: dict[str, list[OnDisk]] = {kind: [] for kind in GROWING}
    for number, recognised in enumerate(tables):
        if recognised.kind in GROWING:
            work.say(f"Reading the values of {recognised.raw.label}")
            large[recognised.kind].append(_on_disk(recognised, number, options, work))
        elif recognised.kind:
            lists[recognised.kind].append(typed(_whole(recognised), options, work.ledger))
    return lists, large


def _whole(recognised: Recognised) -> Recognised:
    raw = recognised.raw
    if not isinstance(raw, Staged):
        return recognised
    used = [h for h in raw.headings if h not in recognised.left_aside]
    return replace(recognised, raw=RawTable(raw.file, raw.columns(used), raw.sheet, raw.dropped, raw.broken, raw.notes))


def _on_disk(recognised: Recognised, number: int, options: Options, work: Work) -> OnDisk:
    decided = judged(recognised, options, work.engine) if isinstance(recognised.raw, Staged) else None
    rows_writer: TableWriter | None = None
    aside_writer: TableWriter | None = None
    first_aside = FirstValues(recognised.left_aside)
    with GrowingLedger(work.ledger) as ledger:
        for piece in _pieces(recognised, work.sizes.rows):
            part = typed(piece, options, ledger, decided)
            if rows_writer is None:
                columns = [c for c in part.rows.columns if c != "_file"]
                rows_writer = work.writer(f"typed-{number}", recognised.kind, [*columns, "_row"])
                names = [*part.aside.columns]
                if recognised.kind == "opportunities":
                    place = work.room / f"aside-{number}.parquet"
                    aside_writer = TableWriter(place, text_schema([*(f"a{i}" for i in range(len(names))), "_row"]))
            first_aside.add(part.aside)
            rows_writer.add(part.rows.assign(_row=part.rows.index))
            if aside_writer is not None:
                renamed = part.aside.set_axis([f"a{i}" for i in range(part.aside.shape[1])], axis=1)
                aside_writer.add(renamed.assign(_row=part.aside.index))
    if rows_writer is None:
        raise ValueError(f"{recognised.raw.label} came in no piece at all, not even an empty one")
    rows_writer.close()
    if aside_writer is not None:
        aside_writer.close()
    if isinstance(recognised.raw, Staged):
        recognised.raw.place.unlink()
    aside = aside_writer.file if aside_writer else None
    return OnDisk(recognised, rows_writer.file, aside, columns, rows_writer.rows, first_aside.cells())


def _pieces(recognised: Recognised, rows: int) -> Iterator[Recognised]:
    """The table in pieces; the rows that cannot be read come with the first."""
    raw, broken = recognised.raw, recognised.raw.broken
    if not isinstance(raw, Staged):
        yield recognised
        return
    for cells in raw.pieces(rows):
        yield replace(recognised, raw=RawTable(raw.file, cells, raw.sheet, {}, broken, ()))
        broken = ()
    if not raw.many:
        empty = pd.DataFrame({h: pd.Series(dtype="str") for h in raw.headings})
        yield replace(recognised, raw=RawTable(raw.file, empty, raw.sheet, {}, broken, ()))
