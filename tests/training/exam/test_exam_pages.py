"""The exam's pages: one question after the other, nothing said until the end, gone on with, and never graded."""

import json
from dataclasses import replace
from datetime import date
from functools import partial

import ipywidgets as widgets
import numpy as np
import pytest

from playbook.training import misconceptions, progress_page, progress_table
from playbook.training.attempts import Attempt, events_of
from playbook.training.drawn_team import REDRAWN
from playbook.training.exam import exam_cells, exam_cover
from playbook.training.exam.exam_forms import AFTER, BEFORE, PASSED_FROM, exam_form
from playbook.training.exam.exam_results import BY_LUCK_APART, FormResult, difference_of, result_of
from playbook.training.exam.exam_words import form_words
from playbook.training.exam.live_exam import live_exam
from playbook.training.exam.simulated_learners import BELIEVER, CAREFUL, KNOWING
from playbook.training.exam.sittings import (
    WITHIN_CAPSTONE,
    Sitting,
    capstone_sitting,
    capstones,
    form_sitting,
    met_on,
    within,
)
from playbook.training.exam.what_matters import MATTER_OF, MATTERS
from playbook.training.item_bank import item_bank
from playbook.training.learner import learner_here
from playbook.training.learner_folder import lay_out
from playbook.training.learner_progress import coming_back, progress_of
from playbook.training.lesson_cells import open_lesson
from playbook.training.lesson_list import exam_pages, lesson_list
from playbook.training.variant import seed_of
from tests.training.test_live_exercise import button, inside, text_of

OWN = 5


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv("PLAYBOOK_JOURNAL", raising=False)
    return lay_out(tmp_path / "mine", own_seed=OWN)


def attempt_of(question, place, learner=KNOWING):
    exercise = question.exercise()
    answer = learner.answer(exercise, np.random.Generator(np.random.PCG64(question.seed)))
    return Attempt(question.item.key, question.seed, answer, exercise.response.mark(answer).points, within=place)


def taken(sitting, learner=KNOWING, most=None):
    answered = tuple((q, attempt_of(q, sitting.within, learner)) for q in sitting.questions[:most])
    return replace(sitting, answered=answered)


def save(folder, attempts):
    learner_here(folder).saved.journal.append([event for one in attempts for event in events_of(one, "ana")])


def form_page(folder, which=BEFORE):
    learner = learner_here(folder)
    sitting = form_sitting(learner.own_seed, which, learner.attempts)
    return live_exam(learner, sitting, form_words)


def answer_shown(root, exercise):
    """Set the controls of the question that stands there to its best answer."""
    best = exercise.response.best()
    controls = {field.label: best.get(field.key) for field in exercise.response.fields()}
    for control in inside(root):
        label = getattr(control, "description", "")
        if isinstance(control, widgets.Checkbox):
            control.value = controls.get(label) == "yes"
        elif isinstance(control, widgets.RadioButtons | widgets.Dropdown):
            control.value = controls.get(label, "80")


def state_of(root):
    return json.dumps([widget.get_state() for widget in inside(root)], default=str)


def test_an_exam_asks_one_question_at_a_time_without_a_hint(folder):
    root = form_page(folder)
    (first, *others) = form_sitting(OWN, BEFORE, ()).questions
    assert "Question 1 of 9" in text_of(root) and first.exercise().question in text_of(root)
    buttons = [w.description for w in inside(root) if isinstance(w, widgets.Button)]
    assert buttons == ["Next question"]
    assert len([q for q in others if q.exercise().question in text_of(root)]) < len(others)


def test_nothing_of_the_truth_is_in_an_exam_before_its_end(folder):
    root = form_page(folder)
    for question in form_sitting(OWN, BEFORE, ()).questions:
        exercise, state = question.exercise(), state_of(root)
        best = exercise.response.mark(exercise.response.best()).feedback
        assert not [sentence for sentence in (*best, question.item.rule, *exercise.hints) if sentence in state]
        answer_shown(root, exercise)
        button(root, "Next" if "Next" in state else "Finish").click()
    assert "9 of 9 points" in text_of(root)


