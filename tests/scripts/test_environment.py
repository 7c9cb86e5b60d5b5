"""environment.yml asks for what requirements.in asks for, and the tested versions lie within it."""

import copy
import platform
import re

import pytest
from packaging.specifiers import SpecifierSet

from tests.scripts.requirements_files import KIT, conda_environment, locked_versions, project, requirements_of

NAME_ON_PYPI = {"matplotlib-base": "matplotlib"}  # conda's matplotlib without a window toolkit


def ranges(environment: dict) -> dict[str, SpecifierSet]:
    """Name on PyPI and range of each line of an environment; fails on a line that is not `name range`."""
    ranges_by_name = {}
    for line in environment["dependencies"]:
        name, _, allowed = line.partition(" ")
        ranges_by_name[NAME_ON_PYPI.get(name, name)] = SpecifierSet(allowed)
    return ranges_by_name


def disagreements(environment: dict) -> set[str]:
    """Names whose range differs from requirements.in (or, for Python, from pyproject.toml), or that one side lacks."""
    conda = ranges(environment)
    lowest = [str(bound) for bound in conda.pop("python", SpecifierSet()) if bound.operator == ">="]
    wanted_ranges = {wanted.name: wanted.specifier for wanted in requirements_of(KIT)}
    different = {name for name in conda.keys() | wanted_ranges.keys() if conda.get(name) != wanted_ranges.get(name)}
    return different | ({"python"} if lowest != [project()["requires-python"]] else set())


def test_conda_and_pip_are_asked_for_the_same():
    assert disagreements(conda_environment()) == set()


BOUNDS = [
    (place, bound)
    for place, line in enumerate(conda_environment()["dependencies"])
    for bound in re.findall(r">=[\d.]+|<[\d.]+", line)
    if not (line.startswith("python ") and bound.startswith("<"))  # pip has no upper end for Python
]


@pytest.mark.parametrize(("place", "bound"), BOUNDS, ids=str)
def test_a_changed_bound_is_noticed(place, bound):
    changed = copy.deepcopy(conda_environment())
    changed["dependencies"][place] = changed["dependencies"][place].replace(bound, bound + ".99")
    name = changed["dependencies"][place].split()[0]
    assert disagreements(changed) == {NAME_ON_PYPI.get(name, name)}


@pytest.mark.parametrize("name", [name for name in ranges(conda_environment()) if name != "python"])
def test_the_tested_version_lies_within_the_range(name):
    versions = locked_versions(name)
    assert versions and all(ranges(conda_environment())[name].contains(version) for version in versions)


def test_this_python_lies_within_the_range():
    assert ranges(conda_environment())["python"].contains(platform.python_version())


def test_packages_come_from_conda_forge_alone_and_none_through_pip():
    environment = conda_environment()
    assert environment["channels"] == ["conda-forge", "nodefaults"]
    assert all(isinstance(line, str) for line in environment["dependencies"])
