"""The files that a person double-clicks: they find a Python that will do, or say what is missing.

start.bat can only be read here, not run.
"""

import os
import subprocess
from pathlib import Path

import pytest

from tests.scripts.requirements_files import ROOT

FOR_A_SHELL = ("start.sh", "start.command")
needs_a_shell = pytest.mark.skipif(os.name == "nt", reason="Windows has start.bat")


@pytest.fixture
def machine(tmp_path):
    """Runs a copy of a start file where the search path is one empty folder, and no Python lies elsewhere."""
    programs, kit = tmp_path / "programs", tmp_path / "my kit"
    programs.mkdir(), kit.mkdir()
    for name in FOR_A_SHELL:
        text = (ROOT / name).read_text()
        (kit / name).write_text(text.replace("/usr/local/", "/none/").replace("/opt/", "/none/"))
        (kit / name).chmod(0o755)

    def run(name="start.sh", *arguments, folder=None, **settings):
        called = [str(kit / name), *arguments]
        environment = {"PATH": str(programs), **settings}
        return subprocess.run(
            called, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )

    run.programs, run.kit = programs, kit
    return run


def program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


TOO_OLD = '[ "$1" = -c ] && exit 1; echo "the old one ran"'


def new(name: str, status: int = 0) -> str:
    return f'[ "$1" = -c ] && exit 0; echo "{name} $*"; echo "in $PWD"; exit {status}'


@pytest.mark.parametrize("name", FOR_A_SHELL)
@needs_a_shell
def test_a_shell_can_read_it(name):
    assert subprocess.run(["/bin/sh", "-n", str(ROOT / name)]).returncode == 0


@pytest.mark.parametrize("name", FOR_A_SHELL)
@needs_a_shell
def test_it_may_be_run_in_every_clone(name):
    assert os.access(ROOT / name, os.X_OK)
    if (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-s", name], cwd=ROOT, capture_output=True, text=True).stdout
        assert listed.startswith("100755 ")


def test_windows_finds_its_own_line_ends():
    raw = (ROOT / "start.bat").read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n") > 10


@pytest.mark.parametrize("name", FOR_A_SHELL)
@needs_a_shell
def test_it_opens_the_front_door_from_wherever_it_is_called(machine, name, tmp_path):
    program(machine.programs, "python3", new("python3"))
    result = machine(name, folder=tmp_path)
    assert result.stdout.splitlines() == ["python3 scripts/kit.py lab", f"in {machine.kit}"] and result.returncode == 0


@needs_a_shell
def test_a_python_that_is_too_old_is_passed_over_for_a_newer_one(machine):
    program(machine.programs, "python3", TOO_OLD)
    program(machine.programs, "python3.12", new("python3.12"))
    assert machine().stdout.startswith("python3.12 scripts/kit.py lab")


@needs_a_shell
def test_without_a_python_it_says_so_in_one_sentence_with_the_remedy(machine):
    program(machine.programs, "python3", TOO_OLD)
    result = machine()
    assert result.returncode == 2 and result.stdout == "" and result.stderr.count("\n") == 1
    assert "Python 3.11 or newer" in result.stderr and "install it" in result.stderr


@needs_a_shell
def test_apples_own_python_is_not_touched(machine):
    """Where it is missing, calling it opens an installer of something else."""
    program(machine.programs, "uname", "echo Darwin")
    text = (machine.kit / "start.sh").read_text().replace("/usr/bin/python3", str(machine.programs / "python3"))
    (machine.kit / "start.sh").write_text(text)
    program(machine.programs, "python3", "echo an installer opens")
    program(machine.programs, "python3.13", new("python3.13"))
    assert machine().stdout.startswith("python3.13 scripts/kit.py lab")


@needs_a_shell
def test_the_exit_status_and_the_words_after_its_name_are_the_kits(machine):
    program(machine.programs, "python3", new("python3", status=2))
    result = machine("start.sh", "--no-browser")
    assert result.stdout.startswith("python3 scripts/kit.py lab --no-browser") and result.returncode == 2


@needs_a_shell
def test_double_clicked_without_a_window_it_opens_one_once(machine):
    program(machine.programs, "python3", new("python3"))
    program(machine.programs, "x-terminal-emulator", '[ "$1" = -e ] && echo "in a window:" && exec "$2"')
    lines = machine(DISPLAY=":0").stdout.splitlines()
    assert lines[:2] == ["in a window:", "python3 scripts/kit.py lab"]


def test_windows_is_told_what_is_missing_and_asked_for_what_the_others_are():
    bat = (ROOT / "start.bat").read_text()
    assert "needs Python 3.11 or newer" in bat and "(3, 11)" in bat and r"scripts\kit.py lab %*" in bat
    assert bat.count("pause") == 2 and bat.count("exit /b") == 2
