"""Workbooks that are read in a child (XLS, ODS): the honest ones as they are, and of those that mean harm nothing."""

import struct
import sys

import pytest

from playbook.crm.files import workbook_child
from playbook.crm.files.spreadsheets import workbook_of
from playbook.errors import UnusableInput
from tests.crm.export_files import PLAIN, import_files, workbook, write, zipped
from tests.crm.old_workbook import number_cell, old_workbook, record, text_cell, yes_cell

holds_memory = pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
FIRST, ONE_TEXT = number_cell(0, 0, 1.0), text_cell(0, 0, 0)
TEXTS = sorted({cell for row in PLAIN for cell in row})


def _cells(rows: list[list[str]]) -> bytes:
    places = ((r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    return b"".join(text_cell(r, c, TEXTS.index(text)) for r, c, text in places)


def _refused(data: bytes, name: str = "deals.xls") -> str:
    with pytest.raises(UnusableInput) as raised:
        workbook_of(data, name)
    assert str(raised.value).startswith(f"{name}: ")
    return str(raised.value)


def test_an_old_workbook_gives_the_deals_of_a_new_one(tmp_path):
    old = write(tmp_path, "deals.xls", old_workbook({"Deals": _cells(PLAIN)}, TEXTS))
    new = write(tmp_path, "deals.xlsx", workbook({"Deals": PLAIN}))
    assert import_files(old).company.opportunities.equals(import_files(new).company.opportunities)


def test_numbers_days_and_flags_of_an_old_workbook_are_read_in_one_way_only():
    cells = text_cell(1, 1, 0) + number_cell(1, 2, 3.125) + number_cell(1, 3, 46000, style=1) + yes_cell(2, 3)
    ((_, rows),) = workbook_of(old_workbook({"Deals": cells}, ["Zoë “Ω”"]), "deals.xls").sheets
    assert rows == [["", "", "", ""], ["", "Zoë “Ω”", "3.1250", "2025-12-09"], ["", "", "", "TRUE"]]


def test_hidden_sheets_of_an_old_workbook_are_named_and_not_read():
    book = old_workbook({"Deals": _cells(PLAIN), "Last year": _cells(PLAIN)}, TEXTS, hidden=["Last year"])
    read = workbook_of(book, "deals.xls")
    assert [name for name, _ in read.sheets] == ["Deals"] and read.hidden == ["Last year"]


def test_a_text_that_is_cut_into_several_records_is_read_whole():
    texts = ["a", "long " * 6_000, "z"]
    cells = b"".join(text_cell(0, column, column) for column in range(3))
    ((_, rows),) = workbook_of(old_workbook({"Deals": cells}, texts), "deals.xls").sheets
    assert rows == [[text.strip() for text in texts]]


@holds_memory
@pytest.mark.parametrize(
    ("cells", "texts", "same_place"),
    [
        pytest.param(ONE_TEXT * 50_000, ["x" * 32_000], 1, id="one long text in fifty thousand cells"),
        pytest.param(FIRST + number_cell(65_535, 65_535, 1.0), [], 1, id="a number in the last cell that can be named"),
        pytest.param(FIRST + number_cell(65_535, 255, 1.0), [], 10, id="ten sheets that are one"),
        pytest.param(record(0x200, struct.pack("<IIHHH", 0, 2**32 - 1, 0, 65_535, 0)), [], 1, id="an endless sheet"),
    ],
)
def test_an_old_workbook_takes_no_more_memory_than_its_size_allows(cells, texts, same_place):
    book = old_workbook({"Deals": cells}, texts, same_place=same_place)
    assert len(book) < 1_000_000
    assert "MB of memory" in _refused(book)


def test_cells_far_outside_the_table_of_an_old_workbook_are_not_laid_out():
    book = old_workbook({"Deals": FIRST + number_cell(29_999, 255, 1.0)}, [])
    assert "its sheets claim 7,649,745 cells" in _refused(book)


@holds_memory
def test_an_ods_file_that_repeats_one_long_text_in_every_cell_is_not_laid_out():
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        '<table:table table:name="S"><table:table-row table:number-rows-repeated="4000">'
        '<table:table-cell office:value-type="string" table:number-columns-repeated="100">'
        f"<text:p>{'x' * 20_000}</text:p></table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    book = zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content.encode()})
    assert len(book) < 10_000
    assert "MB of memory" in _refused(book, "deals.ods")


def test_texts_are_counted_also_where_the_reader_lays_out_one_sheet_after_the_other(monkeypatch):
    monkeypatch.setattr("playbook.crm.files.workbook_texts._ALWAYS_READ", 100_000)
    cells = b"".join(text_cell(r, 0, 0) for r in range(5_000))
    assert "MB of text" in _refused(old_workbook({"Deals": cells}, ["x" * 2_000]))


def test_a_reader_that_does_not_come_to_an_end_is_ended(monkeypatch):
    monkeypatch.setattr(workbook_child, "_SECONDS", 0)
    monkeypatch.setattr(workbook_child, "_SECONDS_A_MB", 0)
    assert "or 0 seconds to read" in _refused(old_workbook({"Deals": _cells(PLAIN)}, TEXTS))


def test_a_damaged_old_workbook_is_refused_by_what_its_reader_says():
    book = old_workbook({"Deals": text_cell(0, 0, 0)}, ["a"])
    assert "cannot be read as a spreadsheet (" in _refused(book[:600])


def test_a_file_that_lies_in_the_folder_one_works_in_is_not_run(tmp_path, monkeypatch):
    write(tmp_path, "json.py", b"open('ran', 'w').close()")
    write(tmp_path, "python_calamine.py", b"open('ran', 'w').close()")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    workbook_of(old_workbook({"Deals": _cells(PLAIN)}, TEXTS), "deals.xls")
    assert not (tmp_path / "ran").exists()
