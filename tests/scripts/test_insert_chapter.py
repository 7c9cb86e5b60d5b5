"""A chapter is put between two others in a copy of the project: every number, link and list follows."""

import json
import os
import re
import shutil
import subprocess
import sys

import insert_chapter
import pytest

from playbook.chapter_numbers import notebook_of, number_of, numbers, numbers_in
from playbook.errors import UnusableInput
from playbook.workbooks.contents import chapters_in
from tests.notebooks import test_notebooks as form
from tests.scripts.requirements_files import ROOT

KEY, TITLE = "win_back_customers", "Win back customers"
KEYS = list(numbers())
AFTER = ["", *KEYS]
CITED = re.compile(r"\bchapters?\s+((?:\d\d(?:, and |, | and )?)+)", re.IGNORECASE)
LINK = re.compile(r"\]\(([^)\s#:]+)(?:#[^)\s]*)?\)")
COPIED = ("notebooks", "docs", "playbook", "tests/coaching")
NOT_COPIED = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
RUN = """
import json, sys
from pathlib import Path
from playbook.chapter_numbers import named

notebook, team, last_key = sys.argv[1:]
cells = json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]
parameters, *code, last = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
names = {"team": team}
for source in code:
    exec(source, names)
print(eval(last, names).text)
print(named("each_rep", last_key))
"""


def copy_of_the_project(place):
    for folder in COPIED:
        shutil.copytree(ROOT / folder, place / folder, ignore=NOT_COPIED)
    for file in [*ROOT.glob("*.md"), ROOT / "pyproject.toml"]:
        shutil.copy(file, place)
    return place


def inserted(place, after):
    chapter = insert_chapter.new_chapter(place, KEY, TITLE, after)
    insert_chapter.write(place, insert_chapter.changes(place, chapter))
    return place


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    return copy_of_the_project(tmp_path_factory.mktemp("before"))


@pytest.fixture(scope="module", params=AFTER, ids=lambda after: f"after {after}" if after else "first")
def after(request):
    return request.param


@pytest.fixture(scope="module")
def project(after, tmp_path_factory):
    return inserted(copy_of_the_project(tmp_path_factory.mktemp("inserted")), after)


def texts(place):
    """Every text of a project that somebody reads, by its place without the number of a chapter."""
    files = [*place.glob("*.md"), *(file for folder in COPIED for file in place.glob(f"{folder}/**/*.md"))]
    read = {str(file.relative_to(place)): file.read_text(encoding="utf-8") for file in files}
    for file in place.glob("notebooks/**/*.ipynb"):
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        name = file.stem[3:] if file.parent.name == "workbook" else file.stem
        read[name] = "\n".join("".join(cell["source"]) for cell in cells)
    return read


def cited(text, place):
    """The keys of the chapters that a text names, in its order; what is no chapter's number stays as it is."""
    keys = {number: key for key, number in numbers_in(place / "notebooks" / "workbook").items()}
    return [keys.get(number, number) for group in CITED.findall(text) for number in re.findall(r"\d\d", group)]


def test_the_new_chapter_stands_in_its_place_and_the_others_in_their_order(project, after):
    chapters = chapters_in(project / "notebooks" / "workbook")
    place = AFTER.index(after)
    assert [chapter.file.stem[3:] for chapter in chapters] == [*KEYS[:place], KEY, *KEYS[place:]]
    assert [chapter.number for chapter in chapters] == list(range(1, len(KEYS) + 2))
    assert chapters[place].title == TITLE


def test_every_text_names_the_same_chapters_as_before(project, before, after):
    was, now = texts(before), texts(project)
    assert set(now) - set(was) == {KEY}
    assert sum(len(cited(text, before)) for text in was.values()) > 100
    changelog = now.pop("CHANGELOG.md")
    assert "(not yet released)" in changelog
    for name in now.keys() - {KEY, after}:
        assert cited(now[name], project) == cited(was[name], before), name
    if after:
        text, mark, leads_on = was[after].partition("**Next:")
        assert cited(now[after], project) == [*cited(text, before), KEY, *cited(mark + leads_on, before)]


def test_every_link_leads_to_a_file(project):
    missing = [
        f"{file.relative_to(project)}: {target}"
        for pattern in ("*.md", "docs/**/*.md", "notebooks/**/*.md", "notebooks/**/*.ipynb", "playbook/guide/*.md")
        for file in project.glob(pattern)
        for target in LINK.findall(file.read_text(encoding="utf-8"))
        if target.endswith((".ipynb", ".md")) and not (file.parent / target).exists()
    ]
    assert missing == []


def test_a_link_that_says_a_number_leads_to_the_chapter_of_that_number(project):
    links = re.compile(r"\[chapter (\d\d)[^\]]*\]\(\S*?(\d\d)_(\w+)\.ipynb\)", re.IGNORECASE)
    leads = [link for text in texts(project).values() for link in links.findall(text)]
    assert len(leads) > 40
    assert not [link for link in leads if link[0] != link[1]]


