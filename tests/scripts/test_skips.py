"""A test whose part is missing is skipped in one line; where nothing may be skipped, it fails."""

import os
import subprocess
import sys

import pytest

from tests.scripts.requirements_files import ROOT

TESTS = """
import pytest

@pytest.mark.browser
def test_browser(): pass

@pytest.mark.exports("maven_crm")
def test_exports(exports): assert (exports / "maven_crm").is_dir()

@pytest.mark.soak
def test_soak(): pass

def test_own_skip(): pytest.skip("its own reason")

def test_plain(): pass
"""


@pytest.fixture
def outcomes(tmp_path):
    """Run the tests above under the project's conftest.py, on a search path without Chromium: name to outcome."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
    (tmp_path / "tests" / "test_parts.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    browser\n    exports\n    soak\n")

    def run(**settings):
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("PLAYBOOK_")}
        environment = inherited | {"PATH": str(tmp_path), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | settings
        argv = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", "-q"]
        output = subprocess.run(argv, cwd=tmp_path, env=environment, capture_output=True, text=True).stdout
        outcome_by_test = {}
        for line in output.splitlines():
            outcome, _, rest = line.partition(" ")
            if outcome in ("PASSED", "FAILED", "ERROR") and "::" in rest:
                outcome_by_test[rest.split("::")[1].split()[0]] = "PASSED" if outcome == "PASSED" else "FAILED"
        return outcome_by_test, output

    return run


def test_missing_parts_are_skipped_each_with_its_reason(outcomes):
    outcome_by_test, output = outcomes()
    assert outcome_by_test == {"test_plain": "PASSED"}
    assert (
        "no Chromium on this machine" in output and "PLAYBOOK_EXPORTS names no folder" in output and "--soak" in output
    )


def test_where_nothing_may_be_skipped_a_missing_part_fails_but_not_a_soak_or_exports_nobody_promised(outcomes):
    outcome_by_test, output = outcomes(PLAYBOOK_NO_SKIPS="1")
    assert outcome_by_test == {"test_plain": "PASSED", "test_browser": "FAILED", "test_own_skip": "FAILED"}
    assert "no Chromium on this machine" in output and "its own reason" in output


def test_a_soak_runs_when_asked_for(outcomes):
    assert outcomes(PLAYBOOK_SOAK="1")[0]["test_soak"] == "PASSED"


def test_exports_are_found_relative_to_the_project(outcomes, tmp_path):
    (tmp_path / "given" / "maven_crm").mkdir(parents=True)
    assert outcomes(PLAYBOOK_EXPORTS="given")[0]["test_exports"] == "PASSED"


def test_a_promised_export_that_is_not_there_fails(outcomes, tmp_path):
    (tmp_path / "given").mkdir()
    assert outcomes(PLAYBOOK_EXPORTS="given")[0]["test_exports"] == "FAILED"
