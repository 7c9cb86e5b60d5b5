"""The journal in SQLite and in a real PostgreSQL server: the same promises as in a file."""

import sqlite3
import stat
import threading

import pytest

from playbook.errors import UnusableInput
from playbook.journal import database_journal
from playbook.journal.database_journal import DatabaseJournal, Key
from playbook.journal.journals import NotReadable, NotSaved
from tests.journal.writing import answer

ANA = Key("acme", "m1", "ana")


@pytest.fixture
def key(request):
    """A key that no other test writes to."""
    return Key(request.node.name, "m1", "ana")


def test_what_was_appended_is_read_in_order_by_another_page(url, key):
    events = [answer("a", value, str(n)) for n, value in enumerate([1, "ü\0\n", {"x": [None, 1.5]}])]
    DatabaseJournal(url, key).append(events)
    assert DatabaseJournal(url, key).read().events == events


def test_an_event_offered_again_counts_once(url, key):
    journal = DatabaseJournal(url, key)
    journal.append([answer("a", 1)])
    journal.append([answer("a", 1), answer("a", 2)])
    assert [event.value for event in journal.read().events] == [1, 2]


@pytest.mark.parametrize("other", ["company_id", "manager_id", "author"])
def test_nobody_sees_or_changes_the_answers_under_another_key(url, key, other):
    mine, theirs = DatabaseJournal(url, key), DatabaseJournal(url, Key(**{**vars(key), other: "x"}))
    mine.append([answer("a", "mine")])
    theirs.append([answer("a", "theirs")])
    theirs.rewrite(lambda events: [])
    assert [event.value for event in mine.read().events] == ["mine"] and theirs.read().events == []


def test_a_rewrite_replaces_everything_and_the_next_event_comes_after_it(url, key):
    journal = DatabaseJournal(url, key)
    journal.append([answer("a", n) for n in range(3)])
    journal.rewrite(lambda events: events[::-1])
    journal.append([answer("a", 9)])
    assert [event.value for event in journal.read().events] == [2, 1, 0, 9]


def test_a_rewrite_that_fails_leaves_everything_as_it_was(url, key):
    journal = DatabaseJournal(url, key)
    journal.append([answer("a", 1)])
    with pytest.raises(ZeroDivisionError):
        journal.rewrite(lambda events: 1 / 0)
    assert [event.value for event in journal.read().events] == [1]


def test_four_writers_lose_none_and_keep_each_ones_order(url, key):
    def write(who):
        journal = DatabaseJournal(url, key)
        for n in range(20):
            journal.append([answer(f"{who}", n)])

    DatabaseJournal(url, key).read()
    writers = [threading.Thread(target=write, args=(who,)) for who in "abcd"]
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    events = DatabaseJournal(url, key).read().events
    for who in "abcd":
        assert [event.value for event in events if event.subject == who] == list(range(20))


def test_a_very_long_key_is_not_mistaken_for_another(url):
    one, two = (DatabaseJournal(url, Key("c" * 300 + end, "m1", "ana")) for end in "ab")
    one.append([answer("a", 1)])
    assert two.read().events == []


@pytest.mark.database
def test_a_database_that_goes_and_comes_back_loses_nothing(server, key):
    journal = DatabaseJournal(server.url, key)
    journal.append([answer("a", 1)])
    server.stop()
    try:
        with pytest.raises(NotSaved, match="the database does not answer"):
            journal.append([answer("a", 2)])
        with pytest.raises(NotReadable, match="Your answers are not lost"):
            journal.read()
    finally:
        server.start()
    journal.append([answer("a", 2)])
    assert [event.value for event in journal.read().events] == [1, 2]


@pytest.mark.parametrize("url", ["nonsense", "nodb://x/y", ""])
def test_an_address_that_is_none_is_refused_in_words(url):
    with pytest.raises(UnusableInput, match="no address of a database"):
        DatabaseJournal(url, ANA)


def test_a_row_that_is_no_event_is_named_and_survives_a_rewrite(tmp_path):
    journal = DatabaseJournal(f"sqlite:///{tmp_path}/j.db", ANA)
    journal.append([answer("a", 1), answer("b", 2), answer("c", 3)])
    with sqlite3.connect(tmp_path / "j.db") as database:
        database.execute("UPDATE playbook_events SET value = '{' WHERE position = 2")
    reading = journal.read()
    assert [event.value for event in reading.events] == [1, 3] and reading.broken == (2,)
    journal.rewrite(lambda events: events[::-1])
    journal.append([answer("d", 4)])
    assert [event.value for event in journal.read().events] == [3, 1, 4] and journal.read().broken == (2,)


def test_a_journal_that_nobody_can_have_typed_is_refused_before_it_is_read(tmp_path, monkeypatch):
    journal = DatabaseJournal(f"sqlite:///{tmp_path}/j.db", ANA)
    journal.append([answer("a", "x" * 3000)])
    monkeypatch.setattr(database_journal, "LARGEST", 2000)
    with pytest.raises(NotReadable, match="which nobody types"):
        journal.read()
    with pytest.raises(NotSaved, match="which nobody types"):
        journal.rewrite(lambda events: [])


def test_a_new_sqlite_file_is_private_and_one_that_is_there_keeps_its_mode(tmp_path):
    (tmp_path / "shared.db").touch(mode=0o640)
    for name in ("new.db", "shared.db"):
        DatabaseJournal(f"sqlite:///{tmp_path}/{name}", ANA).append([answer("a", 1)])
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("new.db", "shared.db")]
    assert modes == [0o600, 0o640]


def test_a_password_is_never_shown():
    journal = DatabaseJournal("postgresql://kit:secret@server.example/answers", ANA)
    assert journal.place == "the database answers on server.example"


def test_without_the_packages_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "sqlalchemy", None)
    with pytest.raises(UnusableInput, match="extra `database`"):
        DatabaseJournal("sqlite://", ANA)
