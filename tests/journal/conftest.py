"""One database server for all tests of the journal."""

import pytest

from tests.journal.postgres import a_server


@pytest.fixture(scope="session")
def server():
    """A running PostgreSQL server; for tests marked `database`."""
    with a_server() as made:
        yield made


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.database)])
def url(request, tmp_path):
    """The address of a database: of a file, and of the server."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/journal.db"
    return request.getfixturevalue("server").url
