import csv
import json

import pytest

from playbook.errors import UnusableInput
from playbook.journal.commitments import field_subject
from playbook.journal.database_journal import Key
from playbook.journal.file_journal import FileJournal
from playbook.journal.folding import standing
from playbook.journal.open_journal import open_journal
from playbook.workbook import MOVED_JOURNAL
from playbook.workbooks import journal_care
from tests.coaching.small_team import company, team
from tests.forms.at_work import workbook
from tests.journal.writing import answer, undo

HOURS, AGAIN = "agreement/hours", "agreement/again"


@pytest.fixture
def book(tmp_path):
    workbook(tmp_path / "book")
    return tmp_path / "book"


def write(book, *events):
    FileJournal(book / "journal.jsonl").append(events)


def values(book):
    return {s: x.value for s, x in standing(FileJournal(book / "journal.jsonl").read().events).items()}


def test_the_list_says_what_stands_and_the_history_also_what_was_taken_back(book):
    write(book, answer(HOURS, "first", "e1"), answer(HOURS, "second", "e2"), undo("e2", HOURS))
    assert journal_care.listed(book) == ["2026-03-31  agreement/hours: first"]
    history = journal_care.listed(book, history=True)
    assert len(history) == 3 and "e2  (taken back) agreement/hours: second" in history[1]


def test_an_empty_journal_is_said_and_a_torn_line_is_told(book):
    assert journal_care.listed(book) == ["Nothing is written down yet."]
    (book / "journal.jsonl").write_bytes(b'{"id": "x')
    assert "cut off" in journal_care.listed(book)[-1]


def test_an_export_as_json_is_what_was_written_and_as_csv_is_safe_to_open(book, tmp_path):
    write(book, answer(HOURS, "=1+1"), answer(AGAIN, {"x": "ü"}))
    journal_care.export(book, tmp_path / "answers.json")
    journal_care.export(book, tmp_path / "answers.csv")
    assert [e["value"] for e in json.loads((tmp_path / "answers.json").read_text("utf-8"))] == ["=1+1", {"x": "ü"}]
    rows = list(csv.DictReader((tmp_path / "answers.csv").open(encoding="utf-8-sig")))
    assert [row["value"] for row in rows] == ["'=1+1", '{"x": "ü"}'] and rows[0]["counts"] == "yes"


def test_a_file_of_no_known_format_is_refused(book, tmp_path):
    with pytest.raises(UnusableInput, match="csv or .json"):
        journal_care.export(book, tmp_path / "answers.doc")


def test_two_copies_of_one_workbook_become_one_and_the_other_stays_as_it_was(book, tmp_path):
    workbook(tmp_path / "laptop")
    write(book, answer(HOURS, "office", at="2026-04-01T10:00:00.000Z"))
    write(tmp_path / "laptop", answer(HOURS, "home", at="2026-04-02T10:00:00.000Z"), answer(AGAIN, "home too"))
    before = (tmp_path / "laptop" / "journal.jsonl").read_bytes()
    assert "2 events are new" in journal_care.merge(book, tmp_path / "laptop")[0]
    assert values(book) == {HOURS: "home", AGAIN: "home too"}
    assert (tmp_path / "laptop" / "journal.jsonl").read_bytes() == before
    assert "no events are new" in journal_care.merge(book, tmp_path / "laptop")[0]


def test_merging_into_a_damaged_journal_keeps_the_file_as_it_was_and_says_so(book, tmp_path):
    workbook(tmp_path / "laptop")
    write(book, answer(HOURS, "office"))
    write(tmp_path / "laptop", answer(AGAIN, "home"))
    for copy in (book, tmp_path / "laptop"):
        with (copy / "journal.jsonl").open("ab") as file:
            file.write(b'{"id": "perhaps somebody can read this')
    before = (book / "journal.jsonl").read_bytes()
    lines = journal_care.merge(book, tmp_path / "laptop")
    assert (book / "journal.damaged.jsonl").read_bytes() == before and "journal.damaged.jsonl" in lines[1]
    assert lines[2].startswith("In the other copy: The last line of the journal was cut off")
    assert values(book) == {HOURS: "office", AGAIN: "home"} and not FileJournal(book / "journal.jsonl").read().remarks
    with (book / "journal.jsonl").open("ab") as file:
        file.write(b"again")
    assert "journal.damaged-2.jsonl" in journal_care.merge(book, tmp_path / "laptop")[1]


def test_a_workbook_is_not_merged_with_itself(book):
    with pytest.raises(UnusableInput, match="very same workbook"):
        journal_care.merge(book, book)


def test_a_file_that_is_no_journal_is_called_that_and_not_a_cut_off_line(book):
    (book / "journal.jsonl").write_bytes(b"PK\x03\x04 a spreadsheet\n" + bytes(range(256)))
    (lines,) = journal_care.listed(book)
    assert "Nothing in journal.jsonl can be read" in lines and "from a copy" in lines and "cut off" not in lines


