"""bring_your_data in a real JupyterLab: point at an export, answer what is asked by keyboard and menu, save."""

import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.jupyterlab import JupyterLab, serving
from tests.crm.export_files import import_files, write_rows
from tests.scripts.requirements_files import ROOT

pytestmark = pytest.mark.browser
ASKS = [["Deal ID", "Rep", "Stage", "Worth", "Close Date"], ["1", "Ana", "Hooray", "10", "01/02/2026"],
        ["2", "Bo", "Alas", "20", "03/04/2026"]]  # fmt: skip


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    copy = tmp_path_factory.mktemp("kit")
    (copy / "notebooks").mkdir()
    for name in ("bring_your_data.ipynb", "START_HERE.md"):
        shutil.copy(ROOT / "notebooks" / name, copy / "notebooks" / name)
    write_rows(copy / "exports", "deals.csv", ASKS)
    write_rows(copy / "exports", "team.csv", [["Name", "Manager"], ["Ana", "Mo Kay"], ["Bo", "Mo Kay"]])
    return copy


@pytest.fixture(scope="module")
def page(chromium, kit, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    with serving(kit / "notebooks" / "START_HERE.md", home=home) as address, JupyterLab(chromium, address) as lab:
        lab.open("bring_your_data.ipynb")
        lab.fill_in()
        lab.page.get_by_role("button", name="Look at the files").wait_for()
        yield lab


def test_an_export_is_looked_at_corrected_previewed_and_saved(page, kit):
    at = page.page
    at.get_by_label("Folder or files of the export, one a line").fill(str(kit / "exports"))
    at.get_by_role("button", name="Look at the files").click()
    expect(at.get_by_text("could have the day or the month first")).to_be_visible()
    at.get_by_label("Days are written", exact=True).select_option("Day first: 31/01/2026")
    at.get_by_label("Hooray means", exact=True).select_option("won")
    at.get_by_label("Alas means", exact=True).select_option("lost")
    at.get_by_label("Worth is", exact=True).select_option("amount")
    at.get_by_role("button", name="Preview").click()
    expect(at.get_by_text("The first 2 of 2 deals, as they are read")).to_be_visible()
    expect(at.get_by_role("cell", name="2026-04-03")).to_be_visible()
    saved = kit / "ours.toml"
    at.get_by_label("Save the mapping as", exact=True).fill(str(saved))
    at.get_by_role("button", name="Save the mapping file").click()
    expect(at.get_by_text("Make the workbooks with the button below")).to_be_visible()
    assert page.errors() == []
    assert page.outside == []
    deals = import_files(kit / "exports", mapping=saved).company.opportunities
    assert deals["amount"].tolist() == [10, 20]
    assert deals["closed_on"].dt.month.tolist() == [2, 4]


def test_one_press_makes_the_workbooks_and_says_where_they_are(page, kit):
    at = page.page
    at.get_by_label("Folder for the workbooks", exact=True).fill(str(kit / "books"))
    at.get_by_role("button", name="Make the workbooks").click()
    expect(at.get_by_text("Open a workbook's page in the file browser")).to_be_visible(timeout=180_000)
    (workbook,) = (kit / "books").glob("*/index.html")
    expect(at.get_by_text(str(workbook))).to_be_visible()
    assert page.errors() == []
