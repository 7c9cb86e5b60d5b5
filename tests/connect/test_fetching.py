"""Files take their place together or not at all, and what is there already is spoken of."""

import stat

import pytest

from playbook.connect.fetching import fetch
from playbook.connect.tables import ConnectedCrm, Table, TableContent, TableNotReadable
from playbook.errors import PlaybookError, UnusableInput


def table(name, *pages, needed=False, breaks=None):
    def rows():
        yield from pages
        if breaks:
            raise breaks

    return Table(name, f"what {name} gives", lambda: TableContent(["Id", "Name"], rows()), needed)


def source(*tables):
    return ConnectedCrm("CRM", tables, lambda error, name: None, [])


DEALS = table("Deals", [["1", "a,b"]], [["2", 'say "x"\nand y']], needed=True)


def test_pages_become_one_file_that_only_its_owner_may_read(tmp_path):
    fetched = fetch(source(DEALS), tmp_path / "new" / "exports")
    file = tmp_path / "new" / "exports" / "Deals.csv"
    assert file.read_text() == 'Id,Name\n1,"a,b"\n2,"say ""x""\nand y"\n'
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert fetched.rows == {"Deals": 2}


def test_after_a_failure_half_way_the_folder_is_as_it_was(tmp_path):
    (tmp_path / "Deals.csv").write_text("old")
    with pytest.raises(PlaybookError, match="gone"):
        fetch(source(DEALS, table("Late", [["1", "a"]], breaks=PlaybookError("gone"))), tmp_path)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("Deals.csv", "old")]


def test_a_file_of_an_earlier_fetch_that_was_not_made_again_is_named(tmp_path):
    (tmp_path / "Calls.csv").write_text("old")
    (tmp_path / "people.csv").write_text("mine")
    fetched = fetch(source(DEALS, table("Calls", breaks=TableNotReadable("may not."))), tmp_path)
    assert fetched.older == ["Calls.csv"] and "Calls.csv in" in "\n".join(fetched.lines())
    assert (tmp_path / "people.csv").read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "why"), [("deals", "nothing can be built without it"), ("X", "is not asked for such a table")]
)
def test_what_cannot_be_left_out_is_said_with_what_can(tmp_path, name, why):
    with pytest.raises(UnusableInput, match=rf"--without {name}: .*{why}.\nWhat can be left out: Calls."):
        fetch(source(DEALS, table("Calls")), tmp_path, without=[name])


def test_a_file_in_the_folders_place_is_refused(tmp_path):
    (tmp_path / "exports").write_text("")
    with pytest.raises(UnusableInput, match="exports: is a file"):
        fetch(source(DEALS), tmp_path / "exports")
