"""The import report as a page of its own: the same content as the Markdown, for whoever opens it in a browser.

No script, no outside address; every text that comes from the files is escaped.
"""

from collections.abc import Iterable, Sequence

from playbook.crm.account.report import FileReport, ImportReport
from playbook.escaping import for_html

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733; }
table { border-collapse: collapse; margin: .5rem 0 1rem; } caption { text-align: left; font-weight: 600; }
th, td { border-bottom: 1px solid #d5dce4; padding: .25rem .75rem .25rem 0; text-align: left; vertical-align: top; }
td.n { text-align: right; } code { white-space: pre-wrap; }
"""


def report_page(report: ImportReport) -> str:
    """The whole report as one HTML page."""
    title = for_html(f"What the import made of your files: {report.company}")
    parts = [f"<h1>{title}</h1>", _list(report.in_three_lines()), f"<p>{for_html(report.one_paragraph())}</p>"]
    if report.warnings:
        parts += ["<h2>Please note</h2>", _list(report.warnings)]
    parts.append("<h2>What is in the company folder now</h2>")
    parts.append(_table(("table", "rows"), ((name, f"{rows:,}") for name, rows in report.tables.items()), numbers=(1,)))
    parts.append("<h2>File by file</h2>")
    parts += [_file(file) for file in report.files]
    parts += ["<h2>Taken for granted</h2>", _list(report.assumptions or ["nothing"])]
    parts.append("<h2>Rules that changed or questioned values</h2>")
    repairs = ((r.table, r.what, f"{r.count:,}", r.example) for r in report.repairs)
    parts.append(_table(("table", "rule", "rows", "for example"), repairs, numbers=(2,)))
    parts.append("<h2>What is off, and what it needs</h2>")
    parts.append(_list([f"{off.what}: needs {off.needs}" for off in report.switched_off] or ["Nothing is off."]))
    if report.next_export:
        parts += ["<h2>The next export to ask for</h2>", f"<p>{for_html(report.next_export)}</p>"]
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>\n"
    )


def _file(file: FileReport) -> str:
    parts = [f"<h3>{for_html(file.file)}</h3>"]
    if file.kind:
        parts.append(f"<p>Taken for <strong>{for_html(file.taken_for)}</strong>: {for_html(file.why)}.</p>")
    else:
        parts.append(f"<p>Left aside: {for_html(file.why)}.</p>")
    if file.rows_read:
        rows = [("read", f"{file.rows_read:,}", ""), ("kept", f"{file.rows_kept:,}", "")]
        rows += [(f"dropped: {d.reason}", f"{d.rows:,}", d.example) for d in file.dropped]
        parts.append(_table(("rows", "", "for example"), rows, numbers=(1,)))
    if file.columns:
        columns = ((c.heading, c.taken_for, c.why) for c in file.columns)
        parts.append(_table(("heading", "taken for", "why"), columns))
    if file.left_aside:
        parts.append(f"<p>Columns left aside (kept, but not used): {for_html(', '.join(file.left_aside))}.</p>")
    return "".join(parts) + (_list(file.notes) if file.notes else "")


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{for_html(item)}</li>' for item in items)}</ul>"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    body = "".join(
        "<tr>"
        + "".join(f"{'<td class=n>' if i in numbers else '<td>'}{for_html(cell)}</td>" for i, cell in enumerate(row))
        + "</tr>"
        for row in rows
    )
    if not body:
        return "<p>None.</p>"
    head = "".join(f'<th scope="col">{for_html(heading)}</th>' for heading in headings)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
