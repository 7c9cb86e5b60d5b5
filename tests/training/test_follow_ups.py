"""Follow-ups: five days counted from the first exercise, what went wrong asked first, and promises looked at again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from playbook.journal.events import ANSWER, new_event
from playbook.journal.sheet_registry import LESSON_PROMISE
from playbook.training import follow_up_page
from playbook.training.attempts import Attempt, events_of
from playbook.training.follow_ups import asked_again, due, follow_ups, following, promises
from playbook.training.learner import learner_here
from playbook.training.learner_folder import lay_out
from playbook.training.lesson_list import lesson_list

BEGAN = datetime(2026, 3, 2, 10, tzinfo=UTC)
LESSON = lesson_list()[1]
FIRST = Attempt(LESSON.items[0], 1, {}, points=1.0, within=LESSON.key, at=BEGAN)


def _on(weeks: int, days: int = 0) -> date:
    return BEGAN.date() + timedelta(weeks=weeks, days=days)


def test_five_follow_ups_are_counted_from_the_first_exercise():
    assert [one.day for one in follow_ups([FIRST])] == [_on(2), _on(4), _on(8), _on(12), _on(26)]


def test_there_is_none_before_the_first_exercise():
    assert follow_ups([]) == () and due([], _on(0)) is None


@pytest.mark.parametrize(
    ("on", "key"), [(_on(2), "week-2"), (_on(3), "week-2"), (_on(8), "week-8"), (_on(60), "month-6")]
)
def test_the_last_one_whose_day_has_come_is_due(on, key):
    one = due([FIRST], on)
    assert one is not None and one.key == key


def test_nothing_is_due_the_day_before_the_first():
    assert due([FIRST], _on(2, -1)) is None and following([FIRST], _on(2, -1)).key == "week-2"


def test_what_went_wrong_is_asked_before_what_was_right_and_the_oldest_first():
    wrong = replace(FIRST, item=LESSON.items[1], points=0.0, at=BEGAN + timedelta(days=1))
    later = replace(FIRST, item=LESSON.items[2], at=BEGAN + timedelta(days=2))
    attempts = [FIRST, wrong, later]
    one = due(attempts, _on(2))
    assert asked_again(attempts, lesson_list(), one) == (LESSON.items[1], LESSON.items[0], LESSON.items[2])


def test_an_answer_in_the_follow_up_does_not_move_the_others():
    wrong = replace(FIRST, item=LESSON.items[1], points=0.0)
    one = due([FIRST, wrong], _on(2))
    answered = replace(wrong, points=1.0, within=one.within, at=BEGAN + timedelta(weeks=2))
    again = due([FIRST, wrong, answered], _on(2))
    assert again.answered == 1
    assert asked_again([FIRST, wrong, answered], lesson_list(), again) == asked_again(
        [FIRST, wrong], lesson_list(), one
    )


def test_what_belongs_to_no_lesson_any_more_is_not_asked_again():
    gone = replace(FIRST, item="luck/of-an-older-kit", points=0.0)
    assert asked_again([FIRST, gone], lesson_list(), due([FIRST], _on(2))) == (FIRST.item,)


def test_promises_of_lessons_and_of_earlier_follow_ups_are_looked_at():
    answers = {
        LESSON_PROMISE.subject(LESSON.key, "when-then"): "When I see a rate, I ask for n.",
        LESSON_PROMISE.subject(LESSON.key, "day"): "2026-03-09",
        LESSON_PROMISE.subject("follow-up-week-2", "when-then"): "When asked, I give a range.",
    }
    second = follow_ups([FIRST])[1]
    assert [(one.title, one.day) for one in promises(lesson_list(), answers, second)] == [
        ("2 · Is it luck?", date(2026, 3, 9)),
        ("Follow-up, week 2", None),
    ]
    assert len(promises(lesson_list(), answers, follow_ups([FIRST])[0])) == 1


@pytest.fixture
def learner_folder(tmp_path):
    folder = lay_out(tmp_path / "mine", own_seed=5)
    learner = learner_here(folder)
    attempts = [replace(FIRST, item=item, points=0.0) for item in LESSON.items[:3]]
    learner.saved.journal.append([event for one in attempts for event in events_of(one, "me")])
    words = new_event(ANSWER, LESSON_PROMISE.subject(LESSON.key, "when-then"), "When I see a rate, I ask.", author="me")
    learner.saved.journal.append([words])
    return folder


def test_the_page_of_a_follow_up_shows_the_promise_and_asks_what_went_wrong(learner_folder):
    page = follow_up_page.open_follow_up(str(learner_folder), date.today() + timedelta(weeks=2))
    assert "follow-up for week 2" in follow_up_page.opening(page).text.replace("**", "")
    assert "When I see a rate, I ask." in follow_up_page.what_was_promised(page).text
    assert set(page.items) == set(LESSON.items[:3]) and follow_up_page.ask(page, 4).html == ""
    assert "newly drawn" in follow_up_page.ask(page, 1).text


def test_before_its_day_the_page_says_when_and_asks_nothing(learner_folder):
    page = follow_up_page.open_follow_up(str(learner_folder))
    assert "Your first follow-up is on" in follow_up_page.opening(page).text
    parts = [follow_up_page.what_was_promised(page), follow_up_page.ask(page, 1), follow_up_page.promise(page)]
    assert [part.html for part in parts] == ["", "", ""]


def test_the_cover_says_which_follow_up_is_open_and_which_was_passed_over(learner_folder):
    text = follow_up_page.days(learner_here(learner_folder), date.today() + timedelta(weeks=5)).text
    assert "Week 2" in text and "passed over" in text and "open now" in text and text.count("to come") == 3
