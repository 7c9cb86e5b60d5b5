"""A file is there whole or not at all, whatever happens while it is written."""

import os
import stat
import subprocess
import sys

import pytest

from playbook import atomic
from playbook.atomic import make_private, write_beside


@pytest.fixture
def file(tmp_path):
    return tmp_path / "plan.txt"


def only(folder):
    return [path.name for path in folder.iterdir()]


def test_what_was_written_takes_the_files_place(file):
    file.write_text("old")
    with write_beside(file) as beside:
        beside.write_text("new")
        assert file.read_text() == "old" and beside.parent == file.parent
    assert file.read_text() == "new" and only(file.parent) == ["plan.txt"]


def test_a_folder_that_is_not_there_yet_is_made(tmp_path):
    with write_beside(tmp_path / "a" / "b" / "c.txt") as beside:
        beside.write_text("x")
    assert (tmp_path / "a" / "b" / "c.txt").read_text() == "x"
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("a", "a/b")] == [0o700, 0o700]


def test_a_folder_that_is_there_keeps_its_mode(tmp_path):
    tmp_path.chmod(0o755)
    make_private(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError(28, "No space left on device")])
def test_whatever_stops_the_writing_the_old_file_stays_and_nothing_else(file, error):
    file.write_text("old")
    with pytest.raises(type(error) if isinstance(error, OSError) else error), write_beside(file) as beside:
        beside.write_text("half")
        raise error
    assert file.read_text() == "old" and only(file.parent) == ["plan.txt"]


def test_a_disk_that_refuses_the_last_bytes_leaves_the_old_file(file, monkeypatch):
    file.write_text("old")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic.os, "fsync", full)
    with pytest.raises(OSError), write_beside(file) as beside:
        beside.write_text("new")
    assert file.read_text() == "old" and only(file.parent) == ["plan.txt"]


def test_a_killed_process_leaves_the_old_file_and_only_a_hidden_part(file):
    file.write_text("old")
    script = "import os, sys; from pathlib import Path; from playbook.atomic import make_private, write_beside\n"
    script += (
        "with write_beside(Path(sys.argv[1])) as beside:\n    beside.write_text('half'); os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(file)]).returncode != 0
    assert file.read_text() == "old"
    left = [name for name in only(file.parent) if name != "plan.txt"]
    assert len(left) == 1 and left[0].startswith(".plan.txt.") and ".part" in left[0]  # what sole_run clears away


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions elsewhere")
def test_only_the_owner_can_read_it(file):
    with write_beside(file) as beside:
        beside.write_text("names")
        assert stat.S_IMODE(beside.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_ending_is_kept_for_writers_that_look_at_it(file):
    with write_beside(file.with_suffix(".parquet")) as beside:
        assert beside.suffix == ".parquet"


def test_a_very_long_name_can_be_written(tmp_path):
    with write_beside(tmp_path / ("ä" * 120 + ".txt")) as beside:
        beside.write_text("x")
    assert len(only(tmp_path)) == 1