def test_a_journal_that_an_editor_saved_with_a_mark_and_other_line_ends_is_read(book):
    write(book, answer(HOURS, "first"), answer(AGAIN, "second"))
    raw = (book / "journal.jsonl").read_bytes()
    (book / "journal.jsonl").write_bytes(b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    assert values(book) == {HOURS: "first", AGAIN: "second"}


def test_another_manager_s_workbook_is_not_merged(book, tmp_path):
    from dataclasses import replace

    workbook(tmp_path / "other", replace(team(), manager_id="m2"))
    with pytest.raises(UnusableInput, match="another manager's"):
        journal_care.merge(book, tmp_path / "other")


def test_a_file_is_moved_into_a_database_and_stays_under_another_name(book, tmp_path, monkeypatch):
    monkeypatch.setenv("PLAYBOOK_JOURNAL", f"sqlite:///{tmp_path}/j.db")
    monkeypatch.setenv("PLAYBOOK_AUTHOR", "ana")
    write(book, answer(HOURS, "kept"))
    assert "1 event is in the database" in journal_care.into_database(book)[0]
    assert journal_care.listed(book) == ["2026-03-31  agreement/hours: kept"]
    assert (book / "journal.jsonl").read_bytes() == b"" and len((book / MOVED_JOURNAL).read_bytes()) > 10
    write(book, answer(AGAIN, "written to the file later"))
    journal_care.into_database(book)
    assert len(journal_care.listed(book)) == 2 and (book / "journal.jsonl").read_bytes() == b""
    monkeypatch.delenv("PLAYBOOK_JOURNAL")
    with pytest.raises(UnusableInput, match="no database is named"):
        journal_care.into_database(book)


def test_an_event_is_taken_back_by_its_id(book):
    write(book, answer(HOURS, "first", "e1"), answer(HOURS, "second", "e2"))
    journal_care.undo(book, "e2")
    assert values(book) == {HOURS: "first"}
    assert "taken back already" in journal_care.undo(book, "e2")[0]
    undone = FileJournal(book / "journal.jsonl").read().events[-1]
    assert "The taking back is taken back" in journal_care.undo(book, undone.id)[0]
    assert values(book) == {HOURS: "second"}
    with pytest.raises(UnusableInput, match="no such event"):
        journal_care.undo(book, "e9")


@pytest.mark.parametrize("person", ["r1", "Ana", "ana"])
def test_a_person_is_erased_by_id_or_name_and_the_journal_says_that_it_was_done(book, person):
    write(book, answer("conversation/r1/open/saw", "Interrupts."), answer(field_subject("c", "whose"), "r1"))
    write(book, answer(field_subject("c", "what"), "I will …"), answer(AGAIN, "Ask Ana first.", "e9"))
    assert "3 events are erased" in journal_care.erase(book, person)[0]
    raw = (book / "journal.jsonl").read_text("utf-8")
    assert "Ana" not in raw and '"r1"' not in raw and "Interrupts" not in raw and '"erased"' in raw
    assert values(book) == {AGAIN: "Ask [erased] first."}


def test_who_is_not_in_the_journal_leaves_it_as_it_is(book):
    write(book, answer(HOURS, "first"))
    before = (book / "journal.jsonl").read_bytes()
    assert journal_care.erase(book, "Zoe") == ["Nothing in the journal is about Zoe, or names them. It stays as it is."]
    assert (book / "journal.jsonl").read_bytes() == before


def test_erasing_takes_unreadable_lines_too_and_names_the_files_that_still_hold_the_person(book):
    write(book, answer(HOURS, "Ana first", "e1"))
    with (book / "journal.jsonl").open("ab") as file:
        file.write(b'{"id": "x", "value": "Ana')
    (book / MOVED_JOURNAL).write_bytes(b"")
    text = " ".join(journal_care.erase(book, "Ana"))
    assert "blacked out in 1 other text." in text and "could not be read are gone too" in text
    assert "So does journal.moved.jsonl, which lies in this folder: delete it." in text
    assert b"Ana" not in (book / "journal.jsonl").read_bytes()


def test_a_folder_that_is_no_workbook_is_refused(tmp_path):
    with pytest.raises(UnusableInput, match="no workbook"):
        journal_care.listed(tmp_path)


def test_the_database_is_asked_for_the_person_at_the_keyboard(book, tmp_path, monkeypatch):
    monkeypatch.setenv("PLAYBOOK_JOURNAL", f"sqlite:///{tmp_path}/j.db")
    monkeypatch.setenv("PLAYBOOK_AUTHOR", "ben")
    key = Key(company().settings.company_id, "m1", "ana")
    open_journal(book, key, {"PLAYBOOK_JOURNAL": f"sqlite:///{tmp_path}/j.db"}).append([answer(HOURS, 1)])
    assert journal_care.listed(book) == ["Nothing is written down yet."]
