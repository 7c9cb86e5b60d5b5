"""An import on disk: the company's tables, the report, and the columns that were kept aside; each file atomically."""

import json
from pathlib import Path

from playbook.atomic import write_beside
from playbook.company import save, save_table
from playbook.crm.account.report import ImportReport
from playbook.crm.account.report_page import report_page
from playbook.crm.importing import Imported


def save_imported(imported: Imported, folder: Path) -> None:
    """Write the company into `folder`, with `import-report.md`, `.html` and `.json`, and `kept_aside/<table>.parquet`.

    Raises
    ------
    OSError : if the folder cannot be written to.
    """
    save(imported.company, folder)
    for table, frame in imported.unused_columns.items():
        save_table(frame, folder / "kept_aside" / f"{table}.parquet")
    save_report(imported.report, folder)


def save_report(report: ImportReport, folder: Path) -> None:
    """Write the report into `folder`: `import-report.md`, `.html` and `.json`."""
    with write_beside(folder / "import-report.md") as beside:
        beside.write_text(report.as_markdown(), encoding="utf-8")
    with write_beside(folder / "import-report.html") as beside:
        beside.write_text(report_page(report), encoding="utf-8")
    with write_beside(folder / "import-report.json") as beside:
        beside.write_text(json.dumps(report.as_dict(), indent=1, ensure_ascii=False, default=str), encoding="utf-8")