def test_an_answer_of_an_exam_is_saved_and_nothing_is_said_to_it(folder):
    root = form_page(folder)
    question = form_sitting(OWN, BEFORE, ()).questions[0]
    answer_shown(root, question.exercise())
    button(root, "Next").click()
    assert "Question 2 of 9" in text_of(root) and "Right" not in text_of(root)
    (attempt,) = learner_here(folder).attempts
    assert (attempt.item, attempt.within, attempt.points) == (question.item.key, "exam-before", 1.0)


def test_an_answer_that_is_not_complete_stays_where_it_is(folder):
    root = form_page(folder)
    button(root, "Next").click()
    assert "Question 1 of 9" in text_of(root) and learner_here(folder).attempts == ()


def test_an_exam_that_was_left_is_gone_on_with(folder):
    sitting = form_sitting(OWN, BEFORE, ())
    save(folder, [attempt for _, attempt in taken(sitting, most=4).answered])
    assert "Question 5 of 9" in text_of(form_page(folder))
    page = exam_cells.before_the_lessons(open_lesson("where_you_start", folder))
    assert "You answered 4 of 9 so far." in page.text


def test_an_exam_that_was_taken_shows_what_came_of_it(folder):
    save(folder, [attempt for _, attempt in taken(form_sitting(OWN, BEFORE, ())).answered])
    page = exam_cells.before_the_lessons(open_lesson("where_you_start", folder))
    assert "9 of 9 points" in page.text and "few" in page.text
    assert "9.0 of 9 points" in exam_cover.exams(open_lesson("my_training", folder)).text


def test_the_sheets_of_an_exam_hold_no_truth(folder):
    lesson = open_lesson("where_you_start", folder)
    paper = exam_cells.before_the_lessons(lesson).html + exam_cells.whole_team(lesson).html
    for question in (*exam_form(OWN, BEFORE), *capstone_sitting(OWN, ()).questions):
        exercise = question.exercise()
        assert question.item.rule not in paper
        for sentence in exercise.response.mark(exercise.response.best()).feedback:
            assert sentence not in paper


def of_an_earlier_bank():
    """Answers of the learner to the first form, whose items were drawn from another bank."""
    questions = (replace(question, seed=seed_of(OWN, BEFORE, question.item.key)) for question in exam_form(99, BEFORE))
    return [attempt_of(question, within(BEFORE)) for question in questions]


def test_the_second_form_asks_what_the_first_one_did_also_where_the_bank_grew():
    first = of_an_earlier_bank()
    second = {question.item.key for question in form_sitting(OWN, AFTER, first).questions}
    assert second == {attempt.item for attempt in first} != {question.item.key for question in exam_form(OWN, AFTER)}


def test_a_form_that_was_begun_with_another_bank_is_gone_on_with_and_loses_no_answer():
    sitting = form_sitting(OWN, BEFORE, of_an_earlier_bank()[:4])
    assert len(sitting.answered) == 4 and len(sitting.questions) == 9 and sitting.following is not None


def test_answering_changes_no_question_that_is_still_to_come():
    sitting = form_sitting(OWN, BEFORE, ())
    for n in range(1, 5):
        later = form_sitting(OWN, BEFORE, [attempt for _, attempt in taken(sitting, most=n).answered])
        assert later.questions == sitting.questions and later.following == sitting.questions[n]


def result(points, which=BEFORE):
    questions = result_of(taken(form_sitting(OWN, which, ()))).questions
    return FormResult(tuple(replace(q, points=p) for q, p in zip(questions, points, strict=True)))


