"""Damaged files of every sort: the reader gives a company or its own refusal, and nothing else, in finite time."""

import gzip
import io
import tempfile
from pathlib import Path

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.errors import UnusableInput
from tests.conftest import examples
from tests.crm.export_files import PLAIN, import_files, text_of, workbook, zipped


def _parquet() -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame(PLAIN[1:], columns=PLAIN[0]).to_parquet(buffer)
    return buffer.getvalue()


TEXT = text_of(PLAIN).encode()
SEEDS = {
    "deals.csv": TEXT,
    "quoted.csv": text_of(PLAIN, ";", "\r\n", quote_all=True).encode("utf-16"),
    "deals.csv.gz": gzip.compress(TEXT),
    "deals.zip": zipped({"a.csv": TEXT, "b.txt": TEXT}),
    "deals.xlsx": workbook({"Deals": PLAIN, "More": [["x"]]}),
    "deals.parquet": _parquet(),
    "deals.xls": b"<html><table>" + b"<tr><td>Deal ID</td><td>Owner</td><td>Stage</td></tr>" * 3 + b"</table></html>",
}
PIECES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [b'"', b"\n", b"\r", b"\x00", b",", b";", b"\xff\xfe", b"PK\x03\x04", b"\x1f\x8b", b"=1+1", b"\xed\xa0\x80",
         b"#REF!", b"31/02/2026", b"1.234.567,8,9", b"NaN", b"-", "﷽".encode(), b"<table>", b"1e309", b"9" * 400]
    ),
)  # fmt: skip
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), PIECES), min_size=1, max_size=6)


def _edited(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    for place, gone, piece in edits:
        at = int(place * len(data))
        data = data[:at] + piece + data[at + gone :]
    return data


@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(SEEDS)), edits=EDITS)
def test_a_damaged_file_is_read_or_refused_and_always_adds_up(name, edits):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(_edited(SEEDS[name], edits))
        try:
            imported = import_files(file, skip_bad_rows=True, dates="dmy")
        except UnusableInput:
            return
    for report in imported.report.files:
        assert report.rows_read == report.rows_kept + sum(d.rows for d in report.dropped)
        assert report.rows_kept >= 0


@settings(max_examples=examples(8), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(
        st.lists(st.text(max_size=8) | st.sampled_from(["Won", "Lost", "1.2k", "01/02/2026", "", "Total"]), max_size=9),
        max_size=8,
    ),
    separator=st.sampled_from(",;\t|"),
)
def test_whatever_stands_below_known_headings_is_read_or_refused_and_always_adds_up(rows, separator):
    table = [*[PLAIN[0]], *rows, ["X1", "Ana", "A", "Closed Won", "5", "2026-01-01", "2026-02-01"]]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "deals.csv"
        file.write_bytes(text_of(table, separator).encode("utf-8", errors="surrogatepass"))
        try:
            imported = import_files(file, skip_bad_rows=True, dates="dmy")
        except UnusableInput:
            return
    (report,) = imported.report.files
    assert report.rows_read == report.rows_kept + sum(d.rows for d in report.dropped)
    assert len(imported.company.opportunities) == report.rows_kept
