"""Small export files, made on the spot: delimited text in any dress, workbooks, archives, and a plain set of deals."""

import io
import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from export_dresses import text_of

from playbook.crm.import_options import ImportOptions
from playbook.crm.importing import Imported, import_exports
from playbook.crm.reading_options import ReadingOptions

TODAY = date(2026, 6, 30)

PLAIN = [
    ["Deal ID", "Owner", "Account", "Stage", "Amount", "Created Date", "Close Date"],
    ["D1", "Ana García", "Acme", "Closed Won", "1200", "2026-01-05", "2026-02-10"],
    ["D2", "Ana García", "Beta", "Closed Lost", "800", "2026-01-15", "2026-03-01"],
    ["D3", "Bo Lee", "Gamma", "Proposal", "500", "2026-03-02", "2026-07-31"],
]


def write(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    """A file in `folder` with that content."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return file


def write_rows(folder: Path, name: str, rows: list[list[str]], **dress) -> Path:
    """A delimited file in `folder`."""
    encoding = dress.pop("encoding", "utf-8")
    return write(folder, name, text_of(rows, **dress), encoding)


def import_files(*paths: Path, **options) -> Imported:
    """The import of those files on the tests' day."""
    return import_exports(import_options(list(paths), **options))


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    """An XLSX file with those sheets: numbers as numbers, text inline, dates as day numbers with a date format."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{i}.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for i in range(1, len(sheets) + 1)
        )
        + "</Types>",
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="xl/workbook.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        + "".join(f'<sheet name="{escape(n)}" sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(sheets, 1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="rId{i}" Target="worksheets/sheet{i}.xml" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
            for i in range(1, len(sheets) + 1)
        )
        + f'<Relationship Id="rId{len(sheets) + 1}" Target="styles.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/></Relationships>',
        "xl/styles.xml": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    for number, rows in enumerate(sheets.values(), 1):
        lines = "".join(
            f'<row r="{r}">' + "".join(_cell(r, c, value) for c, value in enumerate(row)) + "</row>"
            for r, row in enumerate(rows, 1)
        )
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f"<sheetData>{lines}</sheetData></worksheet>"
        )
    return zipped({name: content.encode() for name, content in parts.items()})


def _cell(row: int, column: int, value: object) -> str:
    place = f"{chr(65 + column)}{row}"
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def zipped(members: dict[str, bytes]) -> bytes:
    """A ZIP archive of those members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def import_options(
    paths: list[Path], today: date = TODAY, company_name: str | None = None, **reading: object
) -> ImportOptions:
    """The import of `paths` as it is asked for; `reading` are the parts of `ReadingOptions`."""
    return ImportOptions(paths, today, ReadingOptions(**reading), company_name)
