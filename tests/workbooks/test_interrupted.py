"""A batch that is stopped in its middle: nothing half written, nothing left running, and --resume makes the rest."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from playbook.cli import main
from playbook.workbooks.sole_run import sole_run
from tests.workbooks.batches import chapters, contents, quick_batch, workbooks_in

NAMES = ("02_words", "07_slow")
SECONDS = 120
pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX signals")


@pytest.fixture(scope="module")
def undisturbed(small_company, tmp_path_factory):
    place = tmp_path_factory.mktemp("undisturbed")
    quick_batch(small_company, place / "books", chapters(place, *NAMES))
    return workbooks_in(place / "books")


@pytest.fixture
def under_way(small_company, tmp_path):
    """A `playbook build` in a session of its own whose first chapter is in its place, and its folder."""
    argv = [sys.executable, "-m", "playbook", "build", str(small_company), "--to", str(tmp_path / "books")]
    process = subprocess.Popen(
        [*argv, "--chapters", str(chapters(tmp_path, *NAMES)), "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    until(lambda: process.poll() is not None or list((tmp_path / "books").glob("*/*.ipynb")))
    assert process.poll() is None, process.communicate()
    yield process, tmp_path / "books"
    process.kill()
    process.communicate()


def until(holds):
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def at_work_in(folder):
    """The processes whose place is in `folder`: the kernels of its chapters."""
    processes = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            place = os.readlink(process / "cwd")
        except OSError:
            continue
        processes += [process.name] if place.startswith(str(folder)) else []
    return processes


def is_whole(name, raw, folder):
    """Whether a file can be read to its end."""
    if name.endswith((".ipynb", ".json")):
        return bool(json.loads(raw))
    if name.endswith(".html"):
        return raw.rstrip().endswith(b"</html>")
    return len(pd.read_parquet(folder / name)) >= 0 if name.endswith(".parquet") else True


def test_killed_in_the_middle_it_leaves_only_whole_files_and_resume_makes_the_rest(
    under_way, undisturbed, small_company, tmp_path
):
    process, books = under_way
    process.kill()
    process.wait()
    left = {name: raw for name, raw in contents(books).items() if ".part" not in name}
    assert left and set(workbooks_in(books)) != set(undisturbed)
    assert [name for name, raw in left.items() if not is_whole(name, raw, books)] == []
    assert "Not everything is made yet." in left["index.html"].decode()
    if Path("/proc").is_dir():
        until(lambda: not at_work_in(books))
    result = quick_batch(small_company, books, chapters(tmp_path, *NAMES), resume=True)
    assert result.complete and workbooks_in(books) == undisturbed
    assert "Not everything is made yet." not in (books / "index.html").read_text(encoding="utf-8")
    assert "kept" in {c.status for book in result.books for c in book.chapters.values()}


def test_ctrl_c_ends_it_with_130_one_sentence_and_nothing_left_running(under_way):
    process, books = under_way
    os.killpg(process.pid, signal.SIGINT)
    printed = process.communicate(timeout=SECONDS)[1]
    assert process.returncode == 130
    assert "run the same command again to go on" in printed and "Traceback" not in printed
    assert [name for name in contents(books) if ".part" in name] == []
    if Path("/proc").is_dir():
        until(lambda: not at_work_in(books))


def test_a_second_batch_in_the_same_folder_is_refused(small_company, tmp_path, capsys):
    books = tmp_path / "books"
    books.mkdir()
    of = chapters(tmp_path, "02_words")
    with sole_run(books):
        status = main(["build", str(small_company), "--to", str(books), "--chapters", str(of)])
    assert status == 2 and "another build is at work here" in capsys.readouterr().err
    assert workbooks_in(books) == {}
