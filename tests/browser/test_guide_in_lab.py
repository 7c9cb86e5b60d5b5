"""The guide in JupyterLab: a link opens the very chapter, and a chapter leads back to the workbook's notebook."""

import nbformat
import pytest

from playbook.chapter_numbers import named, notebook_of
from playbook.coaching.guide_chapters import chapter_of
from playbook.wording import upper_first
from playbook.workbooks.contents import chapters_in
from playbook.workbooks.guide_page import guide_files, lay_down
from tests.browser.jupyterlab import JupyterLab, serving

pytestmark = pytest.mark.browser
NOTEBOOK = f"{notebook_of('your_new_role')}.ipynb"


@pytest.fixture(scope="module")
def lab(chromium, tmp_path_factory):
    """A JupyterLab on a workbook's folder with the guide, and a notebook whose line leads into it."""
    workbook = tmp_path_factory.mktemp("workbook")
    lay_down(guide_files(chapters_in()), workbook)
    line = f"[go on]({chapter_of('assess_skills').text_address})"
    cells = [nbformat.v4.new_markdown_cell(line)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), workbook / NOTEBOOK)
    with serving(workbook, home=tmp_path_factory.mktemp("home")) as address, JupyterLab(chromium, address) as lab:
        yield lab


def top_of(lab, title):
    """How far below the upper edge of the text a heading stands, once it stands still."""
    heading = lab.page.locator(".jp-MarkdownViewer h2", has_text=title)
    heading.wait_for()
    lab.page.wait_for_timeout(500)
    edge = lab.page.locator(".jp-MarkdownViewer").bounding_box()["y"]
    return heading.bounding_box()["y"] - edge


def test_a_link_opens_the_chapter_and_the_chapter_leads_on_and_back(lab):
    lab.open(NOTEBOOK)
    lab.page.get_by_role("link", name="go on").click()
    assert 0 <= top_of(lab, "Assess each rep's skills") < 60
    within = lab.page.locator(".jp-MarkdownViewer")
    within.get_by_role("link", name="Watch real calls and rehearse").nth(1).click()
    assert 0 <= top_of(lab, "Watch real calls and rehearse") < 60
    within.get_by_role("link", name=f"{upper_first(named('your_new_role'))}, Your new role").first.click()
    lab.page.locator(".jp-NotebookPanel").wait_for()
    assert lab.page.url.endswith(f"/{NOTEBOOK}") and lab.outside == []
