"""`kit.py audit`: whom it asks, about which versions, what it says, and how it ends."""

import json
import subprocess
from pathlib import Path
from types import SimpleNamespace

import audit
import kit
import kit_audit
import pytest
from advisories import Unreadable
from lock_file import Pin, pins

from tests.scripts.requirements_files import ROOT, locked


def answers(monkeypatch, *texts):
    """pip-audit answers with these texts in turn; what it was asked about is returned, a list for each time."""
    rounds, texts_to_come = [], list(texts)

    def run(argv, **_):
        assert argv[1:3] == ["-m", "pip_audit"] and "--no-deps" in argv and "--disable-pip" in argv
        rounds.append(Path(argv[argv.index("--requirement") + 1]).read_text().split())
        return subprocess.CompletedProcess(argv, 0, texts_to_come.pop(0), "ConnectionError: no way out")

    monkeypatch.setattr(audit, "subprocess", SimpleNamespace(run=run))
    return rounds


NOTHING = json.dumps({"dependencies": []})


def test_every_version_of_both_locks_is_asked_about_whatever_system_it_is_for(monkeypatch, capsys):
    rounds = answers(monkeypatch, NOTHING, NOTHING, NOTHING)
    assert audit.main([]) == 0
    every_pin = {f"{name}=={next(iter(pin.specifier)).version}" for name, kinds in locked().items() for pin in kinds}
    requirements = [line for lines in rounds for line in lines]
    assert every_pin < set(requirements) and any(line.startswith("pip-audit==") for line in requirements)
    assert (
        len(requirements) == len(set(requirements))
        and f"{len(requirements)} pinned versions were checked" in capsys.readouterr().out
    )


def test_a_package_with_two_versions_is_asked_about_in_two_rounds(monkeypatch):
    rounds = answers(monkeypatch, NOTHING, NOTHING)
    audit.from_index([Pin("numpy", "1", "", (), ()), Pin("six", "1", "", (), ()), Pin("numpy", "2", "", (), ())])
    assert rounds == [["numpy==1", "six==1"], ["numpy==2"]]


def test_what_is_known_is_told_with_its_remedy_and_ends_with_1(monkeypatch, capsys):
    vulnerability = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["3.1.7"], "description": "A\x1b[2J\nhole."}
    answer = {"dependencies": [{"name": "jinja2", "version": "3.1.6", "vulns": [vulnerability]}]}
    answers(monkeypatch, json.dumps(answer), NOTHING, NOTHING)
    assert audit.main([]) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first == "jinja2 3.1.6: PYSEC-1, CVE-1, mended in 3.1.7: A [2J hole."
    assert "something is known against one of them" in last and "requirements.in" in last


def test_a_version_that_the_index_does_not_know_is_not_called_clean(monkeypatch, capsys):
    skipped = {"dependencies": [{"name": "six", "skip_reason": "not found"}]}
    answers(monkeypatch, json.dumps(skipped), NOTHING, NOTHING)
    assert audit.main([]) == 1
    assert "Not known to the package index, so not judged: six " in capsys.readouterr().out


def test_an_index_that_tells_of_no_version_at_all_has_judged_nothing(monkeypatch):
    """A mirror without advisories must not pass for a clean bill."""
    answers(monkeypatch, json.dumps({"dependencies": [{"name": "six", "skip_reason": "not found"}]}))
    with pytest.raises(Unreadable, match="tells nothing of vulnerabilities"):
        audit.from_index([Pin("six", "1", "", (), ())])


def test_without_a_network_it_says_what_else_can_be_done_and_ends_with_2(monkeypatch, capsys, tmp_path):
    answers(monkeypatch, "")
    monkeypatch.setattr(audit, "LOG", tmp_path / "build" / "audit.log")
    assert audit.main([]) == 2
    assert "--advisories FILE" in capsys.readouterr().err and "no way out" in audit.LOG.read_text()


def test_a_file_is_read_instead_and_nobody_is_asked(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(audit, "subprocess", None)
    newest = pins(ROOT / "requirements.lock")[0]
    package = {"name": newest.name, "ecosystem": "PyPI"}
    entry = {"id": "X-1", "modified": "2026-03-31", "affected": [{"package": package, "versions": [newest.version]}]}
    file = tmp_path / "advisories.json"
    file.write_text(json.dumps(entry))
    assert audit.main(["--advisories", str(file)]) == 1
    printed = capsys.readouterr().out
    assert f"{newest.name} {newest.version}: X-1, mended in no version yet." in printed
    assert "advisories.json (1 advisories, the latest of 2026-03-31)" in printed


def test_a_file_that_is_none_ends_with_2_and_its_sentence(capsys, tmp_path):
    assert audit.main(["--advisories", str(tmp_path / "gone.zip")]) == 2
    assert "gone.zip cannot be read" in capsys.readouterr().err


def test_the_command_runs_in_an_environment_of_its_own_and_sets_up_no_other(monkeypatch):
    import kit_setup

    done = []
    monkeypatch.setattr(kit_audit, "set_up", lambda: done.append("audit"))
    monkeypatch.setattr(kit_setup, "set_up", lambda: pytest.fail("nothing of the kit need be installed"))
    monkeypatch.setattr(kit, "_run", lambda argv, folder, environment: done.append(argv) or 0)
    assert kit.main(["audit", "--advisories", "a.zip"]) == 0
    assert done == ["audit", [str(kit_audit.python()), str(ROOT / "scripts" / "audit.py"), "--advisories", "a.zip"]]


@pytest.fixture
def no_environment(tmp_path, monkeypatch):
    """A project without .venv.audit, in which every step of making it counts as done."""
    steps = []
    monkeypatch.setattr(kit_audit, "VENV", tmp_path / ".venv.audit")
    monkeypatch.setattr(kit_audit, "STAMP", tmp_path / ".venv.audit" / "kit-stamp.txt")
    monkeypatch.setattr(kit_audit, "LOG", tmp_path / "build" / "setup.log")

    def step(what, argv, log):
        steps.append(what)
        kit_audit.VENV.mkdir(exist_ok=True)

    monkeypatch.setattr(kit_audit, "run_step", step)
    return steps


def test_the_environment_is_made_once_and_again_when_its_lock_changes(no_environment, tmp_path, monkeypatch):
    kit_audit.set_up()
    kit_audit.set_up()
    assert no_environment == ["a Python of its own", "the auditor"]
    lock = tmp_path / "another.lock"
    lock.write_text("pip-audit==9")
    monkeypatch.setattr(kit_audit, "LOCK", lock)
    kit_audit.set_up()
    assert len(no_environment) == 4


def test_one_that_was_cut_off_is_made_again(no_environment):
    kit_audit.VENV.mkdir()
    (kit_audit.VENV / "half").touch()
    kit_audit.set_up()
    assert not (kit_audit.VENV / "half").exists() and no_environment
