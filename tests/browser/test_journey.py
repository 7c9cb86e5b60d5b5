"""A manager's journey through every chapter in a real JupyterLab: filled in, never saved by hand, and all there again.

From the front door to each chapter of a built workbook; then the window is closed, the kernels are killed, the
workbook is built again, and every answer still stands. Pictures of it are in build/screenshots.
"""

import contextlib
import json
import shutil
import time

import pytest
from playwright.sync_api import TimeoutError as NotInTime

from playbook.cli import main
from tests.browser.chapter_forms import answers_on_page, fill_every_form, findings_of_axe, missing, take_pictures
from tests.browser.jupyterlab import JupyterLab, kill_kernels, serving
from tests.scripts.requirements_files import ROOT

pytestmark = pytest.mark.browser
CHAPTERS = sorted(path.name for path in (ROOT / "notebooks" / "workbook").glob("*.ipynb"))
SECONDS = 30
FORMS_SEEN_AGAIN = 3  # in a browser, of those that ask most: a kernel for each takes long


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A kit as it lies on a manager's laptop: the front door, the chapters, and one built workbook."""
    place = tmp_path_factory.mktemp("desk")
    size = ("--managers", "1", "--reps", "3", "--months", "6", "--seed", "3")
    assert main(["sample", "--to", str(place / "company"), *size]) == 0
    shutil.copytree(ROOT / "notebooks", place / "kit", ignore=shutil.ignore_patterns(".*"))
    rebuild(place)
    return place


def rebuild(desk):
    assert main(["build", str(desk / "company"), "--to", str(desk / "kit" / "books"), "--jobs", "1"]) == 0


@pytest.fixture(scope="module")
def workbook(desk):
    return next(folder.parent for folder in (desk / "kit" / "books").glob("*/journal.jsonl"))


@pytest.fixture(scope="module")
def address(desk, tmp_path_factory):
    with serving(desk / "kit" / "START_HERE.md", home=tmp_path_factory.mktemp("home")) as address:
        yield address


def journal(workbook):
    lines = (workbook / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    return {event["subject"]: event["value"] for event in map(json.loads, lines)}


def wait_for_answers(workbook, count):
    """Wait until that many questions are answered in the journal; what it then holds."""
    until = time.monotonic() + SECONDS
    while len(saved := journal(workbook)) < count and time.monotonic() < until:
        time.sleep(0.1)
    return saved


def messages_after_saving(lab):
    """What the sheets say of saving, as soon as one says when: the journal has an answer a moment before its sheet."""
    with contextlib.suppress(NotInTime):
        lab.notebook.locator(".ptc-saved", has_text="Saved at").first.wait_for(timeout=SECONDS * 1000)
    return lab.notebook.locator(".ptc-saved, .ptc-not-saved").all_inner_texts()


@pytest.fixture(scope="module")
def first_visit(chromium, address, workbook):
    """Walk from the front door through every chapter, and fill in what each asks: per chapter what was seen."""
    seen = {}
    with JupyterLab(chromium, address) as lab:
        lab.open_printed_address()
        lab.page.locator(".jp-MarkdownViewer h1").wait_for()
        for folder in ("books", workbook.name):
            lab.click_in_browser(folder)
        for chapter in CHAPTERS:
            before = journal(workbook)
            lab.click_in_browser(chapter)
            lab.fill_in()
            answers = fill_every_form(lab, f"Answer {chapter[:2]}")
            saved = wait_for_answers(workbook, len(before) + len(answers))
            seen[chapter] = {
                "answers": answers,
                "saved": {subject: value for subject, value in saved.items() if subject not in before},
                "messages": messages_after_saving(lab),
                "errors": lab.errors(),
                "code": lab.code_seen(),
                "outputs": len(lab.outputs()),
                "axe": findings_of_axe(lab),
                "sliders": lab.notebook.locator("[role=slider], input[type=range]").count(),
            }
            take_pictures(lab, chapter[:2])
        assert lab.outside == []
    return seen  # the window is closed; nothing was saved by hand


@pytest.fixture(scope="module")
def second_visit(chromium, address, desk, workbook, first_visit):
    """After a kill and a rebuild: per chapter the sheet before anything runs, of some their forms afterwards."""
    kill_kernels()
    rebuild(desk)
    most = sorted(CHAPTERS, key=lambda chapter: -len(first_visit[chapter]["answers"]))[:FORMS_SEEN_AGAIN]
    seen = {}
    with JupyterLab(chromium, address) as lab:
        lab.open(f"books/{workbook.name}/{CHAPTERS[0]}")
        for chapter in CHAPTERS:
            lab.click_in_browser(chapter)
            seen[chapter] = {"sheet": lab.notebook.inner_text()}
            if chapter in most:
                lab.fill_in()
                seen[chapter] |= {"answers": answers_on_page(lab), "errors": lab.errors()}
    return seen


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_fills_itself_in_without_an_error_and_without_code_in_sight(first_visit, chapter):
    seen = first_visit[chapter]
    assert seen["errors"] == [] and seen["code"] == [] and seen["outputs"]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_what_is_typed_into_a_chapters_forms_is_in_the_journal_and_said_to_be(first_visit, chapter):
    seen = first_visit[chapter]
    assert seen["answers"], "a chapter that asks nothing"
    assert len(seen["saved"]) == len(seen["answers"])
    texts = {answer.value for answer in seen["answers"] if answer.kind in ("text", "textarea")}
    assert texts <= {value for value in seen["saved"].values() if isinstance(value, str)}
    assert not [message for message in seen["messages"] if "Not saved" in message]
    assert any("Saved at" in message for message in seen["messages"])


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_control_has_a_name_none_is_a_slider_and_axe_finds_nothing(first_visit, chapter):
    seen = first_visit[chapter]
    assert [answer for answer in seen["answers"] if not answer.label] == []
    assert seen["sliders"] == 0
    assert seen["axe"] == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_closed_unsaved_killed_and_built_again_every_answer_stands_on_the_sheet(first_visit, second_visit, chapter):
    answers = first_visit[chapter]["answers"]
    written = [answer.value for answer in answers if answer.kind in ("text", "textarea")]
    assert written
    assert [text for text in written if text not in second_visit[chapter]["sheet"]] == []


def test_filled_in_again_the_forms_that_ask_most_show_every_answer(first_visit, second_visit):
    again = {chapter: seen for chapter, seen in second_visit.items() if "answers" in seen}
    assert len(again) == FORMS_SEEN_AGAIN
    for chapter, seen in again.items():
        assert missing(first_visit[chapter]["answers"], seen["answers"]) == [], chapter
        assert seen["errors"] == [], chapter
