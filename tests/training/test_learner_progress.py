"""Progress: what was done of each lesson, and what comes back a week after it went wrong."""

from dataclasses import replace
from datetime import UTC, date, datetime

from playbook.training.attempts import Attempt
from playbook.training.learner_progress import coming_back, progress_of
from playbook.training.lesson_list import LessonFacts, lesson_list

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
WRONG = Attempt("luck/a", 1, {}, points=0.0, at=MONDAY)


def test_what_went_wrong_comes_back_after_a_week():
    assert [(one.item, one.day) for one in coming_back([WRONG])] == [("luck/a", date(2026, 3, 9))]


def test_what_is_right_the_next_time_does_not_come_back():
    assert coming_back([WRONG, replace(WRONG, points=1.0)]) == ()


def test_what_was_right_only_with_a_hint_comes_back():
    assert coming_back([replace(WRONG, points=1.0, hints=1)])


def test_what_only_the_learner_marked_does_not_come_back():
    assert coming_back([replace(WRONG, points=None)]) == ()


def test_a_lesson_counts_what_was_tried_and_what_was_right(tmp_path):
    lesson = LessonFacts(tmp_path, "02", "x", "X", 30, 20, ("luck/a", "luck/b", "luck/c"))
    (row,) = progress_of([lesson], [WRONG, replace(WRONG, item="luck/b", points=1.0)])
    assert (row.tried, row.right, row.of, row.done) == (2, 1, 3, False)


def test_every_lesson_asks_what_the_bank_holds_and_leaves_more_than_half_to_the_learner():
    from playbook.training.item_bank import item_bank

    for lesson in lesson_list():
        assert len(lesson.items) >= 4 and set(lesson.items) <= set(item_bank()), lesson.key
        assert lesson.doing > lesson.minutes / 2 and 20 <= lesson.minutes <= 40, lesson.key
