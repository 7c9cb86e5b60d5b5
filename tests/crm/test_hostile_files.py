"""Files that mean harm, or are broken: refused by name, never unpacked to the end, nothing else is read."""

import gzip
import io
import os
import time
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from playbook.crm.files import export_bytes as files
from playbook.crm.files.workbook_texts import hold_texts_within
from playbook.crm.larger.sources import unpacked_size
from playbook.crm.reading_options import ReadingOptions
from playbook.errors import UnusableInput
from playbook.workbooks.company_source import company_from
from tests.crm.export_files import PLAIN, TODAY, import_files, text_of, workbook, write, write_rows, zipped
from tests.crm.larger_than_memory import both_ways

DEALS = text_of(PLAIN).encode()


def _refused(path: Path) -> str:
    with pytest.raises(UnusableInput) as raised:
        import_files(path)
    return str(raised.value)


def _with_sheet(old: bytes, new: bytes) -> bytes:
    """A small workbook with those bytes of its sheet exchanged."""
    with zipfile.ZipFile(io.BytesIO(workbook({"Deals": PLAIN}))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert old in members[sheet]
    return zipped(members | {sheet: members[sheet].replace(old, new)})


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="9"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row r='900000'><c r='ZZ900000'><v>1</v></c></row>",
        b'<row><c r="XFD1048576"><v>1</v></c></row>',
        b"<row>" + b"<c><v/></c>" * 5_000_000 + b"</row>",
    ],
)
def test_a_workbook_with_a_cell_at_the_end_of_the_world_is_not_laid_out(tmp_path, cell):
    book = _with_sheet(b"</sheetData>", cell + b"</sheetData>")
    assert "cells, more than the" in _refused(write(tmp_path, "deals.xlsx", book))


def test_a_stray_cell_far_below_the_table_is_no_harm(tmp_path):
    book = _with_sheet(b"</sheetData>", b'<row r="60000"><c r="B60000"/></row></sheetData>')
    assert len(import_files(write(tmp_path, "deals.xlsx", book)).company.opportunities) == 3


def _ods(rows: int, columns: int) -> bytes:
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
            f'<table:table table:name="S"><table:table-row table:number-rows-repeated="{rows}">'
            f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}">'
            "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
            "</office:spreadsheet></office:body></office:document-content>".encode(),
        }
    )


def test_an_ods_file_that_repeats_one_cell_a_thousand_million_times_is_not_laid_out(tmp_path):
    assert "cells, more than the" in _refused(write(tmp_path, "deals.ods", _ods(1_000_000, 1_000)))


def test_entities_in_a_workbook_are_not_multiplied(tmp_path):
    bomb = b'<!DOCTYPE x [<!ENTITY a "' + b"ha" * 50 + b'"><!ENTITY b "' + b"&a;" * 50 + b'">]>'
    with zipfile.ZipFile(io.BytesIO(_with_sheet(b">Owner<", b">&b;&b;<"))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    _refused(write(tmp_path, "deals.xlsx", zipped(members | {sheet: bomb + members[sheet]})))


def test_a_parquet_file_that_unpacks_without_end_is_refused(tmp_path):
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 400_000, pa.int32()), pa.array(["x" * 1000]))
    buffer = io.BytesIO()
    pq.write_table(pa.table({"Deal ID": column, "Stage": column}), buffer)
    assert "unpacks to more than" in _refused(write(tmp_path, "deals.parquet", buffer.getvalue()))


def test_an_archive_of_many_small_bombs_is_refused_before_the_last(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "_SMALL", 1_000_000)
    members = {f"{i}.csv": DEALS + b"\n" * 900_000 for i in range(3)}
    assert "unpacks to more than" in _refused(write(tmp_path, "deals.zip", zipped(members)))


