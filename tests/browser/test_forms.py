"""Answers in a real JupyterLab: typed, never saved by hand, and there again after whatever happens to the page."""

import json
import shutil
from datetime import date

import pytest
from playwright.sync_api import expect

from playbook.chapter_numbers import notebook_of
from playbook.forms.self_assessment import assessment, first_steps
from playbook.journal.events import new_event
from playbook.journal.file_journal import FileJournal
from playbook.simulate.sample import write_sample
from playbook.workbooks.batch import Request, build
from tests.browser.chapter_forms import label_of
from tests.browser.jupyterlab import JupyterLab, kill_kernels, serving
from tests.scripts.requirements_files import ROOT

pytestmark = pytest.mark.browser
ROLE, HOLDING = (f"{notebook_of(key)}.ipynb" for key in ("your_new_role", "holding_people_to_it"))
HABIT, WHOM = (label_of(first_steps(), key) for key in ("habit", "whom"))
TASK = label_of(assessment(), "7")
SAVED = ".ptc-saved:has-text('Saved at')"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A small company, two of the kit's chapters, and a way to build the one workbook again."""
    place = tmp_path_factory.mktemp("desk")
    write_sample(place / "company", managers=1, reps=3, months=4, seed=2)
    (place / "chapters").mkdir()
    for name in (ROLE, HOLDING):
        shutil.copyfile(ROOT / "notebooks" / "workbook" / name, place / "chapters" / name)
    return place


def rebuilt(desk):
    """Build, or build again, the workbook; its folder."""
    request = Request([desk / "company"], desk / "books", date(2026, 9, 30), jobs=1, chapters=desk / "chapters")
    assert build(request, lambda line: None).complete
    return next(folder.parent for folder in (desk / "books").glob("*/journal.jsonl"))


@pytest.fixture(scope="module")
def workbook(desk):
    return rebuilt(desk)


ANSWER = "I stop stepping in.\nI ask first."


@pytest.fixture(scope="module")
def answered(desk, workbook):
    """The workbook, built again after a question of its first chapter was answered."""
    event = new_event("answer", "first-steps/habit", ANSWER, author="mo")
    FileJournal(workbook / "journal.jsonl").append([event])
    return rebuilt(desk)


@pytest.fixture(scope="module")
def address(workbook, tmp_path_factory):
    with serving(workbook, home=tmp_path_factory.mktemp("home")) as address:
        yield address


@pytest.fixture
def lab(chromium, address):
    with JupyterLab(chromium, address) as lab:
        yield lab


def wait_until_saved(form):
    form.locator(SAVED).wait_for()


def form_with(lab, label):
    return lab.page.locator(".ptc-form", has=lab.page.get_by_label(label, exact=True))


