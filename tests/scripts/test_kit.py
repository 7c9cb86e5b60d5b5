"""What `kit.py WORD` runs, and what it says where a Python is too old."""

import ast
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import kit
import pytest

KIT = Path(kit.__file__)


def test_build_alone_makes_the_sample_companys_workbooks_in_the_project(tmp_path):
    argv, folder, added = kit.command(["build"], tmp_path)
    assert argv[:3] == ["-m", "playbook", "build"]
    assert "data/samples/company" in argv and argv[argv.index("--to") + 1] == "build/workbooks" and "--resume" in argv
    assert (folder, added) == (tmp_path, {})


def test_build_asked_for_a_pdf_alone_makes_the_sample_companys_too(tmp_path):
    argv, folder, _ = kit.command(["build", "--pdf"], tmp_path)
    assert argv == [*kit.command(["build"], tmp_path)[0], "--pdf"] and folder == tmp_path


def test_build_with_arguments_passes_them_on_where_the_person_is(tmp_path):
    argv, folder, _ = kit.command(["build", "my exports", "--to", "out"], tmp_path)
    assert argv == ["-m", "playbook", "build", "my exports", "--to", "out"]
    assert folder == Path.cwd()


def test_any_other_word_goes_to_playbook(tmp_path):
    argv, folder, _ = kit.command(["diagnose", "company", "--as-of", "2026-03-31"], tmp_path)
    assert argv == ["-m", "playbook", "diagnose", "company", "--as-of", "2026-03-31"]
    assert folder == Path.cwd()


def test_test_runs_pytest_in_the_project(tmp_path):
    assert kit.command(["test", "-k", "luck"], tmp_path) == (["-m", "pytest", "-k", "luck"], tmp_path, {})


def test_the_whole_suite_runs_side_by_side(tmp_path):
    argv, _, _ = kit.command(["test"], tmp_path)
    assert argv == ["-m", "pytest", "-n", "auto", "--dist", "loadfile"]


def test_soak_is_an_environment_variable_for_the_tests(tmp_path):
    argv, _, added = kit.command(["test", "--soak", "-x"], tmp_path)
    assert (argv, added) == (["-m", "pytest", "-x"], {"PLAYBOOK_SOAK": "1"})


@pytest.mark.parametrize("words", [[], ["--help"], ["help"]])
def test_help_names_every_command_and_sets_nothing_up(words, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "kit_setup", None)  # importing it would fail
    assert kit.main(words) == 0
    printed = capsys.readouterr().out
    assert all(f"kit.py {word}" in printed for word in ("build", "lab", "test", "audit", "setup", "WORD"))


def test_an_old_python_is_told_so_in_one_sentence(capsys, monkeypatch):
    version = namedtuple("version", "major minor micro")(3, 9, 2)
    monkeypatch.setattr(sys, "version_info", version)
    monkeypatch.setattr(kit.platform, "python_version", lambda: "3.9.2")
    monkeypatch.setattr(kit.shutil, "which", lambda name: None)
    assert kit.main(["build"]) == 2
    printed = capsys.readouterr().err
    assert printed.count("\n") == 1 and "3.11" in printed and "3.9.2" in printed


def test_an_old_python_hands_over_to_a_newer_one_on_the_search_path(monkeypatch):
    calls = []
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(kit.shutil, "which", lambda name: "/opt/python3.12" if name == "python3.12" else None)
    monkeypatch.setattr(kit.subprocess, "call", lambda argv, **_: calls.append(argv) or 0)
    assert kit.main(["build", "x"]) == 0
    assert calls[-1] == ["/opt/python3.12", str(KIT.resolve()), "build", "x"]


def test_python_3_6_can_read_kit_py():
    ast.parse(KIT.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_a_missing_part_ends_with_status_2_and_its_sentence(capsys, monkeypatch):
    import kit_setup

    def lacks():
        raise kit_setup.Missing("The disk is full: make room, then start again.")

    monkeypatch.setattr(kit_setup, "set_up", lacks)
    assert kit.main(["build"]) == 2
    assert capsys.readouterr().err == "The disk is full: make room, then start again.\n"


def test_the_exit_status_is_that_of_what_was_run(tmp_path):
    """Run in a child, as on Linux and macOS the process becomes the program that it runs."""
    run = f"import sys, pathlib; sys.path.insert(0, {str(KIT.parent)!r}); import kit, os"
    run += (
        f"; sys.exit(kit._run([{sys.executable!r}, '-c', 'raise SystemExit(7)'], {str(tmp_path)!r}, dict(os.environ)))"
    )
    assert subprocess.run([sys.executable, "-c", run]).returncode == 7
