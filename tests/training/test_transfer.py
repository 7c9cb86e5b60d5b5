"""What carries over: asked unannounced in another lesson, counted apart, shown only once it was answered."""

import json

import pytest

from playbook.training.attempts import Attempt, events_of
from playbook.training.item_bank import item_bank
from playbook.training.learner import learner_here
from playbook.training.learner_folder import lay_out
from playbook.training.learner_progress import progress_of
from playbook.training.lesson_list import lesson_called, lesson_list
from playbook.training.progress_page import open_training
from playbook.training.transfer import carried_over, what_carried_over

UNANNOUNCED = [(lesson, key) for lesson in lesson_list() for key in lesson.unannounced]
LESSON, KEY = UNANNOUNCED[0]
each_one = pytest.mark.parametrize(("lesson", "key"), UNANNOUNCED, ids=lambda part: getattr(part, "key", part))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv("PLAYBOOK_JOURNAL", raising=False)
    return lay_out(tmp_path / "mine", own_seed=5)


def save(folder, *attempts):
    learner_here(folder).saved.journal.append([event for one in attempts for event in events_of(one, "ana")])


@each_one
def test_what_stands_unannounced_in_a_lesson_belongs_to_another(lesson, key):
    home = lesson_called(item_bank()[key].home)
    assert home.key != lesson.key and not item_bank()[key].examined


@each_one
def test_a_lesson_does_not_announce_it(lesson, key):
    cells = json.loads(lesson.file.read_text())["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    assert lesson_called(item_bank()[key].home).title not in "".join(texts)


def test_every_item_that_has_another_home_stands_in_some_lesson():
    assert {key for _, key in UNANNOUNCED} == {key for key, item in item_bank().items() if item.home}


def test_nothing_is_shown_before_it_was_answered(folder):
    assert not what_carried_over(open_training(str(folder)))


@pytest.mark.parametrize(("points", "says"), [(1.0, "as that lesson would"), (0.0, "did not come along yet")])
def test_once_answered_the_own_page_says_what_it_was_about(folder, points, says):
    save(folder, Attempt(KEY, 1, {"choice": "x"}, points, within=LESSON.key))
    text = what_carried_over(open_training(str(folder))).text
    assert says in text and LESSON.title in text and lesson_called(item_bank()[KEY].home).title in text


def test_only_the_first_answer_says_what_carried_over():
    wrong, right = (Attempt(KEY, seed, {}, points, within=LESSON.key) for seed, points in ((1, 0.0), (2, 1.0)))
    assert [one.right for one in carried_over([wrong, right])] == [False]


def test_an_answer_within_its_own_lesson_or_an_exam_carries_nothing_over():
    home = item_bank()[KEY].home
    assert carried_over([Attempt(KEY, 1, {}, 1.0, within=w) for w in (home, "exam-after")]) == ()


def test_it_counts_for_no_lesson(folder):
    save(folder, Attempt(KEY, 1, {"choice": "x"}, 1.0, within=LESSON.key))
    rows = progress_of(lesson_list(), learner_here(folder).attempts)
    assert sum(row.tried for row in rows) == 0 and KEY not in LESSON.items
