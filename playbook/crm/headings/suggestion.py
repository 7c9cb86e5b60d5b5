"""What the kit takes each file and column for, as plain data to confirm or correct.

In: paths.  Out: a `Suggestion`; with a person's choices `mapping_file.py` makes a mapping file of it.
"""

from collections.abc import Iterable
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from pathlib import Path

from playbook.crm.files.raw_table import NoTable
from playbook.crm.files.raw_tables import raw_tables
from playbook.crm.headings.fields import DAY, FIELDS
from playbook.crm.headings.folder_reading import recognised_folder
from playbook.crm.headings.mapping import Mapping, shipped, users
from playbook.crm.headings.meaning import KnownHeadings
from playbook.crm.headings.recognised import Recognised
from playbook.crm.tables.outcomes import outcome_of_name, outcome_words
from playbook.crm.values.dates import DMY, MDY, decided_orders
from playbook.errors import UnusableInput

ASIDE = ""  # a column that means nothing to the kit, or a file that is left out
_EXAMPLES = 3
_MOST_STAGES = 40
_REQUIRED = (("an owner", ("rep_id", "rep_name", "rep_email")), ("a stage or a status", ("stage", "status", "is_won")))


@dataclass(frozen=True)
class SuggestedColumn:
    """A heading, the field it is taken for (empty: left aside), why, and a few of its values.

    `by_itself` are columns that the kit reads without a field: the day a stage was entered, the quota of a period.
    """

    heading: str
    field: str
    why: str
    examples: tuple[str, ...]
    by_itself: bool = False


@dataclass(frozen=True)
class SuggestedFile:
    """A table, its name in a mapping file's `[files]`, what it is taken for, and the open question of its dates."""

    name: str
    label: str
    kind: str
    crm: str
    why: str
    rows: int
    columns: tuple[SuggestedColumn, ...]
    dates: str = ""
    asks: str = ""
    doubt: str = ""  # what is not certain about the code page that its letters are written in


@dataclass(frozen=True)
class Suggestion:
    """What is proposed for every file. `outcomes`: each stage (or status) that deals are in, and won, lost or open."""

    files: tuple[SuggestedFile, ...]
    left_out: tuple[NoTable, ...] = ()
    outcomes: Dict[str, str] = field(default_factory=dict)

    @property
    def asks_for_dates(self) -> str:
        """The first open question about the order of day and month; empty if there is none."""
        return next((f.asks for f in self.files if f.asks), "")

    @property
    def doubts(self) -> tuple[str, ...]:
        """What is not certain about how the letters of a file are written."""
        return tuple(dict.fromkeys(f"{f.label}: {f.doubt}" for f in self.files if f.doubt))

    @property
    def lacking(self) -> tuple[str, ...]:
        """What no file with deals has, of what nothing works without."""
        deals = [f for f in self.files if f.kind == "opportunities"]
        have = {c.field for f in deals for c in f.columns}
        if not deals:
            return ("a file with one row per deal",)
        return tuple(label for label, names in _REQUIRED if not have & set(names))


def suggestion(
    paths: Iterable[Path], mapping: Path | None = None, encodings: Dict[str, str] | None = None
) -> Suggestion:
    """What the files under `paths` are taken for. They are only read, and no row is refused here.

    `encodings`: the code page of each file of which a person says it; else those of the mapping file count.

    Raises
    ------
    UnusableInput : if a file cannot be opened.
    """
    user = users(mapping) if mapping else None
    mappings = shipped()
    known = KnownHeadings((*mappings, user) if user else mappings)
    everything = list(raw_tables(list(paths), known, encodings or (user.encoding if user else None)))
    tables = recognised_folder([raw for raw in everything if not isinstance(raw, NoTable)], mappings, user)
    files = tuple(_file(f, user.dates if user else "") for f in tables)
    left_out = tuple(raw for raw in everything if isinstance(raw, NoTable))
    return Suggestion(files, left_out, _outcomes(tables, user))


def _file(table: Recognised, dates: str) -> SuggestedFile:
    raw = table.raw
    fields = {heading: name for name, headings in table.also.items() for heading in headings}
    fields |= {heading: name for name, heading in table.columns.items()}
    wide = {*table.wide_stage_dates, *table.wide_quotas}
    columns = tuple(
        SuggestedColumn(h, fields.get(h, ASIDE), table.reasons.get(h, ""), _examples(table, h), h in wide)
        for h in raw.headings
    )
    order, asks = _order_of_days(table, dates)
    name = f"{raw.file}/{raw.sheet}" if raw.sheet else raw.file
    return SuggestedFile(
        name, raw.label, table.kind, table.crm, table.why, len(raw.cells), columns, order, asks, raw.doubt
    )


def _examples(table: Recognised, heading: str) -> tuple[str, ...]:
    return tuple(str(v)[:40] for v in table.raw.cells[heading].dropna().head(500).unique()[:_EXAMPLES])


def _order_of_days(table: Recognised, given: str) -> tuple[str, str]:
    """How the file's days are written, and the question where nothing decides."""
    if not table.kind:
        return "", ""
    kinds = FIELDS[table.kind]
    headings = [h for name, h in table.columns.items() if kinds[name] == DAY] + list(table.wide_stage_dates)
    headings += [h for name, others in table.also.items() if kinds[name] == DAY for h in others]
    try:
        orders = decided_orders({h: table.raw.cells[h] for h in headings}, given, where=table.raw.label)
    except UnusableInput as question:
        return "", f"{question.where}: {question.what}"
    return next((order for order, _ in orders.values() if order in (DMY, MDY)), ""), ""


def _outcomes(tables: list[Recognised], user: Mapping | None) -> dict[str, str]:
    deals = [f for f in tables if f.kind == "opportunities"]
    mappings = list(dict.fromkeys(m for m in [user, *(f.mapping for f in deals)] if m is not None))
    words = outcome_words(mappings)
    met: dict[str, str] = {}
    for table in deals:
        heading = table.columns.get("status") or table.columns.get("stage")
        for name in table.raw.cells[heading].dropna().unique()[:_MOST_STAGES] if heading else ():
            met.setdefault(str(name), outcome_of_name(str(name), words) or "open")
    return dict(sorted(met.items()))
