"""A lesson in a real JupyterLab: answered, checked, closed and opened again; on a phone's width; axe finds nothing."""

import pytest
from playwright.sync_api import expect

from playbook.training.attempts import Attempt, events_of
from playbook.training.item_bank import item_bank
from playbook.training.learner import learner_here
from playbook.training.learner_folder import lay_out
from playbook.training.lesson_list import lesson_called
from tests.browser.chapter_forms import findings_of_axe
from tests.browser.jupyterlab import JupyterLab, serving

pytestmark = pytest.mark.browser
LESSON = lesson_called("is_it_luck")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return lay_out(tmp_path_factory.mktemp("learner") / "mine", own_seed=5)


@pytest.fixture(scope="module")
def lab(chromium, folder, tmp_path_factory):
    with serving(folder, home=tmp_path_factory.mktemp("home")) as address, JupyterLab(chromium, address) as lab:
        lab.open(LESSON.file.name)
        lab.fill_in()
        lab.notebook.locator(".ptc-exercise").nth(len(LESSON.items) - 1).wait_for()
        yield lab


def test_every_exercise_is_there_without_an_error_or_an_address_outside(lab):
    assert lab.notebook.locator(".ptc-exercise").count() == len(LESSON.items)
    assert lab.errors() == [] and lab.outside == []


def test_axe_finds_nothing_in_the_exercises(lab):
    assert findings_of_axe(lab) == []


def test_nothing_of_the_truth_is_in_the_page_before_an_answer_is_checked(lab, folder):
    content = lab.page.content()
    learner = learner_here(folder)
    for key in LESSON.items:
        item = item_bank()[key]
        assert item.rule not in content
        response = item.exercise(learner.next_seed(key)).response
        for sentence in response.mark(response.best()).feedback:
            assert sentence not in content


def test_an_exercise_is_answered_by_keyboard_and_its_answer_is_kept(lab, folder):
    key = LESSON.items[0]
    response = item_bank()[key].exercise(learner_here(folder).next_seed(key)).response
    right = dict(response.fields()[0].takes.options)[response.best()["choice"]]
    exercise = lab.notebook.locator(".ptc-exercise").first
    exercise.get_by_role("radio", name=right).focus()
    lab.page.keyboard.press("Space")
    exercise.get_by_role("combobox", name="How sure are you that this is right?").select_option("80%")
    exercise.get_by_role("button", name="Check my answer").focus()
    lab.page.keyboard.press("Enter")
    expect(exercise.get_by_text("Your answer is saved.")).to_be_visible()
    expect(exercise.get_by_text("Right.", exact=True)).to_be_visible()
    assert [a.points for a in learner_here(folder).attempts if a.item == key] == [1]


def test_a_lesson_that_was_left_is_gone_on_with(lab, folder):
    learner = learner_here(folder)
    attempt = Attempt(LESSON.items[1], 3, {"point": "A"}, points=0.0, within=LESSON.key)
    learner.saved.journal.append(events_of(attempt, learner.saved.author))
    lab.open(LESSON.file.name)
    lab.fill_in()
    expect(lab.notebook.get_by_text("Welcome back.")).to_be_visible()
    expect(lab.notebook.get_by_text("Check my answer").first).to_be_visible()
