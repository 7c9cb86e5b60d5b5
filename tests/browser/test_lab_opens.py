"""`playbook lab` in a real browser: the front door is a page to read, and a chapter fills itself in at one press."""

import shutil
import sys
from dataclasses import dataclass

import nbformat
import pytest
from playwright.sync_api import expect

from tests.browser.jupyterlab import JupyterLab, serving
from tests.scripts.requirements_files import ROOT

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The home of a person who never used Jupyter."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def front_door(chromium, home):
    with serving(home=home) as address, JupyterLab(chromium, address) as lab:
        lab.open_printed_address()
        yield lab


@pytest.fixture(scope="module")
def kit(home, tmp_path_factory):
    """The address of a JupyterLab on a copy of the notebooks, as it saves by itself, and a page of known content."""
    copy = tmp_path_factory.mktemp("kit")
    shutil.copytree(ROOT / "notebooks", copy / "notebooks")
    if (ROOT / "data" / "samples" / "team").is_dir():
        shutil.copytree(ROOT / "data" / "samples" / "team", copy / "data" / "samples" / "team")
    _small_page(copy / "notebooks" / "small.ipynb")
    served = copy / "notebooks" / "START_HERE.md"
    with serving(served, home=home) as address:
        yield address


@pytest.fixture(scope="module")
def page(chromium, kit):
    """A window on the small page, not filled in until a test asks for that."""
    with JupyterLab(chromium, kit) as lab:
        lab.open("small.ipynb")
        yield lab


@dataclass(frozen=True)
class Filled:
    """A window on the small page, filled in by one press; and whether its title was in sight then."""

    lab: JupyterLab
    at_its_top: bool


@pytest.fixture(scope="module")
def filled(page):
    page.fill_in()
    return Filled(page, _is_in_sight(page.page.get_by_role("heading", name="A small page")))


def _is_in_sight(part):
    try:
        expect(part).to_be_in_viewport()
    except AssertionError:
        return False
    return True


def _small_page(path):
    hidden = {"jupyter": {"source_hidden": True}}
    cells = [nbformat.v4.new_markdown_cell("# A small page")]
    cells += [nbformat.v4.new_code_cell(code, metadata=hidden) for code in SMALL_CODE]
    cells += [nbformat.v4.new_markdown_cell("A long end\n\n" * 100)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


SMALL_CODE = (
    "# What is counted\nimport sys\ndeals = 14",
    "# The sum\nprint('won', deals, 'of 70')",
    "# The Python\nprint(sys.executable)",
    "# One choice\nimport ipywidgets\nipywidgets.RadioButtons(options=['coach', 'watch'], value=None)",
    "# Two amounts\nfrom playbook.display import say\nsay('Won {a} of {b}.', a='$340k', b='$1.2M')",
)


def test_the_front_door_opens_as_a_rendered_page(front_door):
    heading = front_door.page.locator(".jp-MarkdownViewer h1")
    heading.wait_for()
    assert heading.inner_text().strip("¶ ") == "Start here"


def test_no_request_leaves_the_machine_at_the_front_door(front_door):
    front_door.page.wait_for_load_state("networkidle")
    assert front_door.outside == []


def test_nothing_is_left_in_the_persons_own_jupyter(front_door, home):
    assert not (home / ".jupyter").exists() and not (home / ".local").exists()


def test_before_it_is_filled_in_a_page_shows_no_code_but_what_will_stand_there(page):
    assert page.code_seen() == []
    assert page.page.get_by_text("# The sum").is_visible()


def test_code_is_one_press_away_and_folds_back(page):
    page.press("Show code")
    page.page.get_by_text("deals = 14").wait_for()
    assert len(page.code_seen()) == len(SMALL_CODE)
    page.press("Hide code")
    page.page.get_by_text("deals = 14").wait_for(state="detached")


def test_one_press_fills_the_page_in_and_stays_at_its_top(filled):
    lab = filled.lab
    assert lab.errors() == [] and lab.code_seen() == []
    assert "won 14 of 70" in lab.outputs()[0]
    assert filled.at_its_top
    assert not lab.page.get_by_text("# What is counted").is_visible()


def test_the_page_runs_with_the_kits_own_python(filled):
    assert filled.lab.outputs()[1].strip() == sys.executable


def test_two_amounts_in_a_sentence_are_no_formula(filled):
    """JupyterLab takes what stands between two dollar signs for mathematics."""
    assert "Won $340k of $1.2M." in filled.lab.outputs()[-1]
    filled.lab.page.wait_for_timeout(1500)  # a formula is set a moment after the output
    assert filled.lab.page.locator("mjx-container").count() == 0


def test_a_choice_at_the_left_edge_can_be_clicked(filled):
    """Hiding prompts alone would leave an invisible strip there that swallows clicks."""
    choice = filled.lab.page.get_by_label("watch")
    choice.click()
    assert choice.is_checked()