def journal(workbook):
    lines = (workbook / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    return {event["subject"]: event["value"] for event in map(json.loads, lines)}


def test_a_built_page_is_a_usable_sheet_before_anything_runs(lab, workbook):
    """Nobody has trusted it yet: no widget is shown, and no raw text of one either."""
    lab.open(ROLE)
    assert lab.page.locator(".ptc-worksheet, .ptc-table").count() >= 2
    assert lab.page.locator(".ptc-form").count() == 0 and "VBox(" not in lab.page.inner_text("body")
    assert (workbook / "journal.jsonl").read_bytes() == b""


@pytest.mark.soak
def test_the_journey_closed_without_saving_killed_and_built_again(chromium, address, desk, workbook):
    """Each day test_journey.py does so with every chapter; here an answer has two lines, and the page is saved."""
    with JupyterLab(chromium, address) as lab:
        lab.open(ROLE)
        lab.fill_in()
        lab.page.get_by_label(TASK, exact=True).select_option("Once")
        lab.page.get_by_label(HABIT, exact=True).fill(ANSWER)
        wait_until_saved(form_with(lab, HABIT))
        wait_until_saved(form_with(lab, TASK))
        assert lab.errors() == []
    kill_kernels()
    assert rebuilt(desk) == workbook
    with JupyterLab(chromium, address) as lab:
        lab.open(ROLE)
        sheet = lab.page.locator(".ptc-worksheet", has_text=HABIT)
        expect(sheet).to_contain_text("I stop stepping in.")
        lab.fill_in()
        expect(lab.page.get_by_label(HABIT, exact=True)).to_have_value(ANSWER)
        assert lab.page.get_by_label(TASK, exact=True).locator("option:checked").inner_text() == "Once"
        lab.save()
        lab.page.get_by_text("Saving completed").wait_for()
    assert "I stop stepping in." in (workbook / "index.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("answered")
def test_opened_with_no_kernel_left_the_built_page_shows_the_sheet_with_the_answers(chromium, address):
    kill_kernels()
    with JupyterLab(chromium, address) as lab:
        lab.open(ROLE)
        expect(lab.page.locator(".ptc-worksheet", has_text=HABIT)).to_contain_text("I stop stepping in.")
        assert "VBox(" not in lab.page.inner_text("body") and "model not found" not in lab.page.inner_text("body")


def test_an_untrusted_copy_shows_the_sheet_with_the_answers(lab, answered):
    notebook = json.loads((answered / ROLE).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:  # as another JupyterLab may have saved it
        for output in cell.get("outputs", []):
            output["data"]["application/vnd.jupyter.widget-view+json"] = {"model_id": "gone", "version_major": 2}
    (answered / "copy.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    lab.open("copy.ipynb")
    expect(lab.page.locator(".ptc-worksheet", has_text=HABIT)).to_contain_text("I stop stepping in.")
    assert lab.page.locator(".ptc-form").count() == 0


def test_two_windows_lose_nothing(chromium, address, workbook):
    with JupyterLab(chromium, address) as one, JupyterLab(chromium, address) as two:
        for window in (one, two):
            window.open(ROLE)
            window.fill_in()
        for window, label, text in (
            (one, WHOM, "Cara"),
            (two, HABIT, "Written in the second window"),
        ):
            window.page.get_by_label(label, exact=True).fill(text)
            wait_until_saved(form_with(window, label))
    answers = journal(workbook)
    assert (answers["first-steps/whom"], answers["first-steps/habit"]) == ("Cara", "Written in the second window")


FOCUSED = """() => {
    const at = document.activeElement, names = [...(at.labels || [])].map(label => label.textContent.trim());
    return names.join(' ') || at.textContent.trim();
}"""


def press_until(lab, key, name):
    """Press a key until the control or button of that name has the focus, as somebody without a mouse does."""
    passed = []
    for _ in range(80):
        lab.page.keyboard.press(key)
        passed.append(lab.page.evaluate(FOCUSED))
        if passed[-1] == name:
            return
    raise AssertionError(f"{key} never comes to {name}: {passed}")


def test_a_whole_sheet_is_filled_in_and_taken_back_by_keyboard_alone(lab, workbook):
    lab.open(HOLDING)
    lab.fill_in()
    keys = lab.page.keyboard
    press_until(lab, "Tab", "Add a commitment")
    keys.press("Enter")
    lab.page.get_by_label("Kept?", exact=True).wait_for()
    press_until(lab, "Shift+Tab", "Whose")
    keys.press("M")  # Mine; in JupyterLab's own settings this turned the cell into text
    for label, typed in (
        ("When … I will …", "When a 1:1 is moved, I name a new day."),
        ("How we both see it", "The day stands in both calendars."),
        ("By", "10092026"),
        ("What came of it", "Two of two."),
        ("Kept?", "K"),
        ("The day of the week, and the hour, at which I look at this sheet", "Fridays, nine"),
    ):
        press_until(lab, "Tab", label)
        keys.type(typed)
    wait_until_saved(form_with(lab, "Whose"))
    press_until(lab, "Tab", "Take back the last change")
    keys.press("Space")
    lab.page.get_by_text("The last change is taken back").wait_for()
    fields = {label: lab.page.get_by_label(label, exact=True) for label in ("Whose", "Kept?", "By")}
    assert fields["Whose"].locator("option:checked").inner_text() == "Mine"
    assert fields["Kept?"].locator("option:checked").inner_text() == "Kept"
    expect(fields["By"]).to_have_value("2026-10-09")
    expect(lab.page.get_by_label("The day of the week", exact=False)).to_have_value("")
    answers = {
        subject.rpartition("/")[2]: value
        for subject, value in journal(workbook).items()
        if subject.startswith("commitment/")
    }
    assert answers | {"whose": "manager", "what": "When a 1:1 is moved, I name a new day.", "state": "kept"} == answers
    assert lab.outside == []
