"""Which notebooks are chapters, and what a chapter must say of itself."""

import json

import pytest

from playbook.errors import UnusableInput
from playbook.workbooks.contents import chapters_in


def chapter(folder, name, *, metadata=None, code='team = ""', tags=("parameters",)):
    about = {"playbook": {"title": f"Title of {name}", "minutes": 5}} if metadata is None else metadata
    cell = {"cell_type": "code", "id": "p", "metadata": {"tags": list(tags)}, "source": code, "outputs": []}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": about, "cells": [cell]}
    (folder / name).write_text(json.dumps(notebook), encoding="utf-8")


def test_chapters_stand_in_the_order_of_their_numbers_and_other_files_are_none(tmp_path):
    for name in ("02_week.ipynb", "01_role.ipynb", "10_end.ipynb", "notes.ipynb", "3_short.ipynb"):
        chapter(tmp_path, name)
    (tmp_path / "01_role.mine.ipynb").write_text("{}", encoding="utf-8")
    chapters = chapters_in(tmp_path)
    assert [(c.key, c.number) for c in chapters] == [("01_role", 1), ("02_week", 2), ("10_end", 10)]
    assert chapters[0].title == "Title of 01_role.ipynb" and chapters[0].anchor == "chapter-01-role"


def test_a_change_of_one_byte_is_another_source(tmp_path):
    chapter(tmp_path, "01_role.ipynb")
    before = chapters_in(tmp_path)[0].source
    chapter(tmp_path, "01_role.ipynb", code='team = "" ')
    assert chapters_in(tmp_path)[0].source != before


def test_the_kits_own_chapters_are_found_without_a_folder():
    chapters = chapters_in()
    assert [c.number for c in chapters] == list(range(1, len(chapters) + 1)) and all(c.minutes > 0 for c in chapters)


def test_a_folder_without_chapters_is_refused(tmp_path):
    with pytest.raises(UnusableInput, match="no chapters here"):
        chapters_in(tmp_path)


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"metadata": {}}, "01_role.ipynb.*cannot be read"),
        ({"metadata": {"playbook": {"title": "Role"}}}, "minutes"),
        ({"metadata": {"playbook": {"title": "Role", "minutes": "soon"}}}, "cannot be read"),
        ({"tags": ()}, "no parameter 'team'"),
        ({"code": 'rep = ""'}, "no parameter 'team'"),
        ({"code": "team = ("}, "cannot be read"),
    ],
    ids=["no title", "no minutes", "minutes in words", "no tag", "no team", "broken code"],
)
def test_a_chapter_that_cannot_be_run_is_refused_with_what_it_lacks(tmp_path, wrong, word):
    chapter(tmp_path, "01_role.ipynb", **wrong)
    with pytest.raises(UnusableInput, match=word):
        chapters_in(tmp_path)


def test_a_notebook_cut_off_in_the_middle_is_refused_by_name(tmp_path):
    (tmp_path / "01_role.ipynb").write_text('{"cells": [', encoding="utf-8")
    with pytest.raises(UnusableInput, match=r"01_role\.ipynb"):
        chapters_in(tmp_path)
