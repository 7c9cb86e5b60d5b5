"""The import report: per file what it was taken for and why, and what became of each row and column.

Rows read are rows kept plus rows dropped by reason; it always adds up.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from playbook.crm.account.ledger import Repair
from playbook.crm.account.switched_off import Off
from playbook.escaping import for_markdown, plain
from playbook.wording import listing, paragraph

_INDENT = "    "  # of what belongs to a file, in the terminal
_NAMED = 6  # files, before the others are only counted


@dataclass(frozen=True)
class ColumnUsed:
    """A heading, what it was taken for (our column), and why."""

    heading: str
    taken_for: str
    why: str


@dataclass(frozen=True)
class DroppedRows:
    """How many rows of a file were dropped for one reason, with an example."""

    reason: str
    rows: int
    example: str = ""


@dataclass(frozen=True)
class FileReport:
    """What became of one file, or of one sheet of it. `kind` is empty for a file that was left aside."""

    file: str
    taken_for: str
    kind: str
    crm: str
    why: str
    rows_read: int = 0
    rows_kept: int = 0
    dropped: tuple[DroppedRows, ...] = ()
    columns: tuple[ColumnUsed, ...] = ()
    left_aside: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportReport:
    """What the import made of the files; `tables` counts the rows of each canonical table."""

    company: str
    imported_on: str
    files: tuple[FileReport, ...]
    tables: dict[str, int]
    repairs: tuple[Repair, ...] = ()
    assumptions: tuple[str, ...] = ()
    switched_off: tuple[Off, ...] = ()
    next_export: str = ""
    warnings: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return asdict(self)

    def summary_lines(self) -> list[str]:
        """What was taken for what and why, line by line, for the terminal; in three lines first."""
        lines = [plain(line) for line in self.in_three_lines()]
        for file in self.files:
            if not file.kind:
                lines.append(f"{plain(file.file)}: left aside, {plain(file.why)}")
                continue
            lines.append(f"{plain(file.file)}: {file.taken_for}, as {plain(file.why)}")
            lines.append(f"{_INDENT}{_rows(file)}")
            lines += [f"{_INDENT}{plain(c.heading)} → {c.taken_for}: {plain(c.why)}" for c in file.columns]
            if file.left_aside:
                lines.append(f"{_INDENT}left aside: {', '.join(plain(h) for h in file.left_aside)}")
            lines += [f"{_INDENT}{plain(note)}" for note in file.notes]
        lines += [f"Assumed: {plain(sentence)}" for sentence in self.assumptions]
        if self.switched_off:
            lines.append(
                f"Off for want of data: {'; '.join(f'{off.what} (needs {off.needs})' for off in self.switched_off)}."
            )
        if self.next_export:
            lines.append(f"Ask for next: {self.next_export}.")
        return lines + [f"Please note: {plain(sentence)}" for sentence in self.warnings]

    def in_three_lines(self) -> tuple[str, str, str]:
        """Which files are the deals, what else was read and as what, and what was left aside."""
        deals = [f.file for f in self.files if f.kind == "opportunities"]
        others = [f"{f.file} as {f.taken_for}" for f in self.files if f.kind and f.kind != "opportunities"]
        aside = [f.file for f in self.files if not f.kind]
        many = _many(self.tables.get("opportunities", 0), "deal")
        return (
            f"Deals: {_first(deals, _NAMED)} ({many}).",
            f"Beside them: {_first(others, _NAMED)}." if others else "Beside them: nothing else was read.",
            f"Left aside, each with its reason below: {_first(aside, _NAMED)}." if aside else "Left aside: no file.",
        )

    def one_paragraph(self) -> str:
        """The report in one paragraph of plain text, for whoever imports."""
        used = [f for f in self.files if f.kind]
        rows_read, rows_kept = sum(f.rows_read for f in used), sum(f.rows_kept for f in used)
        counts = (
            f"{_many(self.tables.get('opportunities', 0), 'deal')}, "
            f"{_many(self.tables.get('people', 0), 'person', 'people')}"
        )
        sentences = [f"This workbook was made from {self._files_used()}, imported on {self.imported_on}: {counts}."]
        if rows_read > rows_kept:
            sentences.append(f"Of {rows_read:,} rows {rows_read - rows_kept:,} were set aside ({self._reasons()}).")
        if self.repairs:
            sentences.append(
                f"{_many(len(self.repairs), 'rule')} touched values; the import report lists each with an example."
            )
        return paragraph(*sentences, *self._what_is_off())

    def for_managers(self) -> str:
        """The same for `your_new_role`, without a count: the company's less the own team's would be other people's."""
        used = [f for f in self.files if f.kind]
        sentences = [f"This workbook was made from {self._files_used()}, imported on {self.imported_on}."]
        if any(f.rows_read > f.rows_kept for f in used):
            sentences.append(f"Some rows were set aside ({self._reasons()}).")
        if self.repairs:
            sentences.append("Rules touched some values; whoever built the workbook has the report that lists them.")
        return paragraph(*sentences, *self._what_is_off())

    def _files_used(self) -> str:
        used = [f for f in self.files if f.kind]
        crms = sorted({f.crm for f in used if f.crm and f.crm != "generic"})
        files = _many(len(used), "file")
        return f"{files} of {listing(crms)}" if crms else files

    def _reasons(self) -> str:
        return _first(sorted({d.reason for f in self.files if f.kind for d in f.dropped}), 4)

    def _what_is_off(self) -> list[str]:
        sentences = []
        if self.switched_off:
            lacking = list(dict.fromkeys(off.needs for off in self.switched_off))
            sentences.append(f"The data does not hold {_first(lacking, 5)}, so what needs it is off.")
        if self.next_export:
            sentences.append(f"To switch on more, ask for {self.next_export}.")
        return sentences

    def as_markdown(self) -> str:
        """The whole report as a Markdown page; text from the files is made harmless."""
        md = for_markdown
        lines = [
            f"# What the import made of your files: {md(self.company)}",
            "",
            *(f"- {md(line)}" for line in self.in_three_lines()),
            "",
            md(self.one_paragraph()),
            "",
        ]
        if self.warnings:
            lines += ["## Please note", "", *(f"- {md(w)}" for w in self.warnings), ""]
        lines += ["## What is in the company folder now", "", "| table | rows |", "|---|---:|"]
        lines += [f"| {md(name)} | {rows:,} |" for name, rows in self.tables.items()]
        lines += ["", "## File by file", ""]
        for file in self.files:
            lines += _file_section(file)
        lines += ["## Taken for granted", "", *(f"- {md(a)}" for a in self.assumptions or ["nothing"]), ""]
        lines += ["## Rules that changed or questioned values", ""]
        if self.repairs:
            lines += ["| table | rule | rows | for example |", "|---|---|---:|---|"]
            lines += [f"| {md(r.table)} | {md(r.what)} | {r.count:,} | {md(r.example)} |" for r in self.repairs]
        else:
            lines.append("None.")
        lines += ["", "## What is off, and what it needs", ""]
        lines += [f"- {md(o.what)}: needs {md(o.needs)}" for o in self.switched_off] or ["Nothing is off."]
        if self.next_export:
            lines += ["", "## The next export to ask for", "", md(self.next_export)]
        return "\n".join(lines) + "\n"


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def _first(items: list[str], most: int) -> str:
    first = "; ".join(items[:most])
    return f"{first}; and more" if len(items) > most else first


