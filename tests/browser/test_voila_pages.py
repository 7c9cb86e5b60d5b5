"""`playbook lab --voila WORKBOOK` in a real browser: chapters as pages with forms that save."""

import json
import shutil
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from playbook.chapter_numbers import notebook_of, number_of
from playbook.forms.self_assessment import first_steps
from playbook.training.item_bank import item_called
from playbook.training.learner import learner_here
from playbook.training.learner_folder import lay_out
from playbook.training.lesson_list import lesson_list
from tests.browser.chapter_forms import label_of
from tests.browser.jupyterlab import JupyterLab, serving
from tests.browser.learner_robot import answer_exercise
from tests.scripts.requirements_files import ROOT

pytestmark = pytest.mark.browser
WHOM = label_of(first_steps(), "whom")
FIRST, SECOND = f"{number_of('your_new_role')} Your new role", f"{number_of('your_week')} Your week"
WEEK = f"{notebook_of('your_week')}.ipynb"
OWN = ".ptc-form, .ptc-way"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """The sample team's folder with two chapters, as a build leaves it: an empty journal beside them."""
    folder = tmp_path_factory.mktemp("ana-silva")
    shutil.copytree(ROOT / "data" / "samples" / "team", folder / "team")
    for name in (f"{notebook_of('your_new_role')}.ipynb", WEEK):
        shutil.copy(ROOT / "notebooks" / "workbook" / name, folder / name)
    (folder / "journal.jsonl").touch()
    (folder / "guide.md").write_text("# The guide\n")
    (folder / "guide.html").write_text("<!DOCTYPE html><title>The guide</title><h1>The guide</h1>")
    return folder


@pytest.fixture(scope="module")
def pages(chromium, workbook, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    with serving(workbook, home=home, voila=True) as address, JupyterLab(chromium, address) as window:
        window.open_page()
        yield window


def test_a_chapter_fills_itself_in_without_code_and_leads_to_the_next(pages):
    assert pages.page.title() == "Your new role"
    assert pages.page.locator(".jp-CodeCell .jp-InputArea, .cm-editor, .highlight").count() == 0
    assert "open_team" not in pages.page.inner_text("body")
    way = pages.page.get_by_role("navigation", name="Chapters")
    assert way.get_by_role("link").all_inner_texts() == [FIRST, SECOND]
    assert way.get_by_role("link", name=SECOND).get_attribute("href") == WEEK
    expect(way.locator("[aria-current=page]")).to_have_text(FIRST)


def test_what_is_typed_into_a_form_is_in_the_journal(pages, workbook):
    form = pages.page.locator(".ptc-form", has=pages.page.get_by_label(WHOM, exact=True))
    form.get_by_label(WHOM, exact=True).fill("Cara, on Fridays")
    form.locator(".ptc-saved:has-text('Saved at')").wait_for()
    events = [json.loads(line) for line in (workbook / "journal.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(event["subject"], event["value"]) for event in events] == [("first-steps/whom", "Cara, on Fridays")]


def test_nothing_of_ours_is_a_finding_of_axe(pages):
    violations = Axe().run(pages.page, context={"include": OWN.split(", ")}).response["violations"]
    assert not violations, [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in violations]


def test_opened_again_the_answer_stands_and_the_guide_opens(pages):
    pages.page.get_by_role("link", name=FIRST).click()
    pages.page.get_by_label(WHOM, exact=True).wait_for()
    expect(pages.page.get_by_label(WHOM, exact=True)).to_have_value("Cara, on Fridays")
    with pages.context.expect_page() as opened:  # beside the chapter, in a window of its own
        pages.page.locator("#rendered_cells a[href*='guide.html']").first.click()
    opened.value.get_by_role("heading", name="The guide").wait_for()


def test_no_request_left_the_machine_in_all_this(pages):
    assert pages.outside == []


@pytest.mark.parametrize("path", ["playbook/guide.html", "voila/files/journal.jsonl", "voila/files/guide.html"])
def test_without_the_key_no_page_and_no_file_is_given_out(pages, path):
    address = urlsplit(pages.address.geturl())
    try:
        with urllib.request.urlopen(f"{address.scheme}://{address.netloc}/{path}") as answer:
            assert "/login" in answer.url
    except urllib.error.HTTPError as refused:
        assert refused.code == 403


def test_a_lesson_opens_as_a_page_and_its_first_exercise_is_answered_there(chromium, tmp_path):
    folder, lesson = lay_out(tmp_path / "mine", own_seed=7), lesson_list()[0]
    key, seed = lesson.items[0], learner_here(folder).next_seed(lesson.items[0])
    with serving(folder, home=tmp_path, voila=True) as address, JupyterLab(chromium, address) as window:
        window.page.goto(address)
        window.page.get_by_role("navigation", name="Chapters").get_by_role("link", name=lesson.title).click()
        exercise = window.page.locator(".ptc-exercise").first
        exercise.wait_for()
        answer_exercise(exercise, item_called(key), seed, rightly=True)
    assert [a.points for a in learner_here(folder).attempts if a.item == key] == [1]
