"""Folders that last as long as a run: private, gone at its end, and cleared away after a kill."""

import os
import subprocess
import sys
import time

import pytest

from playbook.scratch import scratch_folder

START = "trial-"


def leftover(place, name, locked=True):
    folder = place / f"{START}{name}"
    folder.mkdir()
    (folder / "part").write_text("x")
    if locked:
        (folder / ".lock").touch()
    return folder


def test_it_is_private_and_gone_at_the_end(tmp_path):
    with scratch_folder(START, tmp_path) as folder:
        assert folder.parent == tmp_path and folder.stat().st_mode & 0o777 == 0o700
        (folder / "part").write_text("x")
    assert not folder.exists()


def test_it_is_gone_after_a_failure_too(tmp_path):
    with pytest.raises(KeyError), scratch_folder(START, tmp_path) as folder:
        raise KeyError("x")
    assert not folder.exists()


def test_what_a_killed_run_left_is_cleared_away_by_the_next(tmp_path):
    run = "import sys, time; from pathlib import Path; from playbook.scratch import scratch_folder\n"
    run += f"with scratch_folder({START!r}, Path({str(tmp_path)!r})):\n    print('here', flush=True); time.sleep(600)"
    process = subprocess.Popen([sys.executable, "-c", run], stdout=subprocess.PIPE)
    assert process.stdout.readline()
    with scratch_folder(START, tmp_path):
        assert len(list(tmp_path.iterdir())) == 2, "what another run still uses stays"
    process.kill()
    process.wait()
    assert len(list(tmp_path.iterdir())) == 1
    with scratch_folder(START, tmp_path) as folder:
        assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_that_is_just_being_made_is_left_alone(tmp_path):
    young, old = leftover(tmp_path, "young", locked=False), leftover(tmp_path, "old", locked=False)
    os.utime(old, (time.time() - 7200,) * 2)
    with scratch_folder(START, tmp_path):
        assert young.exists() and not old.exists()


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / ".lock").touch()
    place = tmp_path / "place"
    place.mkdir()
    (place / f"{START}link").symlink_to(tmp_path / "precious")
    with scratch_folder(START, place):
        assert (tmp_path / "precious" / ".lock").exists()


def test_other_folders_are_not_its_own(tmp_path):
    (tmp_path / "other").mkdir()
    with scratch_folder(START, tmp_path):
        assert (tmp_path / "other").exists()
