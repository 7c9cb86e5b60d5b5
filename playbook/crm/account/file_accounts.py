"""The account of each file: rows read, kept and dropped, columns used and left."""

from playbook.crm.account.ledger import Ledger
from playbook.crm.account.report import ColumnUsed, DroppedRows, FileReport
from playbook.crm.files.raw_table import NoTable
from playbook.crm.headings.alike import normal
from playbook.crm.headings.fields import KIND_LABELS
from playbook.crm.headings.mapping import generic
from playbook.crm.headings.recognised import Recognised


def file_reports(tables: list[Recognised], no_tables: list[NoTable], ledger: Ledger) -> tuple[FileReport, ...]:
    """A report for each table and for each file without one; files that were used come first."""
    reports = [_report(table, ledger) for table in tables]
    reports += [FileReport(n.file, "not a table", "", "", n.why) for n in no_tables]
    return tuple(sorted(reports, key=lambda r: (not r.kind, r.file)))


def _report(recognised: Recognised, ledger: Ledger) -> FileReport:
    raw = recognised.raw
    dropped = [DroppedRows(reason, rows) for reason, rows in raw.dropped.items()]
    if not recognised.kind:
        left = raw.rows_read - sum(d.rows for d in dropped)
        dropped += [DroppedRows("the file was left aside", left)] if left else []
        return FileReport(
            raw.label, "left aside", "", recognised.crm, recognised.why, raw.rows_read, 0, tuple(dropped),
            notes=raw.notes,
        )  # fmt: skip
    dropped += [DroppedRows(reason, d.rows, d.example) for reason, d in ledger.dropped.get(raw.label, {}).items()]
    rows_kept = raw.rows_read - sum(d.rows for d in dropped)
    columns = tuple(
        ColumnUsed(h, _taken_for(recognised, h), recognised.reasons.get(h, ""))
        for h in raw.headings
        if h not in recognised.left_aside
    )
    used = [c.heading for c in columns]
    remarks = [f"{h}: {remark}" for h in used if (remark := (recognised.mapping or generic()).remarks.get(normal(h)))]
    notes = (*raw.notes, *remarks, *ledger.notes.get(raw.label, ()))
    return FileReport(
        raw.label, KIND_LABELS[recognised.kind], recognised.kind, recognised.crm, recognised.why, raw.rows_read,
        rows_kept, tuple(dropped), columns, tuple(recognised.left_aside), notes,
    )  # fmt: skip


def _taken_for(recognised: Recognised, heading: str) -> str:
    if heading in recognised.wide_stage_dates:
        return f"stage_history: entered {recognised.wide_stage_dates[heading][0]}"
    if heading in recognised.wide_quotas:
        return f"quotas: {recognised.wide_quotas[heading]}"
    names = [name for name, own in recognised.columns.items() if own == heading]
    names += [name for name, own in recognised.also.items() if heading in own]
    return ", ".join(names)
