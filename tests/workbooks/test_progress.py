"""The progress of a batch: a bar on a terminal, few plain lines anywhere else."""

import io
import os
import sys
import time

import pytest

from playbook.workbooks.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_on_a_terminal_a_bar_shows_counts_and_whose_chapter_was_last():
    stream = Terminal()
    with Progress(2, stream) as progress:
        progress.finished("Ana Silva")
        time.sleep(0.15)  # the bar is drawn at most every tenth of a second
        progress.finished("Ben Okafor")
    assert "2 of 2 chapters" in stream.getvalue() and "Ben Okafor" in stream.getvalue()


def test_elsewhere_it_says_the_end_and_no_more_for_a_short_batch():
    stream = io.StringIO()
    with Progress(3, stream) as progress:
        for name in ("Ana", "Ben", "Cara"):
            progress.finished(name)
    assert stream.getvalue() == "  3 of 3 chapters\n"


def test_without_work_there_is_nothing_to_say():
    stream = Terminal()
    with Progress(0, stream):
        pass
    assert stream.getvalue() == ""


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
def test_a_terminal_that_does_not_know_its_size_shows_the_bar_too(monkeypatch):
    ours, theirs = os.openpty()  # its size is 0 by 0
    with os.fdopen(theirs, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        with Progress(2) as progress:
            progress.finished("Ana Silva")
        printed = os.read(ours, 4096).decode()
    os.close(ours)
    assert "0 of 2 chapters" in printed
