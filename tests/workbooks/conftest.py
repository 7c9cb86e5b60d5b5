"""The company that the tests of the build share: two managers, six reps, four months."""

from pathlib import Path

import pytest

from playbook.simulate.sample import write_sample


@pytest.fixture(scope="session")
def small_company(tmp_path_factory) -> Path:
    """A folder of canonical tables, for reading only."""
    folder = tmp_path_factory.mktemp("small") / "company"
    write_sample(folder, managers=2, reps=6, months=4, seed=2)
    return folder
