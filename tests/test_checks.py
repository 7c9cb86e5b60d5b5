"""The checks check everything: pytest collects every test there is, and no source file escapes lint, format and types.

Once 302 tests lay in a folder whose name pytest leaves out, and nobody noticed: what is never run never fails.
"""

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.scripts.requirements_files import ROOT

# Asks pytest which files it would open, without opening them.
_LISTING = """
import pytest, sys
class Listing:
    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_ignore_collect(self, collection_path):
        ignored = yield
        if ignored or collection_path.is_dir():
            return ignored
        print("collects:" + str(collection_path))
        return True
without = ("-pno:cacheprovider", "-pno:xdist", "-pno:hypothesispytest")
sys.exit(pytest.main(["--collect-only", "-q", *without], plugins=[Listing()]))
"""


# Asks mypy which files its configuration makes it check. Its own reports would say so too, but then it leaves its
# cache aside and reads every library anew, which takes a minute.
_TYPED = """
from mypy.main import process_options
print(*(source.path for source in process_options([])[0]), sep="\\n")
"""


def run(*argv: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *argv], cwd=ROOT, capture_output=True, text=True)


@cache
def committed(*endings: str) -> frozenset[Path]:
    """The files of the repository that git knows or would take, by how their names end."""
    argv = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True)
    if listing.returncode:
        pytest.skip("this is a copy without git")
    files = (ROOT / name for name in listing.stdout.split("\0") if name.endswith(endings))
    return frozenset(file for file in files if file.is_file())


def test_pytest_collects_every_test_file_and_every_notebook_of_the_kit():
    listing = run("-c", _LISTING)
    collected = {Path(line.removeprefix("collects:")) for line in listing.stdout.splitlines()}
    tests = {file for file in committed(".py") if file.name.startswith("test_")}
    notebooks = {file for file in committed(".ipynb") if file.is_relative_to(ROOT / "notebooks")}
    assert len(tests) > 150 and notebooks, "the list of what is there is empty"
    assert not sorted(str(file.relative_to(ROOT)) for file in (tests | notebooks) - collected), listing.stderr


def test_no_test_hides_in_a_file_that_pytest_takes_for_none():
    """A function called `test_…` outside a file called `test_….py` never runs."""
    hidden = [
        file
        for file in committed(".py")
        if not file.name.startswith("test_") and "\ndef test_" in file.read_text(encoding="utf-8")
    ]
    assert not hidden


def test_no_source_file_escapes_the_linter():
    linted = set(map(Path, run("-m", "ruff", "check", "--show-files", ".").stdout.splitlines()))
    assert not committed(".py", ".ipynb") - linted


def test_the_linter_finds_nothing():
    check = run("-m", "ruff", "check", "--no-cache", ".")
    assert check.returncode == 0, check.stdout


def test_every_file_is_formatted():
    check = run("-m", "ruff", "format", "--no-cache", "--check", ".")
    assert check.returncode == 0, check.stdout


def test_types_hold_in_every_module():
    """Strictly, in the package and in the scripts but for those that an old Python must be able to read."""
    check = run("-m", "mypy")
    assert check.returncode == 0, check.stdout
    checked = {ROOT / line for line in run("-c", _TYPED).stdout.splitlines()}
    modules = {file for file in committed(".py") if _is_typed(file)}
    assert len(modules) > 200 and not modules - checked


def _is_typed(file: Path) -> bool:
    place = file.relative_to(ROOT)
    return place.parts[0] == "playbook" or (place.parts[0] == "scripts" and not place.name.startswith("kit"))
