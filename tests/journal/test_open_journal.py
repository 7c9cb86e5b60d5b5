from playbook.journal.database_journal import DatabaseJournal, Key
from playbook.journal.file_journal import FileJournal
from playbook.journal.open_journal import author_here, open_journal
from tests.journal.writing import answer

KEY = Key("acme", "m1", "ana")


def test_a_workbook_s_journal_is_the_file_beside_the_chapters(tmp_path):
    journal = open_journal(tmp_path, KEY, {})
    assert isinstance(journal, FileJournal) and journal.file == tmp_path / "journal.jsonl"


def test_a_url_leads_to_the_database(tmp_path):
    journal = open_journal(tmp_path, KEY, {"PLAYBOOK_JOURNAL": f"sqlite:///{tmp_path}/j.db"})
    assert isinstance(journal, DatabaseJournal) and journal.lasting


def test_without_a_workbook_the_journal_is_a_passing_one_and_lasts_as_long_as_the_process():
    key = Key("acme", "m-passing", "ana")
    assert not open_journal(None, key, {}).lasting
    open_journal(None, key, {}).append([answer("a", 1)])
    assert [event.value for event in open_journal(None, key, {}).read().events] == [1]
    open_journal(None, key, {}).rewrite(lambda events: [])


def test_the_author_is_who_the_hub_says_or_who_logged_in():
    assert author_here({"JUPYTERHUB_USER": "ana"}) == "ana"
    assert author_here({"JUPYTERHUB_USER": "ana", "PLAYBOOK_AUTHOR": "Ana Silva"}) == "Ana Silva"
    assert author_here({})
