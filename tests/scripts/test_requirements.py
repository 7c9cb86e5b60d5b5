"""The lock says all and nothing else: every version, every hash, no address; and the package asks for the same."""

import re

import pytest
from packaging.requirements import Requirement

from tests.scripts.requirements_files import EXTRAS, KIT, ROOT, locked, locked_versions, project, requirements_of

LOCK = (ROOT / "requirements.lock").read_text()


@pytest.mark.parametrize("file", ["requirements.lock", "requirements.in"])
def test_no_address_is_named(file):
    text = (ROOT / file).read_text()
    assert not re.search(r"://|^\s*--?(index|extra|find|trusted|f |i )|\s@\s|file:", text, re.M)


def test_every_locked_package_has_a_hash():
    blocks = re.findall(r"^[A-Za-z0-9].*?(?=^[A-Za-z0-9]|\Z)", LOCK, re.M | re.S)
    without = [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block]
    assert len(blocks) > 100 and not without


def test_every_line_of_the_lock_is_one_exact_version():
    loose = [str(pin) for pins in locked().values() for pin in pins if [s.operator for s in pin.specifier] != ["=="]]
    assert not loose


@pytest.mark.parametrize("wanted", requirements_of(), ids=str)
def test_the_lock_holds_a_version_in_the_range_asked_for(wanted):
    versions = locked_versions(wanted.name)
    assert versions and all(wanted.specifier.contains(version) for version in versions)


def test_the_lock_serves_windows_macos_and_linux():
    """A lock made for one system only would have left out what the others need."""
    assert "pywinpty" in locked() and "appnope" in locked() and "ptyprocess" in locked()


def test_the_package_depends_on_what_the_kit_asks_for():
    assert set(map(Requirement, project()["dependencies"])) == set(requirements_of(KIT))


@pytest.mark.parametrize(("extra", "part"), EXTRAS.items())
def test_an_extra_asks_for_what_the_kit_tests(extra, part):
    assert set(map(Requirement, project()["optional-dependencies"][extra])) == set(requirements_of(part)) != set()


def test_every_extra_is_one_of_the_parts():
    assert project()["optional-dependencies"].keys() == EXTRAS.keys()
