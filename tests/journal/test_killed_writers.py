"""kill -9 at random moments, and many writers at once: what was acknowledged is there, and nothing else is asked."""

import random
import time

import pytest

from playbook.journal.file_journal import FileJournal
from tests.journal.writing import writer


def kill_at_random(journal, times, rng):
    """Kill `times` writers at random moments; the ids that they had seen acknowledged."""
    acknowledged = []
    for n in range(times):
        process = writer(journal, who=f"w{n}", size=rng.choice([1, 400, 40_000]))
        told = [process.stdout.readline() for _ in range(1 + rng.randint(1, 3))][1:]  # the first says: ready
        time.sleep(rng.random() * 0.03)
        process.kill()
        told += process.stdout.read().splitlines(keepends=True)
        process.wait()
        process.stdout.close()
        acknowledged += [line.decode().strip() for line in told if line.endswith(b"\n")]
    return acknowledged


def check(journal, times, seed):
    acknowledged = kill_at_random(journal, times, random.Random(seed))
    reading = FileJournal(journal).read()
    kept = [event.id for event in reading.events]
    assert set(acknowledged) <= set(kept)
    assert len(kept) - len(acknowledged) <= times  # at most the one that each was just about to tell
    assert len(acknowledged) >= times
    assert len(reading.broken) + reading.torn <= times


def test_what_was_acknowledged_survives_kills_at_random_moments(tmp_path):
    check(tmp_path / "journal.jsonl", times=24, seed=20260331)


@pytest.mark.soak
def test_what_was_acknowledged_survives_a_thousand_kills(tmp_path):
    check(tmp_path / "journal.jsonl", times=1000, seed=int(time.time()))


def test_four_writers_of_300_events_each_lose_none(tmp_path):
    journal = tmp_path / "journal.jsonl"
    writers = [writer(journal, who=f"w{n}", count=300) for n in range(4)]
    acknowledged = [line for process in writers for line in process.communicate()[0].decode().split()[1:]]
    reading = FileJournal(journal).read()
    assert len(acknowledged) == 1200 and sorted(e.id for e in reading.events) == sorted(acknowledged)
    assert not reading.told


def test_a_writer_that_meets_a_rewrite_writes_into_the_new_file(tmp_path):
    journal = tmp_path / "journal.jsonl"
    process = writer(journal, count=300)
    process.stdout.readline()
    for _ in range(20):
        FileJournal(journal).rewrite(lambda events: events)
    acknowledged = process.communicate()[0].decode().split()
    assert [event.id for event in FileJournal(journal).read().events] == acknowledged
