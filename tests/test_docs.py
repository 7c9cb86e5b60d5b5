"""What is written down is true: every command stands there, every link leads somewhere, decisions have their price."""

import argparse
import re
import tomllib

import kit
import pytest

from playbook import __version__, cli
from playbook.crm.headings.mapping import parsed
from tests.scripts.requirements_files import ROOT

PAGES = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "notebooks/START_HERE.md")]
PAGES += sorted((ROOT / "docs").rglob("*.md")) + [ROOT / "data" / "samples" / "README.md"]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
CHOICES = next(a for a in cli._parser()._actions if isinstance(a, argparse._SubParsersAction)).choices
PARTS = ("Decided", "Why", "Refused", "Price")


def section(command: str) -> str:
    """What docs/commands.md says under the heading of one command."""
    match = re.search(rf"^## `playbook {command}\b.*?(?=^## |\Z)", COMMANDS, re.M | re.S)
    assert match, f"docs/commands.md has no heading for playbook {command}"
    return match[0]


def options(command: str) -> set[str]:
    actions = [a for a in CHOICES[command]._actions if not isinstance(a, argparse._HelpAction)]
    return {option for action in actions for option in action.option_strings}


@pytest.mark.parametrize("command", CHOICES)
def test_every_option_of_a_command_stands_under_its_heading_and_no_other_does(command):
    assert set(re.findall(r"--[a-z][a-z-]*", section(command))) == options(command)


@pytest.mark.parametrize("command", CHOICES)
def test_what_a_command_is_given_stands_in_its_heading(command):
    given = [a for a in CHOICES[command]._actions if not a.option_strings or a.required]
    heading = section(command).splitlines()[0]
    for action in given:
        assert str(action.metavar) in heading and all(option in heading for option in action.option_strings)


def test_no_command_is_described_that_is_not_there():
    assert set(re.findall(r"^## `playbook (\w[\w-]*)", COMMANDS, re.M)) == set(CHOICES)


def test_every_word_of_kit_stands_there():
    words = set(re.findall(r"kit\.py (\w+|--\w+)", kit.__doc__)) - {"WORD"}
    assert words and all(f"python3 scripts/kit.py {word}" in COMMANDS for word in words)
    assert "test --soak" in COMMANDS


def test_the_readme_is_one_screen_and_opens_with_the_two_commands():
    assert len(README.splitlines()) <= 50
    first = README[: README.index("| You ask")]
    assert "python3 scripts/kit.py build" in first and "python3 scripts/kit.py test" in first
    assert "python3 scripts/kit.py lab" in first and all(f"start.{end}" in first for end in ("bat", "command", "sh"))


def test_each_question_of_the_readme_has_one_link():
    rows = re.findall(r"^\| (.+\?) \| (.+) \|$", README, re.M)
    assert len(rows) == 5 and all(answer.count("](") == 1 for _, answer in rows)


def test_the_readme_says_what_conda_was_not_tested_for():
    assert "environment.yml" in README and "no\ntest here shows" in README


def test_the_picture_is_small_and_says_what_is_on_it():
    picture = re.search(r'<img src="([^"]+)" width="\d+" alt="([^"]+)">', README)
    assert len(picture[2]) > 80
    assert (ROOT / picture[1]).read_bytes().startswith(b"\x89PNG")
    assert (ROOT / picture[1]).stat().st_size < 300_000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page):
    targets = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    inside = [target.partition("#")[0] for target in targets if "://" not in target]
    assert not [target for target in inside if target and not (page.parent / target).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_file_and_folder_that_is_named_is_there(page):
    text = re.sub(r"^    .*$", "", page.read_text(encoding="utf-8"), flags=re.M)
    named = re.findall(r"`((?:playbook|scripts|docs|tests|notebooks|data|\.ci)/[\w./-]*)`", text)
    assert not [name for name in named if not (ROOT / name).exists()]


def test_the_tree_in_contributing_names_every_folder():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = [f"playbook/{folder.name}" for folder in (ROOT / "playbook").iterdir() if _is_a_room(folder)]
    rest = ["notebooks/workbook", "data/samples", "scripts", "docs", "tests"]
    assert not [folder for folder in rooms + rest if f"| `{folder}` |" not in text]


def _is_a_room(folder):
    return folder.is_dir() and folder.name != "__pycache__"


def test_the_changelog_begins_with_this_version():
    assert re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)[1] == __version__


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_says_what_why_what_was_refused_its_price_and_when_to_look_again(page):
    text = page.read_text(encoding="utf-8")
    marks = re.findall(r"^\*\*([^*]+?):?\*\*", text, re.M)
    assert marks == [*PARTS, "Look again when"] and len(text.split()) <= 260


def test_decisions_are_numbered_without_a_gap():
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1)) and len(DECISIONS) >= 8


def test_the_mapping_that_the_page_shows_is_one():
    text = (ROOT / "docs" / "your-data.md").read_text(encoding="utf-8")
    example = text[text.index("    [company]") :].split("\n\n`")[0]
    assert parsed(tomllib.loads(re.sub("^    ", "", example, flags=re.M)), where="docs", of_user=True).outcomes["won"]


def test_no_page_asks_for_a_command_that_its_reader_does_not_have():
    """`playbook` is on nobody's search path: the kit installs it for itself, and kit.py reaches it."""
    pages = [*(ROOT / "notebooks").rglob("*.ipynb"), *(ROOT / "playbook" / "guide").glob("*.md")]
    pages += (ROOT / "playbook" / "workbooks" / "templates").glob("*.jinja")
    command = re.compile(r"\bplaybook (build|lab|import|journal|agenda|diagnose|sample)\b")
    pages_with_one = [
        page.name
        for page in pages
        if ".ipynb_checkpoints" not in page.parts and command.search(page.read_text("utf-8"))
    ]
    assert pages and not pages_with_one


def test_no_remedy_asks_for_a_command_that_its_reader_does_not_have():
    command = re.compile(r"""(remedy=|with: |name a workbook: )"?[^"]*\bplaybook (build|lab|import|journal)\b""")
    rooms = [*(ROOT / "playbook" / room for room in ("chapters", "lab", "workbooks")), ROOT / "playbook"]
    modules = [module for room in rooms for module in room.glob("*.py")]
    assert modules and not [module.name for module in modules if command.search(module.read_text("utf-8"))]
