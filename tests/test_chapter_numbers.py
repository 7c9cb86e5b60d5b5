"""Code names a chapter by its key; its number stands in its notebook's name alone, so that it may move."""

import ast
import os
import re
import shutil
import subprocess
import sys

import pytest

from playbook import chapter_numbers
from playbook.catalogue import SECTIONS
from playbook.chapter_numbers import named, notebook_of, number_of, numbers, numbers_in
from playbook.errors import PlaybookError
from tests.scripts.requirements_files import ROOT

EXAMPLES = ROOT / "playbook" / "chapter_numbers.py"  # says by example what it gives
CODE = {
    str(file.relative_to(ROOT)): file
    for folder in ("playbook", "scripts")
    for file in ROOT.glob(f"{folder}/**/*.py")
    if file != EXAMPLES
}
KEYS = "|".join(numbers()).replace("_", "[_-]")
TYPED = re.compile(rf"\bchapters?[\s\"'#]+({'|'.join(numbers().values())})\b|(?<!\d)\d\d[_-]({KEYS})\b", re.IGNORECASE)


@pytest.fixture
def renumbered(monkeypatch):
    monkeypatch.setattr(chapter_numbers, "numbers", lambda: {"week": "02", "between": "09", "each_rep": "10"})


def test_a_chapter_has_the_number_of_its_notebook_s_name(tmp_path):
    for name in ("02_week.ipynb", "01_role.ipynb", "01_role.mine.ipynb", "notes.ipynb", "03_words.md"):
        (tmp_path / name).touch()
    assert list(numbers_in(tmp_path).items()) == [("role", "01"), ("week", "02")]


def test_a_chapter_is_named_by_the_number_that_it_has_today(renumbered):
    assert (number_of("each_rep"), named("each_rep"), notebook_of("each_rep")) == ("10", "chapter 10", "10_each_rep")


def test_several_chapters_are_named_in_their_order(renumbered):
    assert named("each_rep", "week") == "chapters 02 and 10"
    assert named("between", "each_rep", "week") == "chapters 02, 09 and 10"


def test_a_key_that_no_chapter_has_is_said_with_those_there_are(renumbered):
    with pytest.raises(PlaybookError, match=r"no chapter 'each_reps'(.|\n)*week, between, each_rep"):
        named("week", "each_reps")


def test_an_installed_package_brings_its_chapters(tmp_path):
    built = subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=ROOT)
    assert built.returncode == 0
    (wheel,) = tmp_path.glob("*.whl")
    shutil.unpack_archive(wheel, tmp_path / "installed", "zip")
    run = "import playbook; from playbook.chapter_numbers import named; print(playbook.__file__, named('each_rep'))"
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "installed")}
    result = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, env=environment, cwd=tmp_path)
    assert result.stdout.split(maxsplit=1) == [
        str(tmp_path / "installed" / "playbook" / "__init__.py"),
        f"{named('each_rep')}\n",
    ]


def test_each_chapter_has_its_package_and_each_package_its_chapter():
    packages = {door.parent.name for door in ROOT.glob("playbook/chapters/*/__init__.py")} - {"pages"}
    assert packages == set(numbers())


@pytest.mark.parametrize("file", sorted(CODE))
def test_no_code_types_a_chapter_s_number(file):
    text = CODE[file].read_text(encoding="utf-8")
    assert [match[0] for match in TYPED.finditer(text)] == []


@pytest.mark.parametrize(
    "text", ["as Chapter 05 does", '"in chapters "\n "04 and"', "05_each_rep.ipynb", "chapter-05-each-rep"]
)
def test_a_typed_number_is_met_however_it_is_written(text):
    assert TYPED.search(text)


def test_every_key_by_which_code_names_a_chapter_is_one():
    keys = {key for section in SECTIONS.values() for key in section.chapters}
    for file in CODE.values():
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("named", "number_of", "notebook_of"):
                keys |= {key.value for key in call.args if isinstance(key, ast.Constant)}
    assert {"each_rep", "why_deals_are_lost"} < keys <= set(numbers())