def test_each_chapter_leads_on_to_the_next(project):
    files = sorted((project / "notebooks" / "workbook").glob("*.ipynb"))
    for number, file in enumerate(files, start=1):
        named = re.findall(r"\*\*Next: chapter\s(\d\d)\*\*", form.texts(file)[-1])
        assert named == ([f"{number + 1:02}"] if number < len(files) else [])


def test_how_many_chapters_there_are_follows(project):
    was, now = (f"{insert_chapter.COUNTS[many]} chapters" for many in (len(KEYS), len(KEYS) + 1))
    assert now in (project / "README.md").read_text(encoding="utf-8")
    assert was not in "".join(texts(project).values())


def test_the_new_notebook_has_the_form_of_all(project):
    (file,) = (project / "notebooks" / "workbook").glob(f"*_{KEY}.ipynb")
    of_the_form = {name: test for name, test in vars(form).items() if name.startswith("test_")}
    of_one_file = {name: test for name, test in of_the_form.items() if test.__code__.co_varnames[:1] == ("file",)}
    assert len(of_one_file) > 9
    for name in of_one_file.keys() - {
        "test_the_next_chapter_that_a_chapter_names_is_the_next_one",  # of the kit's own
        "test_no_chapter_waits_to_be_written",
    }:
        of_one_file[name](file)


def test_a_chapter_that_is_not_written_yet_is_seen(project):
    (file,) = (project / "notebooks" / "workbook").glob(f"*_{KEY}.ipynb")
    with pytest.raises(AssertionError):
        form.test_no_chapter_waits_to_be_written(file)


def test_the_new_chapter_runs_and_sentences_name_the_others_by_their_new_numbers(before, tmp_path):
    project = inserted(shutil.copytree(before, tmp_path / "project"), "each_rep")
    (notebook,) = project.glob(f"notebooks/workbook/*_{KEY}.ipynb")
    argv = [sys.executable, "-c", RUN, notebook, ROOT / "data" / "samples" / "team", KEYS[-1]]
    environment = os.environ | {"PYTHONPATH": str(project)}
    result = subprocess.run(argv, capture_output=True, text=True, env=environment, cwd=project)
    assert result.returncode == 0, result.stderr
    chapters = f"chapters {number_of('each_rep')} and {int(number_of(KEYS[-1])) + 1:02}"
    assert re.fullmatch(rf"This is about \d+ reps of yours\.\n{chapters}\n", result.stdout)


def test_what_is_released_keeps_the_numbers_of_its_time(tmp_path, before):
    project = shutil.copytree(before, tmp_path / "project")
    last = number_of(KEYS[-1])
    sections = f"# Changes\n\n## 0.2.0 (not yet released)\nIn chapter {last}.\n\n## 0.1.0\nIn chapter {last}.\n"
    (project / "CHANGELOG.md").write_text(sections, encoding="utf-8")
    text = (inserted(project, "each_rep") / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text == sections.replace(f"chapter {last}", f"chapter {int(last) + 1:02}", 1)


def test_nothing_is_written_until_it_is_asked_for(before, tmp_path):
    project = shutil.copytree(before, tmp_path / "project")
    raw = {file: file.read_bytes() for file in project.rglob("*") if file.is_file()}
    planned = insert_chapter.changes(project, insert_chapter.new_chapter(project, KEY, TITLE, "each_rep"))
    last, moved = notebook_of(KEYS[-1]), f"{len(KEYS) + 1:02}_{KEYS[-1]}"
    assert f"renamed  notebooks/workbook/{last}.ipynb to {moved}.ipynb" in [str(change) for change in planned]
    assert {file: file.read_bytes() for file in project.rglob("*") if file.is_file()} == raw


@pytest.mark.parametrize(
    ("key", "title", "after", "expected"),
    [
        ("Win-back", TITLE, "", "cannot name a package"),
        ("class", TITLE, "", "cannot name a package"),
        ("each_rep", TITLE, "", "called 'each_rep' already"),
        ("pages", TITLE, "", "called 'pages' already"),
        ("luck", TITLE, "", "called 'luck' already"),
        (KEY, 'Win "back"', "", "cannot be a title"),
        (KEY, TITLE, "each_reps", "no chapter 'each_reps'.\nThe chapters are: your_new_role, "),
    ],
)
def test_what_cannot_be_a_chapter_is_refused_with_the_reason(before, key, title, after, expected):
    with pytest.raises(UnusableInput, match=expected):
        insert_chapter.new_chapter(before, key, title, after)


def test_its_files_are_clean_as_they_are_made(project):
    made = [file for file in project.rglob(f"*{KEY}*") if file.suffix in (".py", ".ipynb")]
    made.append(project / "playbook" / "chapters" / KEY / "__init__.py")
    for words in (["check"], ["format", "--check"]):
        argv = [sys.executable, "-m", "ruff", *words, "--no-cache", *made]
        result = subprocess.run(argv, cwd=project, capture_output=True, text=True)
        assert result.returncode == 0, result.stdout
