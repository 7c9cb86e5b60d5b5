"""What is kept of an executed chapter, and how a later batch knows whether it is still true."""

import json
from pathlib import Path

import nbformat
import pytest

from playbook.workbooks import notebook_record as record
from playbook.workbooks.contents import Chapter

CHAPTER = Chapter(Path("01_team.ipynb"), "01_team", 1, "The team", 5, "0" * 64)
INPUTS = "a" * 64


def executed(value="14 of 70", **metadata):
    """A notebook as papermill leaves it: timings, a path, random ids, an error stream."""
    parameters = nbformat.v4.new_code_cell('team = "team"', metadata={"tags": ["injected-parameters"]})
    result = nbformat.v4.new_output("execute_result", {"text/plain": value}, execution_count=2)
    warning = nbformat.v4.new_output("stream", name="stderr", text="/home/ana/kit/x.py:3: Warning: old\n  x()\n")
    cell = nbformat.v4.new_code_cell("show(team)", outputs=[warning, result], execution_count=2)
    cell.metadata = {
        "papermill": {"duration": 1.2},
        "execution": {"a": "b"},
        "tags": ["keep"],
        "jupyter": {"source_hidden": True},
    }
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Team"), parameters, cell])
    notebook.metadata = {"papermill": {"output_path": "/home/ana/x"}, "widgets": {}, **metadata}
    return notebook


@pytest.fixture
def written(tmp_path):
    file = tmp_path / "01_team.ipynb"
    record.write(record.settled(executed(), CHAPTER, INPUTS)[0], file)
    return file


def edit(file, change):
    notebook = json.loads(file.read_text(encoding="utf-8"))
    change(notebook)
    file.write_text(json.dumps(notebook), encoding="utf-8")


def test_nothing_is_kept_that_differs_between_two_runs_or_tells_of_the_machine(written):
    text = written.read_text(encoding="utf-8")
    assert "papermill" not in text and "duration" not in text and "/home" not in text and "widgets" not in text


def test_two_runs_with_the_same_result_are_the_same_bytes(written, tmp_path):
    notebook = executed(papermill={"start_time": "now"})
    for cell, name in zip(notebook.cells, "abc", strict=True):
        cell.id = cell.id if cell.metadata.get("tags") != ["injected-parameters"] else f"random-{name}"
    notebook.cells[0].id, notebook.cells[2].id = "one", "two"
    first = executed()
    first.cells[0].id, first.cells[2].id = "one", "two"
    record.write(record.settled(first, CHAPTER, INPUTS)[0], tmp_path / "a.ipynb")
    record.write(record.settled(notebook, CHAPTER, INPUTS)[0], tmp_path / "b.ipynb")
    assert (tmp_path / "a.ipynb").read_bytes() == (tmp_path / "b.ipynb").read_bytes()


def test_a_warning_goes_to_whoever_runs_the_batch_and_not_on_the_page(written):
    notebook, warnings = record.settled(executed(), CHAPTER, INPUTS)
    assert warnings == ["x.py:3: Warning: old x()"]
    assert [o.output_type for cell in notebook.cells[1:] for o in cell.outputs] == ["execute_result"]
    assert record.warnings_in(record.read(written)) == tuple(warnings)


def test_tags_and_folds_that_the_author_chose_stay(written):
    cells = record.read(written)["cells"]
    assert cells[2]["metadata"] == {"tags": ["keep"], "jupyter": {"source_hidden": True}}
    assert cells[1]["metadata"]["jupyter"] == {"source_hidden": True}


def test_a_chapter_is_valid_for_every_reader_of_notebooks(written):
    nbformat.validate(nbformat.read(written, as_version=4))


def test_as_the_batch_left_it_it_is_fresh(written):
    assert record.is_fresh(record.read(written), INPUTS)


def test_other_inputs_make_it_old(written):
    assert not record.is_fresh(record.read(written), "b" * 64)


@pytest.mark.parametrize(
    "change",
    [
        lambda nb: nb["cells"][2].update(source="show(other)"),
        lambda nb: nb["cells"][2]["outputs"][0]["data"].update({"text/plain": "70 of 70"}),
        lambda nb: nb["cells"][2].update(outputs=[]),
        lambda nb: nb["cells"].pop(),
        lambda nb: nb["metadata"].pop("playbook"),
        lambda nb: nb["metadata"].update(playbook="damaged"),
    ],
    ids=["cell", "output", "no output", "cell gone", "record gone", "record damaged"],
)
def test_a_changed_cell_or_output_makes_it_old(written, change):
    edit(written, change)
    assert not record.is_fresh(record.read(written), INPUTS)


def test_an_empty_cell_that_jupyterlab_adds_is_no_edit(written):
    edit(written, lambda nb: nb["cells"].append({"cell_type": "code", "source": "", "outputs": [], "metadata": {}}))
    assert record.put_edited_aside(written) is None


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe", b"[]", b'{"cells": 3}'])
def test_a_damaged_file_reads_as_none_and_is_not_fresh(written, damage):
    written.write_bytes(damage)
    assert record.read(written) == {} and not record.is_fresh(record.read(written), INPUTS)


def test_an_edited_chapter_is_kept_beside_and_the_next_beside_that(written):
    before = written.read_text(encoding="utf-8")
    for name, words in (("01_team.mine.ipynb", "first"), ("01_team.mine-2.ipynb", "second")):
        written.write_text(before, encoding="utf-8")
        edit(written, lambda nb, words=words: nb["cells"][0].update(source=words))
        assert record.put_edited_aside(written) == written.with_name(name)
        assert not written.exists() and words in written.with_name(name).read_text(encoding="utf-8")


def test_the_same_edit_is_kept_once(written):
    edit(written, lambda nb: nb["cells"][0].update(source="mine"))
    edited = written.read_bytes()
    first = record.put_edited_aside(written)
    written.write_bytes(edited)
    assert record.put_edited_aside(written) == first
    assert [f.name for f in written.parent.glob("*.mine*")] == ["01_team.mine.ipynb"]


def test_a_chapter_only_run_again_by_its_manager_was_not_edited(written):
    edit(written, lambda nb: nb["cells"][2].update(outputs=[], execution_count=9))
    assert record.put_edited_aside(written) is None and written.exists()


def test_a_damaged_file_is_kept_too_as_nobody_knows_what_was_in_it(written):
    written.write_bytes(b"{ half a notebook")
    copy = record.put_edited_aside(written)
    assert copy.read_bytes() == b"{ half a notebook"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("File /home/ana/kit/playbook/team.py:3", "File team.py:3"),
        (r"File C:\Users\Ana\kit\team.py", "File team.py"),
        ("\x1b[31mred\x1b[0m at 0x7f00deadbeef", "red at 0x…"),
        ("3/4 of 1/2", "3/4 of 1/2"),
        ("on 1/2/2026", "on 1/2/2026"),
        ("in file:///home/ana/kit/team.py", "in team.py"),
        ("see https://example.org/a/b", "see https://example.org/a/b"),
    ],
)
def test_paths_colours_and_addresses_of_memory_are_no_part_of_a_message(text, expected):
    assert record.without_paths(text) == expected
