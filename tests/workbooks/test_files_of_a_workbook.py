"""Whatever the kit writes into a workbook, the class that stands for a workbook knows."""

import shutil

from playbook.journal.commitments import field_subject
from playbook.journal.file_journal import FileJournal
from playbook.workbook import Workbook
from playbook.workbooks import journal_care
from playbook.workbooks.agenda_file import write_agenda, write_calendar
from tests.journal.writing import answer


def test_whatever_was_written_in_a_workbook_is_known(kit, tmp_path):
    """Everything that writes there: the build, forms, agendas, reminders, and what looks after the journal."""
    book = tmp_path / "book"
    shutil.copytree(kit.workbook, book)
    rep = kit.company.people.query("manager_id == 'M001'")["person_id"].iloc[0]
    fields = {"whose": rep, "what": "I will ask.", "due": "2027-01-04"}
    FileJournal(book / "journal.jsonl").append([answer(field_subject("c1", k), v) for k, v in fields.items()])
    with (book / "journal.jsonl").open("ab") as journal:
        journal.write(b"broken\n")
    shutil.copytree(book, tmp_path / "other")
    journal_care.merge(book, tmp_path / "other")
    write_agenda(str(book), rep)
    write_calendar(str(book))
    files = dict(Workbook(book).files())
    assert [file for file, known in files.items() if known is None] == []
    written = {file.name for file in files}
    assert {"commitments.ics", "journal.damaged.jsonl", "index.html", "guide.md", "team.toml"} < written
    assert any(name.startswith("agenda-") for name in written)
