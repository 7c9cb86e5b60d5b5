"""Every notebook is clean, thin and told once: what it is called and how long it takes stand in its own metadata."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scripts.requirements_files import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
CHAPTERS = sorted((ROOT / "notebooks" / "workbook").glob("*.ipynb"))
MOST_LINES = 10
each_notebook = pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
each_chapter = pytest.mark.parametrize("file", CHAPTERS, ids=lambda file: file.stem)


def read(file: Path) -> dict:
    return json.loads(file.read_text(encoding="utf-8"))


def code_cells(file: Path) -> list[dict]:
    return [cell for cell in read(file)["cells"] if cell["cell_type"] == "code"]


def source(cell: dict) -> str:
    return "".join(cell["source"])


def texts(file: Path) -> list[str]:
    return [source(cell) for cell in read(file)["cells"] if cell["cell_type"] == "markdown"]


def test_the_chapters_are_numbered_from_one_without_a_gap():
    assert [int(file.name[:2]) for file in CHAPTERS] == list(range(1, len(CHAPTERS) + 1)) and CHAPTERS


@each_notebook
def test_no_notebook_carries_what_a_run_left_in_it(file):
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code_cells(file))
    assert set(read(file)["metadata"]) == {"kernelspec", "language_info", "playbook"}
    assert read(file)["metadata"]["language_info"] == {"name": "python"}


def test_nbstripout_finds_nothing_to_strip():
    argv = [sys.executable, "-m", "nbstripout", "--verify", "--keep-id", *map(str, NOTEBOOKS)]
    result = subprocess.run(argv, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


@each_notebook
def test_code_is_folded_away_behind_a_line_that_says_what_stands_there(file):
    for cell in code_cells(file):
        assert cell["metadata"]["jupyter"]["source_hidden"] is True
        assert re.match(r"# [A-Z0-9]", source(cell)), source(cell)


@each_notebook
def test_a_code_cell_is_thin_and_has_no_loop_and_no_helper(file):
    too_much = (ast.For, ast.While, ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.With, ast.Try, ast.ListComp)
    for cell in code_cells(file):
        assert len(source(cell).splitlines()) <= MOST_LINES, source(cell)
        assert not [node for node in ast.walk(ast.parse(source(cell))) if isinstance(node, too_much)], source(cell)


@each_notebook
def test_a_notebook_imports_the_playbook_and_nothing_else(file):
    for cell in code_cells(file):
        for node in ast.walk(ast.parse(source(cell))):
            assert not isinstance(node, ast.Import)
            assert not isinstance(node, ast.ImportFrom) or node.module.split(".")[0] == "playbook"


@each_notebook
def test_cells_have_names_of_their_own_for_what_links_to_them(file):
    names = [cell["id"] for cell in read(file)["cells"]]
    assert len(set(names)) == len(names) and all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)


@each_chapter
def test_a_chapter_says_its_title_and_minutes_as_its_metadata_does(file):
    about = read(file)["metadata"]["playbook"]
    first = texts(file)[0]
    assert first.startswith(f"# {about['title']}\n") and 5 <= about["minutes"] <= 60
    assert re.search(rf"\bAbout {about['minutes']} minutes\b", first)


@each_chapter
def test_a_chapter_takes_its_team_as_a_parameter_and_is_the_samples_by_itself(file):
    tagged = [cell for cell in code_cells(file) if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1 and code_cells(file)[0] == tagged[0]
    assert 'team = ""' in source(tagged[0]).splitlines()


@each_chapter
def test_a_chapter_asks_before_it_answers_and_closes_with_what_is_held(file):
    headings = re.findall(r"^## (.+)$", "\n".join(texts(file)), re.M)
    assert [h for h in headings if h.endswith("?")] and headings[-1] == "What you hold now"
    assert read(file)["cells"][-1]["cell_type"] == "markdown"


@each_chapter
def test_the_next_chapter_that_a_chapter_names_is_the_next_one(file):
    number = int(file.name[:2])
    named = re.findall(r"\*\*Next: chapter\s(\d\d)\*\*", texts(file)[-1])
    assert named == ([f"{number + 1:02}"] if number < len(CHAPTERS) else [])


@each_chapter
def test_no_chapter_waits_to_be_written(file):
    """`scripts/insert_chapter.py` leaves these words where an author goes on."""
    package = (ROOT / "playbook" / "chapters" / file.stem[3:]).glob("*.py")
    test = (ROOT / "tests" / "chapters").glob(f"test_{file.stem[3:]}.py")
    assert not [each.name for each in (file, *package, *test) if "To be written" in each.read_text(encoding="utf-8")]


@each_notebook
def test_text_between_the_code_is_short(file):
    words = [len(re.sub(r"[|*#>`_-]", " ", text).split()) for text in texts(file)]
    assert max(words) <= 260 and sum(words) / len(words) <= 80


@each_notebook
def test_every_link_to_a_page_beside_it_leads_somewhere(file):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", "\n".join(texts(file))):
        assert (file.parent / target).exists(), target
