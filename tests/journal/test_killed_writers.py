"""kill -9 at random moments, and many writers at once: what was acknowledged is there, and nothing else is asked."""

import random
import time

import pytest

from playbook.journal.database_journal import DatabaseJournal, Key
from playbook.journal.file_journal import FileJournal
from tests.journal.writing import writer

DATABASE_KEY = Key("acme", "m1", "ana")


@pytest.fixture(params=["file", "sqlite", pytest.param("postgresql", marks=pytest.mark.database)])
def place(request, tmp_path):
    """A journal of each kind that no other test wrote to: a file, or the URL of a database."""
    if request.param == "file":
        return tmp_path / "journal.jsonl"
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/journal.db"
    url = request.getfixturevalue("server").url
    DatabaseJournal(url, DATABASE_KEY).rewrite(lambda events: [])
    return url


def journal_at(place):
    return DatabaseJournal(place, DATABASE_KEY) if isinstance(place, str) else FileJournal(place)


def kill_at_random(place, times, rng):
    """Kill `times` writers at random moments; the ids that they had seen acknowledged."""
    acknowledged = []
    for n in range(times):
        process = writer(place, who=f"w{n}", size=rng.choice([1, 400, 40_000]))
        printed = [process.stdout.readline() for _ in range(1 + rng.randint(1, 3))][1:]  # the first says: ready
        time.sleep(rng.random() * 0.03)
        process.kill()
        printed += process.stdout.read().splitlines(keepends=True)
        process.wait()
        process.stdout.close()
        acknowledged += [line.decode().strip() for line in printed if line.endswith(b"\n")]
    return acknowledged


def check(place, times, seed):
    acknowledged = kill_at_random(place, times, random.Random(seed))
    reading = journal_at(place).read()
    saved = [event.id for event in reading.events]
    assert set(acknowledged) <= set(saved)
    assert len(saved) - len(acknowledged) <= times  # at most the one that each was just about to tell
    assert len(acknowledged) >= times
    assert len(reading.broken) + reading.torn <= times
    return len(acknowledged), len(saved), len(reading.broken)


def test_what_was_acknowledged_survives_kills_at_random_moments(place):
    check(place, times=24 if not isinstance(place, str) else 6, seed=20260331)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_what_was_acknowledged_survives_a_thousand_kills(tmp_path, capsys):
    acknowledged, saved, torn = check(tmp_path / "journal.jsonl", times=1000, seed=int(time.time()))
    with capsys.disabled():
        print(f"\n1,000 kills: {acknowledged:,} events acknowledged, {saved:,} kept, {torn:,} torn lines left out")


def test_a_thousand_writes_of_one_writer_are_killed_at_every_length_of_the_last_line(tmp_path):
    """Where a kill may cut a line cannot be chosen; so each cut is made by hand: the lines before it all count."""
    file = tmp_path / "journal.jsonl"
    printed = writer(file, count=1000).communicate()[0].decode().split()[1:]
    whole = file.read_bytes()
    assert len(printed) == whole.count(b"\n") == 1000
    last = whole.rstrip(b"\n").rfind(b"\n") + 1
    for cut in (*range(last, last + 40), *range(last + 40, len(whole), 97)):
        file.write_bytes(whole[:cut])
        assert [event.id for event in FileJournal(file).read().events] == printed[:999]


def test_four_writers_of_300_events_each_lose_none(place):
    writers = [writer(place, who=f"w{n}", count=300, size=30) for n in range(4)]
    acknowledged = [process.communicate()[0].decode().split()[1:] for process in writers]
    reading = journal_at(place).read()
    assert [len(ids) for ids in acknowledged] == [300] * 4
    assert sorted(e.id for e in reading.events) == sorted(i for ids in acknowledged for i in ids)
    for who, ids in enumerate(acknowledged):
        assert [e.id for e in reading.events if e.author == f"w{who}"] == ids  # in each one's own order
    assert not reading.remarks


def test_a_writer_that_meets_a_rewrite_writes_into_the_new_file(place):
    process = writer(place, count=40 if isinstance(place, str) else 300, size=30)
    process.stdout.readline()
    for _ in range(8):
        journal_at(place).rewrite(lambda events: events)
    acknowledged = process.communicate()[0].decode().split()
    assert [event.id for event in journal_at(place).read().events] == acknowledged
