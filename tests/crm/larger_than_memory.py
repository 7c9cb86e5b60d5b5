"""The same exports imported twice, in memory and in pieces so small that every file is large; and what differs."""

import json
from pathlib import Path

import pandas as pd
from pandas.testing import assert_frame_equal

from playbook.crm.importing import import_exports
from playbook.crm.larger.company_in_pieces import import_in_pieces
from playbook.crm.larger.reading import Sizes
from playbook.crm.saving import save_imported
from playbook.errors import UnusableInput
from tests.crm.export_files import import_options

TINY = Sizes(memory=256 * 1024**2, bytes=512, rows=5, engine=64 * 1024**2)


def both_ways(paths: list[Path], into: Path, sizes: Sizes = TINY, **options) -> str:
    """Import `paths` both ways and hold the results equal; the error that both raise, if they do."""
    asked_for = import_options(paths, **options)
    error = ""
    try:
        save_imported(import_exports(asked_for), into / "in_memory")
    except UnusableInput as refused:
        error = str(refused)
    try:
        import_in_pieces(asked_for, into / "in_pieces", sizes, lambda line: None)
        assert not error
    except UnusableInput as refused:
        assert str(refused) == error
        assert not (into / "in_pieces").exists()
        return error
    assert_same(into / "in_memory", into / "in_pieces")
    return ""


def assert_same(one: Path, other: Path) -> None:
    """Hold every file of two companies' folders equal."""
    files = {f.relative_to(one).as_posix() for f in one.rglob("*") if f.is_file()}
    assert files == {f.relative_to(other).as_posix() for f in other.rglob("*") if f.is_file()}
    for name in sorted(files):
        if name.endswith(".parquet"):
            assert_frame_equal(pd.read_parquet(one / name), pd.read_parquet(other / name), obj=name)
        elif name.endswith(".json"):
            assert json.loads((one / name).read_text()) == json.loads((other / name).read_text())
        else:
            assert (one / name).read_text() == (other / name).read_text(), name
