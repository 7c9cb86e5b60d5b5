"""A manager's journey through every chapter in a real JupyterLab: filled in, never saved by hand, and all there again.

From the front door to each chapter of a built workbook; then the window is closed, the kernels are killed, the server
ends, the workbook is built again, and every answer still stands. Every run goes through the four chapters that between
them hold each kind of control and every list that grows, and opens the one that asks most a second time; the soak goes
through all, and opens three again. With PLAYBOOK_PICTURES=1 all are gone through, and pictures of the forms left in
build/screenshots.
"""

import contextlib
import json
import os
import shutil
import time

import pytest
from playwright.sync_api import TimeoutError as NotInTime

from playbook.chapter_numbers import notebook_of
from playbook.cli import main
from tests.browser.chapter_forms import answers_on_page, fill_every_form, findings_of_axe, missing, take_pictures
from tests.browser.jupyterlab import JupyterLab, kill_kernels, serving
from tests.conftest import SOAK
from tests.scripts.requirements_files import ROOT

pytestmark = pytest.mark.browser
SECONDS = 30
PICTURES = os.environ.get("PLAYBOOK_PICTURES") == "1"
EVERY_DAY = {
    notebook_of(key) for key in ("your_new_role", "each_rep", "the_coaching_conversation", "holding_people_to_it")
}
CHAPTERS = sorted(
    path.name
    for path in (ROOT / "notebooks" / "workbook").glob("*.ipynb")
    if SOAK or PICTURES or path.stem in EVERY_DAY
)
FORMS_SEEN_AGAIN = 3 if SOAK else 1  # chapters that ask most: a kernel for each takes long


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A kit as it lies on a manager's laptop: the front door, the chapters, and one built workbook."""
    place = tmp_path_factory.mktemp("desk")
    size = ("--managers", "1", "--reps", "3", "--months", "6", "--seed", "3")
    assert main(["sample", "--to", str(place / "company"), *size]) == 0
    shutil.copytree(ROOT / "notebooks", place / "kit", ignore=shutil.ignore_patterns(".*"))
    (place / "chapters").mkdir()
    for chapter in CHAPTERS:
        shutil.copy(place / "kit" / "workbook" / chapter, place / "chapters")
    rebuild(place)
    return place


def rebuild(desk):
    of = ["--chapters", str(desk / "chapters"), "--jobs", "1"]
    assert main(["build", str(desk / "company"), "--to", str(desk / "kit" / "books"), *of]) == 0


@pytest.fixture(scope="module")
def workbook(desk):
    return next(folder.parent for folder in (desk / "kit" / "books").glob("*/journal.jsonl"))


@contextlib.contextmanager
def opened(chromium, desk, tmp_path_factory):
    """A window on a JupyterLab at the front door; in the end the kernels are killed, and nothing was saved by hand."""
    with serving(desk / "kit" / "START_HERE.md", home=tmp_path_factory.mktemp("home")) as address:
        with JupyterLab(chromium, address) as lab:
            yield lab
        kill_kernels()


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
def first_visit(chromium, desk, workbook, tmp_path_factory):
    """Walk from the front door through every chapter, and fill in what each asks: per chapter what was seen."""
    seen = {}
    with opened(chromium, desk, tmp_path_factory) as lab:
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
            if PICTURES:
                take_pictures(lab, chapter[:2])
        assert lab.outside == []
    return seen


@pytest.fixture(scope="module")
def built_again(desk, first_visit):
    rebuild(desk)


@pytest.fixture(scope="module")
def sheets(chromium, workbook, built_again):
    """The text of each chapter as it stands on the page of the workbook that was built again."""
    page = chromium.new_page()
    page.goto((workbook / "index.html").as_uri())
    chapters = page.locator(".ptc-chapter").all()
    texts = [chapter.text_content() for chapter in chapters]
    page.close()
    return dict(zip(CHAPTERS, texts, strict=True))


@pytest.fixture(scope="module")
def second_visit(chromium, desk, workbook, first_visit, built_again, tmp_path_factory):
    """Of the chapters that ask most: the sheet before anything runs, and what the forms show when it is filled in."""
    most = sorted(CHAPTERS, key=lambda chapter: -len(first_visit[chapter]["answers"]))[:FORMS_SEEN_AGAIN]
    seen = {}
    with opened(chromium, desk, tmp_path_factory) as lab:
        lab.open(f"books/{workbook.name}/{most[0]}")
        for chapter in most:
            lab.click_in_browser(chapter)
            sheet = lab.notebook.inner_text()
            lab.fill_in()
            seen[chapter] = {"sheet": sheet, "answers": answers_on_page(lab), "errors": lab.errors()}
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


@pytest.mark.soak
def test_the_chapters_of_every_run_hold_each_kind_of_control(first_visit):
    kinds = {chapter: {answer.kind for answer in seen["answers"]} for chapter, seen in first_visit.items()}
    of_every_day = (kinds[chapter] for chapter in CHAPTERS if chapter.removesuffix(".ipynb") in EVERY_DAY)
    assert set().union(*of_every_day) == set().union(*kinds.values())


def written(seen):
    return [answer.value for answer in seen["answers"] if answer.kind in ("text", "textarea")]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_closed_unsaved_killed_and_built_again_every_answer_stands_on_the_sheet(first_visit, sheets, chapter):
    assert written(first_visit[chapter])
    assert [text for text in written(first_visit[chapter]) if text not in sheets[chapter]] == []


def test_opened_again_every_answer_stands_on_the_sheet_and_in_the_form_of_the_chapters_that_ask_most(
    first_visit, second_visit
):
    assert len(second_visit) == FORMS_SEEN_AGAIN
    for chapter, seen in second_visit.items():
        assert [text for text in written(first_visit[chapter]) if text not in seen["sheet"]] == [], chapter
        assert missing(first_visit[chapter]["answers"], seen["answers"]) == [], chapter
        assert seen["errors"] == [], chapter
