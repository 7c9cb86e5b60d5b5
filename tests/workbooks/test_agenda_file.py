import pytest

from playbook.errors import UnusableInput
from playbook.journal.commitments import MANAGER, field_subject
from playbook.journal.file_journal import FileJournal
from playbook.workbooks.agenda_file import write_agenda, write_calendar
from playbook.workbooks.manifest import WorkbookState, write_manifest
from tests.forms.at_work import workbook
from tests.journal.writing import answer


@pytest.fixture
def book(tmp_path):
    workbook(tmp_path / "book")
    answers = {("c1", "whose"): "r1", ("c1", "what"): "When a customer waits, I call.", ("c1", "due"): "2026-03-20"}
    answers |= {("c2", "whose"): MANAGER, ("c2", "what"): "I clear <the> way.", ("c3", "whose"): "r2"}
    FileJournal(tmp_path / "book" / "journal.jsonl").append(
        [answer(field_subject(*where), value) for where, value in answers.items()]
    )
    return tmp_path / "book"


def test_the_page_begins_with_the_last_commitments_the_manager_s_own_first(book):
    write_agenda(str(book), "ana")
    page = (book / "agenda-ana.html").read_text("utf-8")
    assert page.count("<h1>") == 1 and "The next 1:1 with Ana" in page
    assert page.index("I clear &lt;the&gt; way.") < page.index("When a customer waits, I call.") < page.index("2. What")
    assert "20 Mar 2026" in page and "Ben" not in page


def test_the_page_needs_no_script_and_no_address(book):
    write_agenda(str(book), "r1")
    page = (book / "agenda-ana.html").read_text("utf-8")
    assert "<script" not in page and "://" not in page and page == (book / "agenda-ana.html").read_text("utf-8")


@pytest.mark.parametrize("rep", ["Zoe", ""])
def test_somebody_who_is_not_of_the_team_is_told_with_the_names_that_would_do(book, rep):
    with pytest.raises(UnusableInput, match="Ana, Ben, Cara, Dan and Eve"):
        write_agenda(str(book), rep)


def test_a_manager_is_found_by_name_in_the_workbooks(book, tmp_path):
    state = WorkbookState("m1", "Mo", book)
    write_manifest(tmp_path, {}, [state.as_dict()])
    write_agenda("mo", "Ana", workbooks=tmp_path)
    assert (book / "agenda-ana.html").is_file()
    with pytest.raises(UnusableInput, match="no such workbook"):
        write_agenda("Jo", "Ana", workbooks=tmp_path)


def test_reminders_are_of_open_commitments_with_a_day(book):
    assert write_calendar(str(book))[0].startswith("1 reminder: ")
    text = (book / "commitments.ics").read_text("utf-8")
    assert text.count("BEGIN:VEVENT") == 1 and "DTSTART;VALUE=DATE:20260320" in text
    assert "SUMMARY:Ana: When a customer waits\\, I call." in text
