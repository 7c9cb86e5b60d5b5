"""A journal that is none stops nobody's workbook: neither its manager's nor anybody else's."""

import os

import pytest

from playbook.journal.file_journal import FileJournal
from tests.journal.writing import answer
from tests.workbooks.batches import chapters, folder_of, manifest, quick_batch


@pytest.fixture(scope="module")
def made(small_company, tmp_path_factory):
    """Workbooks of two managers, built once more after one's journal became a pipe and the other's older one a link."""
    place = tmp_path_factory.mktemp("odd")
    of = chapters(place, "02_words")
    quick_batch(small_company, place / "older", of)
    quick_batch(small_company, place / "books", of)
    (place / "theirs").write_text("somebody else's\n")
    FileJournal(folder_of(place / "older", "M001") / "journal.jsonl").append([answer("agreement/hours", "Mondays")])
    for folder, make in (
        (folder_of(place / "books", "M001"), os.mkfifo),
        (folder_of(place / "older", "M002"), lambda name: os.symlink(place / "theirs", name)),
    ):
        (folder / "journal.jsonl").unlink()
        make(folder / "journal.jsonl")
    result = quick_batch(small_company, place / "books", of, journals=place / "older")
    return place, result


def test_every_workbook_is_made(made):
    place, result = made
    assert result.complete
    assert {entry["status"] for entry in manifest(place / "books")["managers"].values()} == {"complete"}


def test_who_builds_is_told_which_journals_are_odd_and_what_to_do(made):
    _, result = made
    notes = "\n".join(result.notes)
    assert "belongs to a pipe" in notes and "belongs to a link" in notes
    assert "Put the journal itself in its place" in notes


def test_what_is_odd_stays_where_it_is_and_nothing_goes_through_it(made):
    place, _ = made
    assert (folder_of(place / "books", "M001") / "journal.jsonl").is_fifo()
    assert (folder_of(place / "older", "M002") / "journal.jsonl").is_symlink()
    assert (place / "theirs").read_text() == "somebody else's\n"
    assert (folder_of(place / "books", "M002") / "journal.jsonl").read_bytes() == b""
