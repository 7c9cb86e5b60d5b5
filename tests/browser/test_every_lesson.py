"""A robot takes lessons in a real JupyterLab: all right, all wrong, and left halfway and gone on with after a restart.

Every run takes one lesson, left halfway, and wrong from there on; `--soak` takes every lesson in every way.
"""

import pytest
from playwright.sync_api import expect

from playbook.training.item_bank import item_called
from playbook.training.learner import learner_here
from playbook.training.learner_folder import lay_out
from playbook.training.lesson_list import lesson_list
from tests.browser.jupyterlab import JupyterLab, serving
from tests.browser.learner_robot import answer_exercise

pytestmark = [pytest.mark.browser]
LESSONS = lesson_list()
_EVERY_DAY = "your_week_your_leader"
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return lay_out(tmp_path_factory.mktemp("robot") / "mine", own_seed=7)


@pytest.fixture(scope="module")
def address(folder, tmp_path_factory):
    with serving(folder, home=tmp_path_factory.mktemp("home")) as address:
        yield address


@pytest.fixture
def lab(chromium, address):
    with JupyterLab(chromium, address) as lab:
        yield lab


def _open(lab, lesson):
    lab.open(lesson.file.name)
    lab.fill_in()
    exercises = lab.notebook.locator(".ptc-exercise")
    exercises.nth(len(lesson.on_page) - 1).wait_for()
    return exercises


def _take(lab, folder, lesson, keys, *, rightly):
    exercises, learner = _open(lab, lesson), learner_here(folder)
    seeds = {key: learner.next_seed(key) for key in lesson.on_page}
    for key in keys:
        exercise = exercises.nth(lesson.on_page.index(key))
        answer_exercise(exercise, item_called(key), seeds[key], rightly=rightly)
    assert lab.errors() == [] and lab.outside == []


def _last_points(folder, lesson):
    attempts = [a for a in learner_here(folder).attempts if a.within == lesson.key]
    return {a.item: a.points for a in attempts}


@pytest.mark.soak
@each_lesson
def test_a_lesson_is_taken_all_right(lab, folder, lesson):
    _take(lab, folder, lesson, lesson.on_page, rightly=True)
    assert set(_last_points(folder, lesson).values()) <= {1.0, None}
    assert set(_last_points(folder, lesson)) == set(lesson.on_page)


@pytest.mark.soak
@each_lesson
def test_a_lesson_is_taken_all_wrong_and_what_was_wrong_is_kept(lab, folder, lesson):
    _take(lab, folder, lesson, lesson.on_page, rightly=False)
    assert all(points is None or points < 1 for points in _last_points(folder, lesson).values())


@pytest.mark.parametrize(
    "lesson",
    [pytest.param(one, id=one.key, marks=() if one.key == _EVERY_DAY else pytest.mark.soak) for one in LESSONS],
)
def test_a_lesson_is_left_halfway_and_gone_on_with_after_a_restart(chromium, lesson, tmp_path):
    """In a folder of its own, as what was done before of the same lesson would count."""
    own, half = lay_out(tmp_path / "mine", own_seed=7), len(lesson.on_page) // 2
    with serving(own, home=tmp_path) as address, JupyterLab(chromium, address) as lab:
        _take(lab, own, lesson, lesson.on_page[:half], rightly=True)
    with serving(own, home=tmp_path) as again, JupyterLab(chromium, again) as later:
        _open(later, lesson)
        expect(later.notebook.get_by_text(f"You did {half} of this lesson's exercises so far")).to_be_visible()
        _take(later, own, lesson, lesson.on_page[half:], rightly=False)
    attempts = learner_here(own).attempts
    assert all(a.right or a.points is None for a in attempts if a.item in lesson.on_page[:half])
    assert {a.item for a in attempts} == set(lesson.on_page)
