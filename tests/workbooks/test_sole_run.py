"""One batch at a time in a folder, and none of the leftovers of one that was killed."""

import subprocess
import sys

import pytest

from playbook.errors import UnusableInput
from playbook.workbooks.sole_run import clear_unfinished, remove_if_unused, sole_run

HOLD = (
    "import sys, pathlib; from playbook.workbooks.sole_run import sole_run\n"
    "with sole_run(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
)


@pytest.fixture
def another(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_two_batches_in_one_folder_are_refused(tmp_path, another):
    with pytest.raises(UnusableInput, match="another build is at work here"), sole_run(tmp_path):
        pass


def test_a_batch_that_was_killed_lets_go(tmp_path, another):
    another.kill()
    another.wait()
    with sole_run(tmp_path):
        pass


def test_half_written_files_of_a_killed_batch_are_removed_and_nothing_else(tmp_path):
    folder = tmp_path / "mo-1" / "team"
    folder.mkdir(parents=True)
    for name in (".index.html.x1y2.part.html", ".people.parquet.ab.part.parquet", "journal.jsonl", ".part of mine"):
        (folder / name).touch()
    clear_unfinished(tmp_path)
    assert sorted(f.name for f in folder.iterdir()) == [".part of mine", "journal.jsonl"]


def test_a_refused_run_takes_away_the_folder_that_it_made(tmp_path):
    workbooks = tmp_path / "workbooks"
    workbooks.mkdir()
    with sole_run(workbooks):
        pass
    remove_if_unused(workbooks)
    assert not workbooks.exists()


def test_a_folder_with_anything_in_it_stays(tmp_path):
    (tmp_path / "manifest.json").write_text("{}")
    remove_if_unused(tmp_path)
    assert (tmp_path / "manifest.json").is_file()