def _with_shared_text(text: bytes, cells: int) -> bytes:
    """A workbook whose many cells all point to one text, which stands in the file once."""
    with zipfile.ZipFile(io.BytesIO(workbook({"Deals": PLAIN}))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    row = b"<row>" + b'<c t="s"><v>0</v></c>' * 10 + b"</row>"
    sheet = "xl/worksheets/sheet1.xml"
    members[sheet] = members[sheet].replace(b"</sheetData>", row * (cells // 10) + b"</sheetData>")
    spreadsheet = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    members["xl/sharedStrings.xml"] = b'<sst xmlns="%s"><si><t>%s</t></si></sst>' % (spreadsheet, text)
    return zipped(members)


def test_a_workbook_that_repeats_one_long_text_in_every_cell_is_not_laid_out(tmp_path):
    book = _with_shared_text(b"x" * 32_000, 20_000)
    assert len(book) < 100_000
    assert "MB of text" in _refused(write(tmp_path, "deals.xlsx", book))


def test_a_long_text_in_a_few_cells_of_a_large_workbook_is_no_harm():
    cells = b"".join(b'<c t="s"><v>%d</v></c>' % (i == 7) for i in range(30_000))
    book = zipped(
        {
            "xl/sharedStrings.xml": b'<sst xmlns="m"><si><t>Won</t></si><si><t>' + b"x" * 32_000 + b"</t></si></sst>",
            "xl/worksheets/sheet1.xml": b'<worksheet xmlns="m"><sheetData><row>'
            + cells
            + b"</row></sheetData></worksheet>",
        }
    )
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        hold_texts_within(archive, len(book), "deals.xlsx")


def test_how_much_a_gzip_file_unpacks_to_is_counted_and_not_guessed(tmp_path):
    packed = write(tmp_path, "deals.csv.gz", gzip.compress(DEALS + b"2026-01-01,Ana\n" * 400_000))
    unpacked = len(DEALS) + 15 * 400_000
    assert unpacked > 200 * packed.stat().st_size
    assert unpacked_size([packed], 2 * unpacked) == unpacked
    assert 1_000_000 < unpacked_size([packed], 1_000_000) < 4_000_000, "counted no further than needed"


@pytest.mark.parametrize("column", ["Account", "Deal ID"])
def test_a_nul_in_a_cell_names_its_row_and_can_be_left_out(tmp_path, column):
    rows = [[*row] for row in PLAIN]
    rows[2][PLAIN[0].index(column)] += "\0"
    path = write_rows(tmp_path, "deals.csv", rows)
    assert "deals.csv, row 3: the row has a NUL in a cell" in _refused(path)
    imported = import_files(path, skip_bad_rows=True)
    assert len(imported.company.opportunities) == 2
    assert any("NUL" in d.reason for f in imported.report.files for d in f.dropped)


@pytest.mark.parametrize("pieces", [False, True])
def test_a_nul_in_a_parquet_file_names_its_row_too(tmp_path, pieces):
    rows = [[*row] for row in PLAIN]
    rows[2][PLAIN[0].index("Account")] += "\0"
    table = pa.table([list(column) for column in zip(*rows[1:], strict=True)], names=rows[0])
    pq.write_table(table, tmp_path / "deals.parquet")
    refused = both_ways([tmp_path / "deals.parquet"], tmp_path) if pieces else _refused(tmp_path / "deals.parquet")
    assert "deals.parquet, row 3: the row has a NUL in a cell" in refused


def _archive(stored: bytes, *, said_to_be_utf8: bool = False) -> bytes:
    """An archive of one file of deals whose name is stored as these bytes."""
    holder = "N" * len(stored)
    with zipfile.ZipFile(buffer := io.BytesIO(), "w") as archive:
        archive.writestr(holder, DEALS)
    raw = bytearray(buffer.getvalue().replace(holder.encode(), stored))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)) if said_to_be_utf8 else ():
        raw[raw.index(signature) + flags + 1] |= 0x08
    return bytes(raw)


@pytest.mark.parametrize(
    ("stored", "label"),
    [
        ("Geschäfte.csv".encode("cp437"), "Geschäfte.csv"),
        (
            "Geschäfte 東京.csv".encode(),
            "Geschäfte 東京.csv",
        ),  # as many programs write it, without saying that it is UTF-8
        ("Geschäfte.csv".encode("cp1252"), "GeschΣfte.csv"),  # nothing in the archive says that
        (b"a\n\x1b[31mb.csv", r"a\n\x1b[31mb.csv"),
    ],
)
def test_a_name_in_an_old_archive_is_shown_in_letters_and_steers_no_terminal(tmp_path, stored, label):
    both_ways([write(tmp_path, "old.zip", _archive(stored))], tmp_path)
    report = import_files(tmp_path / "old.zip").report
    assert [file.file for file in report.files] == [f"old.zip/{label}"]
    assert any(f"old.zip/{label}" in line for line in report.summary_lines())


def test_an_archive_whose_names_are_not_in_the_letters_that_it_says_is_refused(tmp_path):
    path = write(tmp_path, "old.zip", _archive(b"caf\xe9.csv", said_to_be_utf8=True))
    with pytest.raises(UnusableInput, match="old.zip: names its files in letters that cannot be read"):
        unpacked_size([path], 1)
    assert "names its files in letters that cannot be read" in both_ways([path], tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no names of other bytes")
def test_a_file_in_a_folder_whose_name_is_no_utf8_is_read_and_its_bytes_are_spelled_out(tmp_path):
    folder = tmp_path / os.fsdecode(b"export\xfcs")
    folder.mkdir()
    (folder / os.fsdecode(b"caf\xe9.csv")).write_bytes(DEALS)
    both_ways([folder], tmp_path)
    imported = import_files(folder)
    assert [file.file for file in imported.report.files] == [r"caf\xe9.csv"]
    assert imported.company.settings.name.lower() == r"export\xfcs"
    (kept,) = company_from([folder], None, ReadingOptions(), TODAY).files
    assert kept[0] == r"caf\xe9.csv"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no names of other bytes")
def test_what_cannot_be_used_is_named_also_where_its_name_is_no_utf8(tmp_path):
    assert rf"{tmp_path}/caf\xe9.csv: there is no such file" in _refused(tmp_path / os.fsdecode(b"caf\xe9.csv"))


def test_a_blank_line_costs_next_to_nothing(tmp_path):
    path = write(tmp_path, "deals.csv", DEALS + b"\n" * 300_000)
    began = time.process_time()
    assert len(import_files(path).company.opportunities) == 3
    assert time.process_time() - began < 8, "19 s where each blank line is laid on its side"


def test_a_file_of_nothing_but_line_ends_is_refused_at_once(tmp_path):
    assert "empty lines" in _refused(write(tmp_path, "deals.csv", DEALS + b"\n" * 5_000_000))


def test_a_member_that_would_climb_out_of_its_archive_is_only_a_name(tmp_path):
    inside = tmp_path / "in"
    write(inside, "deals.zip", zipped({"../../evil.csv": DEALS, "/etc/evil.csv": DEALS.replace(b"D", b"E")}))
    imported = import_files(inside)
    assert len(imported.company.opportunities) == 6
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["deals.zip", "in"]


def test_an_archive_in_an_archive_is_left_closed(tmp_path):
    inner = zipped({"deals.csv": DEALS})
    imported = import_files(write(tmp_path, "all.zip", zipped({"deals.csv": DEALS, "more.zip": inner})))
    assert {f.file: f.why for f in imported.report.files}[
        "all.zip/more.zip"
    ] == "an archive inside an archive; not opened"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
def test_links_in_circles_and_out_of_the_folder_are_not_followed(tmp_path):
    secret = write(tmp_path / "secret", "deals.csv", DEALS.replace(b"Ana", b"Secret"))
    inside = write_rows(tmp_path / "in", "deals.csv", PLAIN).parent
    (inside / "again").symlink_to(inside)
    (inside / "out.csv").symlink_to(secret)
    (inside / "out").symlink_to(secret.parent)
    imported = import_files(inside)
    assert not imported.company.people["name"].str.contains("Secret").any()
    assert "not followed" in {f.file: f.why for f in imported.report.files}["out.csv"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    write_rows(tmp_path, "deals.csv", PLAIN)
    os.mkfifo(tmp_path / "deals2.csv")
    assert len(import_files(tmp_path).company.opportunities) == 3
    assert "is no file and no folder" in _refused(tmp_path / "deals2.csv")


@pytest.mark.parametrize(
    "content",
    [
        b"\x00" * 5000,
        b"\xff\xfe" + b"\x00\xd8" * 100,  # UTF-16 with halves of letters
        b"PK\x03\x04 nothing",
        gzip.compress(gzip.compress(DEALS)),
        b"\x1f\x8b\x08",
        b"PAR1PAR1",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        b'"' * 10_001,
        b"Deal ID,Owner,Stage\n" + b'"' + b"a," * 200_000,
        b"<html><table><tr><td>" * 3000,
        b"," * 100_000 + b"\n" + b"," * 100_000,
        DEALS.replace(b"Acme", b"Ac\x00me") + b"\x00",
        DEALS.replace(b"Acme", "‮\u200b﷽".encode() * 500),
        b"Deal ID,Owner,Stage,Amount\n1,Ana,Won," + b"9" * 5000 + b"\n2,Bo,Lost,1\n",
        b"Deal ID,Owner,Stage,Amount\n1,Ana,Won,1e999999\n2,Bo,Lost,1\n",
        b"Deal ID,Owner,Stage,Close Date\n1,Ana,Won,99999-12-31\n2,Bo,Lost,0000-00-00\n",
        b"Deal ID,Owner,Stage,Close Date\n1,Ana,Won,31/12/9999\n2,Bo,Lost,01/01/0001\n",
    ],
)
def test_whatever_a_file_holds_it_is_read_or_refused_by_name(tmp_path, content):
    try:
        import_files(write(tmp_path, "deals.csv", content))
    except UnusableInput as refusal:
        assert "deals.csv" in str(refusal)
