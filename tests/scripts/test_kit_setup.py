"""A .venv counts as ready only when it is: whatever cut the set-up off, changed the lock or ran it twice."""

import os
import subprocess
import sys
import time
from pathlib import Path

import kit_setup
import pytest
from kit_setup import Missing


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of one lock file, in which `_make` finishes a .venv without installing anything."""
    (tmp_path / "requirements.lock").write_text("uv==1 \\\n    --hash=sha256:00\n")
    for name, path in [("ROOT", ""), ("VENV", ".venv"), ("BEFORE", ".venv.before"), ("LOCK", "requirements.lock")]:
        monkeypatch.setattr(kit_setup, name, tmp_path / path)
    monkeypatch.setattr(kit_setup, "STAMP", tmp_path / ".venv" / "kit-stamp.txt")
    monkeypatch.setattr(kit_setup, "venv_python", lambda: Path(sys.executable))
    monkeypatch.setattr(kit_setup, "_make", finish)
    return tmp_path


def finish(mark="new"):
    kit_setup.VENV.mkdir()
    (kit_setup.VENV / mark).touch()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    kit_setup.STAMP.write_text(f"{kit_setup.fingerprint()}\n{version}", encoding="utf-8")


def cut_off():
    kit_setup.VENV.mkdir()
    (kit_setup.VENV / "half").touch()
    raise Missing("The package index cannot be reached.")


def test_a_finished_one_is_not_made_again(project, monkeypatch):
    kit_setup.set_up()
    monkeypatch.setattr(kit_setup, "_make", lambda: pytest.fail("made again"))
    kit_setup.set_up()


def test_a_changed_lock_makes_it_again(project):
    finish("old")
    kit_setup.LOCK.write_text("uv==2 \\\n    --hash=sha256:00\n")
    kit_setup.set_up()
    assert [path.name for path in sorted(kit_setup.VENV.iterdir())] == ["kit-stamp.txt", "new"]
    assert not kit_setup.BEFORE.exists()


def test_a_new_command_or_entry_point_of_the_project_makes_it_again(project, monkeypatch):
    finish()
    project_file = project / "pyproject.toml"
    project_file.write_text("[project.scripts]\nplaybook = 'playbook.cli:main'\n")
    monkeypatch.setattr(kit_setup, "PROJECT", project_file)
    assert not kit_setup.is_ready()


def test_a_moved_project_makes_it_again(project, monkeypatch):
    finish()
    monkeypatch.setattr(kit_setup, "ROOT", project / "elsewhere")
    assert not kit_setup.is_ready()


def test_a_python_that_was_upgraded_or_removed_underneath_makes_it_again(project, monkeypatch):
    finish()
    kit_setup.STAMP.write_text(f"{kit_setup.fingerprint()}\n3.2", encoding="utf-8")
    assert not kit_setup.is_ready()
    finish_again = f"{kit_setup.fingerprint()}\n"
    kit_setup.STAMP.write_text(finish_again + f"3.{sys.version_info.minor}", encoding="utf-8")
    assert kit_setup.is_ready()
    monkeypatch.setattr(kit_setup, "venv_python", lambda: project / "gone" / "python")
    assert not kit_setup.is_ready()


def test_a_failed_update_leaves_the_one_before_as_it_was(project, monkeypatch):
    finish("old")
    kit_setup.LOCK.write_text("uv==2 \\\n    --hash=sha256:00\n")
    monkeypatch.setattr(kit_setup, "_make", cut_off)
    with pytest.raises(Missing):
        kit_setup.set_up()
    assert (kit_setup.VENV / "old").exists() and not (kit_setup.VENV / "half").exists()
    assert not kit_setup.is_ready()


def test_a_failed_first_set_up_leaves_nothing(project, monkeypatch):
    monkeypatch.setattr(kit_setup, "_make", cut_off)
    with pytest.raises(Missing):
        kit_setup.set_up()
    assert not kit_setup.VENV.exists()


def test_what_a_kill_left_behind_is_cleared_away_and_the_one_before_kept_until_the_end(project, monkeypatch):
    finish("old")
    kit_setup.VENV.rename(kit_setup.BEFORE)
    kit_setup.VENV.mkdir()
    (kit_setup.VENV / "half").touch()

    def finish_looking_at_the_old():
        assert (kit_setup.BEFORE / "old").exists()
        finish()

    monkeypatch.setattr(kit_setup, "_make", finish_looking_at_the_old)
    kit_setup.set_up()
    assert kit_setup.is_ready() and not (kit_setup.VENV / "half").exists() and not kit_setup.BEFORE.exists()


def test_two_at_once_set_up_once(project, monkeypatch, capsys):
    """Another process holds the lock, finishes, and this one finds its work done."""
    pytest.importorskip("fcntl", reason="how the other process holds the lock is written for Linux and macOS")
    held = f"import fcntl, time; f = open({str(project / '.venv.lock')!r}, 'a+'); fcntl.flock(f, fcntl.LOCK_EX)"
    other = subprocess.Popen([sys.executable, "-c", held + "; print('held', flush=True); time.sleep(1)"], stdout=-1)
    other.stdout.readline()

    def the_other_finished_meanwhile(seconds, sleep=time.sleep):
        if not kit_setup.VENV.exists():
            finish("by the other")
        sleep(seconds)

    monkeypatch.setattr(kit_setup.time, "sleep", the_other_finished_meanwhile)
    monkeypatch.setattr(kit_setup, "_make", lambda: pytest.fail("made twice"))
    kit_setup.set_up()
    other.wait()
    assert (kit_setup.VENV / "by the other").exists() and "waiting" in capsys.readouterr().out


def test_an_installer_that_outlives_a_killed_set_up_still_holds_the_lock(project):
    fcntl = pytest.importorskip("fcntl", reason="on Windows the lock is the process's own")
    with kit_setup.one_at_a_time():
        installer = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(5)"], close_fds=False)
    with open(project / ".venv.lock") as handle, pytest.raises(BlockingIOError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    installer.kill()
    installer.wait()


@pytest.mark.parametrize("absent", ["venv", "ensurepip"])
def test_debians_missing_part_is_named_with_the_command_that_cures_it(project, monkeypatch, absent):
    find = kit_setup.importlib.util.find_spec
    monkeypatch.setattr(kit_setup.importlib.util, "find_spec", lambda name: None if name == absent else find(name))
    monkeypatch.setattr(kit_setup.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(Missing, match=rf"`sudo apt install python3\.{sys.version_info.minor}-venv`"):
        kit_setup.set_up()


def test_a_full_disk_is_noticed_before_anything_is_begun(project, monkeypatch):
    usage = kit_setup.shutil.disk_usage(project)._replace(free=300_000_000)
    monkeypatch.setattr(kit_setup.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(Missing, match="0.3 GB free"):
        kit_setup.set_up()
    assert os.listdir(project) == ["requirements.lock"]


def test_half_a_kit_says_so(project):
    kit_setup.LOCK.unlink()
    with pytest.raises(Missing, match="unpack the whole kit"):
        kit_setup.set_up()