def _rows(file: FileReport) -> str:
    parts = [f"{file.rows_kept:,} kept", *(f"{d.rows:,} {d.reason}" for d in file.dropped)]
    return f"{file.rows_read:,} rows read = {', '.join(parts)}"


def _file_section(file: FileReport) -> list[str]:
    md = for_markdown
    lines = [f"### {md(file.file)}", ""]
    if not file.kind:
        lines += [f"Left aside: {md(file.why)}.", ""]
        if file.rows_read:
            lines += [f"{md(_rows(file))}.", ""]
        return lines
    lines += [f"Taken for **{md(file.taken_for)}**: {md(file.why)}.", ""]
    lines += ["| rows | |", "|---:|---|", f"| {file.rows_read:,} | read |", f"| {file.rows_kept:,} | kept |"]
    for d in file.dropped:
        reason = f"{md(d.reason)} ({md(d.example)})" if d.example else md(d.reason)
        lines.append(f"| {d.rows:,} | dropped: {reason} |")
    lines += ["", "| heading | taken for | why |", "|---|---|---|"]
    lines += [f"| {md(c.heading)} | {md(c.taken_for)} | {md(c.why)} |" for c in file.columns]
    lines.append("")
    if file.left_aside:
        lines += [f"Columns left aside (kept, but not used): {', '.join(md(h) for h in file.left_aside)}.", ""]
    return lines + [f"- {md(note)}" for note in file.notes] + ([""] if file.notes else [])