def test_two_forms_differ_by_what_moved_in_the_same_items():
    before = result([0.0] * 9)
    after = result([1.0] * 5 + [0.0] * 4, AFTER)
    assert difference_of(before, after) == 5


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        (BELIEVER, KNOWING, "more than luck explains"),
        (KNOWING, KNOWING, "about the same"),
        (KNOWING, BELIEVER, "fewer than luck explains"),
    ],
    ids=["more", "same", "fewer"],
)
def test_the_difference_is_said_beside_what_luck_does(first, second, says):
    before = taken(form_sitting(OWN, BEFORE, ()), first)
    after = taken(form_sitting(OWN, AFTER, ()), second)
    text = form_words(after, before).text
    assert says in text and "3 points in nine of ten cases" in text


def test_without_the_first_form_nothing_is_compared():
    text = form_words(taken(form_sitting(OWN, AFTER, ())), form_sitting(OWN, BEFORE, ())).text
    assert "nothing to compare with" in text


def test_with_nothing_learned_nine_of_ten_pairs_of_forms_lie_within_what_the_page_says():
    apart = []
    for seed in range(40):
        half = replace(CAREFUL, knows=(0.5, 0.7)[seed % 2])
        draws = np.random.Generator(np.random.PCG64(seed_of("nothing learned", seed)))
        totals = []
        for which in (BEFORE, AFTER):
            exercises = [question.exercise() for question in exam_form(seed, which)]
            totals.append(sum(e.response.mark(half.answer(e, draws)).points for e in exercises))
        apart.append(abs(totals[1] - totals[0]))
    assert np.mean(np.array(apart) <= BY_LUCK_APART) >= 0.85 and np.quantile(apart, 0.9) >= BY_LUCK_APART - 1


def test_the_result_says_what_misled_in_words_about_the_answers():
    text = form_words(taken(form_sitting(OWN, BEFORE, ()), BELIEVER)).text
    assert "What several answers have in common" in text and "take a sign for a finding" in text
    assert "From evidence to observation" in text
    assert "in common" not in form_words(taken(form_sitting(OWN, BEFORE, ()), CAREFUL)).text


def capstone_page(folder):
    lesson = open_lesson("capstone", folder)
    return exam_cells.whole_team(lesson).live()


def judge(root, sitting):
    answer_shown(root, sitting.questions[0].exercise())
    button(root, "Finish").click()


def test_the_capstone_says_nothing_of_the_truth_until_all_ten_are_judged(folder):
    root = capstone_page(folder)
    reps = capstone_sitting(OWN, ()).questions[0].exercise().facts["team"].reps
    assert not [rep.why for rep in reps if rep.why in state_of(root)]
    judge(root, capstone_sitting(OWN, ()))
    assert "Met." in text_of(root) and all(rep.why in text_of(root) for rep in reps)
    assert met_on(learner_here(folder).attempts) is not None


def test_the_capstone_may_be_tried_again_with_another_team(folder):
    save(folder, [attempt for _, attempt in taken(capstone_sitting(OWN, ()), BELIEVER).answered])
    root = capstone_page(folder)
    assert "Not yet." in text_of(root)
    button(root, "Take another team").click()
    judge(root, capstone_sitting(OWN, learner_here(folder).attempts))
    first, second = capstones(learner_here(folder).attempts)
    assert first.seed != second.seed and "Met." in text_of(root)
    button(root, "Take another team").click()
    assert "Met." not in text_of(root)
    judge(root, capstone_sitting(OWN, learner_here(folder).attempts))
    assert len({one.seed for one in capstones(learner_here(folder).attempts)}) == 3


def test_a_capstone_that_was_met_once_stays_met(folder):
    met = attempt_of(capstone_sitting(OWN, ()).questions[0], WITHIN_CAPSTONE)
    save(folder, [met, replace(met, seed=met.seed + 1, points=0.1)])
    assert "met on" in exam_cover.exams(open_lesson("my_training", folder)).text


def test_who_would_have_been_coached_for_nothing_is_named(folder):
    save(folder, [attempt for _, attempt in taken(capstone_sitting(OWN, ()), BELIEVER).answered])
    text = exam_cells.whole_team(open_lesson("capstone", folder)).text
    assert "would have been coached on something that is not there" in text


