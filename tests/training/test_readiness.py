"""Readiness over the fourteen tasks: ticked before and after, compared task by task, never added up."""

import pytest

from playbook.journal.events import ANSWER, new_event
from playbook.journal.sheet_registry import READINESS, place_of
from playbook.training import progress_page
from playbook.training.learner_folder import lay_out
from playbook.training.readiness import AFTER, BEFORE, boxes_at, changes, readiness_sheet


def test_the_sheet_has_the_fourteen_tasks_of_one_moment():
    subjects = [placed.subject for placed in readiness_sheet(BEFORE).placed()]
    assert len(subjects) == 14 and {place_of(one).about["moment"] for one in subjects} == {BEFORE}


def test_a_box_of_another_moment_is_not_counted():
    answers = {READINESS.subject(AFTER, "7", "how-often"): "habit"}
    assert boxes_at(BEFORE, answers) == {} and boxes_at(AFTER, answers) == {7: "habit"}


def test_a_task_that_was_ticked_once_only_is_not_compared():
    assert [(one.task.number, one.step) for one in changes({1: "never", 2: "once"}, {1: "habit", 3: "once"})] == [
        (1, 2)
    ]


@pytest.fixture
def training(tmp_path):
    return lay_out(tmp_path / "mine", own_seed=5)


def _ticked(folder, moment, boxes):
    saved = progress_page.open_training(str(folder)).learner.saved
    saved.journal.append(
        [
            new_event(ANSWER, READINESS.subject(moment, str(n), "how-often"), box, author="me")
            for n, box in boxes.items()
        ]
    )


def test_the_cover_asks_before_the_first_lesson_and_not_yet_for_after(training):
    text = progress_page.readiness(progress_page.open_training(str(training))).text
    assert "Before the lessons" in text and "After the lessons" not in text


def test_the_cover_says_what_is_done_more_often_and_less_often_than_before(training):
    _ticked(training, BEFORE, {1: "never", 2: "habit", 3: "once"})
    _ticked(training, AFTER, {1: "once", 2: "once", 3: "once"})
    text = progress_page.readiness(progress_page.open_training(str(training))).text
    assert "More often than before: Protect time for managing." in text
    assert "Less often than before: Hold 1:1s about development." in text
    assert "As often as before: 1 of 3." in text