def test_how_a_team_is_judged_and_redrawn_stands_on_the_page_before_it(folder):
    text = exam_cells.judged_by(open_lesson("capstone", folder)).text
    assert REDRAWN in text and f"{PASSED_FROM:.0%}" in text


def test_an_answer_in_an_exam_counts_for_no_lesson_and_comes_back_in_none(folder):
    lesson = next(one for one in lesson_list() if one.items)
    wrong = Attempt(lesson.items[0], 1, {"choice": "x"}, 0.0, within="exam-before")
    save(folder, [wrong])
    attempts = learner_here(folder).attempts
    assert coming_back(attempts) == () and not any(row.tried for row in progress_of(lesson_list(), attempts))


def test_the_exams_stand_apart_from_the_lessons_in_the_order_they_are_taken():
    assert [page.exam for page in exam_pages()] == ["before", "capstone", "after"]
    assert not {page.key for page in exam_pages()} & {lesson.key for lesson in lesson_list()}


def test_every_item_is_about_something_that_matters():
    assert set(MATTER_OF) == set(misconceptions.ALL) and set(MATTER_OF.values()) == set(MATTERS)


def test_an_answer_of_an_earlier_kit_keeps_the_points_it_had(folder):
    question = form_sitting(OWN, BEFORE, ()).questions[0]
    attempt = Attempt(question.item.key, question.seed, {"choice": "gone"}, 0.5, within="exam-before")
    (one,) = result_of(Sitting("exam-before", (question,), ((question, attempt),))).questions
    assert one.points == 0.5 and one.decisions == ()


def test_in_the_kits_own_folder_the_exam_can_be_tried_and_nothing_lasts(tmp_path):
    lesson = open_lesson("capstone", tmp_path)
    root = exam_cells.whole_team(lesson).live()
    judge(root, capstone_sitting(0, ()))
    assert "Met." in text_of(root)
    assert not exam_cells.certificate(lesson, partial(list))


def test_the_bank_can_fill_a_form_many_times():
    assert sum(item.examined for item in item_bank().values()) >= 25


def test_after_the_last_lesson_the_cover_leads_to_the_capstone_until_it_is_met(folder):
    every = [Attempt(item, 1, {"x": "y"}, 1.0, within=lesson.key) for lesson in lesson_list() for item in lesson.items]
    save(folder, every)
    go_on = progress_page.lessons(open_lesson("my_training", folder)).text
    assert go_on.startswith("Go on here\n10 · Capstone")
    save(folder, [attempt_of(capstone_sitting(OWN, ()).questions[0], WITHIN_CAPSTONE)])
    assert "You did every lesson." in progress_page.lessons(open_lesson("my_training", folder)).text


def test_the_progress_says_how_far_each_exam_is_and_what_carried_over(folder):
    lesson = next(one for one in lesson_list() if one.unannounced)
    save(folder, [Attempt(lesson.unannounced[0], 1, {"choice": "x"}, 1.0, within=lesson.key)])
    data = progress_table.progress_data(learner_here(folder), date(2026, 3, 2))
    assert data["exams"] == dict.fromkeys(("before", "capstone", "after"), "not begun")
    assert [(one["item"], one["right"]) for one in data["carried_over"]] == [(lesson.unannounced[0], True)]
    lines = "\n".join(progress_table.table_lines(learner_here(folder), date(2026, 3, 2)))
    assert "Capstone: a full team, cold: not begun" in lines and "unannounced, right: 1" in lines


def test_a_newcomer_is_led_to_the_ten_minutes_and_to_the_first_lesson(folder):
    begin = progress_page.lessons(open_lesson("my_training", folder)).text.splitlines()
    assert begin[0] == "Begin here" and begin[1].startswith("Where you start") and begin[2].startswith("1 · ")
